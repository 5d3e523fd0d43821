import schema from "ponder:schema";
import { sql } from "ponder";
import { readEnvironment } from "../../environment.ts";

const { offer, work } = schema;

type SQL = ReturnType<typeof sql>;

/** So many offers of a work are read, the newest: who makes more of them hides only their own. */
export const MOST_OFFERS = 100;

const { operators } = readEnvironment(process.env);

/** Whether `operator` is one that this index trusts; null where it trusts none by name. */
export function isNamedOperator(operator: string): boolean | null {
  return operators.length === 0 ? null : operators.some((each) => each === operator.toLowerCase());
}

/**
 * Whether who attests an offer's deliveries is trusted to deliver. Anyone can name anyone, themselves too, and be paid
 * once nobody disputed in time; so nothing is shown as for sale by any other attestor.
 */
export function isKnownAttestor({ attestor }: { attestor: string }): boolean {
  return isNamedOperator(attestor) ?? true;
}

/** Holds of offers among the {@link MOST_OFFERS} newest of each work that `ofWorks` holds of, by its id. */
export function amongNewest(ofWorks: (id: SQL) => SQL): SQL {
  return sql`${offer.id} IN (
    SELECT newest.id FROM ${work} AS of_work CROSS JOIN LATERAL (
      SELECT own.id FROM ${offer} AS own WHERE own.work_id = of_work.id
      ORDER BY own.id DESC LIMIT ${sql.raw(String(MOST_OFFERS))}
    ) AS newest WHERE ${ofWorks(sql.raw("of_work.id"))})`;
}
