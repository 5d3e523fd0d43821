import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, desc, eq, inArray, sql } from "ponder";
import type { Hex } from "viem";
import { toJson } from "./json.ts";
import { characterIdOf, limitOf, optionOf, reviewCursorOf } from "./parameters.ts";
import { scoreIn } from "./scores.ts";

type SQL = ReturnType<typeof sql>;

const { character, characterPayer, review, splitShare } = schema;

export const reviews = new Hono();

/**
 * A character's reviews and what they come to; how they weigh is told in scores.ts. `{ score: { count, average,
 * weighted, histogram: [n1..n5] }, reviews: [{ author, rating, textURI, byReceipt, paid, weight, isOwn, at, editedAt,
 * reply: { textURI, at } | null }], next }`: averages in hundredths of a star, `paid` in microcredits, `editedAt` null
 * for a review that was never changed. `?sort=newest|highest|lowest|weight`, within equals the newest first; `?limit=`
 * (20, at most 100); `?after=` the `next` of the answer before.
 */
reviews.get("/:id/reviews", async (context) => {
  const characterId = characterIdOf(context);
  const sort = optionOf(context, "sort", ["newest", "highest", "lowest", "weight"]);
  const limit = limitOf(context, 20, 100);
  const after = reviewCursorOf(context);
  const isOwn = inArray(review.author, await peopleOf(characterId));
  const weight = sql`(CASE WHEN ${isOwn} THEN 0 ELSE trunc(sqrt(greatest(${PAID}, 1)::numeric(60, 20))) END)`;
  const key = { newest: sql`0::numeric`, highest: RATING, lowest: sql`(6 - ${RATING})`, weight }[sort];
  const [score, rows] = await Promise.all([scoreOf(characterId, weight), page(characterId, { isOwn, weight, key })]);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return toJson(context, {
    score,
    reviews: rows.map(({ id: _id, key: _key, replyTextURI, replyAt, ...row }) => ({
      ...row,
      reply: replyTextURI === null ? null : { textURI: replyTextURI, at: replyAt },
    })),
    next: last ? `${last.key}-${last.id}` : null,
  });

  function page(id: bigint, by: Record<"isOwn" | "weight" | "key", SQL>) {
    const { author, rating, textURI, byReceipt, timestamp, editedAt, replyTextURI, replyAt } = review;
    return db
      .select({
        ...{ author, rating, textURI, byReceipt, at: timestamp, editedAt, replyTextURI, replyAt, id: review.id },
        paid: sql<string>`${PAID}::text`,
        weight: sql<string>`${by.weight}::text`,
        isOwn: sql<boolean>`${by.isOwn}`,
        key: sql<string>`${by.key}::text`,
      })
      .from(review)
      .leftJoin(characterPayer, PAYER)
      .where(
        and(eq(review.characterId, id), after && sql`(${by.key}, ${review.id}) < (${after.key}::numeric, ${after.id})`),
      )
      .orderBy(desc(by.key), desc(review.id))
      .limit(limit);
  }
});

/** What the author paid for the character. */
const PAID = sql`greatest(coalesce(${characterPayer.amount} + ${characterPayer.passesPaid} - ${characterPayer.passesRefunded}, 0), 0)`;
const PAYER = and(eq(characterPayer.characterId, review.characterId), eq(characterPayer.payer, review.author));
const RATING = sql`${review.rating}::numeric`;

/** The owner, the payee, and everyone that the payee's split leads to; the addresses among them count. */
async function peopleOf(characterId: bigint): Promise<Hex[]> {
  const { rows } = await db.execute<{ payee: Hex }>(sql`
    WITH RECURSIVE paid(payee) AS (
      SELECT ${character.payee} FROM ${character} WHERE ${character.id} = ${characterId}::numeric
      UNION SELECT ${splitShare.recipient} FROM ${splitShare} JOIN paid ON ${splitShare.split} = paid.payee
    )
    SELECT payee FROM paid UNION SELECT ${character.owner} FROM ${character} WHERE ${character.id} = ${characterId}::numeric`);
  return rows.map(({ payee }) => payee);
}

async function scoreOf(characterId: bigint, weight: SQL) {
  const stars = [1, 2, 3, 4, 5];
  const [sums] = await db
    .select({
      weight: sql<string>`coalesce(sum(${weight}), 0)::text`,
      weighted: sql<string>`coalesce(sum(${weight} * ${RATING}), 0)::text`,
      histogram: sql<string>`concat_ws(',', ${sql.join(
        stars.map((rating) => sql`count(*) FILTER (WHERE ${review.rating} = ${sql.raw(String(rating))})`),
        sql`, `,
      )})`,
    })
    .from(review)
    .leftJoin(characterPayer, PAYER)
    .where(eq(review.characterId, characterId));
  return scoreIn({
    weight: BigInt(sums?.weight ?? 0),
    weighted: BigInt(sums?.weighted ?? 0),
    histogram: sums ? sums.histogram.split(",").map(Number) : stars.map(() => 0),
  });
}
