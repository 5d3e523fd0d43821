import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { ReviewSubject } from "./getVotes.ts";

export type SetHelpfulParameters = {
  subject: ReviewSubject;
  /** Whose review. */
  author: Address;
  /** False takes the vote back. */
  helpful: boolean;
};

/**
 * Says that a review helped, or takes that back. Once an account; not of one's own review.
 * @throws NotSignedInError, NotFoundError, InvalidRequestError, RateLimitedError.
 *
 * @example
 * ```ts
 * await stelai.reviews.setHelpful({ subject: `work:${workId}`, author: review.author, helpful: true });
 * ```
 */
export async function setHelpful(
  client: StelaiClient,
  { subject, author, helpful }: SetHelpfulParameters,
): Promise<void> {
  const method = helpful ? "PUT" : "DELETE";
  await relayerRequest(client, { path: `/v1/votes/${subject}/${author}`, method, signedIn: true });
}
