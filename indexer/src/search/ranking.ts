/**
 * What decides the order of works and characters; told in words in README.md, "What search ranks by". All of it is
 * numbers that are public on the chain, and none of it can be bought but by buying.
 */
import type { Score } from "../api/scores.ts";

/** After so many days paid use counts half. */
export const HALF_LIFE_DAYS = 3;
/** Older use does not count: it would be less than a thousandth. */
export const WINDOW_DAYS = 30;

/** What came in on a UTC day: from how many accounts, and how many credits together. */
export type PaidDay = { day: number; buyers: number; credits: number };

/** `Σ buyers × ln(1 + credits / buyers) × 2^(−age / 3 days)` over the {@link WINDOW_DAYS} that end with `today`. */
export function trendOf(days: readonly PaidDay[], today: number): number {
  let score = 0;
  for (const { day, buyers, credits } of days) {
    const age = today - day;
    if (buyers <= 0 || credits <= 0 || age < 0 || age >= WINDOW_DAYS) continue;
    score += buyers * Math.log(1 + credits / buyers) * 2 ** (-age / HALF_LIFE_DAYS);
  }
  return score;
}

/**
 * What is thought of something before anyone reviewed it, in hundredths of a star, and what that weighs: as five reviews
 * by who paid a credit each.
 */
export const PRIOR = { stars: 350, weight: 5_000 };

/** What reviews say, in hundredths of a star, and what they weigh together; see scores.ts. */
export type Rated = { weight: number; weighted: number };

/** What is known of a score, for search. */
export function ratedBy(score: Score | undefined): Rated {
  return { weight: Number(score?.weight ?? 0n), weighted: score?.weighted ?? 0 };
}

/**
 * The weighted score as if {@link PRIOR} had been reviewed too, in hundredths of a star: few do not beat many, and any
 * number of reviews that next to nothing was paid for hardly move it.
 */
export function ratingOf({ weight, weighted }: Rated): number {
  return (PRIOR.weight * PRIOR.stars + weight * weighted) / (PRIOR.weight + weight);
}

/** The stars by which something is filtered, in hundredths: no more than are shown, nor than {@link ratingOf} holds for sure. */
export function starsOf(rated: Rated): number {
  return rated.weight > 0 ? Math.min(rated.weighted, ratingOf(rated)) : 0;
}

/** So many sales are half of what sales can add. */
const HALF_OF_SALES = 10;

/** What a text's score is multiplied by: from 1 to 1.5, half of it by rating above the prior, half by sales or users. */
export function qualityOf(score: Rated, sold: number): number {
  const rating = Math.max(0, ratingOf(score) - PRIOR.stars) / (500 - PRIOR.stars);
  return 1 + 0.25 * rating + (0.25 * sold) / (sold + HALF_OF_SALES);
}

/** How much each part of a text says of what it is about. */
export const FIELD_WEIGHTS = { title: 4, tags: 3, creator: 2, description: 1 };

/** What makes works alike; each is from 0 to 1 before it is weighed. */
export const LIKENESS = { tags: 3, words: 2, kin: 2, creator: 1, modality: 1 };
