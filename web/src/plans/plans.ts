/** What plans are, how they compare, and what choosing one does to a running cycle (DESIGN section 4, CreditPlans). */
import type { CreditPlan, Subscription } from "@stelai/sdk";
import { WEI_PER_CREDIT } from "../format/money.ts";

/** How long after its end a cycle can still be renewed, in seconds. */
export const GRACE = 14n * 86_400n;
const YEAR = 365 * 86_400;

/** What of a subscription decides where it stands and what choosing a plan does. */
export type Cycle = Pick<Subscription, "planId" | "renewalPlanId" | "end" | "granted" | "mandate">;

/** `month` is 30 days, `year` 365. */
export type Cadence = "month" | "year";

export function cadenceOf({ period }: Pick<CreditPlan, "period">): Cadence {
  return period === YEAR ? "year" : "month";
}

/** Reserve units for one credit, rounded up. */
export function priceEach({ credits, price }: { credits: bigint; price: bigint }): bigint {
  return (price * WEI_PER_CREDIT + credits - 1n) / credits;
}

/** How many percent less a credit costs than in `dearer`, rounded down; 0 where it is no less. */
export function savedPercent(
  offer: { credits: bigint; price: bigint },
  dearer: { credits: bigint; price: bigint },
): bigint {
  const full = dearer.price * offer.credits;
  const own = offer.price * dearer.credits;
  return full > own ? ((full - own) * 100n) / full : 0n;
}

/** Where a subscription stands. `grace`: its cycle ended, and can still be renewed as it was agreed. */
export type Standing = "none" | "running" | "grace" | "ended";

export function standingOf(cycle: Cycle | null | undefined, now: bigint): Standing {
  if (!cycle) return "none";
  if (now < cycle.end) return "running";
  return cycle.mandate > 0n && now <= cycle.end + GRACE ? "grace" : "ended";
}

/**
 * What choosing a plan does: begins a cycle now, turns the running one into a larger one with the same end, or decides
 * what follows it. `current`: it is what runs and what follows; `next`: it is what follows already.
 */
export type Choice = "subscribe" | "upgrade" | "follow" | "resume" | "current" | "next";

export function choiceOf(
  plan: CreditPlan,
  cycle: Cycle | null | undefined,
  runs: CreditPlan | undefined,
  now: bigint,
): Choice {
  if (!cycle || standingOf(cycle, now) !== "running") return "subscribe";
  const isRunning = plan.planId === cycle.planId;
  const follows = plan.planId === cycle.renewalPlanId && cycle.mandate > 0n;
  if (isRunning && follows) return "current";
  if (isRunning && cycle.mandate === 0n) return "resume";
  if (runs && plan.period === runs.period && plan.credits > cycle.granted) return "upgrade";
  return follows ? "next" : "follow";
}

/** Those that are offered, months before years, the smallest first; what an account has stays though it is not offered. */
export function offeredPlans(plans: readonly CreditPlan[], cycle: Cycle | null | undefined): readonly CreditPlan[] {
  return plans
    .filter(({ planId, price }) => price > 0n || planId === cycle?.planId)
    .toSorted((a, b) => a.period - b.period || (a.credits < b.credits ? -1 : 1));
}
