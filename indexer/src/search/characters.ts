import { MODALITIES, type Modality } from "@stelai/sdk";
import { add, atLeast, bucketOf, FOUND, type Found, Numbering, pageOf, type Verdict } from "./facets.ts";
import { type PaidDay, qualityOf, type Rated, ratingOf, starsOf, trendOf } from "./ranking.ts";
import { TextIndex } from "./textIndex.ts";
import type { Sort } from "./workEntry.ts";

/** What search knows of a public character. Prices in microcredits. */
export type CharacterEntry = {
  id: number;
  name: string;
  tagline: string;
  description: string;
  tags: readonly string[];
  creator: string;
  creatorName: string;
  modality: Modality;
  createdAt: number;
  /** Accounts that ever paid. */
  payers: number;
  score: Rated;
  days: readonly PaidDay[];
  /** Of one inference of one unit. */
  price: number;
  hasPass: boolean;
};

/** What is asked for; an empty list asks for nothing. */
export type CharacterFilters = {
  q: string;
  modality: readonly string[];
  /** Only those that cost nothing. */
  free: boolean;
  /** Only those that sell a pass. */
  pass: boolean;
  min: number | null;
  max: number | null;
  rating: number | null;
  creator: readonly string[];
  tag: readonly string[];
  sort: Sort;
  limit: number;
  offset: number;
};

export const NO_CHARACTER_FILTERS: CharacterFilters = {
  ...{ q: "", modality: [], free: false, pass: false, min: null, max: null, rating: null, creator: [], tag: [] },
  ...{ sort: "relevance", limit: 24, offset: 0 },
};

/** What was found, as ids. */
export type CharactersFound = {
  total: number;
  results: number[];
  next: number | null;
  facets: {
    modality: Record<string, number>;
    free: number;
    pass: number;
    price: { min: number; max: number | null; count: number }[];
    rating: { atLeast: 1 | 2 | 3 | 4; count: number }[];
    creator: { creator: string; count: number }[];
    tag: { tag: string; count: number }[];
  };
  drop: { facet: string; total: number }[];
};

/** Lower bounds of price ranges, in microcredits: nothing, up to 0.01, 0.1 and 1 credit, and above. */
export const CHARACTER_PRICE_BOUNDS = [0, 1, 10_000, 100_000, 1_000_000];
const TOP_CREATORS = 10;
const TOP_TAGS = 20;

const BIT = { modality: 1, free: 2, pass: 4, price: 8, rating: 16, creator: 32, tag: 64 } as const;
type Facet = keyof typeof BIT;

type Row = {
  id: number;
  character: CharacterEntry;
  quality: number;
  rating: number;
  trend: number;
  tags: number[];
  by: number;
};

/** Public characters, searched in memory. Holds none that is unlisted, private or suspended. */
export class CharacterCatalogue {
  readonly #rows = new Map<number, Row>();
  readonly #texts = new TextIndex();
  readonly #tags = new Numbering();
  readonly #creators = new Numbering();
  #isStale = false;

  get size(): number {
    return this.#rows.size;
  }

