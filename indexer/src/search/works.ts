import { MODALITIES } from "@stelai/sdk";
import { TIERS, type Tier } from "@stelai/sdk/wire";
import { add, atLeast, bucketOf, FOUND, type Found, Numbering, pageOf } from "./facets.ts";
import { LIKENESS, qualityOf, ratingOf, starsOf, trendOf } from "./ranking.ts";
import { TextIndex } from "./textIndex.ts";
import type { WorkEntry, WorkFilters } from "./workEntry.ts";
import {
  activeIn,
  BIT,
  isShown,
  isSoldAs,
  ownVerdict,
  prepare,
  priceOf,
  saleVerdict,
  type Wish,
} from "./workFilters.ts";

const LICENCES = ["Perpetual", "Dated"] as const;
const EACH_TIER = TIERS.map((tier) => [tier]);
const EACH_LICENCE = LICENCES.map((licence) => [licence]);
const NO_WISH: Wish = { tier: [], licence: [], min: null, max: null, resale: false };
/** What works can be. */
export const WORK_MODALITIES = MODALITIES.filter((modality) => modality !== "Chat");
/** Lower bounds of price ranges, in microcredits: up to 10, 50, 200, 1,000 credits, and above. */
export const PRICE_BOUNDS = [0, 10_000_000, 50_000_000, 200_000_000, 1_000_000_000];

const TOP_CREATORS = 10;
const TOP_TAGS = 20;
/** Works that have less in common are not called similar: of {@link LIKENESS}, beside modality. */
const LEAST_LIKENESS = 0.25;

/** What was found. `results` are ids and what each costs as asked for, in microcredits. */
export type WorksFound = {
  total: number;
  results: { id: number; price: number | null }[];
  next: number | null;
  facets: {
    modality: Record<string, number>;
    tier: Record<Tier, number>;
    licence: Record<(typeof LICENCES)[number], number>;
    price: { min: number; max: number | null; count: number }[];
    rating: { atLeast: 1 | 2 | 3 | 4; count: number }[];
    creator: { creator: string; count: number }[];
    tag: { tag: string; count: number }[];
  };
  drop: { facet: string; total: number }[];
};

type Row = {
  id: number;
  work: WorkEntry;
  isShown: boolean;
  quality: number;
  rating: number;
  trend: number;
  tags: number[];
  by: number;
  /** Places of its tiers, licences and price among the facets, when nothing is wished. */
  sales: { tiers: number[]; licences: number[]; price: number | null };
};

/** Works, searched in memory. Holds none that is suspended. */
export class WorkCatalogue {
  readonly #rows = new Map<number, Row>();
  readonly #texts = new TextIndex();
  readonly #tags = new Numbering();
  readonly #creators = new Numbering();
  #today = 0;
  #isStale = false;

  get size(): number {
    return this.#rows.size;
  }

