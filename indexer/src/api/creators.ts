import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { asc, eq, inArray, sql, sum } from "ponder";
import { toJson } from "./json.ts";
import { addressOf, optionOf, rangeOf } from "./parameters.ts";
import { payeesReaching } from "./people.ts";
import type { Payee, Share } from "./shares.ts";
import { type DayOfEarnings, dateOf, NO_SUMS, statementLines, sumBy, toCsv } from "./statement.ts";

export const creators = new Hono();

/**
 * What an account earned, directly and through splits: `gross − commission − split = net`, in wei of STELAI; `kind`
 * says by what: `Metered` use, `Passes` as they vest and are harvested, an operator's `Fee`; a work's `Licence` that was
 * released, the `Bond` of a dispute that failed, the `Resale` of a work or licence, the `Royalty` of one; or `Other`.
 * `workId` is of the last four, and `licenceId` unless the work itself was resold.
 * `?from=&to=` are inclusive dates (`YYYY-MM-DD`, UTC); `?format=csv` gives the lines as a file.
 */
creators.get("/:address/statement", async (context) => {
  const address = addressOf(context);
  const range = rangeOf(context);
  const format = optionOf(context, "format", ["json", "csv"]);
  const earnings = await earningsOf(address);
  const shares = await sharesUnder(new Set(earnings.map(({ payee }) => payee)));
  const lines = statementLines(address, earnings, shares, range);
  if (format === "csv") {
    context.header("Content-Type", "text/csv; charset=utf-8");
    context.header("Content-Disposition", `attachment; filename="statement-${address}.csv"`);
    return context.body(toCsv(lines));
  }
  const [totals] = await db.select().from(schema.payeeTotal).where(eq(schema.payeeTotal.payee, address));
  const [[, total] = [null, NO_SUMS]] = sumBy(lines, () => null);
  return toJson(context, {
    address,
    totals: total,
    days: sumBy(lines, ({ day }) => day).map(([day, sums]) => ({ date: dateOf(day), ...sums })),
    characters: sumBy(lines, ({ characterId }) => characterId).map(([characterId, sums]) => ({ characterId, ...sums })),
    works: sumBy(
      lines.filter(({ workId }) => workId !== null),
      ({ workId }) => workId,
    ).map(([workId, sums]) => ({ workId, ...sums })),
    kinds: sumBy(lines, ({ kind }) => kind).map(([kind, sums]) => ({ kind, ...sums })),
    payees: sumBy(lines, ({ payee }) => payee).map(([payee, sums]) => ({ payee, isSplit: payee.length > 42, ...sums })),
    lines: lines.map(({ day, ...line }) => ({ date: dateOf(day), ...line })),
    // Of all time, whatever the range.
    claimed: totals?.claimed ?? 0n,
    claimable: totals ? totals.net + totals.flowedIn + totals.commissionIn - totals.claimed : 0n,
  });
});

/** All that arrived for an account and for the splits that lead to it, by day and what it is of, oldest first. */
async function earningsOf(address: Payee): Promise<DayOfEarnings[]> {
  const { earning } = schema;
  const { day, payee, characterId, workId, licenceId, kind } = earning;
  const rows = await db
    .select({
      ...{ day, payee, characterId, workId, licenceId, kind },
      gross: sum(earning.gross),
      commission: sum(earning.commission),
    })
    .from(earning)
    .where(sql`${payee} IN ${payeesReaching(address)}`)
    .groupBy(day, payee, characterId, workId, licenceId, kind)
    .orderBy(...[day, payee, characterId, workId, licenceId, kind].map((column) => asc(column)));
  return rows.map(({ gross, commission, ...rest }) => ({
    ...rest,
    gross: BigInt(gross ?? 0),
    commission: BigInt(commission ?? 0),
  }));
}

/** The shares of these splits, and of the splits in them. */
async function sharesUnder(payees: ReadonlySet<Payee>): Promise<Map<Payee, Share[]>> {
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
