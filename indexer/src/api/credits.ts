import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, asc, desc, eq, gte, lt, ne, sum } from "ponder";
import type { Address } from "viem";
import { untold } from "../ledger.ts";
import { type LedgerLine, statementCsv, toEntry } from "./creditStatement.ts";
import { eachEarningOf, sharesUnder } from "./earnings.ts";
import { toJson } from "./json.ts";
import { addressOf, cursorOf, limitOf, rangeOf } from "./parameters.ts";
import { type Range, statementLines } from "./statement.ts";

const { ledgerLine, transit } = schema;

export const credits = new Hono();

/**
 * All that changed an account's credits and bonus credits, the newest first: `{ entries: [{ id, at, transactionHash, kind,
 * credits, bonus, usdc, about: { account?, characterId?, licenceId?, workId?, operator?, tabId?, planId?, campaignId?,
 * source?, eth? } }], next }`. `credits` (paid ones) and `bonus` are signed microcredits, dust below one cut off; `usdc` is
 * signed and null where none was paid or received, `eth` what a purchase took, in wei. What the kinds mean is told in the
 * README, "The ledger". `?limit=` (50, at most 200); `?after=` the `next` of the answer before.
 */
credits.get("/:address/credits", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const isBefore = after === undefined ? undefined : lt(ledgerLine.id, after);
  const [lines, pending] = await Promise.all([
    db
      .select()
      .from(ledgerLine)
      .where(and(eq(ledgerLine.account, address), isBefore))
      .orderBy(desc(ledgerLine.id))
      .limit(limit),
    pendingOf(address),
  ]);
  const found = [...lines, ...pending.filter(({ id }) => after === undefined || id < after)]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);
  return toJson(context, {
    entries: found.map(toEntry),
    next: found.length === limit ? (found.at(-1)?.id ?? null) : null,
  });
});

/**
 * The same as a dated statement, CSV, the oldest first, with what it is in USD, as paid and at the floor, both balances
 * after each line, and what the account earned (`Earning`, net through splits; it is claimed with `Claimed`).
 * `?from=&to=` are inclusive dates (`YYYY-MM-DD`, UTC).
 */
credits.get("/:address/credits.csv", async (context) => {
  const address = addressOf(context);
  const range = rangeOf(context);
  const [{ lines, opening }, earnings, [totals]] = await Promise.all([
    ledgerOf(address, range),
    earningsIn(address, range),
    db.select({ floorPrice: schema.protocol.floorPrice }).from(schema.protocol),
  ]);
  context.header("Content-Type", "text/csv; charset=utf-8");
  context.header("Content-Disposition", `attachment; filename="credits-${address}.csv"`);
  return context.body(statementCsv({ lines, earnings, opening }, totals?.floorPrice ?? 0n));
});

/** An account's lines within a range, the oldest first, and what it held before them. */
async function ledgerOf(address: Address, range: Range) {
  const [begin, end] = secondsOf(range);
  const isOwn = eq(ledgerLine.account, address);
  const [lines, [before], pending] = await Promise.all([
    db
      .select()
      .from(ledgerLine)
      .where(and(isOwn, gte(ledgerLine.timestamp, begin), lt(ledgerLine.timestamp, end)))
      .orderBy(asc(ledgerLine.id)),
    db
      .select({ credits: sum(ledgerLine.credits), bonus: sum(ledgerLine.bonus) })
      .from(ledgerLine)
      .where(and(isOwn, lt(ledgerLine.timestamp, begin))),
    pendingOf(address),
  ]);
  const opening = { credits: BigInt(before?.credits ?? 0), bonus: BigInt(before?.bonus ?? 0) };
  const all: LedgerLine[] = [...lines];
  for (const line of pending) {
    if (line.timestamp < begin) opening.credits += line.credits;
    else if (line.timestamp < end) all.push(line);
  }
  return { lines: all.sort((a, b) => (a.id < b.id ? -1 : 1)), opening };
}

/** What of each earning in a range came to the account; a split rounds from its running total, so all are read. */
async function earningsIn(address: Address, range: Range) {
  const earnings = await eachEarningOf(address);
  const shares = await sharesUnder(new Set(earnings.map(({ payee }) => payee)));
  return statementLines(address, earnings, shares, range).filter(({ net }) => net !== 0n);
}

/** The line that is no row yet: what an account's last transaction with our contracts moved and no event told. */
async function pendingOf(address: Address): Promise<LedgerLine[]> {
  const rows = await db
    .select()
    .from(transit)
    .where(and(eq(transit.account, address), ne(transit.amount, 0n)));
  const nothing = { usdc: null, counterparty: null, characterId: null, licenceId: null, workId: null, operator: null };
  const empty = { ...nothing, tabId: null, planId: null, campaignId: null, source: null, eth: null };
  return rows.map((row) => ({ ...empty, ...untold(row) }));
}

/** From the first second of a range until the one behind it. */
function secondsOf({ from, to }: Range): [bigint, bigint] {
  const days = (day: number) => BigInt(Math.min(day, 100_000_000)) * 86_400n;
  return [days(from), days(to) + 86_400n];
}
