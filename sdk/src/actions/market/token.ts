import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";

/** What can be resold, or opened: a licence, or a work itself. */
export type TokenReference = { licenceId: bigint } | { workId: bigint };

/** The contract and id of what is meant. */
export function tokenOf(client: StelaiClient, token: TokenReference): { collection: Address; tokenId: bigint } {
  const { Licenses, Works } = client.deployment.contracts;
  return "licenceId" in token
    ? { collection: Licenses, tokenId: token.licenceId }
    : { collection: Works, tokenId: token.workId };
}
