import type { FeedbackRequest } from "@stelai/sdk";

/** What the operator takes (`feedbackRequestSchema`), in letters. */
export const LEAST_LETTERS = 10;
export const MOST_LETTERS = 2_000;

/** From so many letters before the end on, what is left is said. */
const NEAR_THE_END = 200;

/** What nothing was typed of. */
export const NO_DRAFT: FeedbackRequest = { text: "", about: "dapp" };

/** How many letters are left of a text, once they are few; undefined before. */
export function lettersLeft(text: string): number | undefined {
  const left = MOST_LETTERS - text.length;
  return left <= NEAR_THE_END ? Math.max(0, left) : undefined;
}
