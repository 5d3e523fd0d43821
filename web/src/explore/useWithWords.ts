import type { Model } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { withWords } from "./search.ts";

/** As many as the index gives at once. */
const MOST = 100;

/**
 * The characters with the words that are looked for, best first. The index looks, which forgives a slip of the finger and
 * knows what is used; while it does not answer, the words are looked for in what the operator serves.
 */
export function useWithWords(models: readonly Model[], query: string): readonly Model[] {
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "characterSearch", query),
    queryFn: async ({ signal }) => {
      const { results } = await stelai.search.characters({ q: query, limit: MOST, signal });
      return results.map(({ characterId }) => String(characterId));
    },
    enabled: query !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  return query === "" ? models : withWords(models, query, data);
}
