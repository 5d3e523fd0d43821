/** Why a pass would not renew, in words, and what mends it. */
import type { RenewalStatus } from "@stelai/sdk";
import type { MessageId } from "../locales/en/index.ts";

/** The contract's `RenewalStatus`, without those that are no problem. */
export const PROBLEMS = [
  "NotRenewing",
  "Lapsed",
  "Paused",
  "Suspended",
  "NotAllowed",
  "NotOffered",
  "PriceAboveMandate",
  "BalanceTooLow",
  "AllowanceTooLow",
] as const satisfies readonly RenewalStatus[];
export type RenewalProblem = (typeof PROBLEMS)[number];

/** What a button does about it. */
export type Mend = "renew" | "subscribe" | "accept" | "topUp" | "allow";

const MENDS: Partial<Record<RenewalProblem, Mend>> = {
  NotRenewing: "renew",
  Lapsed: "subscribe",
  PriceAboveMandate: "accept",
  BalanceTooLow: "topUp",
  AllowanceTooLow: "allow",
};

/** What mends a problem; undefined where only waiting or another plan helps. */
export function mendOf(problem: RenewalProblem): Mend | undefined {
  return MENDS[problem];
}

/** The sentence that says why. Takes `price` and `mandate` in credits. */
export function whyOf(problem: RenewalProblem): MessageId {
  return `renewal.why.${problem}`;
}

/** Whether a name is a reason against a renewal that a holder is told. */
export function isProblem(name: string | null | undefined): name is RenewalProblem {
  return PROBLEMS.some((problem) => problem === name);
}
