import { Hono } from "hono";
import type { Address } from "viem";
import { personOf } from "../texts/index.ts";
import { characterHit } from "./catalogues/characters.ts";
import { characterRows, characters, untilFresh, workRows, works } from "./catalogues/index.ts";
import { hitOf, type WorkHit } from "./hits.ts";
import { toJson } from "./json.ts";
import { idOf, limitOf, optionOf } from "./parameters.ts";
import { provedAmong } from "./proof.ts";
import { characterFiltersOf, WORK_MODALITIES, workFiltersOf } from "./searchParameters.ts";

export const search = new Hono();

/**
 * Works by words and by what they are: `{ total, took, results: WorkHit[], next, facets: { modality, tier, licence,
 * price: [{ min, max, count }], rating: [{ atLeast, count }], creator: [{ address, name, count }], tag: [{ tag, count }] },
 * drop: [{ facet, total }] }`. Parameters are told in searchParameters.ts, ranking and facets in README.md. `from` of a hit
 * is its lowest open offer of the tiers and licences asked for. A price range is at least `min` and below `max`. Each
 * facet's counts leave its own filter out. `drop` says, when nothing is found, what would be without each filter.
 */
search.get("/works", async (context) => {
  const filters = workFiltersOf(context);
  const began = performance.now();
  const now = await untilFresh();
  const { total, results, next, facets, drop } = works.search(filters);
  const isOfOffers = filters.tier.length > 0 || filters.licence.length > 0;
  const prices = new Map(results.map(({ id, price }) => [id, price]));
  const hits = await hitsOf([...prices.keys()], now);
  return toJson(context, {
    ...{ total, took: Math.round(performance.now() - began) },
    results: hits.map((hit) => {
      const price = isOfOffers ? prices.get(Number(hit.workId)) : null;
      return price === null || price === undefined ? hit : { ...hit, from: BigInt(price) };
    }),
    next,
    facets: { ...facets, price: facets.price.map(priceRange), creator: facets.creator.map(person) },
    drop,
  });
});

/**
 * Public characters, as works: `results` are `{ characterId, name, tagline, creator, modality, tags, image, terms, score,
 * uses, createdAt }`, facets `{ modality, free, pass, price, rating, creator, tag }`; price is of one inference of one unit.
 */
search.get("/characters", async (context) => {
  const filters = characterFiltersOf(context);
  const began = performance.now();
  await untilFresh();
  const { total, results, next, facets, drop } = characters.search(filters);
  return toJson(context, {
    ...{ total, took: Math.round(performance.now() - began) },
    results: results.flatMap((id) => {
      const rows = characterRows.get(BigInt(id));
      return rows ? [characterHit(rows)] : [];
    }),
    next,
    facets: { ...facets, price: facets.price.map(priceRange), creator: facets.creator.map(person) },
    drop,
  });
});

/**
 * Works like one: `{ works: WorkHit[] }`, for sale, the most alike first; see README.md. None of one that is suspended.
 * `?limit=` (12, at most 50).
 */
export const similar = new Hono();
similar.get("/:id/similar", async (context) => {
  const workId = idOf(context);
  const limit = limitOf(context, 12, 50);
  const now = await untilFresh();
  return toJson(context, { works: await hitsOf(works.similar(Number(workId), limit), now) });
});

/**
 * Works by what was paid for their licences lately: `{ works: WorkHit[] }`, for sale; see README.md. `?modality=`;
 * `?limit=` (20, at most 100).
 */
export const trendingWorks = new Hono();
trendingWorks.get("/", async (context) => {
  const limit = limitOf(context, 20, 100);
  const modality = optionOf(context, "modality", ["any", ...WORK_MODALITIES]);
  const now = await untilFresh();
  const found = works.trending(limit, modality === "any" ? null : modality);
  return toJson(context, { works: await hitsOf(found, now) });
});

async function hitsOf(ids: readonly number[], now: bigint): Promise<WorkHit[]> {
  const found = ids.flatMap((id) => workRows.get(BigInt(id)) ?? []);
  const proved = await provedAmong(found.map(({ work }) => work));
  return found.map((rows) => hitOf(rows.work, rows, { now, isProven: proved.has(rows.work.id) }));
}

function priceRange({ min, max, count }: { min: number; max: number | null; count: number }) {
  return { min: BigInt(min), max: max === null ? null : BigInt(max), count };
}

function person({ creator, count }: { creator: string; count: number }) {
  return { ...personOf(creator as Address), count };
}
