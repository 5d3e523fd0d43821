/**
 * What a review weighs, and what the reviews of a character or a work come to.
 *
 * An author's *paid* is, in microcredits and less what came back: of a character, what was settled from their tabs for it
 * and what they paid for its passes, given ones included; of a work, what they paid for its licences, given ones
 * included. What was paid for a licence on its resale went to another holder, and does not count. A review *weighs*
 * `⌊√max(1, paid)⌋`: who paid a hundred times as much counts ten times as much, and whoever paid nothing (the receiver of
 * a gift) hardly at all. Reviews by one's own people weigh 0: the owner, of a work its creator too, the payee, and
 * everyone whom the payee's split pays, through splits of splits.
 */

/** Sums over the reviews of one subject. */
export type ReviewSums = {
  /** How many have 1, 2, 3, 4 and 5 stars. */
  histogram: readonly number[];
  /** Σ weight. */
  weight: bigint;
  /** Σ weight × rating. */
  weighted: bigint;
};

export type Score = {
  count: number;
  /** In hundredths of a star, rounded; as `IReviews.scoreOf` and `IWorkReviews.scoreOf`, own people included. Zero without reviews. */
  average: number;
  /** In hundredths of a star, rounded: `Σ weight × rating / Σ weight`. Zero when nothing weighs. */
  weighted: number;
  /** Σ weight. */
  weight: bigint;
  histogram: readonly number[];
};

/** @see Score */
export function scoreIn({ histogram, weight, weighted }: ReviewSums): Score {
  const count = histogram.reduce((sum, reviews) => sum + reviews, 0);
  const stars = histogram.reduce((sum, reviews, index) => sum + reviews * (index + 1), 0);
  return {
    count,
    average: hundredths(BigInt(stars), BigInt(count)),
    weighted: hundredths(weighted, weight),
    weight,
    histogram,
  };
}

function hundredths(sum: bigint, by: bigint): number {
  return by === 0n ? 0 : Number((200n * sum + by) / (2n * by));
}
