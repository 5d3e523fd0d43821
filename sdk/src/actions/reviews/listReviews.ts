import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";

/** In which order reviews are listed; `weight` puts first who paid most. */
export type ReviewOrder = "newest" | "highest" | "lowest" | "weight";

export type ListReviewsParameters = PageParameters & {
  characterId: bigint;
  /** The newest first when absent; `weight`: who paid most first. */
  sort?: ReviewOrder | undefined;
};

/** Times in Unix seconds. */
export type Review = {
  author: Address;
  /** 1 to 5. */
  rating: number;
  /** `ipfs://…`; empty for stars alone. The author's text: show it as text, never as markup. */
  textURI: string;
  /** Whether it rests on a receipt, else on a pass. */
  byReceipt: boolean;
  /** What the author paid for this character and did not get back, in microcredits. */
  paid: bigint;
  /** How much it counts: by what was paid; 0 for the payee's own people. */
  weight: bigint;
  /** Whether the author is of the payee's own people. */
  isOwn: boolean;
  at: bigint;
  /** Null while it stands as it was first written. */
  editedAt: bigint | null;
  reply: { textURI: string; at: bigint } | null;
};

export type ListReviewsReturnType = {
  score: {
    count: number;
    /** In hundredths of a star, rounded: each review alike, and weighed by what was paid. 0 without any. */
    average: number;
    weighted: number;
    /** How many gave one star, two, three, four, five. */
    histogram: [number, number, number, number, number];
  };
  reviews: Review[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * What people say of a character, from the index, a page at a time, with its score.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { score, reviews, next } = await stelai.reviews.listReviews({ characterId, sort: "weight" });
 * ```
 */
export async function listReviews(
  client: StelaiClient,
  { characterId, sort, after, limit, signal }: ListReviewsParameters,
): Promise<ListReviewsReturnType> {
  const path = `/characters/${characterId}/reviews${queryOf({ sort, limit, after })}`;
  return indexerRequest(client, { path, integers: "paid weight at editedAt", signal });
}
