import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";
import type { Modality } from "../../pricing.ts";

export type GetRankingParameters = {
  /** Images when absent. */
  modality?: Modality | undefined;
  /** A calendar month in UTC, `2026-11`; the current one when absent. */
  month?: string | undefined;
  /** How far down; 20 when absent, at most 100. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** A character's place in a month. Money in microcredits, times in Unix seconds. */
export type RankingEntry = {
  rank: number;
  characterId: bigint;
  owner: Address;
  /** What payers settled for it, its own people's left out. */
  paid: bigint;
  /** What of that counts: of one payer at most `rules.payerCap`. It decides. */
  counted: bigint;
  /** Accounts that paid it. */
  users: number;
  generations: bigint;
  /** When `counted` was reached. */
  reachedAt: bigint;
  /** Its rank in the month before, or null. */
  previousRank: number | null;
};

export type GetRankingReturnType = {
  month: string;
  modality: Modality;
  /** Whether the month still goes on. */
  provisional: boolean;
  rules: {
    /** The month's first second, and the next one's. */
    from: bigint;
    to: bigint;
    /** What counts at most of one payer, in microcredits. */
    payerCap: bigint;
    /** What counts of its own people: nothing. */
    ownPeople: bigint;
    /** What decides between equals, in this order; the lower first. */
    tieBreak: ("reachedAt" | "characterId")[];
  };
  entries: RankingEntry[];
};

/**
 * Public characters of a modality by what was paid for them in a month, from the index (indexer/README.md, "The monthly
 * ranking").
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { entries, rules } = await stelai.characters.getRanking({ modality: "Video", month: "2026-11" });
 * ```
 */
export async function getRanking(
  client: StelaiClient,
  { modality, month, limit, signal }: GetRankingParameters = {},
): Promise<GetRankingReturnType> {
  const path = `/ranking${queryOf({ modality, month, limit })}`;
  const integers = "from to payerCap ownPeople characterId paid counted generations reachedAt";
  return indexerRequest(client, { path, integers, signal });
}
