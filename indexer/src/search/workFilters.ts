/** Whether a work is what is asked for, filter by filter. */
import { FOUND, type Verdict } from "./facets.ts";
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
  min: number;
  max: number;
};

export function prepare(filters: WorkFilters): PreparedFilters {
  const [modality, creator, tag] = [new Set(filters.modality), new Set(filters.creator), new Set(filters.tag)];
  return { filters, modality, creator, tag, min: filters.min ?? 0, max: filters.max ?? Number.POSITIVE_INFINITY };
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

/** What all filters but those of offers say. */
export function ownVerdict(work: WorkEntry, asked: PreparedFilters): Verdict {
  const { filters, modality, creator, tag } = asked;
  let verdict = FOUND;
  if (modality.size > 0 && !modality.has(work.modality)) verdict &= BIT.modality;
  if (creator.size > 0 && !creator.has(work.creator)) verdict &= BIT.creator;
  if (tag.size > 0 && !work.tags.some((each) => tag.has(each))) verdict &= BIT.tag;
  if (filters.rating !== null && work.score.weighted < filters.rating * 100) verdict &= BIT.rating;
  if (filters.resale && work.resale === null) verdict &= BIT.resale;
  if (filters.derivatives && !work.allowsDerivatives) verdict &= BIT.derivatives;
  return verdict;
}

/**
 * What filters of offers say together: of one offer, tier, licence and price must all be as asked. A work is worth its
 * lowest price among offers of the tiers and licences asked for; without such a wish, or as a work for sale, what it is
 * listed for itself counts too.
 */
export function offerVerdict(work: WorkEntry, asked: PreparedFilters): Verdict {
  const { tier, licence, min, max, resale } = asked.filters;
  const isPriced = min !== null || max !== null;
  if (tier.length === 0 && licence.length === 0 && !isPriced) return FOUND;
  if (isWithin(priceOf(work, asked.filters), asked)) return FOUND;
  let verdict = 0;
  if (tier.length > 0 && isWithin(lowestPrice(work, [], licence, resale), asked)) verdict |= BIT.tier;
  if (licence.length > 0 && isWithin(lowestPrice(work, tier, [], resale), asked)) verdict |= BIT.licence;
  if (isPriced && (priceOf(work, asked.filters) !== null || (tier.length === 0 && licence.length === 0))) {
    verdict |= BIT.price;
  }
  return verdict;
}

/** Whether a price is as asked; none is when any price is, and no tier or licence either. */
export function isWithin(price: number | null, { filters, min, max }: PreparedFilters): boolean {
  if (price !== null) return price >= min && price <= max;
  return filters.tier.length === 0 && filters.licence.length === 0 && filters.min === null && filters.max === null;
}

/** The lowest price of what is asked for, in microcredits; null when there is none. */
export function priceOf(
  work: WorkEntry,
  { tier, licence, resale }: Pick<WorkFilters, "tier" | "licence" | "resale">,
): number | null {
  return lowestPrice(work, tier, licence, resale);
}

/** As {@link priceOf}, of these tiers and licences; empty lists are any. */
export function lowestPrice(
  { offers, resale }: WorkEntry,
  tier: readonly string[],
  licence: readonly string[],
  isResale: boolean,
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
