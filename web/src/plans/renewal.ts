/** Why a plan will not renew, and what mends it. */
import type { Subscription } from "@stelai/sdk";

export type PlanProblem = NonNullable<Subscription["problem"]>;

/** What a button does about it. */
export type PlanMend = "subscribe" | "choose" | "accept" | "fund" | "allow";

const MENDS: Readonly<Record<PlanProblem, PlanMend | undefined>> = {
  Lapsed: "subscribe",
  Paused: undefined,
  NotOffered: "choose",
  PriceAboveMandate: "accept",
  BalanceTooLow: "fund",
  AllowanceTooLow: "allow",
};

export const PROBLEMS = Object.keys(MENDS) as readonly PlanProblem[];

/** What mends a problem; undefined where only waiting helps. */
export function mendOf(problem: PlanProblem): PlanMend | undefined {
  return MENDS[problem];
}
