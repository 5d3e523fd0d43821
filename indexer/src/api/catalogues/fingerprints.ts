import { db } from "ponder:api";
import schema from "ponder:schema";
import { sql } from "ponder";

const { character, listing, offer, review, work, workReview } = schema;

type SQL = ReturnType<typeof sql>;

/** So many ids in a row, a power of two, are looked at together. */
export const BUCKET = 64;
const SHIFT = sql.raw(String(Math.log2(BUCKET)));

/**
 * What is known of works and of characters, and the column that says of which. What was sold, settled or paid changes a
 * work's or a character's own row, so tables of those need no look.
 */
const TABLES = {
  works: [
    sql`t.id AS id FROM ${work}`,
    sql`t.work_id AS id FROM ${offer}`,
    sql`t.work_id AS id FROM ${workReview}`,
    sql`t.work_id AS id FROM ${listing}`,
  ],
  characters: [sql`t.id AS id FROM ${character}`, sql`t.character_id AS id FROM ${review}`],
} as const satisfies Record<string, SQL[]>;
export type KindName = keyof typeof TABLES;

/**
 * How many rows there are, where the database keeps them and which transaction wrote the last: a row that is written
 * anew, by a block or because one was taken back, is another version of it in another place. It costs a twentieth of
 * reading the rows.
 */
const PRINT = sql.raw("count(*) || ' ' || max(t.xmin::text::int8) || ' ' || sum(hashtid(t.ctid))");

/** A text for each kind, another one when anything of it changed. */
export async function fingerprints(): Promise<Record<KindName, string>> {
  const { rows } = await db.execute<{ kind: KindName; place: number; print: string | null }>(
    sql.join(
      kinds().flatMap((kind) =>
        TABLES[kind].map(
          (table, place) =>
            sql`SELECT ${kind}::text AS kind, ${place}::int AS place, ${PRINT} AS print FROM (SELECT t.ctid, t.xmin, ${table} AS t) AS t`,
        ),
      ),
      sql` UNION ALL `,
    ),
  );
  const of = (name: KindName) =>
    rows
      .filter(({ kind }) => kind === name)
      .sort((a, b) => a.place - b.place)
      .map(({ print }) => print)
      .join(", ");
  return { works: of("works"), characters: of("characters") };
}

/** The same of one kind, by bucket of its ids. */
export async function bucketPrints(kind: KindName): Promise<Map<number, string>> {
  const { rows } = await db.execute<{ bucket: number; place: number; print: string }>(sql`
    ${sql.join(
      TABLES[kind].map(
        (table, place) => sql`
          SELECT (t.id::int8 >> ${SHIFT})::int AS bucket, ${place}::int AS place, ${PRINT} AS print
          FROM (SELECT t.ctid, t.xmin, ${table} AS t) AS t GROUP BY 1`,
      ),
      sql` UNION ALL `,
    )} ORDER BY 1, 2`);
  const found = new Map<number, string>();
  for (const { bucket, place, print } of rows) {
    found.set(bucket, `${found.get(bucket) ?? ""}, ${place}: ${print}`);
  }
  return found;
}

/** The buckets that are not as they were. */
export function changedIn(before: ReadonlyMap<number, string>, after: ReadonlyMap<number, string>): number[] {
  const buckets = new Set([...before.keys(), ...after.keys()]);
  return [...buckets].filter((bucket) => before.get(bucket) !== after.get(bucket)).sort((a, b) => a - b);
}

function kinds(): KindName[] {
  return Object.keys(TABLES) as KindName[];
}
