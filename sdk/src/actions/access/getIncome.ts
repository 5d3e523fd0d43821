import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";

export type GetIncomeParameters = {
  characterId: bigint;
  /** How many days back, and as many ahead; 30 when absent. */
  days?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** One UTC day; money in microcredits, gross. */
export type IncomeDay = {
  /** Days since 1970. */
  day: number;
  /** What it brings by the periods that stand. */
  vests: bigint;
  sold: bigint;
  refunded: bigint;
};

/** In microcredits, gross. */
export type GetIncomeReturnType = {
  /** Until today. */
  vested: bigint;
  /** Of that, moved to Payouts. */
  harvested: bigint;
  /** What the periods that stand still bring. */
  toCome: bigint;
  sold: bigint;
  refunded: bigint;
  days: IncomeDay[];
};

/**
 * What a character's passes earned and will, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { vested, toCome, days } = await stelai.access.getIncome({ characterId });
 * ```
 */
export async function getIncome(
  client: StelaiClient,
  { characterId, days, signal }: GetIncomeParameters,
): Promise<GetIncomeReturnType> {
  const path = `/characters/${characterId}/income${queryOf({ days })}`;
  return indexerRequest(client, { path, integers: "vested harvested toCome sold refunded vests", signal });
}
