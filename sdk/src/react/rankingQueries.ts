import type { GetRankingParameters, GetRankingReturnType, GetUsageReturnType } from "../actions/characters/index.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";

/** Public characters of a modality by what was paid for them in a month, from the index; money in microcredits. */
export function useRanking(
  { modality, month, limit }: Omit<GetRankingParameters, "signal"> = {},
  options?: QueryOptions,
): Query<GetRankingReturnType> {
  return useStelaiQuery(
    ["ranking", modality ?? null, month ?? null, limit ?? null],
    (stelai, signal) => stelai.characters.getRanking({ modality, month, limit, signal }),
    options,
  );
}

/** How a character was used, what that brought day by day, and where it stands, from the index; in microcredits. */
export function useUsage(
  characterId: bigint | undefined,
  days?: number,
  options?: QueryOptions,
): Query<GetUsageReturnType> {
  return useStelaiQuery(
    ["usage", characterId, days ?? null],
    (stelai, signal) => stelai.characters.getUsage({ characterId: characterId ?? 0n, days, signal }),
    options,
  );
}
