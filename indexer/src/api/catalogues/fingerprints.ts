import { db } from "ponder:api";
import schema from "ponder:schema";
import { sql } from "ponder";

const { character, listing, offer, review, work, workReview } = schema;

type SQL = ReturnType<typeof sql>;

/** So many ids in a row, a power of two, are looked at together. */
export const BUCKET = 64;
const SHIFT = sql.raw(String(Math.log2(BUCKET)));

/**
 * What is known of works and of characters: a table, its name in the database, and its column that says of which. What was
 * sold, settled or paid changes a work's or a character's own row, so tables of those need no look.
 */
const TABLES = {
  works: [
    { table: work, name: "work", id: sql`t.id` },
    { table: offer, name: "offer", id: sql`t.work_id` },
    { table: workReview, name: "work_review", id: sql`t.work_id` },
    { table: listing, name: "listing", id: sql`t.work_id` },
  ],
  characters: [
    { table: character, name: "character", id: sql`t.id` },
    { table: review, name: "review", id: sql`t.character_id` },
  ],
} as const;
export type KindName = keyof typeof TABLES;

/**
 * How many rows there are, where the database keeps them and which transaction wrote the last: a row that is written
 * anew, by a block or because one was taken back, is another version of it in another place. It costs a twentieth of
 * reading the rows.
 */
const PRINT = sql.raw("count(*) || ' ' || max(t.xmin::text::int8) || ' ' || sum(hashtid(t.ctid))");

/**
 * The rows of a kind's tables with what a print is made of. A replica reads views, whose rows are kept nowhere: it looks
 * at the tables that they are of, in the schema of the one that writes now.
 */
async function keptRows(): Promise<(of: (typeof TABLES)[KindName][number]) => SQL> {
  const { rows } = await db.execute<{ schema: string }>(sql`
    SELECT DISTINCT n.nspname AS schema
    FROM pg_rewrite v
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = v.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class t ON t.oid = d.refobjid AND t.relkind = 'r'
    JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE v.ev_class = to_regclass('_ponder_checkpoint')`);
  const schema = rows[0]?.schema;
  return ({ table, name, id }) => {
    const kept = schema === undefined ? table : sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    return sql`(SELECT t.ctid, t.xmin, ${id} AS id FROM ${kept} AS t) AS t`;
  };
}

/** A text for each kind, another one when anything of it changed. */
export async function fingerprints(): Promise<Record<KindName, string>> {
  const kept = await keptRows();
  const { rows } = await db.execute<{ kind: KindName; place: number; print: string | null }>(
    sql.join(
      kinds().flatMap((kind) =>
        TABLES[kind].map(
          (table, place) =>
            sql`SELECT ${kind}::text AS kind, ${place}::int AS place, ${PRINT} AS print FROM ${kept(table)}`,
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
  const kept = await keptRows();
  const { rows } = await db.execute<{ bucket: number; place: number; print: string }>(sql`
    ${sql.join(
      TABLES[kind].map(
        (table, place) => sql`
          SELECT (t.id::int8 >> ${SHIFT})::int AS bucket, ${place}::int AS place, ${PRINT} AS print
          FROM ${kept(table)} GROUP BY 1`,
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