  /** Adds a work, or replaces what was known of it. */
  put(work: WorkEntry): void {
    this.#texts.put(work.id, {
      ...{ title: work.title, description: work.description },
      ...{ tags: work.tags.join(" "), creator: `${work.creatorName} ${work.creator}` },
    });
    this.#rows.set(work.id, {
      ...{ id: work.id, work, isShown: isShown(work), trend: 0, sales: salesOf(work, NO_WISH) },
      ...{ quality: qualityOf(work.score, work.sold), rating: ratingOf(work.score) },
      ...{ tags: work.tags.map((tag) => this.#tags.numberOf(tag)), by: this.#creators.numberOf(work.creator) },
    });
    this.#isStale = true;
  }

  remove(id: number): void {
    this.#texts.remove(id);
    this.#rows.delete(id);
    this.#isStale = true;
  }

  /** A page of what is asked for, with how many there are of each kind, each facet's own filter left out. */
  search(filters: WorkFilters): WorksFound {
    this.#refresh();
    const asked = prepare(filters);
    const scores = this.#texts.find(filters.q);
    const tally = new Tally(this.#tags.counts(), this.#creators.counts());
    const found: Found<Row>[] = [];
    const alone = new Map<number, number>();
    for (const id of scores?.keys() ?? this.#rows.keys()) {
      const row = this.#rows.get(id);
      if (!row || !(filters.any || row.isShown)) continue;
      const own = ownVerdict(row.work, asked);
      if (own === 0) continue;
      if (own === FOUND) tally.sales(row, asked);
      const verdict = own & saleVerdict(row.work, asked);
      if (verdict === 0) continue;
      tally.add(row, verdict);
      if (verdict === FOUND) found.push({ entry: row, key: keyOf(row, filters, scores?.get(row.id)) });
      else
        for (let rest = verdict; rest !== 0; rest &= rest - 1)
          alone.set(rest & -rest, (alone.get(rest & -rest) ?? 0) + 1);
    }
    const { entries, next } = pageOf(found, filters);
    return {
      total: found.length,
      results: entries.map(({ id, work }) => ({ id, price: priceOf(work, filters) })),
      next,
      facets: {
        ...tally.facets(),
        creator: this.#creators
          .top(tally.creators, TOP_CREATORS, filters.creator)
          .map(({ name, count }) => ({ creator: name, count })),
        tag: this.#tags.top(tally.tags, TOP_TAGS, filters.tag).map(({ name, count }) => ({ tag: name, count })),
      },
      drop: found.length > 0 ? [] : this.#drops(filters, alone, scores !== undefined),
    };
  }

  /**
   * Works like this one that are for sale, the most alike first; see {@link LIKENESS}. Words are those of title and tags;
   * kin are parents, derivatives, and other derivatives of the same parent.
   */
  similar(id: number, limit: number): number[] {
    const own = this.#rows.get(id);
    if (!own) return [];
    const { work } = own;
    const words = this.#texts.like(`${work.title} ${work.tags.join(" ")}`, ["title", "tags", "description"]);
    const best = words.get(id) ?? 1;
    const tags = new Set(own.tags);
    const found: Found<Row>[] = [];
    for (const row of this.#rows.values()) {
      if (row.id === id || !row.isShown) continue;
      const shared = row.tags.filter((tag) => tags.has(tag)).length;
      const inCommon =
        (LIKENESS.tags * shared) / Math.max(1, Math.sqrt(tags.size * row.tags.length)) +
        LIKENESS.words * Math.min(1, (words.get(row.id) ?? 0) / best) +
        (areKin(work, row.work) ? LIKENESS.kin : 0) +
        (row.work.creator === work.creator ? LIKENESS.creator : 0);
      if (inCommon < LEAST_LIKENESS) continue;
      found.push({ entry: row, key: inCommon + (row.work.modality === work.modality ? LIKENESS.modality : 0) });
    }
    return pageOf(found, { limit, offset: 0 }).entries.map((row) => row.id);
  }

  /** Works for sale that were paid for lately, by {@link trendOf}. */
  trending(limit: number, modality: string | null): number[] {
    this.#refresh();
    const found = [...this.#rows.values()]
      .filter(({ work, trend, isShown }) => trend > 0 && isShown && (modality === null || work.modality === modality))
      .map((entry) => ({ entry, key: entry.trend }));
    return pageOf(found, { limit, offset: 0 }).entries.map((row) => row.id);
  }

  /** What would be found without each filter, or without the words. */
  #drops(filters: WorkFilters, alone: ReadonlyMap<number, number>, hasWords: boolean): WorksFound["drop"] {
    const drops = activeIn(prepare(filters)).map((facet) => ({
      facet: facet as string,
      total: alone.get(BIT[facet]) ?? 0,
    }));
    if (hasWords) drops.push({ facet: "q", total: this.search({ ...filters, q: "", limit: 1, offset: 0 }).total });
    return drops.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total);
  }

  /** Age is counted from the last day on which anything was paid, so that a quiet week changes no order. */
  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#today = 0;
    for (const { work } of this.#rows.values()) {
      for (const { day, buyers } of work.days) if (buyers > 0 && day > this.#today) this.#today = day;
    }
    for (const row of this.#rows.values()) row.trend = trendOf(row.work.days, this.#today);
  }
}

