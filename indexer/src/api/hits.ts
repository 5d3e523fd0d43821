import { db } from "ponder:api";
import schema from "ponder:schema";
import { TIERS, type Tier, type WorkMetadata, type WorkPreview } from "@stelai/sdk/wire";
import { and, eq, inArray, type sql } from "ponder";
import type { Address } from "viem";
import { isWorkListed, offerState } from "../market.ts";
import { type Person, personOf, textsOf } from "../texts/index.ts";
import { amongNewest, isKnownAttestor } from "./offers.ts";
import { provedAmong } from "./proof.ts";
import type { Score } from "./scores.ts";
import { NO_SCORE, scoresOf } from "./weighed.ts";

type WorkRow = typeof schema.work.$inferSelect;
type OfferRow = typeof schema.offer.$inferSelect;
type ListingRow = typeof schema.listing.$inferSelect;

/** A work as lists show it; money in microcredits, times in Unix seconds. Title and tags are their creator's words. */
export type WorkHit = {
  workId: bigint;
  /** Null while its metadata was not fetched, or cannot be. */
  title: string | null;
  creator: Person;
  owner: Address;
  modality: WorkRow["modality"];
  tags: string[];
  preview: WorkPreview | null;
  poster: WorkPreview | null;
  /** Of a video, a voiceover or music. */
  seconds: number | null;
  /** The lowest open offer that names a known attestor; null without one, and of a suspended work. */
  from: bigint | null;
  /** Of such offers. */
  tiers: Tier[];
  /** Whether licences are so offered but none can be bought now: all are sold, or an exclusive one is held. */
  isTaken: boolean;
  /** What the work itself is listed for. */
  resale: bigint | null;
  score: Pick<Score, "count"> & { average: number | null; weighted: number | null };
  /** Licences whose price was released. */
  sold: number;
  createdAt: bigint;
  /** See {@link provedAmong}. */
  isProven: boolean;
  isDerivative: boolean;
};

/** What a hit is made of beside the work's own row. */
export type HitParts = {
  offers: readonly OfferRow[];
  listing: ListingRow | undefined;
  score: Score | undefined;
};

/** Works as lists show them, in the order given. `now` as {@link chainNow} says it. */
export async function hitsOf(works: readonly WorkRow[], now: bigint): Promise<WorkHit[]> {
  if (works.length === 0) return [];
  const ids = works.map(({ id }) => id);
  const { offer, listing } = schema;
  const ofThese = (id: ReturnType<typeof sql>) => inArray(id, ids);
  const [offers, listings, scores, proved] = await Promise.all([
    db
      .select()
      .from(offer)
      .where(and(amongNewest(ofThese), eq(offer.closed, false))),
    db
      .select()
      .from(listing)
      .where(and(eq(listing.collection, "Works"), inArray(listing.tokenId, ids))),
    scoresOf("works", ids),
    provedAmong(works),
  ]);
  const offersOf = Map.groupBy(offers, ({ workId }) => workId);
  const listingOf = new Map(listings.map((row) => [row.tokenId, row]));
  return works.map((work) => {
    const parts = { offers: offersOf.get(work.id) ?? [], listing: listingOf.get(work.id), score: scores.get(work.id) };
    return hitOf(work, parts, { now, isProven: proved.has(work.id) });
  });
}

/** A work as lists show it. */
export function hitOf(
  work: WorkRow,
  { offers: all, listing, score = NO_SCORE }: HitParts,
  { now, isProven }: { now: bigint; isProven: boolean },
): WorkHit {
  const { metadata } = textsOf(work);
  const offers = all.filter(isKnownAttestor);
  const open = work.suspended ? [] : offers.filter((each) => offerState(each, work, now) === "open");
  const { count, average, weighted } = score;
  return {
    workId: work.id,
    title: metadata?.title ?? null,
    creator: personOf(work.creator),
    owner: work.owner,
    modality: work.modality,
    tags: metadata?.tags ?? [],
    preview: metadata?.preview ?? null,
    poster: metadata?.poster ?? null,
    seconds: secondsOf(metadata),
    from: open.reduce<bigint | null>((least, { price }) => (least === null || price < least ? price : least), null),
    tiers: TIERS.filter((tier) => open.some((each) => each.tier === tier)),
    isTaken:
      !work.suspended &&
      open.length === 0 &&
      offers.some((each) => ["taken", "soldOut"].includes(offerState(each, work, now))),
    resale: listing && !work.suspended && isWorkListed(listing, work, now) ? listing.price : null,
    score: { count, average: count === 0 ? null : average, weighted: count === 0 ? null : weighted },
    sold: work.sold,
    createdAt: work.createdAt,
    isProven,
    isDerivative: work.depth > 0,
  };
}

function secondsOf(metadata: WorkMetadata | null): number | null {
  return metadata?.file.seconds ?? null;
}
