import { db } from "ponder:api";
import schema from "ponder:schema";
import { and, between, eq, sql } from "ponder";
import { earlierOf } from "../../chain.ts";
import { isWorkListed, offerState } from "../../market.ts";
import { type PaidDay, ratedBy, WINDOW_DAYS } from "../../search/ranking.ts";
import type { WorkEntry } from "../../search/workEntry.ts";
import { personOf, textsOf } from "../../texts/index.ts";
import type { HitParts } from "../hits.ts";
import { amongNewest, isKnownAttestor } from "../offers.ts";
import { scoresOf, withPeople } from "../weighed.ts";

const { licence, listing, offer, work, workParent } = schema;

/** All that a hit and its place in the catalogue are made of. */
export type WorkRows = HitParts & {
  work: typeof work.$inferSelect;
  days: readonly PaidDay[];
  parents: readonly bigint[];
};

/** The works with ids from `first` to `last`. `now` as {@link chainNow} says it. */
export async function readWorks(first: bigint, last: bigint, now: bigint): Promise<Map<bigint, WorkRows>> {
  const [works, offers, listings, parents] = await Promise.all([
    db
      .select()
      .from(work)
      .where(and(between(work.id, first, last), eq(work.suspended, false))),
    db
      .select()
      .from(offer)
      .where(
        and(
          amongNewest((id) => between(id, first, last)),
          eq(offer.closed, false),
        ),
      ),
    db
      .select()
      .from(listing)
      .where(and(between(listing.workId, first, last), eq(listing.collection, "Works"))),
    db
      .select()
      .from(workParent)
      .where(between(workParent.workId, first, last)),
  ]);
  const [scores, days] = await Promise.all([
    scoresOf(
      "works",
      works.filter(({ reviews }) => reviews > 0).map(({ id }) => id),
    ),
    daysOf(
      works.filter(({ sold }) => sold > 0).map(({ id }) => id),
      now,
    ),
  ]);
  const offersOf = Map.groupBy(offers, ({ workId }) => workId);
  const parentsOf = Map.groupBy(parents, ({ workId }) => workId);
  const listingOf = new Map(listings.map((row) => [row.workId, row]));
  return new Map(
    works.map((row) => [
      row.id,
      {
        ...{ work: row, offers: offersOf.get(row.id) ?? [], listing: listingOf.get(row.id), score: scores.get(row.id) },
        ...{ days: days.get(row.id) ?? [], parents: (parentsOf.get(row.id) ?? []).map(({ parentId }) => parentId) },
      },
    ]),
  );
}

/** What licences brought day by day as their prices were released, those that the work's own people paid left out. */
async function daysOf(ids: readonly bigint[], now: bigint): Promise<Map<bigint, PaidDay[]>> {
  if (ids.length === 0) return new Map();
  const since = now - BigInt(WINDOW_DAYS + 1) * 86_400n;
  const { rows } = await db.execute<{ id: string; day: number; buyers: number; amount: string }>(sql`
    ${withPeople("works", ids)}
    SELECT ${licence.workId}::text AS id, trunc(${licence.since} / 86400)::int AS day,
      count(DISTINCT ${licence.payer})::int AS buyers, sum(${licence.price})::text AS amount
    FROM ${licence}
    WHERE ${licence.workId} IN (SELECT subject FROM people) AND ${licence.status} = 'Released'
      AND ${licence.since} >= ${since}::numeric AND NOT EXISTS (
        SELECT 1 FROM people WHERE people.subject = ${licence.workId} AND people.account = ${licence.payer})
    GROUP BY 1, 2`);
  const days = rows.map(({ id, day, buyers, amount }) => ({
    ...{ id: BigInt(id), day: Number(day), buyers: Number(buyers), credits: Number(amount) / 1e6 },
  }));
  return Map.groupBy(days, ({ id }) => id);
}

/** What search knows of a work at `now`. */
export function workEntry(
  { work: row, offers, listing: listed, score, days, parents }: WorkRows,
  now: bigint,
): WorkEntry {
  const { metadata, state } = textsOf(row);
  return {
    ...{ id: Number(row.id), title: metadata?.title ?? "", description: metadata?.description ?? "" },
    isReadable: state !== "unreadable",
    ...{ tags: metadata?.tags ?? [], creator: row.creator, creatorName: personOf(row.creator).name ?? "" },
    ...{ modality: row.modality, allowsDerivatives: row.allowsDerivatives, createdAt: Number(row.createdAt) },
    ...{ sold: row.sold, score: ratedBy(score), days },
    parents: parents.map(Number),
    offers: offers
      .filter((each) => isKnownAttestor(each) && offerState(each, row, now) === "open")
      .map(({ tier, duration, price }) => ({ tier, isDated: duration > 0n, price: Number(price) })),
    resale: listed && isWorkListed(listed, row, now) ? Number(listed.price) : null,
  };
}

/** The next second at which time alone makes something of a work for sale, or no longer; null when none does. */
export function turnOf({ work: row, listing: listed }: WorkRows, now: bigint): bigint | null {
  const ends = [row.exclusiveUntil, row.datedUntil, listed?.until ?? 0n].filter((end) => end >= now);
  return ends.length === 0 ? null : ends.reduce(earlierOf) + 1n;
}
