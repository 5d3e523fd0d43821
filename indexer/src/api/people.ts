import schema from "ponder:schema";
import { sql } from "ponder";
import type { Payee } from "./shares.ts";

const { splitShare } = schema;

/** A subquery: the account, and every split that leads to it, through splits of splits. */
export function payeesReaching(account: Payee) {
  return sql`(
    WITH RECURSIVE reaching(payee) AS (
      SELECT ${account}::text UNION SELECT ${splitShare.split} FROM ${splitShare} JOIN reaching ON ${splitShare.recipient} = reaching.payee
    ) SELECT payee FROM reaching)`;
}
