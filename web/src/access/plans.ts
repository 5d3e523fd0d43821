/** What a pass is bought for, and what follows from it in days and credits (DESIGN section 4, CharacterAccess). */
import {
  type CreditPackage,
  type Model,
  type PeriodPlan,
  PLAN_DAYS,
  type Plan,
  priceOf,
  type Terms,
} from "@stelai/sdk";

export const DAY = 86_400n;
/** How many renewals the allowance that is given with a subscription is good for. */
export const RENEWALS = { Monthly: 12n, Annual: 1n } as const;

/** A character as far as its passes go, from the operator or from the chain alone. */
export interface Sold {
  readonly characterId: bigint;
  /** Its card's name, or what stands for it while the card is not seen. */
  readonly name: string;
  readonly terms: Terms;
  readonly suspended: boolean;
}

export function soldOf({ id, stelai }: Model): Sold {
  const { characterId, terms, suspended, card } = stelai;
  return { characterId, terms, suspended, name: card?.name ?? id };
}

/** The plans that are sold, the shortest first. */
export function plansOf(terms: Terms): readonly Plan[] {
  return (["Monthly", "Annual", "Lifetime"] as const).filter((plan) => priceOf(terms, plan) > 0n);
}

export const otherPlan = (plan: PeriodPlan): PeriodPlan => (plan === "Monthly" ? "Annual" : "Monthly");

/** When a period that is bought begins and ends, in Unix seconds. */
export interface Schedule {
  readonly start: bigint;
  readonly until: bigint;
}

/** @param start When the period begins. */
export function scheduleOf(plan: PeriodPlan, start: bigint): Schedule {
  return { start, until: start + PLAN_DAYS[plan] * DAY };
}

/** When what is bought now begins: at once, or when what is paid for already ends. */
export function startOf(until: bigint | undefined, now: bigint): bigint {
  return until !== undefined && until > now ? until : now;
}

/** A package, and how many of it. */
export interface Refill {
  readonly offer: CreditPackage;
  readonly quantity: bigint;
}

/** The cheapest purchase of one kind of package that covers `shortfall` (wei); undefined while no prices are known. */
export function refillFor(packages: readonly CreditPackage[] | undefined, shortfall: bigint): Refill | undefined {
  const options = (packages ?? [])
    .filter(({ credits }) => credits > 0n)
    .map((offer) => ({ offer, quantity: (shortfall + offer.credits - 1n) / offer.credits || 1n }));
  const costs = ({ offer, quantity }: Refill) => offer.price * quantity;
  return options.reduce<Refill | undefined>((best, one) => (best && costs(best) <= costs(one) ? best : one), undefined);
}

/** One period that was paid for, and what has become of it. */
export interface PeriodUse {
  readonly days: bigint;
  /** Days that have begun; all of them are used. */
  readonly begun: bigint;
  /** Microcredits that vest on each day. */
  readonly rate: bigint;
}

/** How far a period is used at a moment. @param until Its end, and @param now in Unix seconds. */
export function useOf(plan: PeriodPlan, price: bigint, until: bigint, now: bigint): PeriodUse {
  const days = PLAN_DAYS[plan];
  const first = until / DAY - days;
  const today = now / DAY;
  const begun = today < first ? 0n : today - first + 1n;
  return { days, begun: begun > days ? days : begun, rate: price / days };
}
