import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, desc, eq, lt, sql } from "ponder";
import type { Hex } from "viem";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { addressOf, cursorOf, limitOf } from "./parameters.ts";
import { withPeople } from "./weighed.ts";

const { characterPayer, licence, line, passPeriod, review, settledRow, tab, workReview } = schema;

/** A review by an account, and what it paid for what that is of; amounts in microcredits. */
type Told = {
  id: string;
  characterId: string | null;
  workId: string | null;
  licenceId: string | null;
  rating: number;
  at: string;
  paid: string;
  kept: string;
  keptAt: string | null;
  isOwn: boolean;
};

export const reviewsBy = new Hono();

/**
 * Reviews by an account, the newest first: `{ reviews: [{ characterId | null, workId | null, licenceId | null, rating, at,
 * paid, kept, keptAt, isOwn }], next }`, microcredits. Of a character `paid` is what was settled from the account's tabs
 * for it and what the account paid for its passes, less what came back; of a work what the account paid for the very
 * licence that the review rests on, nothing for one that it was given or bought of another holder. `kept` is what of that
 * no bonus credits paid (tabs spend them first) and what cannot come back any more: of passes that are over, were ended
 * early, or are for good, and of a licence whose price was released. `keptAt` is when the last of its passes is over, null
 * when nothing is waited for. `?limit=` (50, at most 200); `?after=` the `next` of the answer before.
 */
reviewsBy.get("/:address/reviews", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const [now, characters, works] = await Promise.all([
    chainNow(),
    idsOf(review, review.characterId, { address, limit, after }),
    idsOf(workReview, workReview.workId, { address, limit, after }),
  ]);
  const [ofCharacters, ofWorks] = await Promise.all([
    characters.length === 0 ? [] : reviewsOfCharacters(address, characters, now),
    works.length === 0 ? [] : reviewsOfWorks(address, works),
  ]);
  const told = [...ofCharacters, ...ofWorks].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  return toJson(context, {
    reviews: told.map(({ id: _, ...row }) => row),
    next: told.length === limit ? (told.at(-1)?.id ?? null) : null,
  });
});

type Page = { address: Hex; limit: number; after: string | undefined };

async function idsOf(
  table: typeof review | typeof workReview,
  subject: typeof review.characterId | typeof workReview.workId,
  { address, limit, after }: Page,
): Promise<bigint[]> {
  const rows = await db
    .select({ subject })
    .from(table)
    .where(and(eq(table.author, address), after === undefined ? undefined : lt(table.id, after)))
    .orderBy(desc(table.id))
    .limit(limit);
  return rows.map((row) => row.subject);
}

async function reviewsOfCharacters(author: Hex, ids: readonly bigint[], now: bigint): Promise<Told[]> {
  const { characterId, payer } = passPeriod;
  // Bonus credits are spent first: of each tab at most so much of what this character got.
  const byBonus = sql`
    SELECT sum(least(${tab.bonus}, (
      SELECT coalesce(sum(${line.amount}), 0) FROM ${settledRow} JOIN ${line} ON ${line.rowId} = ${settledRow.id}
      WHERE ${settledRow.operator} = ${tab.operator} AND ${settledRow.tabId} = ${tab.tabId}
        AND ${line.characterId} = ${review.characterId}
    ))) FROM ${tab} WHERE ${tab.payer} = ${author} AND ${tab.bonus} > 0`;
  const ofPasses = sql`FROM ${passPeriod} WHERE ${payer} = ${author} AND ${characterId} = ${review.characterId}`;
  const isRunning = sql`${passPeriod.cancelledAt} IS NULL AND ${passPeriod.plan} <> 'Lifetime'
    AND ${passPeriod.until} > ${now}::numeric`;
  const passesKept = sql`
    SELECT sum(${passPeriod.price} - ${passPeriod.refunded}) FILTER (WHERE NOT (${isRunning})) ${ofPasses}`;
  const { rows } = await db.execute<Told>(sql`
    ${withPeople("characters", ids)}
    SELECT ${review.id} AS id, ${review.characterId}::text AS "characterId", NULL AS "workId", NULL AS "licenceId",
      ${review.rating} AS rating, ${review.timestamp}::text AS at,
      greatest(coalesce(${characterPayer.amount} + ${characterPayer.passesPaid} - ${characterPayer.passesRefunded}, 0), 0)::text
        AS paid,
      (greatest(coalesce(${characterPayer.amount}, 0) - coalesce((${byBonus}), 0), 0) + coalesce((${passesKept}), 0))::text
        AS kept,
      (SELECT max(${passPeriod.until}) FILTER (WHERE ${isRunning}) ${ofPasses})::text AS "keptAt",
      ${isOwn(sql`${review.characterId}`, author)} AS "isOwn"
    FROM ${review} LEFT JOIN ${characterPayer}
      ON ${characterPayer.characterId} = ${review.characterId} AND ${characterPayer.payer} = ${review.author}
    WHERE ${review.author} = ${author} AND ${review.characterId} IN (${listOf(ids)})`);
  return rows;
}

async function reviewsOfWorks(author: Hex, ids: readonly bigint[]): Promise<Told[]> {
  const { rows } = await db.execute<Told>(sql`
    ${withPeople("works", ids)}
    SELECT ${workReview.id} AS id, NULL AS "characterId", ${workReview.workId}::text AS "workId",
      ${workReview.licenceId}::text AS "licenceId", ${workReview.rating} AS rating, ${workReview.timestamp}::text AS at,
      (CASE WHEN ${licence.payer} = ${author} AND ${licence.status} <> 'Refunded' THEN ${licence.price} ELSE 0 END)::text
        AS paid,
      (CASE WHEN ${licence.payer} = ${author} AND ${licence.status} = 'Released' THEN ${licence.price} ELSE 0 END)::text
        AS kept,
      NULL AS "keptAt", ${isOwn(sql`${workReview.workId}`, author)} AS "isOwn"
    FROM ${workReview} JOIN ${licence} ON ${licence.id} = ${workReview.licenceId}
    WHERE ${workReview.author} = ${author} AND ${workReview.workId} IN (${listOf(ids)})`);
  return rows;
}

function isOwn(subject: ReturnType<typeof sql>, author: Hex) {
  return sql`EXISTS (SELECT 1 FROM people WHERE people.subject = ${subject} AND people.account = ${author})`;
}

function listOf(ids: readonly bigint[]) {
  return sql.join(
    ids.map((id) => sql`${id}::numeric`),
    sql`, `,
  );
}
