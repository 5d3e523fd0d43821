/** How the price table is shown: packages as cards, and any quantity by the package of a single credit. */
import type { CreditPackage } from "@stelai/sdk";
import { WEI_PER_CREDIT } from "../format/money.ts";

export interface PriceTable {
  /** What is shown as a card, the smallest first. */
  readonly cards: readonly CreditPackage[];
  /** By which any whole number of credits is bought; undefined where it is not sold. */
  readonly single: CreditPackage | undefined;
}

export function priceTable(packages: readonly CreditPackage[]): PriceTable {
  return {
    cards: packages
      .filter(({ credits }) => credits !== WEI_PER_CREDIT)
      .toSorted((a, b) => (a.credits < b.credits ? -1 : a.credits > b.credits ? 1 : 0)),
    single: packages.find(({ credits }) => credits === WEI_PER_CREDIT),
  };
}

/** A card, and how many of it. */
export interface Bargain {
  readonly offer: CreditPackage;
  readonly quantity: bigint;
}

/** Packages that bring at least as many credits for less than they cost singly; undefined where there are none. */
export function cheaperThan({ cards, single }: PriceTable, quantity: bigint): Bargain | undefined {
  if (!single) return undefined;
  const [wanted, price] = [quantity * WEI_PER_CREDIT, quantity * single.price];
  return cards
    .map((offer) => ({ offer, quantity: (wanted + offer.credits - 1n) / offer.credits }))
    .filter((one) => one.offer.price * one.quantity < price)
    .reduce<Bargain | undefined>(
      (best, one) => (best && best.offer.price * best.quantity <= one.offer.price * one.quantity ? best : one),
      undefined,
    );
}

/** Below how many credits a balance is called low: what a tab of middling size costs. */
const LOW = 20n * WEI_PER_CREDIT;

/** Whether what is left, in wei, is little for what comes next; `none` where there is nothing at all. */
export function lowness(left: bigint): "none" | "low" | undefined {
  if (left === 0n) return "none";
  return left < LOW ? "low" : undefined;
}
