import type { Hash } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import type { NamedAccount } from "./listReferrals.ts";

export type ListClaimsParameters = PageParameters & { campaignId: bigint };

/** What a campaign gave; `amount` in microcredits, `at` in Unix seconds. */
export type CampaignClaim = {
  account: NamedAccount;
  amount: bigint;
  at: bigint;
  transactionHash: Hash;
  /** What it was given for; null of a code. */
  deed: Hash | null;
};

export type ListClaimsReturnType = {
  claims: CampaignClaim[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * Whom a campaign gave what, from the index, the newest first, a page at a time.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { claims, next } = await stelai.rewards.listClaims({ campaignId, limit: 50 });
 * ```
 */
export async function listClaims(
  client: StelaiClient,
  { campaignId, after, limit, signal }: ListClaimsParameters,
): Promise<ListClaimsReturnType> {
  const path = `/campaigns/${campaignId}/claims${queryOf({ limit, after })}`;
  return indexerRequest(client, { path, integers: "amount at", signal });
}
