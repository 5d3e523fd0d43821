import type { Review, Stelai } from "@stelai/sdk";
import { type Address, isAddressEqual } from "viem";
import type { Subject } from "./reports.ts";

/** What a moderator reads of a review, whatever it rests on. */
export type ReportedReview = Pick<Review, "author" | "rating" | "textURI" | "editedAt">;

export interface ReviewsPage {
  readonly reviews: readonly ReportedReview[];
  readonly next: string | null;
}

/** So many come at a time, and so many times it is asked: the queue names authors, the index lists reviews. */
const PAGE = 100;
const MOST_PAGES = 20;

/**
 * Somebody's review among all of something, page after page.
 * @returns Null when it was taken back, or stands behind the first 2,000.
 */
export async function findReview(
  author: Address,
  pageAfter: (after: string | undefined) => Promise<ReviewsPage>,
): Promise<ReportedReview | null> {
  let after: string | undefined;
  for (let at = 0; at < MOST_PAGES; at += 1) {
    const { reviews, next } = await pageAfter(after);
    const found = reviews.find((review) => isAddressEqual(review.author, author));
    if (found) return found;
    if (next === null) return null;
    after = next;
  }
  return null;
}

/** The review that a report is about as the index has it now, not as its reporter quotes it. */
export async function readReportedReview(
  stelai: Stelai,
  { of, id, author }: Subject,
  signal: AbortSignal,
): Promise<ReportedReview | null> {
  if (author === null) return null;
  const asked = { limit: PAGE, signal };
  return findReview(author, (after) =>
    of === "work"
      ? stelai.reviews.listWorkReviews({ workId: id, ...asked, after })
      : stelai.reviews.listReviews({ characterId: id, ...asked, after }),
  );
}
