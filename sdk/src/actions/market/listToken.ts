import type { StelaiClient } from "../../client.ts";
import { resaleList } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { type TokenReference, tokenOf } from "./token.ts";

export type ListTokenParameters = TokenReference & {
  /** What the buyer pays, in microcredits; the royalty is taken of it. */
  price: bigint;
  /** The last second it can be bought in, Unix. */
  until: bigint;
};
export type ListTokenReturnType = Sent;

/**
 * Offers a licence or a work for resale, or changes that, in one transaction without an approval. It stays in the wallet
 * until it is sold; the listing is void once it moved. Owner.
 * @throws NotTokenOwnerError, InvalidListingError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.market.list({ licenceId, price: 15_000_000n, until: now + 30n * 86_400n })).wait();
 * ```
 */
export async function listToken(client: StelaiClient, parameters: ListTokenParameters): Promise<ListTokenReturnType> {
  const { collection, tokenId } = tokenOf(client, parameters);
  const address = client.deployment.contracts.Resale;
  const args = [collection, tokenId, parameters.price, Number(parameters.until)] as const;
  return send(client, { address, abi: [resaleList], functionName: "list", args }, nothing);
}
