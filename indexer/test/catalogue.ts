/** The fixed catalogue that ranking is held against: `catalogue.json`, prices and payments in credits, days ago. */
import { readFileSync } from "node:fs";
import type { Modality } from "@stelai/sdk";
import type { Tier } from "@stelai/sdk/wire";
import type { WorkEntry } from "../src/search/workEntry.ts";
import { WorkCatalogue } from "../src/search/works.ts";

type Written = {
  creators: Record<string, string>;
  works: (Pick<
    WorkEntry,
    "id" | "title" | "description" | "tags" | "creator" | "sold" | "parents" | "allowsDerivatives"
  > & {
    modality: Modality;
    offers: { tier: Tier; credits: number; isDated: boolean }[];
    resale: number | null;
    reviews: number;
    weighted: number;
    days: { ago: number; buyers: number; credits: number }[];
  })[];
};

/** What a review weighs by who paid a credit, as all of these did. */
const WEIGHT = 1_000;
/** The last day on which anything was paid. */
const TODAY = 20_000;
const MICROCREDITS = 1_000_000;

const written: Written = JSON.parse(readFileSync(new URL("catalogue.json", import.meta.url), "utf8"));

/** Its works as search knows them; a higher id is newer. */
export const WORKS: readonly WorkEntry[] = written.works.map(({ reviews, weighted, resale, ...work }) => ({
  ...work,
  isReadable: true,
  creator: written.creators[work.creator] ?? "",
  creatorName: work.creator,
  createdAt: 1_700_000_000 + work.id * 3_600,
  score: { weight: reviews * WEIGHT, weighted },
  days: work.days.map(({ ago, ...paid }) => ({ ...paid, day: TODAY - ago })),
  offers: work.offers.map(({ credits, ...offer }) => ({ ...offer, price: credits * MICROCREDITS })),
  resale: resale === null ? null : resale * MICROCREDITS,
}));

/** The address of a creator by name. */
export function addressOf(name: string): string {
  return written.creators[name] ?? "";
}

/** A catalogue of these works. */
export function catalogueOf(works: readonly WorkEntry[] = WORKS): WorkCatalogue {
  const catalogue = new WorkCatalogue();
  for (const work of works) catalogue.put(work);
  return catalogue;
}
