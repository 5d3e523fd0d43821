import { db } from "ponder:api";
import { Hono } from "hono";
import { sql } from "ponder";
import { toJson } from "./json.ts";
import { idOf, limitOf, optionOf, reviewCursorOf } from "./parameters.ts";
import { NO_SCORE, type SubjectName, scoresOf, weighedReviews } from "./weighed.ts";

const KEYS = {
  newest: sql`0::numeric`,
  highest: sql`weighed.rating::numeric`,
  lowest: sql`(6 - weighed.rating)::numeric`,
  weight: sql`weighed.weight`,
};

type Told = Record<string, unknown> & { replyTextURI: string | null; replyAt: string | null };

/**
 * Reviews of characters or of works, and what they come to; how they weigh is told in scores.ts. `{ score: { count,
 * average, weighted, weight, histogram: [n1..n5] }, reviews: [{ author, rating, textURI, byReceipt, paid, weight, isOwn, at,
 * editedAt, reply: { textURI, at } | null }], next }`, of works with `licenceId`, on which the review rested first, in
 * place of `byReceipt`: averages in hundredths of a star, `paid` in microcredits, `editedAt` null for a review that was
 * never changed. `?sort=newest|highest|lowest|weight`, within equals the newest first; `?limit=` (20, at most 100);
 * `?after=` the `next` of the answer before.
 */
export function reviewsOf(name: SubjectName): Hono {
  return new Hono().get("/:id/reviews", async (context) => {
    const id = idOf(context);
    const sort = optionOf(context, "sort", ["newest", "highest", "lowest", "weight"]);
    const limit = limitOf(context, 20, 100);
    const after = reviewCursorOf(context);
    const key = KEYS[sort];
    const from = after ? sql`(${key}, id) < (${after.key}::numeric, ${after.id})` : sql`TRUE`;
    const [scores, { rows }] = await Promise.all([
      scoresOf(name, [id]),
      db.execute<Told>(sql`
        ${weighedReviews(name, [id])}
        SELECT weighed.*, paid::text AS paid, weight::text AS weight, ${key}::text AS key
        FROM weighed WHERE ${from} ORDER BY ${key} DESC, id DESC LIMIT ${limit}::int`),
    ]);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return toJson(context, {
      score: scores.get(id) ?? NO_SCORE,
      reviews: rows.map(({ id: _id, key: _key, subject: _subject, replyTextURI, replyAt, ...row }) => ({
        ...row,
        reply: replyTextURI === null ? null : { textURI: replyTextURI, at: replyAt },
      })),
      next: last ? `${last.key}-${last.id}` : null,
    });
  });
}
