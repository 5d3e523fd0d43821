import type { StelaiClient } from "../../client.ts";
import { workReviewsReview } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type ReviewWorkParameters = {
  workId: bigint;
  /** A released licence of it that the wallet holds (`reviews.canReviewWork`); any number to change a review that stands. */
  licenceId: bigint;
  /** 1 to 5 stars. */
  rating: number;
  /** `ipfs://…` of the text as JSON (`relayer.uploadContent`), at most 256 bytes; none when absent. */
  textURI?: string | undefined;
};
export type ReviewWorkReturnType = Sent;

/**
 * Reviews a work on the strength of a released licence, or changes the wallet's review of it.
 * @throws NotLicenseeError, OwnWorkError, InvalidRatingError, InvalidTextURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.reviewWork({ workId, licenceId, rating: 5, textURI: uri })).wait();
 * ```
 */
export async function reviewWork(
  client: StelaiClient,
  { workId, licenceId, rating, textURI = "" }: ReviewWorkParameters,
): Promise<ReviewWorkReturnType> {
  const address = client.deployment.contracts.WorkReviews;
  const args = [workId, licenceId, rating, textURI] as const;
  return send(client, { address, abi: [workReviewsReview], functionName: "review", args }, nothing);
}
