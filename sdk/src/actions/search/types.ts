/** What the index says of works and of characters that are searched. Described in indexer/README.md. */
import type { Address } from "viem";
import type { PageParameters } from "../../internal/indexer.ts";
import type { Modality, Terms } from "../../pricing.ts";
import type { Tier, WorkPreview } from "../../wireMarket.ts";

/** What a work can be. */
export type WorkModality = Exclude<Modality, "Chat">;

/** Somebody, with the name they chose at the operator; null without one. Their own words: show them as text. */
export type Person = { address: Address; name: string | null };

/** Stars of all reviews together. */
export type ScoreSummary = {
  count: number;
  /** In hundredths of a star, rounded: each review alike, and weighed by what was paid. Null without any. */
  average: number | null;
  weighted: number | null;
};

/**
 * A work as lists show it. Prices in microcredits, times in Unix seconds. Title and tags are the creator's words: show
 * them as text, never as markup.
 */
export type WorkHit = {
  workId: bigint;
  /** Null while its metadata was not fetched yet, or cannot be. */
  title: string | null;
  creator: Person;
  owner: Address;
  modality: WorkModality;
  tags: string[];
  preview: WorkPreview | null;
  /** A still of a video, or a cover. */
  poster: WorkPreview | null;
  /** Of a video, a voiceover or music. */
  seconds: number | null;
  /** The lowest open offer whose attestor the index trusts to deliver; null without one. */
  from: bigint | null;
  /** Of such offers. */
  tiers: Tier[];
  /** Whether licences are so offered but none can be bought now: all are sold, or an exclusive one is held. */
  isTaken: boolean;
  /** What the work itself is listed for; null when it is not. */
  resale: bigint | null;
  score: ScoreSummary;
  /** Licences whose price was released: neither open orders nor refunded ones. */
  sold: number;
  createdAt: bigint;
  /** Whether a receipt proves that its creator had it generated, by an operator that can be believed. */
  isProven: boolean;
  isDerivative: boolean;
};

/** A character as search shows it. Its words are its creator's: show them as text, never as markup. */
export type CharacterHit = {
  characterId: bigint;
  /** Null while its card was not fetched yet, or cannot be. */
  name: string | null;
  tagline: string | null;
  creator: Person;
  modality: Modality;
  tags: string[];
  image: string | null;
  /** Microcredits. */
  terms: Terms;
  score: ScoreSummary;
  /** Inferences that were settled. */
  uses: number;
  createdAt: bigint;
};

/** In which order hits are listed; `-price` puts the dearest first. */
export type SearchOrder = "relevance" | "trending" | "newest" | "price" | "-price" | "rating";

/** What both searches take; what is left out does not filter. */
export type SearchParameters = {
  /** Words; the last one may be half typed. */
  q?: string | undefined;
  modality?: Modality | readonly Modality[] | undefined;
  /** At least so many stars, weighed by what was paid, and by enough of it. */
  rating?: 1 | 2 | 3 | 4 | undefined;
  creator?: Address | readonly Address[] | undefined;
  /** `relevance` with words, else `trending`, when absent. `-price`: the highest first. */
  sort?: SearchOrder | undefined;
  /** 24 when absent. */
  limit?: number | undefined;
  offset?: number | undefined;
  signal?: PageParameters["signal"];
};

/** How many there are of each price, bounds in microcredits: at least `min`, below `max`. */
export type PriceBucket = { min: bigint; max: bigint | null; count: number };

/** What would be found without one of the filters. */
export type DroppedFilter = { facet: string; total: number };

/** How many there are of each value of a facet, its own filter left out. */
export type SearchFacets = {
  modality: Record<string, number>;
  price: PriceBucket[];
  rating: { atLeast: 1 | 2 | 3 | 4; count: number }[];
  /** The ten with the most. */
  creator: (Person & { count: number })[];
  /** The twenty with the most. */
  tag: { tag: string; count: number }[];
};

/** A page of what was found. */
export type SearchResult<hit, facets extends SearchFacets = SearchFacets> = {
  total: number;
  /** Milliseconds that the index took. */
  took: number;
  results: hit[];
  /** The `offset` that goes on, or null at the end. */
  next: number | null;
  facets: facets;
  /** When nothing is found: which filters to let go, the best first. */
  drop: DroppedFilter[];
};

/** Integers of {@link WorkHit} and {@link SearchFacets}, which travel as decimal strings. */
export const WORK_INTEGERS = "workId from resale createdAt min max";
