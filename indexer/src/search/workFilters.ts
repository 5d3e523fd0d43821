/** Whether a work is what is asked for, filter by filter. */
import { FOUND, type Verdict } from "./facets.ts";
import { starsOf } from "./ranking.ts";
import type { WorkEntry, WorkFilters } from "./workEntry.ts";

/** The bit of each filter. */
export const BIT = {
  modality: 1,
  tier: 2,
  licence: 4,
  price: 8,
  rating: 16,
  creator: 32,
  tag: 64,
  resale: 128,
  derivatives: 256,
  q: 512,
} as const satisfies Record<string, number>;
export type WorkFacet = keyof typeof BIT;

/** Filters made fast to ask. */
export type PreparedFilters = {
  filters: WorkFilters;
  modality: ReadonlySet<string>;
  creator: ReadonlySet<string>;
  tag: ReadonlySet<string>;
  /** Whether they ask anything of what is for sale. */
  isWishful: boolean;
};

export function prepare(filters: WorkFilters): PreparedFilters {
  const [modality, creator, tag] = [new Set(filters.modality), new Set(filters.creator), new Set(filters.tag)];
  const { tier, licence, min, max, resale } = filters;
  const isWishful = tier.length > 0 || licence.length > 0 || min !== null || max !== null || resale;
  return { filters, modality, creator, tag, isWishful };
}

/** Which filters ask for anything. */
export function activeIn({ filters, ...sets }: PreparedFilters): WorkFacet[] {
  const { tier, licence, min, max, rating, resale, derivatives } = filters;
  const isActive: Record<WorkFacet, boolean> = {
    ...{ modality: sets.modality.size > 0, creator: sets.creator.size > 0, tag: sets.tag.size > 0 },
    ...{ tier: tier.length > 0, licence: licence.length > 0, price: min !== null || max !== null },
    ...{ rating: rating !== null, resale, derivatives, q: false },
  };
  return (Object.keys(isActive) as WorkFacet[]).filter((facet) => isActive[facet]);
}

/** What all filters but those of what is for sale say. */
export function ownVerdict(work: WorkEntry, asked: PreparedFilters): Verdict {
  const { filters, modality, creator, tag } = asked;
  let verdict = FOUND;
  if (modality.size > 0 && !modality.has(work.modality)) verdict &= BIT.modality;
  if (creator.size > 0 && !creator.has(work.creator)) verdict &= BIT.creator;
  if (tag.size > 0 && !work.tags.some((each) => tag.has(each))) verdict &= BIT.tag;
  if (filters.rating !== null && starsOf(work.score) < filters.rating * 100) verdict &= BIT.rating;
  if (filters.derivatives && !work.allowsDerivatives) verdict &= BIT.derivatives;
  return verdict;
}

/** What is asked of what is for sale. Prices in microcredits, both included; null: any, or none. */
export type Wish = Pick<WorkFilters, "min" | "max" | "resale"> & {
  tier: readonly string[];
  licence: readonly string[];
};

/**
 * What filters of what is for sale say together: of one offer, tier, licence and price must all be as asked. So dropping
 * one of them, or asking for another value, asks for another price.
 */
export function saleVerdict(work: WorkEntry, { filters, isWishful }: PreparedFilters): Verdict {
  if (!isWishful || isSoldAs(work, filters)) return FOUND;
  const { tier, licence, min, max, resale } = filters;
  let verdict = 0;
  if (tier.length > 0 && isSoldAs(work, { tier: [], licence, min, max, resale })) verdict |= BIT.tier;
  if (licence.length > 0 && isSoldAs(work, { tier, licence: [], min, max, resale })) verdict |= BIT.licence;
  if (resale && isSoldAs(work, { tier, licence, min, max, resale: false })) verdict |= BIT.resale;
  const isPriced = min !== null || max !== null;
  if (isPriced && isSoldAs(work, { tier, licence, min: null, max: null, resale })) verdict |= BIT.price;
  return verdict;
}

/** Whether a work is for sale as wished; a work of which nothing is, when nothing is wished. */
export function isSoldAs(work: WorkEntry, wish: Wish): boolean {
  const { tier, licence, min, max, resale } = wish;
  if (resale && work.resale === null) return false;
  const price = priceOf(work, wish);
  if (price === null) return tier.length === 0 && licence.length === 0 && min === null && max === null;
  return price >= (min ?? 0) && price <= (max ?? Number.POSITIVE_INFINITY);
}

/**
 * The lowest price of what is asked for, in microcredits: among offers of the tiers and licences asked for; without such
 * a wish, and without offers or where works themselves are asked for, what the work is listed for. Null: none.
 */
export function priceOf(
  { offers, resale }: WorkEntry,
  { tier, licence, resale: isResale }: Pick<Wish, "tier" | "licence" | "resale">,
): number | null {
  const isAny = tier.length === 0 && licence.length === 0;
  if (isAny && isResale) return resale;
  let lowest: number | null = null;
  for (const offer of offers) {
    if (tier.length > 0 && !tier.includes(offer.tier)) continue;
    if (licence.length > 0 && !licence.includes(offer.isDated ? "Dated" : "Perpetual")) continue;
    if (lowest === null || offer.price < lowest) lowest = offer.price;
  }
  return lowest ?? (isAny ? resale : null);
}

/** Whether a work is shown unasked: something of it can be bought, and it does not hide what. */
export function isShown({ offers, resale, isReadable }: WorkEntry): boolean {
  return isReadable && (offers.length > 0 || resale !== null);
}
