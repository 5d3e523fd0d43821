import { type Context, ponder } from "ponder:registry";
import schema from "ponder:schema";
import type { Address, Hex } from "viem";
import { type Happened, WEI_PER_MICROCREDIT, whereOf } from "./chain.ts";
import { book, correct, enter, lineId } from "./ledger.ts";
import { addToOperator, addToProtocol } from "./totals.ts";

type TabRow = typeof schema.tab.$inferSelect;
type Change = Pick<typeof schema.tabEvent.$inferInsert, "kind" | "amount" | "expiry" | "sessionKey">;
type Told = Happened & { id: string; args: { operator: Address; tabId: bigint } };

ponder.on("InferenceMeter:TabOpened", async ({ event, context }) => {
  const { operator, tabId, payer, sessionKey, expiry } = event.args;
  const cap = BigInt(event.args.cap);
  await context.db.insert(schema.tab).values({
    operator,
    tabId,
    payer,
    sessionKey,
    cap,
    spent: 0n,
    bonus: 0n,
    expiry,
    closing: false,
    closed: false,
    openedAt: event.block.timestamp,
    openedBlock: event.block.number,
    openedTransaction: event.transaction.hash,
    openedId: event.id,
  });
  await log(context, event, payer, { kind: "Opened", amount: cap, expiry, sessionKey });
  await addToOperator(context, operator, { tabs: 1, tabsOpen: 1 });
  await addToProtocol(context, event, { tabs: 1, tabsOpen: 1, locked: cap });
  const credits = -cap * WEI_PER_MICROCREDIT;
  await book(context, event, { account: payer, kind: "TabOpened", credits, operator, tabId });
});

ponder.on("InferenceMeter:TabBonus", async ({ event, context }) => {
  const { operator, tabId } = event.args;
  const bonus = BigInt(event.args.bonus);
  const { payer, openedId } = await context.db.update(schema.tab, { operator, tabId }).set({ bonus });
  // So much of the cap were no paid credits.
  const opening = { id: lineId(openedId), account: payer, credits: bonus * WEI_PER_MICROCREDIT };
  await correct(context, event, opening);
  await enter(context, event, { account: payer, kind: "BonusDrawn", bonus: -bonus, operator, tabId });
});

ponder.on("InferenceMeter:TabToppedUp", async ({ event, context }) => {
  const { operator, tabId } = event.args;
  const amount = BigInt(event.args.amount);
  const { payer } = await change(context, event, { cap: BigInt(event.args.cap) }, { kind: "ToppedUp", amount });
  await addToProtocol(context, event, { locked: amount });
  const credits = -amount * WEI_PER_MICROCREDIT;
  await book(context, event, { account: payer, kind: "TabToppedUp", credits, operator, tabId });
});

ponder.on("InferenceMeter:TabExtended", async ({ event, context }) => {
  const { expiry } = event.args;
  await change(context, event, { expiry }, { kind: "Extended", expiry });
});

ponder.on("InferenceMeter:SessionKeyRotated", async ({ event, context }) => {
  const { sessionKey, previousKey, previousKeyUntil } = event.args;
  await change(context, event, { sessionKey, previousKey, previousKeyUntil }, { kind: "Rotated", sessionKey });
});

ponder.on("InferenceMeter:TabCloseRequested", async ({ event, context }) => {
  const { expiry } = event.args;
  await change(context, event, { expiry, closing: true }, { kind: "CloseRequested", expiry });
});

ponder.on("InferenceMeter:TabClosed", async ({ event, context }) => {
  const { operator, tabId, payer: account } = event.args;
  const refund = BigInt(event.args.refund);
  const set = {
    // As the contract keeps it: nothing is left to settle.
    cap: BigInt(event.args.spent),
    closing: true,
    closed: true,
    refund,
    closedAt: event.block.timestamp,
  };
  const { bonus, spent } = await change(context, event, set, { kind: "Closed", amount: refund });
  await addToOperator(context, operator, { tabsOpen: -1 });
  await addToProtocol(context, event, { tabsOpen: -1, locked: -refund });
  // Bonus credits are spent first; what spending did not reach of them goes back to where they were.
  const left = bonus > spent ? bonus - spent : 0n;
  const credits = (refund - left) * WEI_PER_MICROCREDIT;
  await book(context, event, { account, kind: "TabClosed", credits, operator, tabId });
  if (left > 0n) await enter(context, event, { account, kind: "BonusReturned", bonus: left, operator, tabId }, 1);
});

async function change(context: Context, event: Told, set: Partial<TabRow>, what: Change): Promise<TabRow> {
  const { operator, tabId } = event.args;
  const tab = await context.db.update(schema.tab, { operator, tabId }).set(set);
  await log(context, event, tab.payer, what);
  return tab;
}

async function log(context: Context, event: Told, payer: Hex, what: Change): Promise<void> {
  const { operator, tabId } = event.args;
  await context.db.insert(schema.tabEvent).values({ id: event.id, operator, tabId, payer, ...what, ...whereOf(event) });
}
