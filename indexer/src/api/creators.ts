import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { eq } from "ponder";
import { earningsOf, sharesUnder } from "./earnings.ts";
import { toJson } from "./json.ts";
import { addressOf, optionOf, rangeOf } from "./parameters.ts";
import { dateOf, NO_SUMS, statementLines, sumBy, toCsv } from "./statement.ts";

export const creators = new Hono();

/**
 * What an account earned, directly and through splits: `gross − commission − split = net`, in wei of STELAI; `kind`
 * says by what: `Metered` use, `Passes` as they vest and are harvested, an operator's `Fee`; a work's `Licence` that was
 * released, the `Bond` of a dispute that failed, the `Resale` of a work or licence, the `Royalty` of one; a single `Payment` by x402 to an
 * `operator`, by its line; or `Other`.
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
