import type { Pass } from "./listPasses.ts";
import type { PeriodPlan } from "./plan.ts";

/** How long after its end a pass can still be renewed, in seconds (`Renewals.LAPSE`). */
const LAPSE = 14n * 86_400n;

/** Money in microcredits, times in Unix seconds. */
export type AllowanceAfterParameters = {
  /** What renewals may take now: `getAllowance`. */
  allowed: bigint;
  characterId: bigint;
  plan: PeriodPlan;
  /** The most that a renewal may cost. */
  price: bigint;
  /** How many renewals it shall do for: 12 months or 1 year when absent. */
  renewalsAhead?: bigint | undefined;
  /** The account's passes, from `listPasses`; absent where there is no index. */
  passes?: readonly Pick<Pass, "characterId" | "plan" | "mandate" | "until" | "lifetime">[] | undefined;
  /** Now. */
  at: bigint;
};

/**
 * What the passes of an account may take together once this one renews, in microcredits. It is what is allowed now, or
 * where that is too little, what the renewals ahead of this pass and of the account's others need: buying, cancelling
 * and buying again does not pile up. Where the others are not known, the renewals of this pass are added to what is
 * allowed now, so that no other one runs short.
 *
 * @example
 * ```ts
 * const [allowed, passes] = await Promise.all([stelai.access.getAllowance(), stelai.access.listPasses()]);
 * const allowance = allowanceAfter({ allowed, characterId, plan: "Monthly", price: terms.monthly, passes, at: now });
 * await stelai.access.subscribe({ characterId, plan: "Monthly", maxPrice: terms.monthly, renews: true, allowance });
 * ```
 */
export function allowanceAfter(parameters: AllowanceAfterParameters): bigint {
  const { allowed, characterId, plan, price, renewalsAhead = aheadOf(plan), passes, at } = parameters;
  const needed = price * renewalsAhead;
  if (!passes) return allowed + needed;
  const total = passes
    .filter((pass) => pass.characterId !== characterId && !pass.lifetime && pass.until + LAPSE >= at)
    .reduce((sum, { mandate, plan: other }) => sum + mandate * aheadOf(other), needed);
  if (allowed > total) return allowed;
  return total;
}

function aheadOf(plan: Pass["plan"]): bigint {
  return plan === "Annual" ? 1n : 12n;
}
