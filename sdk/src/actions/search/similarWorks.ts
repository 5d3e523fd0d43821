import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";
import { WORK_INTEGERS, type WorkHit } from "./types.ts";

export type SimilarWorksParameters = {
  workId: bigint;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};
export type SimilarWorksReturnType = WorkHit[];

/**
 * Works like one, the most alike first, from the index: by modality, tags and words.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const works = await stelai.search.similar({ workId, limit: 6 });
 * ```
 */
export async function similarWorks(
  client: StelaiClient,
  { workId, limit, signal }: SimilarWorksParameters,
): Promise<SimilarWorksReturnType> {
  const path = `/works/${workId}/similar${queryOf({ limit })}`;
  return (await indexerRequest<{ works: WorkHit[] }>(client, { path, integers: WORK_INTEGERS, signal })).works;
}
