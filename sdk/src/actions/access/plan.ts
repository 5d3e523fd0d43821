import type { Terms } from "../../pricing.ts";

/** What a pass is bought for, in the order of `ICharacterAccess.Plan`. */
export const PLANS = ["Lifetime", "Monthly", "Annual"] as const;
/** What a pass is bought for: one of {@link PLANS}. */
export type Plan = (typeof PLANS)[number];
/** A plan with an end. */
export type PeriodPlan = Exclude<Plan, "Lifetime">;

/** What a renewal would do now, or why it would not, in the order of `RenewalStatus`. */
export const RENEWAL_STATUSES = [
  "Due",
  "NotDue",
  "NotRenewing",
  "Lapsed",
  "Paused",
  "Suspended",
  "NotAllowed",
  "NotOffered",
  "PriceAboveMandate",
  "BalanceTooLow",
  "AllowanceTooLow",
] as const;
/** One of {@link RENEWAL_STATUSES}. */
export type RenewalStatus = (typeof RENEWAL_STATUSES)[number];

/** Days of a period. */
export const PLAN_DAYS: Readonly<Record<PeriodPlan, bigint>> = { Monthly: 30n, Annual: 365n };

/** What a plan costs under these terms, in microcredits; 0 is not offered. */
export function priceOf(terms: Terms, plan: Plan): bigint {
  return plan === "Lifetime" ? terms.lifetime : plan === "Monthly" ? terms.monthly : terms.annual;
}

/**
 * The monthly price that a purchase under these terms records: what an early end of a year is priced with. At most a
 * quarter of the year's price, and a tenth of it where no month is sold.
 */
export function recordedMonthly({ monthly, annual }: Pick<Terms, "monthly" | "annual">): bigint {
  const most = annual / 4n;
  if (monthly === 0n) return annual / 10n;
  return monthly < most ? monthly : most;
}

export function planOf(index: number): Plan {
  return PLANS[index] ?? "Lifetime";
}

/** The plan of a renewal or of a period. */
export function periodPlanOf(index: number): PeriodPlan {
  return index === PLANS.indexOf("Annual") ? "Annual" : "Monthly";
}

export function renewalStatusOf(index: number): RenewalStatus {
  return RENEWAL_STATUSES[index] ?? "NotRenewing";
}
