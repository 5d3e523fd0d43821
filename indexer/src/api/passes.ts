/** Passes as the routes tell them. */
import type schema from "ponder:schema";

type Holder = typeof schema.passHolder.$inferSelect;

/** What a holder has, at a time in Unix seconds. */
export function passIn(row: Holder, now: bigint) {
  const { lifetime, since, until, mandate, paid, refunded, renewalPlan, lastPlan } = row;
  return {
    active: lifetime || now < until,
    lifetime,
    since,
    until,
    // What it renews as, or else the period that was paid for last.
    plan: mandate !== 0n && renewalPlan !== "Lifetime" ? renewalPlan : lastPlan,
    mandate,
    paid,
    refunded,
  };
}
