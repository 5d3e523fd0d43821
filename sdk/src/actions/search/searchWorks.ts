import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import type { Tier } from "../../wireMarket.ts";
import { facetQuery } from "./query.ts";
import {
  type SearchFacets,
  type SearchParameters,
  type SearchResult,
  WORK_INTEGERS,
  type WorkHit,
  type WorkModality,
} from "./types.ts";

export type SearchWorksParameters = Omit<SearchParameters, "modality"> & {
  modality?: WorkModality | readonly WorkModality[] | undefined;
  /** Works with an open offer of this tier. */
  tier?: Tier | readonly Tier[] | undefined;
  /** Of open offers: for ever, or for a time. */
  licence?: "Perpetual" | "Dated" | undefined;
  /** Of open offers, in microcredits, both included. */
  min?: bigint | undefined;
  max?: bigint | undefined;
  tag?: string | readonly string[] | undefined;
  /** Works that are for sale themselves. */
  resale?: boolean | undefined;
  /** Works that others may derive from. */
  derivatives?: boolean | undefined;
};

/** How many hits there are by each facet of works. */
export type WorkFacets = SearchFacets & {
  tier: Record<Tier, number>;
  licence: { Perpetual: number; Dated: number };
};
export type SearchWorksReturnType = SearchResult<WorkHit, WorkFacets>;

/**
 * Finds works by words and by what they are, from the index, with how many there are of each. Not suspended ones. Several
 * values of one facet mean any of them. Before paying, read the offer from the chain: `market.getOffer`.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { results, total, facets } = await stelai.search.works({ q: "harbour", tier: "Commercial", max: 20_000_000n });
 * ```
 */
export async function searchWorks(
  client: StelaiClient,
  { signal, ...filters }: SearchWorksParameters = {},
): Promise<SearchWorksReturnType> {
  const path = `/search/works${facetQuery(filters)}`;
  return indexerRequest(client, { path, integers: WORK_INTEGERS, signal });
}
