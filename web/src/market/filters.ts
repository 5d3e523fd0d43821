import type { Tier } from "@stelai/sdk/wire";
import { type Address, getAddress, isAddress } from "viem";
import { MADE_MODALITIES, type MadeModality } from "../studio/modalities.ts";
import { TIERS } from "./offers.ts";

export const SORTS = ["relevance", "trending", "newest", "price", "-price", "rating"] as const;
export type Sort = (typeof SORTS)[number];

/** How long a licence runs: for ever, or until a date. */
export const LICENCE_KINDS = ["Perpetual", "Dated"] as const;
export type LicenceKind = (typeof LICENCE_KINDS)[number];

/** What the market is narrowed to; all of it lives in the address. Prices in microcredits. */
export interface MarketFilter {
  readonly query: string;
  readonly modality: readonly MadeModality[];
  readonly tier: readonly Tier[];
  readonly licence: LicenceKind | undefined;
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
  /** At least so many stars. */
  readonly rating: 1 | 2 | 3 | 4 | undefined;
  readonly creator: readonly Address[];
  readonly tag: readonly string[];
  /** Works that are themselves for sale. */
  readonly resale: boolean;
  /** Works that others may derive from. */
  readonly derivatives: boolean;
  readonly sort: Sort | undefined;
}

/** What narrows, as the index calls it: sorting and words are no facets. */
export type Facet = "modality" | "tier" | "licence" | "price" | "rating" | "creator" | "tag" | "resale" | "derivatives";

/** A filter that is on, alone: what its chip takes away. */
export interface ActiveFilter {
  readonly facet: Facet;
  /** As it stands in the address; empty where the facet is on or off. */
  readonly value: string;
}

const RATINGS = [1, 2, 3, 4] as const;
const LONGEST_PRICE = 18;

function oneOf<T extends string>(known: readonly T[], params: URLSearchParams, name: string): T[] {
  const asked = new Set(params.getAll(name));
  return known.filter((one) => asked.has(one));
}

/** Microcredits; what is no whole number narrows nothing. */
function priceIn(params: URLSearchParams, name: string): bigint | undefined {
  const text = params.get(name) ?? "";
  return /^\d+$/.test(text) && text.length <= LONGEST_PRICE ? BigInt(text) : undefined;
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** The filter of an address; what does not exist narrows nothing. */
export function filterFrom(params: URLSearchParams): MarketFilter {
  return {
    query: params.get("q") ?? "",
    modality: oneOf(MADE_MODALITIES, params, "modality"),
    tier: oneOf(TIERS, params, "tier"),
    licence: LICENCE_KINDS.find((kind) => kind === params.get("licence")),
    min: priceIn(params, "min"),
    max: priceIn(params, "max"),
    rating: RATINGS.find((stars) => String(stars) === params.get("rating")),
    creator: distinct(
      params.getAll("creator").flatMap((text) => (isAddress(text, { strict: false }) ? [getAddress(text)] : [])),
    ),
    tag: distinct(params.getAll("tag").filter((tag) => tag !== "" && tag.length <= 32)),
    resale: params.get("resale") === "true",
    derivatives: params.get("derivatives") === "true",
    sort: SORTS.find((sort) => sort === params.get("sort")),
  };
}

/** The address of a filter; what narrows nothing is left out, so that one view has one address. */
export function paramsOf(filter: MarketFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.query !== "") params.set("q", filter.query);
  for (const name of ["modality", "tier", "creator", "tag"] as const) {
    for (const value of filter[name]) params.append(name, value);
  }
  for (const name of ["licence", "min", "max", "rating"] as const) {
    const value = filter[name];
    if (value !== undefined) params.set(name, String(value));
  }
  for (const name of ["resale", "derivatives"] as const) if (filter[name]) params.set(name, "true");
  if (filter.sort !== undefined) params.set("sort", filter.sort);
  return params;
}

/** The market narrowed to some of it: for links. */
export function marketHref(filter: Partial<MarketFilter>): string {
  const params = paramsOf({ ...NOTHING, ...filter });
  return params.size === 0 ? "/market" : `/market?${params}`;
}

/** The whole market. */
export const NOTHING: MarketFilter = filterFrom(new URLSearchParams());

/** The filters that are on, each alone, in the order of the facets. A price range is one of them. */
export function activeFilters(filter: MarketFilter): ActiveFilter[] {
  const listed = (["modality", "tier"] as const).flatMap((facet) => filter[facet].map((value) => ({ facet, value })));
  const more = (["creator", "tag"] as const).flatMap((facet) => filter[facet].map((value) => ({ facet, value })));
  const isPriced = filter.min !== undefined || filter.max !== undefined;
  return [
    ...listed,
    ...(filter.licence === undefined ? [] : [{ facet: "licence" as const, value: filter.licence }]),
    ...(isPriced ? [{ facet: "price" as const, value: `${filter.min ?? ""}-${filter.max ?? ""}` }] : []),
    ...(filter.rating === undefined ? [] : [{ facet: "rating" as const, value: String(filter.rating) }]),
    ...more,
    ...(["resale", "derivatives"] as const).flatMap((facet) => (filter[facet] ? [{ facet, value: "" }] : [])),
  ];
}

/** The filter without one of those that are on. */
export function without(filter: MarketFilter, { facet, value }: ActiveFilter): MarketFilter {
  switch (facet) {
    case "price":
      return { ...filter, min: undefined, max: undefined };
    case "licence":
    case "rating":
      return { ...filter, [facet]: undefined };
    case "resale":
    case "derivatives":
      return { ...filter, [facet]: false };
    default:
      return { ...filter, [facet]: filter[facet].filter((one) => one !== value) };
  }
}

/** The filter without all that a facet narrows: what the index counts when nothing is found. */
export function withoutFacet(filter: MarketFilter, facet: string): MarketFilter {
  if (facet === "q" || facet === "query") return { ...filter, query: "" };
  return activeFilters(filter)
    .filter((one) => one.facet === facet || (one.facet === "price" && (facet === "min" || facet === "max")))
    .reduce(without, filter);
}

/** A value of a facet turned on, or off where it is on. */
export function toggled<F extends "modality" | "tier" | "creator" | "tag">(
  filter: MarketFilter,
  facet: F,
  value: MarketFilter[F][number],
): MarketFilter {
  const values = filter[facet] as readonly string[];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return { ...filter, [facet]: next };
}
