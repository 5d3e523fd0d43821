import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type {
  SearchCharactersParameters,
  SearchCharactersReturnType,
  SearchWorksParameters,
  SearchWorksReturnType,
  SimilarWorksReturnType,
  TrendingWorksParameters,
  TrendingWorksReturnType,
} from "../actions/search/index.ts";
import type { StelaiError } from "../errors/base.ts";
import { toJson } from "../internal/json.ts";
import { useStelai } from "./provider.ts";
import { type Query, type QueryOptions, stelaiKey, useStelaiQuery } from "./query.ts";

/** What of a search stays while the next one is read: results do not flicker under one who types. */
function keeping({ enabled = true, staleTime = 10_000, refetchInterval }: QueryOptions = {}) {
  const more = refetchInterval === undefined ? {} : { refetchInterval };
  return { enabled, staleTime, placeholderData: keepPreviousData, ...more };
}

/**
 * Works by words and by what they are, from the index. While other words are looked for, the results of before stay
 * (`isPlaceholderData`).
 *
 * @example
 * ```tsx
 * const { data, isPlaceholderData } = useSearchWorks({ q, tier: "Commercial", sort: "price" });
 * ```
 */
export function useSearchWorks(
  parameters: Omit<SearchWorksParameters, "signal"> = {},
  options?: QueryOptions,
): Query<SearchWorksReturnType> {
  const stelai = useStelai();
  return useQuery<SearchWorksReturnType, StelaiError>({
    queryKey: stelaiKey(stelai, "searchWorks", toJson(parameters)),
    queryFn: ({ signal }) => stelai.search.works({ ...parameters, signal }),
    ...keeping(options),
  });
}

/** Characters by words and by what they are, from the index, likewise. */
export function useSearchCharacters(
  parameters: Omit<SearchCharactersParameters, "signal"> = {},
  options?: QueryOptions,
): Query<SearchCharactersReturnType> {
  const stelai = useStelai();
  return useQuery<SearchCharactersReturnType, StelaiError>({
    queryKey: stelaiKey(stelai, "searchCharacters", toJson(parameters)),
    queryFn: ({ signal }) => stelai.search.characters({ ...parameters, signal }),
    ...keeping(options),
  });
}

/** Works like one, from the index. */
export function useSimilarWorks(
  workId: bigint | undefined,
  limit?: number,
  options?: QueryOptions,
): Query<SimilarWorksReturnType> {
  return useStelaiQuery(
    ["similarWorks", workId, limit ?? null],
    (stelai, signal) => stelai.search.similar({ workId: workId ?? 0n, limit, signal }),
    options,
  );
}

/** Works by what was paid for them lately, from the index. */
export function useTrendingWorks(
  { modality, limit }: Omit<TrendingWorksParameters, "signal"> = {},
  options?: QueryOptions,
): Query<TrendingWorksReturnType> {
  return useStelaiQuery(
    ["trendingWorks", modality ?? null, limit ?? null],
    (stelai, signal) => stelai.search.trending({ modality, limit, signal }),
    options,
  );
}
