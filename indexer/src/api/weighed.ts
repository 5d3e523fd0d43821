import { db } from "ponder:api";
import schema from "ponder:schema";
import { sql } from "ponder";
import { type Score, scoreIn } from "./scores.ts";

const { character, characterPayer, review, splitShare, work, workPayer, workReview } = schema;

type SQL = ReturnType<typeof sql>;

/** What is reviewed: where its reviews are, what authors paid for it, and whose it is. */
type Subject = {
  review: typeof review | typeof workReview;
  /** The reviewed, in the table of reviews. */
  id: typeof review.characterId | typeof workReview.workId;
  /** What a review rests on, by its name in the answer. */
  evidence: SQL;
  /** What the author paid and did not get back, and the join that knows it. */
  paid: SQL;
  payers: SQL;
  /** Owner, payee and maker of those that `of` selects: `(id, account)`. */
  people: (of: (id: SQL) => SQL) => SQL;
};

/** Reviews of characters and of works, which weigh alike; see scores.ts. */
export const SUBJECTS = {
  characters: {
    review,
    id: review.characterId,
    evidence: sql`${review.byReceipt} AS "byReceipt"`,
    paid: sql`${characterPayer.amount} + ${characterPayer.passesPaid} - ${characterPayer.passesRefunded}`,
    payers: sql`${characterPayer} ON ${characterPayer.characterId} = ${review.characterId} AND ${
      characterPayer.payer
    } = ${review.author}`,
    people: (of) => {
      const where = of(sql`${character.id}`);
      return sql`
        SELECT ${character.id}, ${character.owner} FROM ${character} WHERE ${where}
        UNION SELECT ${character.id}, ${character.payee} FROM ${character} WHERE ${where}`;
    },
  },
  works: {
    review: workReview,
    id: workReview.workId,
    evidence: sql`${workReview.licenceId}::text AS "licenceId"`,
    paid: sql`${workPayer.paid} - ${workPayer.refunded}`,
    payers: sql`${workPayer} ON ${workPayer.workId} = ${workReview.workId} AND ${workPayer.payer} = ${workReview.author}`,
    people: (of) => {
      const where = of(sql`${work.id}`);
      return sql`
        SELECT ${work.id}, ${work.owner} FROM ${work} WHERE ${where}
        UNION SELECT ${work.id}, ${work.creator} FROM ${work} WHERE ${where}
        UNION SELECT ${work.id}, ${work.payee} FROM ${work} WHERE ${where}`;
    },
  },
} as const satisfies Record<string, Subject>;

export type SubjectName = keyof typeof SUBJECTS;

/**
 * The common table `people (subject, account)` of a query: the own people of these, or of all: owner, payee, of a work
 * its creator, and everyone whom the payee's split pays, through splits of splits.
 */
export function withPeople(name: SubjectName, ids: readonly bigint[] | "all"): SQL {
  return sql`
    WITH RECURSIVE people(subject, account) AS (
      (${SUBJECTS[name].people(among(ids))})
      UNION
      SELECT people.subject, ${splitShare.recipient} FROM people JOIN ${splitShare} ON ${splitShare.split} = people.account
    )`;
}

function among(ids: readonly bigint[] | "all"): (column: SQL) => SQL {
  return (column) => (ids === "all" ? sql`TRUE` : sql`${column} IN (${listOf(ids)})`);
}

/**
 * The common tables of a query over reviews: `weighed (subject, author, rating, …, paid, "isOwn", weight)`, for these
 * ids, or for all.
 */
export function weighedReviews(name: SubjectName, ids: readonly bigint[] | "all"): SQL {
  const { review: table, id, evidence, paid, payers }: Subject = SUBJECTS[name];
  return sql`
    ${withPeople(name, ids)}, told AS (
      SELECT ${table.id} AS id, ${id} AS subject, ${table.author} AS author, ${table.rating} AS rating,
        ${table.textURI} AS "textURI", ${table.timestamp}::text AS at, ${table.editedAt}::text AS "editedAt",
        ${table.replyTextURI} AS "replyTextURI", ${table.replyAt}::text AS "replyAt", ${evidence},
        greatest(coalesce(${paid}, 0), 0) AS paid,
        EXISTS (SELECT 1 FROM people WHERE people.subject = ${id} AND people.account = ${table.author}) AS "isOwn"
      FROM ${table} LEFT JOIN ${payers} WHERE ${among(ids)(sql`${id}`)}
    ), weighed AS (
      SELECT told.*,
        CASE WHEN "isOwn" THEN 0 ELSE trunc(sqrt(greatest(paid, 1)::numeric(60, 20))) END AS weight
      FROM told
    )`;
}

const STARS = [1, 2, 3, 4, 5];

/** What the reviews of these come to, by id; who has none is not in it. */
export async function scoresOf(name: SubjectName, ids: readonly bigint[] | "all"): Promise<Map<bigint, Score>> {
  if (ids.length === 0) return new Map();
  const counts = sql.join(
    STARS.map((rating) => sql`count(*) FILTER (WHERE rating = ${sql.raw(String(rating))})`),
    sql`, `,
  );
  const { rows } = await db.execute<Record<"subject" | "weight" | "weighted" | "histogram", string>>(sql`
    ${weighedReviews(name, ids)}
    SELECT subject::text AS subject, sum(weight)::text AS weight, sum(weight * rating)::text AS weighted,
      concat_ws(',', ${counts}) AS histogram
    FROM weighed GROUP BY subject`);
  return new Map(
    rows.map(({ subject, weight, weighted, histogram }) => [
      BigInt(subject),
      scoreIn({
        weight: BigInt(weight),
        weighted: BigInt(weighted),
        histogram: histogram.split(",").map(Number),
      }),
    ]),
  );
}

/** The score of what nobody reviewed. */
export const NO_SCORE = scoreIn({ weight: 0n, weighted: 0n, histogram: STARS.map(() => 0) });

function listOf(ids: readonly bigint[]): SQL {
  return sql.join(
    ids.map((id) => sql`${id}::numeric`),
    sql`, `,
  );
}
