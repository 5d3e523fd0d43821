import type { GetOfferReturnType, OfferView } from "@stelai/sdk";
import type { Tier } from "@stelai/sdk/wire";
import { type Address, isAddressEqual } from "viem";

/** From the least that a buyer may do to the most, as they stand side by side. */
export const TIERS = ["Personal", "Commercial", "Exclusive"] as const satisfies readonly Tier[];

export interface TierOffers {
  readonly tier: Tier;
  /** Those that can be bought, the cheapest first; without any, the newest that tells why. */
  readonly offers: readonly OfferView[];
}

const HOUR = 3_600n;
const DAY = 24n * HOUR;

const byPrice = (a: OfferView, b: OfferView) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0);

/**
 * What a work's page shows of its offers. What the seller closed, or a transfer voided, is left out unless it is all that
 * there is of a tier: somebody may have been sent to it.
 * @param offers The newest first.
 */
export function tiersOf(offers: readonly OfferView[]): TierOffers[] {
  return TIERS.flatMap((tier) => {
    const all = offers.filter((offer) => offer.tier === tier);
    const open = all.filter(({ state }) => state === "open").sort(byPrice);
    if (open.length > 0) return [{ tier, offers: open }];
    const told = all.find(({ state }) => state === "taken" || state === "soldOut") ?? all[0];
    return told ? [{ tier, offers: [told] }] : [];
  });
}

/** The cheapest that can be bought; undefined without any. */
export function cheapest(offers: readonly OfferView[]): OfferView | undefined {
  return offers.filter(({ state }) => state === "open").sort(byPrice)[0];
}

/** How long a licence runs, in the largest unit that says it exactly or next above. */
export function lengthOf(seconds: bigint): { readonly unit: "ever" | "days" | "hours"; readonly count: number } {
  if (seconds === 0n) return { unit: "ever", count: 0 };
  if (seconds % DAY === 0n) return { unit: "days", count: Number(seconds / DAY) };
  return { unit: "hours", count: Number((seconds + HOUR - 1n) / HOUR) };
}

/** How many can still be bought; undefined where any number can. */
export function leftOf({ supply, sold }: Pick<OfferView, "supply" | "sold">): number | undefined {
  return supply === 0 ? undefined : Math.max(0, supply - sold);
}

/** Ten-thousandths as people write a share: 12.5%. */
export function percentText(bps: number, locale = "en"): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** Who delivers: this page's operator, somebody else, or nobody knows since the operator does not say who it is. */
export type DeliveredBy = "here" | "other" | "unknown";

/**
 * Anyone can be named by an offer, its seller too; whether the file is kept and delivered is known of one's own operator.
 * @param operator Of the relayer that this page uses; undefined while it does not say.
 */
export function deliveredBy(attestor: Address, operator: Address | undefined): DeliveredBy {
  if (operator === undefined) return "unknown";
  return isAddressEqual(attestor, operator) ? "here" : "other";
}

/** Whether what a sheet shows of an offer may be paid for. */
export type OfferCheck =
  | { readonly state: "agreed" | "reading" | "unread" | "termsChanged" }
  | { readonly state: "changed"; readonly price: bigint }
  | { readonly state: "differs"; readonly what: (typeof FIXED)[number] }
  | { readonly state: "gone"; readonly why: "closed" | "void" | "soldOut" | "suspended" };

type Pinned = Pick<OfferView, "price" | "termsHash" | (typeof FIXED)[number]>;

/** What nobody can change of an offer: another than shown means that the page was told wrong. */
const FIXED = ["workId", "tier", "duration", "attestor"] as const;

/**
 * Holds what the person saw against what the chain says at the moment of paying.
 * @param agreed What was shown, or agreed to since.
 * @param current As the chain has it; undefined until it has answered.
 * @param isFailed Whether the last reading failed.
 */
export function checkOffer(
  agreed: Pinned,
  current: (Pinned & Pick<GetOfferReturnType, "state">) | undefined,
  isFailed: boolean,
): OfferCheck {
  if (isFailed) return { state: "unread" };
  if (current === undefined) return { state: "reading" };
  const what = FIXED.find((one) => String(agreed[one]).toLowerCase() !== String(current[one]).toLowerCase());
  if (what) return { state: "differs", what };
  if (current.state !== "open") return { state: "gone", why: current.state };
  if (current.termsHash.toLowerCase() !== agreed.termsHash.toLowerCase()) return { state: "termsChanged" };
  if (current.price !== agreed.price) return { state: "changed", price: current.price };
  return { state: "agreed" };
}

/**
 * What took the place of an offer that is gone: the newest open one of the same tier, as long as it was. Undefined where
 * none did.
 * @param offers Of the work, the newest first.
 */
export function successorOf(gone: OfferView, offers: readonly OfferView[]): OfferView | undefined {
  return offers.find(
    ({ offerId, tier, duration, state }) =>
      offerId > gone.offerId && tier === gone.tier && duration === gone.duration && state === "open",
  );
}
