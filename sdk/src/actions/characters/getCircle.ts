import type { Address, Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";

export type GetCircleParameters = PageParameters & { characterId: bigint };

/** Times in Unix seconds. */
export type GetCircleReturnType = {
  allowed: {
    account: Address;
    since: bigint;
    /** By an invite, not by the owner's hand. */
    byInvite: boolean;
  }[];
  redeemed: { invite: Hex; account: Address; at: bigint }[];
  revoked: { invite: Hex; at: bigint }[];
  /** Counts up when all invites are revoked. */
  generation: bigint;
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * Who may use a private character, and what became of its invites, from the index, a page at a time. Invites that were
 * neither redeemed nor revoked are known to who signed them alone.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { allowed, redeemed } = await stelai.characters.getCircle({ characterId });
 * ```
 */
export async function getCircle(
  client: StelaiClient,
  { characterId, after, limit, signal }: GetCircleParameters,
): Promise<GetCircleReturnType> {
  const path = `/characters/${characterId}/circle${queryOf({ limit, after })}`;
  return indexerRequest(client, { path, integers: "since at generation", signal });
}
