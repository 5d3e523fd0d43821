import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, asc, desc, eq, inArray, lt, or } from "ponder";
import type { Address } from "viem";
import { chainNow } from "./clock.ts";
import { holdings } from "./holdings.ts";
import { toJson } from "./json.ts";
import { addressOf, cursorOf, limitOf } from "./parameters.ts";
import { passIn } from "./passes.ts";

export const accounts = new Hono();
accounts.route("/", holdings);

/**
 * An account's passes, those it had last first: `{ passes: [{ characterId, active, lifetime, since, until, plan, mandate,
 * paid, refunded, gifted, periods: [{ plan, price, start, until, payer, transaction, renewal, cancelledAt, refunded }] }],
 * next }`. Money is microcredits. `until` is "0" where no month or year was ever paid for, and of a lifetime; `plan` is
 * what it renews as, or else the last period's, null when there was none; `gifted`: another account paid some of it.
 * Periods are in their order, those that were cancelled included. `?limit=` (1,000, at most as many); `?after=` the `next`
 * of the answer before.
 */
accounts.get("/:address/passes", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 1_000, 1_000);
  const after = cursorOf(context, "after");
  const { passHolder, passPeriod } = schema;
  const [now, holders] = await Promise.all([
    chainNow(),
    db
      .select()
      .from(passHolder)
      .where(and(eq(passHolder.account, address), earlier(passHolder.id, after)))
      .orderBy(desc(passHolder.id))
      .limit(limit),
  ]);
  const ids = holders.map(({ characterId }) => characterId);
  const { characterId, plan, price, start, until, payer, transaction, renewal, cancelledAt, refunded } = passPeriod;
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ characterId, plan, price, start, until, payer, transaction, renewal, cancelledAt, refunded })
          .from(passPeriod)
          .where(and(eq(passPeriod.account, address), inArray(characterId, ids)))
          .orderBy(asc(passPeriod.number));
  const periods = Map.groupBy(rows, (row) => row.characterId);
  return toJson(context, {
    passes: holders.map((holder) => ({
      characterId: holder.characterId,
      ...passIn(holder, now),
      gifted: holder.gifted,
      periods: (periods.get(holder.characterId) ?? []).map(({ characterId: _, ...period }) => period),
    })),
    next: holders.length === limit ? (holders.at(-1)?.id ?? null) : null,
  });
});

/**
 * What an account did and what was settled from its tabs, newest first: purchases and redemptions, passes bought, given
 * and had, their early ends, tabs, settled rows with their lines, licences bought, given, had and sold with what became of
 * them (`kind` is `Bought`, `Disputed`, `Refunded` or `Released`), resales from either side, claims. `?limit=` (50, at
 * most 200); `?before=` the `next` of the answer before.
 */
accounts.get("/:address/activity", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 50, 200);
  const items = await activityOf(address, limit, cursorOf(context));
  return toJson(context, { address, items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null });
});

async function activityOf(address: Address, limit: number, before: string | undefined) {
  const { purchase, redemption, passPeriod, passCancellation, tabEvent, settledRow, claim, resale } = schema;
  // Each kind could fill the page alone.
  const [purchases, redemptions, passes, cancellations, tabEvents, rows, claims, licences, resales] = await Promise.all(
    [
      db
        .select()
        .from(purchase)
        .where(and(or(eq(purchase.payer, address), eq(purchase.recipient, address)), earlier(purchase.id, before)))
        .orderBy(desc(purchase.id))
        .limit(limit),
      db
        .select()
        .from(redemption)
        .where(and(eq(redemption.account, address), earlier(redemption.id, before)))
        .orderBy(desc(redemption.id))
        .limit(limit),
      db
        .select()
        .from(passPeriod)
        .where(and(or(eq(passPeriod.payer, address), eq(passPeriod.account, address)), earlier(passPeriod.id, before)))
        .orderBy(desc(passPeriod.id))
        .limit(limit),
      db
        .select()
        .from(passCancellation)
        .where(and(eq(passCancellation.account, address), earlier(passCancellation.id, before)))
        .orderBy(desc(passCancellation.id))
        .limit(limit),
      db
        .select()
        .from(tabEvent)
        .where(and(eq(tabEvent.payer, address), earlier(tabEvent.id, before)))
        .orderBy(desc(tabEvent.id))
        .limit(limit),
      db
        .select()
        .from(settledRow)
        .where(and(eq(settledRow.payer, address), earlier(settledRow.id, before)))
        .orderBy(desc(settledRow.id))
        .limit(limit),
      db
        .select()
        .from(claim)
        .where(and(eq(claim.account, address), earlier(claim.id, before)))
        .orderBy(desc(claim.id))
        .limit(limit),
      licencesOf(address, limit, before),
      db
        .select()
        .from(resale)
        .where(and(or(eq(resale.buyer, address), eq(resale.seller, address)), earlier(resale.id, before)))
        .orderBy(desc(resale.id))
        .limit(limit),
    ],
  );
  const items = [
    ...purchases.map((row) => ({ type: "purchase" as const, ...row })),
    ...redemptions.map((row) => ({ type: "redemption" as const, ...row })),
    ...passes.map((row) => ({ type: "pass" as const, ...row })),
    ...cancellations.map((row) => ({ type: "passCancellation" as const, ...row })),
    ...tabEvents.map((row) => ({ type: "tab" as const, ...row })),
    ...rows.map((row) => ({ type: "settlement" as const, ...row })),
    ...claims.map((row) => ({ type: "claim" as const, ...row })),
    ...licences.map((row) => ({ type: "licence" as const, ...row })),
    ...resales.map(({ paid: _, ...row }) => ({ type: "resale" as const, ...row })),
  ]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);
  const lines = await linesOf(items.filter(({ type }) => type === "settlement").map(({ id }) => id));
  return items.map((item) => (item.type === "settlement" ? { ...item, lines: lines.get(item.id) ?? [] } : item));
}

/** What happened for money to licences that the account paid, got first, holds, or sold. */
function licencesOf(address: Address, limit: number, before: string | undefined) {
  const { licence, licenceEvent } = schema;
  const { id, licenceId, kind, account, amount, block, timestamp, transaction } = licenceEvent;
  const { offerId, workId, tier, price, payer, recipient, seller } = licence;
  const isParty = or(eq(account, address), eq(payer, address), eq(recipient, address), eq(seller, address));
  return db
    .select({
      ...{ id, kind, licenceId, offerId, workId, tier, price, payer, recipient, seller, account, amount },
      ...{ block, timestamp, transaction },
    })
    .from(licenceEvent)
    .innerJoin(licence, eq(licence.id, licenceId))
    .where(and(inArray(kind, ["Bought", "Disputed", "Refunded", "Released"]), isParty, earlier(id, before)))
    .orderBy(desc(id))
    .limit(limit);
}

function earlier(id: Parameters<typeof lt>[0], before: string | undefined) {
  return before === undefined ? undefined : lt(id, before);
}

async function linesOf(rowIds: string[]) {
  const { rowId, characterId, amount, inferences, milliunits, id } = schema.line;
  const lines =
    rowIds.length === 0
      ? []
      : await db
          .select({ rowId, characterId, amount, inferences, milliunits })
          .from(schema.line)
          .where(inArray(rowId, rowIds))
          .orderBy(asc(id));
  return Map.groupBy(lines, (line) => line.rowId);
}