  /** Adds a character, or replaces what was known of it. */
  put(character: CharacterEntry): void {
    const { id, tags, creator, score } = character;
    this.#texts.put(id, {
      ...{ title: character.name, description: `${character.tagline}\n${character.description}` },
      ...{ tags: tags.join(" "), creator: `${character.creatorName} ${creator}` },
    });
    this.#rows.set(id, {
      ...{ id, character, trend: 0, quality: qualityOf(score, character.payers), rating: ratingOf(score) },
      ...{ tags: tags.map((tag) => this.#tags.numberOf(tagKey(tag))), by: this.#creators.numberOf(creator) },
    });
    this.#isStale = true;
  }

  remove(id: number): void {
    this.#texts.remove(id);
    this.#rows.delete(id);
    this.#isStale = true;
  }

  /** A page of what is asked for, with how many there are of each kind, each facet's own filter left out. */
  search(filters: CharacterFilters): CharactersFound {
    this.#refresh();
    const scores = this.#texts.find(filters.q);
    const verdictOf = verdicts(filters);
    const counts = { tags: this.#tags.counts(), creators: this.#creators.counts() };
    const modality = new Map<string, number>();
    const price = CHARACTER_PRICE_BOUNDS.map(() => 0);
    const stars = [0, 0, 0, 0, 0, 0];
    let [free, pass] = [0, 0];
    const alone = new Map<number, number>();
    const found: Found<Row>[] = [];
    for (const id of scores?.keys() ?? this.#rows.keys()) {
      const row = this.#rows.get(id);
      const verdict = row ? verdictOf(row.character) : 0;
      if (!row || verdict === 0) continue;
      const { character } = row;
      if (verdict === FOUND) found.push({ entry: row, key: keyOf(row, filters, scores?.get(id)) });
      else alone.set(verdict, (alone.get(verdict) ?? 0) + 1);
      if (verdict & BIT.modality) modality.set(character.modality, (modality.get(character.modality) ?? 0) + 1);
      if (verdict & BIT.free && character.price === 0) free += 1;
      if (verdict & BIT.pass && character.hasPass) pass += 1;
      if (verdict & BIT.price) add(price, bucketOf(CHARACTER_PRICE_BOUNDS, character.price));
      if (verdict & BIT.rating) add(stars, Math.min(5, Math.floor(starsOf(character.score) / 100)));
      if (verdict & BIT.creator) add(counts.creators, row.by);
      if (verdict & BIT.tag) for (const tag of row.tags) add(counts.tags, tag);
    }
    const { entries, next } = pageOf(found, filters);
    const creators = this.#creators.top(counts.creators, TOP_CREATORS, filters.creator);
    const tags = this.#tags.top(counts.tags, TOP_TAGS, filters.tag.map(tagKey));
    return {
      total: found.length,
      results: entries.map(({ id }) => id),
      next,
      facets: {
        modality: Object.fromEntries(MODALITIES.map((each) => [each, modality.get(each) ?? 0])),
        ...{ free, pass, rating: atLeast(stars) },
        price: CHARACTER_PRICE_BOUNDS.map((min, place) => ({
          min,
          max: CHARACTER_PRICE_BOUNDS[place + 1] ?? null,
          count: price[place] ?? 0,
        })),
        creator: creators.map(({ name, count }) => ({ creator: name, count })),
        tag: tags.map(({ name, count }) => ({ tag: name, count })),
      },
      drop: found.length > 0 ? [] : this.#drops(filters, alone, scores !== undefined),
    };
  }

  #drops(filters: CharacterFilters, alone: ReadonlyMap<number, number>, hasWords: boolean): CharactersFound["drop"] {
    const drops = (Object.keys(BIT) as Facet[]).map((facet) => ({
      facet: facet as string,
      total: alone.get(BIT[facet]) ?? 0,
    }));
    if (hasWords) drops.push({ facet: "q", total: this.search({ ...filters, q: "", limit: 1, offset: 0 }).total });
    return drops.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total);
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    let today = 0;
    for (const { character } of this.#rows.values()) {
      for (const { day, buyers } of character.days) if (buyers > 0 && day > today) today = day;
    }
    for (const row of this.#rows.values()) row.trend = trendOf(row.character.days, today);
  }
}

/** Cards write tags as they like. */
function tagKey(tag: string): string {
  return tag.toLowerCase();
}

function verdicts(filters: CharacterFilters): (character: CharacterEntry) => Verdict {
  const [modality, creator] = [new Set(filters.modality), new Set(filters.creator)];
  const tags = new Set(filters.tag.map(tagKey));
  const { free, pass, rating, min, max } = filters;
  return (character) => {
    let verdict = FOUND;
    if (modality.size > 0 && !modality.has(character.modality)) verdict &= BIT.modality;
    if (free && character.price > 0) verdict &= BIT.free;
    if (pass && !character.hasPass) verdict &= BIT.pass;
    if (character.price < (min ?? 0) || (max !== null && character.price > max)) verdict &= BIT.price;
    if (rating !== null && starsOf(character.score) < rating * 100) verdict &= BIT.rating;
    if (creator.size > 0 && !creator.has(character.creator)) verdict &= BIT.creator;
    if (tags.size > 0 && !character.tags.some((tag) => tags.has(tagKey(tag)))) verdict &= BIT.tag;
    return verdict;
  };
}

function keyOf(row: Row, { sort }: CharacterFilters, score: number | undefined): number {
  // What nobody paid for lately comes after all that somebody did, by its quality.
  const trend = row.trend > 0 ? 10 + row.trend : row.quality;
  const keys: Record<Sort, number> = {
    relevance: score === undefined ? trend : score * row.quality,
    trending: trend,
    newest: row.character.createdAt,
    rating: row.rating,
    price: -row.character.price,
    "-price": row.character.price,
  };
  return keys[sort];
}
