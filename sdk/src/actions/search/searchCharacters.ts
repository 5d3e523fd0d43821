import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import { facetQuery } from "./query.ts";
import type { CharacterHit, SearchParameters, SearchResult } from "./types.ts";

export type SearchCharactersParameters = SearchParameters & {
  /** Those that cost nothing. */
  free?: boolean | undefined;
  /** Those that sell a pass. */
  pass?: boolean | undefined;
  tag?: string | readonly string[] | undefined;
};
export type SearchCharactersReturnType = SearchResult<CharacterHit>;

/**
 * Finds public characters by words and by what they are, from the index, with how many there are of each. `price` sorts
 * by what an inference costs.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { results } = await stelai.search.characters({ q: "ferryman", modality: "Chat", sort: "rating" });
 * ```
 */
export async function searchCharacters(
  client: StelaiClient,
  { signal, ...filters }: SearchCharactersParameters = {},
): Promise<SearchCharactersReturnType> {
  const path = `/search/characters${facetQuery(filters)}`;
  const integers = "characterId lifetime monthly annual perInference perUnit createdAt min max";
  return indexerRequest(client, { path, integers, signal });
}
