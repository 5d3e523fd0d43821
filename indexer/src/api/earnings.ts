/** What arrived for accounts, directly and through splits, for their statements. */
import { db } from "ponder:api";
import schema from "ponder:schema";
import { asc, inArray, sql, sum } from "ponder";
import { payeesReaching } from "./people.ts";
import type { Payee, Share } from "./shares.ts";
import type { DayOfEarnings } from "./statement.ts";

const { earning } = schema;

/** All that arrived for an account and for the splits that lead to it, by day and what it is of, oldest first. */
export async function earningsOf(address: Payee): Promise<DayOfEarnings[]> {
  const { day, payee, characterId, workId, licenceId, operator, kind } = earning;
  const rows = await db
    .select({
      ...{ day, payee, characterId, workId, licenceId, operator, kind },
      gross: sum(earning.gross),
      commission: sum(earning.commission),
    })
    .from(earning)
    .where(sql`${payee} IN ${payeesReaching(address)}`)
    .groupBy(day, payee, characterId, workId, licenceId, operator, kind)
    .orderBy(...[day, payee, characterId, workId, licenceId, operator, kind].map((column) => asc(column)));
  return rows.map(({ gross, commission, ...rest }) => ({
    ...rest,
    gross: BigInt(gross ?? 0),
    commission: BigInt(commission ?? 0),
  }));
}

/** The same, one by one, with the transaction of each. */
export function eachEarningOf(address: Payee) {
  const { id, day, payee, characterId, workId, licenceId, operator, kind, gross, commission } = earning;
  const { timestamp, transaction } = earning;
  return db
    .select({
      ...{ id, day, payee, characterId, workId, licenceId, operator, kind, gross, commission },
      ...{ timestamp, transaction },
    })
    .from(earning)
    .where(sql`${payee} IN ${payeesReaching(address)}`)
    .orderBy(asc(id));
}

/** The shares of these splits, and of the splits in them. */
export async function sharesUnder(payees: ReadonlySet<Payee>): Promise<Map<Payee, Share[]>> {
  const shares = new Map<Payee, Share[]>();
  let frontier = [...payees].filter((payee) => payee.length > 42);
  while (frontier.length > 0) {
    const { split, recipient, bps, position } = schema.splitShare;
    const rows = await db
      .select({ split, recipient, bps })
      .from(schema.splitShare)
      .where(inArray(split, frontier.slice(0, 1_000)))
      .orderBy(asc(split), asc(position));
    for (const each of frontier.splice(0, 1_000)) shares.set(each, []);
    for (const row of rows) shares.get(row.split)?.push({ recipient: row.recipient, bps: row.bps });
    const next = rows.map((row) => row.recipient).filter((each) => each.length > 42 && !shares.has(each));
    frontier = [...new Set([...frontier, ...next])];
  }
  return shares;
}
