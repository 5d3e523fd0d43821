import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";
import { WORK_INTEGERS, type WorkHit, type WorkModality } from "./types.ts";

export type TrendingWorksParameters = {
  modality?: WorkModality | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};
export type TrendingWorksReturnType = WorkHit[];

/**
 * Works by what was paid for them lately, older payments counting less, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const works = await stelai.search.trending({ modality: "Image", limit: 8 });
 * ```
 */
export async function trendingWorks(
  client: StelaiClient,
  { modality, limit, signal }: TrendingWorksParameters = {},
): Promise<TrendingWorksReturnType> {
  const path = `/trending/works${queryOf({ modality, limit })}`;
  return (await indexerRequest<{ works: WorkHit[] }>(client, { path, integers: WORK_INTEGERS, signal })).works;
}