function keyOf(row: Row, filters: WorkFilters, score: number | undefined): number {
  switch (filters.sort) {
    case "relevance":
      return score === undefined ? trendKey(row) : score * row.quality;
    case "trending":
      return trendKey(row);
    case "newest":
      return row.work.createdAt;
    case "rating":
      return row.rating;
    case "price":
      return -(priceOf(row.work, filters) ?? Number.POSITIVE_INFINITY);
    case "-price":
      return priceOf(row.work, filters) ?? Number.NEGATIVE_INFINITY;
  }
}

/** What nobody paid for lately comes after all that somebody did, by its quality. */
function trendKey({ trend, quality }: Row): number {
  return trend > 0 ? 10 + trend : quality;
}

function areKin(one: WorkEntry, other: WorkEntry): boolean {
  if (one.parents.includes(other.id) || other.parents.includes(one.id)) return true;
  return one.parents.some((parent) => other.parents.includes(parent));
}

/** Where a work counts among tiers, licences and prices, each without regard to its own wish. */
function salesOf(work: WorkEntry, { tier, licence, min, max, resale }: Wish): Row["sales"] {
  const places = (wishes: string[][], isSold: (wish: string[]) => boolean) =>
    wishes.flatMap((wish, place) => (isSold(wish) ? [place] : []));
  const price = resale && work.resale === null ? null : priceOf(work, { tier, licence, resale });
  return {
    tiers: places(EACH_TIER, (each) => isSoldAs(work, { tier: each, licence, min, max, resale })),
    licences: places(EACH_LICENCE, (each) => isSoldAs(work, { tier, licence: each, min, max, resale })),
    price: price === null ? null : bucketOf(PRICE_BOUNDS, price),
  };
}

/** Counts works by what they are. */
class Tally {
  readonly tags: Int32Array;
  readonly creators: Int32Array;
  readonly #modality = new Map<string, number>();
  readonly #tier = TIERS.map(() => 0);
  readonly #licence = LICENCES.map(() => 0);
  readonly #price = PRICE_BOUNDS.map(() => 0);
  readonly #stars = [0, 0, 0, 0, 0, 0];

  constructor(tags: Int32Array, creators: Int32Array) {
    this.tags = tags;
    this.creators = creators;
  }

  /** A work that everything but filters of what is for sale finds. */
  sales({ work, sales }: Row, { filters, isWishful }: ReturnType<typeof prepare>): void {
    const { tiers, licences, price } = isWishful ? salesOf(work, filters) : sales;
    for (const place of tiers) add(this.#tier, place);
    for (const place of licences) add(this.#licence, place);
    if (price !== null) add(this.#price, price);
  }

  /** A work that at most one filter keeps from being found. */
  add({ work, tags, by }: Row, verdict: number): void {
    if (verdict & BIT.modality) this.#modality.set(work.modality, (this.#modality.get(work.modality) ?? 0) + 1);
    if (verdict & BIT.creator) add(this.creators, by);
    if (verdict & BIT.tag) for (const tag of tags) add(this.tags, tag);
    if (verdict & BIT.rating) add(this.#stars, Math.min(5, Math.floor(starsOf(work.score) / 100)));
  }

  facets(): Omit<WorksFound["facets"], "creator" | "tag"> {
    return {
      modality: Object.fromEntries(WORK_MODALITIES.map((each) => [each, this.#modality.get(each) ?? 0])),
      tier: Object.fromEntries(TIERS.map((tier, place) => [tier, this.#tier[place] ?? 0])) as Record<Tier, number>,
      licence: { Perpetual: this.#licence[0] ?? 0, Dated: this.#licence[1] ?? 0 },
      price: PRICE_BOUNDS.map((min, place) => ({
        min,
        max: PRICE_BOUNDS[place + 1] ?? null,
        count: this.#price[place] ?? 0,
      })),
      rating: atLeast(this.#stars),
    };
  }
}
