import { db } from "ponder:api";
import schema from "ponder:schema";
import { sql } from "ponder";
import type { Hex } from "viem";
import { PAYER_CAP } from "../ranking.ts";

const { character, formerHolder, payerMonth, splitShare } = schema;

/** A character's place in a month. Money in microcredits. */
export type Standing = {
  month: string;
  rank: number;
  characterId: string;
  owner: Hex;
  /** What payers settled for it, its own people's left out. */
  paid: string;
  /** What of that counts. */
  counted: string;
  /** Accounts that paid it. */
  users: number;
  generations: string;
  /** When `counted` was reached, Unix seconds. */
  reachedAt: string;
};

type Wanted = {
  modality: (typeof schema.modality.enumValues)[number];
  months: readonly string[];
  /** This character's alone; its rank is still among all. */
  characterId?: bigint;
  /** How far down; all the way when absent. */
  limit?: number;
};

/** The ranking of public characters in some months, as `src/ranking.ts` tells it; by month, then rank. */
export async function standingsIn({ modality, months, characterId, limit }: Wanted): Promise<Standing[]> {
  if (months.length === 0) return [];
  const list = sql.join(
    months.map((month) => sql`${month}`),
    sql`, `,
  );
  const start = sql`extract(epoch FROM (span.month || '-01')::timestamp)::numeric`;
  const end = sql`extract(epoch FROM (span.month || '-01')::timestamp + interval '1 month')::numeric`;
  const { rows } = await db.execute<Standing>(sql`
    WITH RECURSIVE spans AS (
      SELECT DISTINCT ${payerMonth.month} AS month, ${payerMonth.characterId} AS character_id
      FROM ${payerMonth} JOIN ${character} ON ${character.id} = ${payerMonth.characterId}
      WHERE ${payerMonth.month} IN (${list}) AND ${character.modality} = ${modality}
        AND ${character.visibility} = 'Public' AND NOT ${character.suspended}
    ), people(month, character_id, account) AS (
      (
        SELECT span.month, span.character_id, ${character.owner}
        FROM spans AS span JOIN ${character} ON ${character.id} = span.character_id WHERE ${character.ownerSince} < ${end}
        UNION
        SELECT span.month, span.character_id, ${character.payee}
        FROM spans AS span JOIN ${character} ON ${character.id} = span.character_id WHERE ${character.payeeSince} < ${end}
        UNION
        SELECT span.month, span.character_id, ${formerHolder.holder}
        FROM spans AS span JOIN ${formerHolder} ON ${formerHolder.characterId} = span.character_id
        WHERE ${formerHolder.since} < ${end} AND ${formerHolder.until} >= ${start}
      )
      UNION
      SELECT people.month, people.character_id, ${splitShare.recipient}
      FROM people JOIN ${splitShare} ON ${splitShare.split} = people.account
    ), sums AS (
      SELECT ${payerMonth.month} AS month, ${payerMonth.characterId} AS character_id,
        sum(${payerMonth.amount}) AS paid, sum(least(${payerMonth.amount}, ${PAYER_CAP}::numeric)) AS counted,
        count(*) AS users, sum(${payerMonth.inferences}) AS generations, max(${payerMonth.reachedAt}) AS reached_at
      FROM ${payerMonth} JOIN spans AS span
        ON span.month = ${payerMonth.month} AND span.character_id = ${payerMonth.characterId}
      WHERE ${payerMonth.amount} > 0 AND NOT EXISTS (
        SELECT 1 FROM people WHERE people.month = ${payerMonth.month}
          AND people.character_id = ${payerMonth.characterId} AND people.account = ${payerMonth.payer})
      GROUP BY ${payerMonth.month}, ${payerMonth.characterId}
    ), ranked AS (
      SELECT sums.*, row_number() OVER (
        PARTITION BY month ORDER BY counted DESC, reached_at ASC, character_id ASC) AS rank
      FROM sums
    )
    SELECT ranked.month AS "month", ranked.rank::int AS "rank", ranked.character_id::text AS "characterId",
      ${character.owner} AS "owner", ranked.paid::text AS "paid", ranked.counted::text AS "counted",
      ranked.users::int AS "users", ranked.generations::text AS "generations", ranked.reached_at::text AS "reachedAt"
    FROM ranked JOIN ${character} ON ${character.id} = ranked.character_id
    WHERE ${characterId === undefined ? sql`TRUE` : sql`ranked.character_id = ${characterId}::numeric`}
      AND ${limit === undefined ? sql`TRUE` : sql`ranked.rank <= ${limit}::int`}
    ORDER BY ranked.month, ranked.rank`);
  return rows;
}
