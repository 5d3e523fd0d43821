import type { OfferView, OrderView, Stelai } from "@stelai/sdk";
import { hasEnded } from "../facts.ts";

/** Licences of a work that are good now, or are being delivered: whoever buys the work has to live with them. */
export interface Outstanding {
  readonly live: number;
  /** Those of them that are exclusive: while one is, no other licence can be sold. */
  readonly exclusive: number;
  /** How many more the chain has sold than the index tells of: it follows in a moment. */
  readonly unseen: number;
}

/** An offer with what the chain says it sold, refunded ones left out. */
export type SoldOffer = Pick<OfferView, "offerId" | "tier" | "sold">;

/** What counts of an order here. */
type Counted = Pick<OrderView, "offerId" | "tier" | "status" | "expiry">;

/**
 * Counts what stands against a work.
 * @param orders All of the work, by the index.
 * @param now The chain's time, Unix seconds.
 */
export function outstandingOf(offers: readonly SoldOffer[], orders: readonly Counted[], now: bigint): Outstanding {
  const standing = orders.filter(({ status }) => status !== "Refunded" && status !== "None");
  const live = standing.filter((order) => !hasEnded(order, now));
  const unseen = offers.map(({ offerId, tier, sold }) => {
    const seen = standing.filter((order) => order.offerId === offerId).length;
    return { tier, count: Math.max(0, sold - seen) };
  });
  const sum = (counts: typeof unseen) => counts.reduce((total, { count }) => total + count, 0);
  const exclusive = live.filter(({ tier }) => tier === "Exclusive").length;
  return {
    live: live.length + sum(unseen),
    exclusive: exclusive + sum(unseen.filter(({ tier }) => tier === "Exclusive")),
    unseen: sum(unseen),
  };
}

const PAGE = 100;
/** Pages of orders, and offers, that are looked at; a work that sold more has no few licences outstanding either way. */
const PAGES = 20;
const OFFERS = 100;

/**
 * Reads what stands against a work: its offers and orders from the index, and how many of each offer were sold from the
 * chain, which is ahead.
 */
export async function readOutstanding(stelai: Stelai, workId: bigint, now: bigint, signal: AbortSignal) {
  const { offers } = await stelai.works.getDetails({ workId, signal });
  const orders: OrderView[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { orders: found, next } = await stelai.market.listWorkOrders({ workId, after, limit: PAGE, signal });
    orders.push(...found);
    if (next === null) break;
    after = next;
  }
  const sold = await Promise.all(offers.slice(0, OFFERS).map(({ offerId }) => stelai.market.getOffer({ offerId })));
  return outstandingOf(sold, orders, now);
}
