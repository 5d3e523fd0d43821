/** What an announcement changes for who buys. */
import type { CreditPlan, RoleCall } from "@stelai/sdk";
import type { Announced } from "./useAnnouncements.ts";

/** So many credits (wei of STELAI), and what they cost before and after (reserve units); undefined: not sold. */
export interface PriceChange {
  readonly credits: bigint;
  readonly before: bigint | undefined;
  readonly after: bigint | undefined;
}

interface Offer {
  readonly credits: bigint;
  readonly price: bigint;
}

/** The cheapest of each size: what buys it. */
function bySize(offers: readonly Offer[]): ReadonlyMap<bigint, bigint> {
  const prices = new Map<bigint, bigint>();
  for (const { credits, price } of offers) {
    const known = prices.get(credits);
    if (known === undefined || price < known) prices.set(credits, price);
  }
  return prices;
}

/** Every size of both price tables, the smallest first. */
export function compareTables(now: readonly Offer[], then: readonly Offer[]): PriceChange[] {
  const [before, after] = [bySize(now), bySize(then)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((credits) => ({ credits, before: before.get(credits), after: after.get(credits) }));
}

/** A change of a price that somebody may pay; `period` in seconds of a plan, absent of a package. */
export type BuyersChange = PriceChange & { readonly period?: number };

const changes = ({ before, after }: PriceChange) => before !== after;

/** Of a change what differs for who buys; nothing of one that is about something else. */
export function forBuyers(
  call: RoleCall | undefined,
  { packages, plans }: { packages: readonly Offer[]; plans: readonly CreditPlan[] },
): BuyersChange[] {
  switch (call?.kind) {
    case "setPackages":
      return compareTables(packages, call.packages).filter(changes);
    case "addPlans":
      return call.plans.map(({ credits, price, period }) => ({
        ...{ credits, before: undefined, after: price, period: (period === "Annual" ? 365 : 30) * 86_400 },
      }));
    case "setPlanPrice": {
      const plan = plans.find(({ planId }) => planId === call.planId);
      if (!plan) return [];
      const offered = (price: bigint) => (price > 0n ? price : undefined);
      const { credits, period } = plan;
      return [{ credits, period, before: offered(plan.price), after: offered(call.price) }].filter(changes);
    }
    default:
      return [];
  }
}

/** What is announced and was neither made nor taken back, the next first. */
export function upcoming(announcements: readonly Announced[]): Announced[] {
  return announcements
    .filter(({ state }) => state === "waiting" || state === "ready")
    .sort((a, b) => Number(a.readyAt - b.readyAt));
}
