import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";
import type { NamedAccount } from "./listReferrals.ts";

export type ListContributorsParameters = {
  /** Of the last so many days, or of all time; 30 when absent. */
  days?: 7 | 30 | "all" | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};

export type ListContributorsReturnType = {
  /** Who earned most by contributing, first; `amount` in microcredits, of `grants` deeds. */
  contributors: { account: NamedAccount; amount: bigint; grants: number }[];
};

/**
 * The leaderboard of contributors, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { contributors } = await stelai.rewards.listContributors({ days: 30, limit: 20 });
 * ```
 */
export async function listContributors(
  client: StelaiClient,
  { days, limit, signal }: ListContributorsParameters = {},
): Promise<ListContributorsReturnType> {
  return indexerRequest(client, { path: `/contributors${queryOf({ days, limit })}`, integers: "amount", signal });
}
