import type { Modality } from "@stelai/sdk";
import type { Tier } from "@stelai/sdk/wire";
import type { PaidDay, Rated } from "./ranking.ts";

/** What can be bought of a work now: a licence, its price in microcredits. */
export type OpenOffer = { tier: Tier; isDated: boolean; price: number };

/** What search knows of a work. Ids are below 2^48, prices below 2^53 are exact. */
export type WorkEntry = {
  id: number;
  title: string;
  description: string;
  /** Whether its texts are what they should be, or may still prove to be. */
  isReadable: boolean;
  tags: readonly string[];
  creator: string;
  creatorName: string;
  modality: Modality;
  allowsDerivatives: boolean;
  createdAt: number;
  sold: number;
  score: Rated;
  days: readonly PaidDay[];
  parents: readonly number[];
  offers: readonly OpenOffer[];
  /** What the work itself is listed for; null when it is not. */
  resale: number | null;
};

export const SORTS = ["relevance", "trending", "newest", "price", "-price", "rating"] as const;
export type Sort = (typeof SORTS)[number];

/** What is asked for; an empty list asks for nothing. */
export type WorkFilters = {
  q: string;
  modality: readonly string[];
  tier: readonly string[];
  licence: readonly ("Perpetual" | "Dated")[];
  /** Microcredits, both included. */
  min: number | null;
  max: number | null;
  /** At least so many stars. */
  rating: number | null;
  creator: readonly string[];
  tag: readonly string[];
  /** Only works that are for sale themselves. */
  resale: boolean;
  /** Only works that others may derive from. */
  derivatives: boolean;
  /** Works that are not shown otherwise as well. */
  any: boolean;
  sort: Sort;
  limit: number;
  offset: number;
};

export const NO_WORK_FILTERS: WorkFilters = {
  ...{ q: "", modality: [], tier: [], licence: [], min: null, max: null, rating: null, creator: [], tag: [] },
  ...{ resale: false, derivatives: false, any: false, sort: "relevance", limit: 24, offset: 0 },
};
