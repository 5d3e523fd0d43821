/**
 * What paid periods earn day by day: contracts/libraries/Vesting.sol in bigints (DESIGN section 4, CharacterAccess).
 * Amounts are microcredits, days are UTC days since 1970.
 */
import { type PeriodPlan, PLAN_DAYS, refundOn } from "@stelai/sdk";
import { dayOf } from "./chain.ts";

/** A month or a year that was paid for. */
export type Period = {
  plan: PeriodPlan;
  price: bigint;
  /** What a month cost then; an early end of a year is priced with it. */
  monthly: bigint;
  /** When it ends, Unix time in seconds. */
  until: bigint;
};

/** By how much what vests a day changes from a day on, and what vests on it alone. */
export type Change = { rateChange: bigint; atOnce: bigint };

/** Changes by day; days that are named twice add up. */
export class Changes extends Map<number, Change> {
  add(day: number, { rateChange = 0n, atOnce = 0n }: Partial<Change>): this {
    if (rateChange === 0n && atOnce === 0n) return this;
    const before = this.get(day) ?? { rateChange: 0n, atOnce: 0n };
    return this.set(day, { rateChange: before.rateChange + rateChange, atOnce: before.atOnce + atOnce });
  }
}

/** What a period that is paid for on `today` changes about the days: its remainder vests at once. */
export function enter(changes: Changes, period: Period, today: number): void {
  const rate = rateOf(period);
  changes.add(firstDayOf(period), { rateChange: rate });
  changes.add(dayOf(period.until), { rateChange: -rate });
  changes.add(today, { atOnce: period.price - rate * PLAN_DAYS[period.plan] });
}

/** What the end of a period changes about the days; what has not vested and is not refunded vests at once. */
export function takeOut(
  changes: Changes,
  period: Period,
  { at, suspended }: { at: bigint; suspended: boolean },
): { refunded: bigint; kept: bigint } {
  // By its days alone, a refund is what has not vested.
  const unvested = refundOn({ ...period, at, suspended: true });
  const refunded = refundOn({ ...period, at, suspended });
  const kept = unvested - refunded;
  if (unvested === 0n) return { refunded, kept };
  const rate = rateOf(period);
  const today = dayOf(at);
  changes.add(Math.max(today + 1, firstDayOf(period)), { rateChange: -rate });
  changes.add(dayOf(period.until), { rateChange: rate });
  changes.add(today, { atOnce: kept });
  return { refunded, kept };
}

/** What vests on each of its days. */
function rateOf({ price, plan }: Period): bigint {
  return price / PLAN_DAYS[plan];
}

function firstDayOf({ until, plan }: Period): number {
  return dayOf(until) - Number(PLAN_DAYS[plan]);
}

/** What each day from `from` to `to` brings, given the sum of all rate changes before `from`. */
export function vestingByDay(
  rateBefore: bigint,
  changes: ReadonlyMap<number, Change>,
  from: number,
  to: number,
): { day: number; vests: bigint }[] {
  let rate = rateBefore;
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    const { rateChange, atOnce } = changes.get(day) ?? { rateChange: 0n, atOnce: 0n };
    rate += rateChange;
    return { day, vests: rate + atOnce };
  });
}
