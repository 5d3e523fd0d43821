import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { worksParentsOf } from "../../generated/fragments.ts";

export type GetParentsParameters = { workId: bigint };

/** What a work owes a parent of what it earns, as it was pinned at its creation. */
export type ParentShare = {
  workId: bigint;
  /** Whom: the parent's payee of then. */
  payee: bigint;
  bps: number;
};
export type GetParentsReturnType = readonly ParentShare[];

/**
 * The works that a work derives from, from the chain.
 * @throws ERC721NonexistentTokenError when there is no such work.
 *
 * @example
 * ```ts
 * const parents = await stelai.works.getParents({ workId });
 * ```
 */
export async function getParents(
  client: StelaiClient,
  { workId }: GetParentsParameters,
): Promise<GetParentsReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Works,
    abi: [worksParentsOf],
    functionName: "parentsOf",
    args: [workId],
  });
}
