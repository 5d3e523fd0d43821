import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";

export type GetUsageParameters = {
  characterId: bigint;
  /** How many days back, today included; 30 when absent, at most 366. */
  days?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** One UTC day; money in microcredits, gross. */
export type UsageDay = {
  /** Days since 1970. */
  day: number;
  /** Inferences that were settled. */
  generations: bigint;
  milliunits: bigint;
  /** What was settled for them. */
  paid: bigint;
  /** Accounts that paid, by a tab or for a pass. */
  payers: number;
  /** Passes. */
  sold: bigint;
  refunded: bigint;
};

export type GetUsageReturnType = {
  /** Of these days; `users` are different accounts that paid by a tab. */
  totals: Pick<UsageDay, "generations" | "milliunits" | "paid"> & { users: number };
  /** Without gaps, oldest first. */
  days: UsageDay[];
  ranking: {
    /** The current month. */
    month: string;
    rank: number | null;
    /** In the month before. */
    previousRank: number | null;
    /** Its earliest best, of all months. */
    best: { month: string; rank: number } | null;
  };
};

/**
 * How a character was used, what that brought day by day, and where it stands among its modality, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { totals, days, ranking } = await stelai.characters.getUsage({ characterId, days: 7 });
 * ```
 */
export async function getUsage(
  client: StelaiClient,
  { characterId, days, signal }: GetUsageParameters,
): Promise<GetUsageReturnType> {
  const path = `/characters/${characterId}/usage${queryOf({ days })}`;
  return indexerRequest(client, { path, integers: "generations milliunits paid sold refunded", signal });
}
