import { type PeriodPlan, PLAN_DAYS } from "./plan.ts";

const DAY = 86_400n;

/** One period that was paid for; money in microcredits, times in Unix seconds. */
export type RefundOnParameters = {
  plan: PeriodPlan;
  /** What was paid. */
  price: bigint;
  /** The monthly price that was recorded then (`PassBought.monthly`, `recordedMonthly`); of meaning for a year only. */
  monthly: bigint;
  /** When the period ends. */
  until: bigint;
  /** When it would be cancelled. */
  at: bigint;
  /** Whether a moderator suspended the character: a year is then refunded by its days alone. */
  suspended?: boolean | undefined;
};

/**
 * What `cancelNow` pays back for a period at a time, in microcredits (`PaidPeriods.refund`): the price over its days,
 * rounded down, for each UTC day that has not begun. A year that has begun is first priced as if it had been paid by the
 * month, a day a thirtieth, rounded up; the refund is then at most the rest.
 *
 * @example
 * ```ts
 * refundOn({ plan: "Monthly", price: 30_000_000n, monthly: 0n, until, at: now });
 * ```
 */
export function refundOn({ plan, price, monthly, until, at, suspended = false }: RefundOnParameters): bigint {
  if (at >= until) return 0n;
  const length = PLAN_DAYS[plan];
  const today = at / DAY;
  const first = until / DAY - length;
  const last = first + length;
  const next = today + 1n;
  const firstUnused = next < first ? first : next > last ? last : next;
  const unvested = (price / length) * (last - firstUnused);
  if (plan !== "Annual" || suspended || today < first) return unvested;
  const cost = ((firstUnused - first) * monthly + 29n) / 30n;
  const rest = price > cost ? price - cost : 0n;
  return rest < unvested ? rest : unvested;
}
