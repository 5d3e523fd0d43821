import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import type { ListReviewsReturnType, Review, ReviewOrder } from "./listReviews.ts";

export type ListWorkReviewsParameters = PageParameters & {
  workId: bigint;
  /** The newest first when absent; `weight`: who paid most first. */
  sort?: ReviewOrder | undefined;
};

/** A review of a work: it rests on a licence. */
export type WorkReview = Omit<Review, "byReceipt"> & { licenceId: bigint };

export type ListWorkReviewsReturnType = Omit<ListReviewsReturnType, "reviews"> & { reviews: WorkReview[] };

/**
 * What its licensees say of a work, from the index, a page at a time, with its score.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { score, reviews, next } = await stelai.reviews.listWorkReviews({ workId, sort: "weight" });
 * ```
 */
export async function listWorkReviews(
  client: StelaiClient,
  { workId, sort, after, limit, signal }: ListWorkReviewsParameters,
): Promise<ListWorkReviewsReturnType> {
  const path = `/works/${workId}/reviews${queryOf({ sort, limit, after })}`;
  return indexerRequest(client, { path, integers: "licenceId paid weight at editedAt", signal });
}
