/** What search is asked, from the address; whatever cannot be meant is refused by its name. */
import { MODALITIES } from "@stelai/sdk";
import { TIERS } from "@stelai/sdk/wire";
import type { Context } from "hono";
import { isAddress } from "viem";
import type { CharacterFilters } from "../search/characters.ts";
import { MAX_QUERY } from "../search/words.ts";
import { SORTS, type WorkFilters } from "../search/workEntry.ts";
import { WORK_MODALITIES } from "../search/works.ts";
import { limitOf, optionOf, ParameterError } from "./parameters.ts";

export { WORK_MODALITIES };

/** Values of one facet that may be asked for at once. */
const MOST_VALUES = 20;
/** Whoever leafs on filters instead. */
const MOST_OFFSET = 10_000;

/**
 * `?q=` (its first 200 characters; whatever it is, it is text) `&modality= &tier= &licence=Perpetual|Dated &min= &max=`
 * (microcredits, both included) `&rating=1…4 &creator= &tag= &resale=true` (for sale itself) `&derivatives=true` (others may
 * derive from it) `&any=true` (also what nothing of is for sale) `&sort=relevance|trending|newest|price|-price|rating
 * &limit=` (24, at most 100) `&offset=`. A facet that stands several times means any of its values. Without a sort it is
 * relevance, or trending where there are no words.
 */
export function workFiltersOf(context: Context): WorkFilters {
  return {
    ...commonOf(context),
    modality: valuesOf(context, "modality", WORK_MODALITIES),
    tier: valuesOf(context, "tier", TIERS),
    licence: valuesOf(context, "licence", ["Perpetual", "Dated"]),
    resale: flagOf(context, "resale"),
    derivatives: flagOf(context, "derivatives"),
    any: flagOf(context, "any"),
  };
}

/** As {@link workFiltersOf}, with `?free=true` (it costs nothing) and `?pass=true` (it sells one); no tier or licence. */
export function characterFiltersOf(context: Context): CharacterFilters {
  return {
    ...commonOf(context),
    modality: valuesOf(context, "modality", MODALITIES),
    free: flagOf(context, "free"),
    pass: flagOf(context, "pass"),
  };
}

function commonOf(context: Context) {
  const rating = context.req.query("rating");
  if (rating !== undefined && !/^[1-4]$/.test(rating)) refuse("rating", "rating must be 1, 2, 3 or 4.");
  return {
    q: (context.req.query("q") ?? "").slice(0, MAX_QUERY),
    ...{
      min: priceOf(context, "min"),
      max: priceOf(context, "max"),
      rating: rating === undefined ? null : Number(rating),
    },
    creator: manyOf(context, "creator").map((creator) => {
      if (isAddress(creator, { strict: false })) return creator.toLowerCase();
      return refuse("creator", "creator must be 0x and 40 hexadecimal digits.");
    }),
    tag: manyOf(context, "tag").map((tag) => tag.trim().toLowerCase()),
    ...{ sort: optionOf(context, "sort", SORTS), limit: limitOf(context, 24, 100), offset: offsetOf(context) },
  };
}

function manyOf(context: Context, name: string): string[] {
  const values = context.req.queries(name) ?? [];
  if (values.length > MOST_VALUES) refuse(name, `${name} may stand ${MOST_VALUES} times at most.`);
  return [...new Set(values.filter((value) => value !== ""))];
}

function valuesOf<const Option extends string>(context: Context, name: string, options: readonly Option[]): Option[] {
  return manyOf(context, name).map(
    (value) => options.find((option) => option === value) ?? refuse(name, `${name} must be of ${options.join(", ")}.`),
  );
}

function flagOf(context: Context, name: string): boolean {
  return optionOf(context, name, ["false", "true"]) === "true";
}

function priceOf(context: Context, name: "min" | "max"): number | null {
  const given = context.req.query(name);
  if (given === undefined || given === "") return null;
  return /^\d{1,20}$/.test(given) ? Number(given) : refuse(name, `${name} must be whole microcredits.`);
}

function offsetOf(context: Context): number {
  const given = context.req.query("offset") ?? "0";
  const offset = /^\d{1,9}$/.test(given) ? Number(given) : Number.POSITIVE_INFINITY;
  return offset <= MOST_OFFSET ? offset : refuse("offset", `offset must be a whole number up to ${MOST_OFFSET}.`);
}

function refuse(param: string, message: string): never {
  throw new ParameterError(param, message);
}
