import { db } from "ponder:api";
import schema from "ponder:schema";
import { sql } from "ponder";

const { character, listing, offer, review, work, workReview } = schema;

/** So many ids in a row are looked at together. */
export const BUCKET = 64;

/** What rows of a kind come to, by bucket of their ids. */
export type Fingerprints = Record<"works" | "characters", Map<number, string>>;

/**
 * A number for all that is known of every {@link BUCKET} works or characters: another one when a row changed, came or
 * went, whether by a new block or by one that was taken back. What was sold, settled or paid changes a work's or a
 * character's own row, so tables of those need no look.
 */
export async function fingerprints(): Promise<Fingerprints> {
  const { rows } = await db.execute<{ kind: keyof Fingerprints; bucket: number; sum: string }>(sql`
    SELECT 'works' AS kind, trunc(t.id / ${BUCKET})::int AS bucket, ${SUM} FROM ${work} AS t GROUP BY 2
    UNION ALL SELECT 'works', trunc(t.work_id / ${BUCKET})::int, ${SUM} FROM ${offer} AS t GROUP BY 2
    UNION ALL SELECT 'works', trunc(t.work_id / ${BUCKET})::int, ${SUM} FROM ${listing} AS t
      WHERE t.collection = 'Works' GROUP BY 2
    UNION ALL SELECT 'works', trunc(t.work_id / ${BUCKET})::int, ${SUM} FROM ${workReview} AS t GROUP BY 2
    UNION ALL SELECT 'characters', trunc(t.id / ${BUCKET})::int, ${SUM} FROM ${character} AS t GROUP BY 2
    UNION ALL SELECT 'characters', trunc(t.character_id / ${BUCKET})::int, ${SUM} FROM ${review} AS t GROUP BY 2`);
  const found: Fingerprints = { works: new Map(), characters: new Map() };
  for (const { kind, bucket, sum } of rows) {
    // Rows of one bucket come in no certain order of their tables, but each says which it is by its sum alone.
    const sums = [...(found[kind].get(Number(bucket))?.split(" ") ?? []), sum];
    found[kind].set(Number(bucket), sums.sort().join(" "));
  }
  return found;
}

const SUM = sql.raw("sum(hashtextextended(t::text, 0))::text AS sum");

/** The buckets that are not as they were. */
export function changedIn(before: ReadonlyMap<number, string>, after: ReadonlyMap<number, string>): number[] {
  const buckets = new Set([...before.keys(), ...after.keys()]);
  return [...buckets].filter((bucket) => before.get(bucket) !== after.get(bucket)).sort((a, b) => a - b);
}
