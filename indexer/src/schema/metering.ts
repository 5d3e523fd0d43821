import { ROW_OUTCOMES } from "@stelai/sdk";
import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { where } from "./columns.ts";

export const tabEventKind = onchainEnum("tab_event_kind", [
  "Opened",
  "ToppedUp",
  "Extended",
  "Rotated",
  "CloseRequested",
  "Closed",
]);

export const rowOutcome = onchainEnum("row_outcome", ROW_OUTCOMES);

export const operator = onchainTable("operator", (t) => ({
  address: t.hex().primaryKey(),
  tabs: t.integer().notNull(),
  tabsOpen: t.integer().notNull(), // not paid back yet
  settled: t.bigint().notNull(), // micro, all lines
  fees: t.bigint().notNull(), // micro, lines of character 0
  feesCollected: t.bigint().notNull(), // micro
  inferences: t.bigint().notNull(), // by characters
  batches: t.integer().notNull(),
  rowsPaid: t.integer().notNull(),
  rowsSkipped: t.integer().notNull(),
}));

export const operatorDay = onchainTable(
  "operator_day",
  (t) => ({
    operator: t.hex().notNull(),
    day: t.integer().notNull(),
    settled: t.bigint().notNull(), // micro
    fees: t.bigint().notNull(), // micro
    inferences: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.operator, table.day] }) }),
);

export const tab = onchainTable(
  "tab",
  (t) => ({
    operator: t.hex().notNull(),
    tabId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    sessionKey: t.hex().notNull(),
    previousKey: t.hex(),
    previousKeyUntil: t.bigint(),
    cap: t.bigint().notNull(), // micro
    spent: t.bigint().notNull(), // micro
    bonus: t.bigint().notNull(), // micro, of the cap it was opened with: bonus credits, which are spent first
    expiry: t.bigint().notNull(),
    closing: t.boolean().notNull(), // asked to close, or closed
    closed: t.boolean().notNull(), // paid back
    refund: t.bigint(), // micro, once closed
    openedAt: t.bigint().notNull(),
    openedBlock: t.bigint().notNull(),
    openedTransaction: t.hex().notNull(),
    openedId: t.text().notNull(), // of the event
    lastSettledAt: t.bigint(),
    closedAt: t.bigint(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.operator, table.tabId] }),
    payerIndex: index().on(table.payer, table.openedAt),
    sessionKeyIndex: index().on(table.sessionKey),
  }),
);

export const tabEvent = onchainTable(
  "tab_event",
  (t) => ({
    id: t.text().primaryKey(),
    operator: t.hex().notNull(),
    tabId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    kind: tabEventKind().notNull(),
    amount: t.bigint(), // micro: the cap opened with, what was topped up, or the refund
    expiry: t.bigint(), // of Opened, Extended, CloseRequested
    sessionKey: t.hex(), // of Opened, Rotated
    ...where(t),
  }),
  (table) => ({
    tabIndex: index().on(table.operator, table.tabId, table.id),
    payerIndex: index().on(table.payer, table.id),
  }),
);

/** One batch that an operator settled, or anyone for it from seals (`sender`). */
export const settlement = onchainTable(
  "settlement",
  (t) => ({
    id: t.text().primaryKey(),
    operator: t.hex().notNull(),
    sender: t.hex().notNull(),
    rowsPaid: t.integer().notNull(),
    rowsSkipped: t.integer().notNull(),
    total: t.bigint().notNull(), // micro
    ...where(t),
  }),
  (table) => ({ operatorIndex: index().on(table.operator, table.id) }),
);

/** One row of a batch; what was not paid has only its tab and its outcome. */
export const settledRow = onchainTable(
  "settled_row",
  (t) => ({
    id: t.text().primaryKey(),
    settlementId: t.text().notNull(),
    operator: t.hex().notNull(),
    tabId: t.bigint().notNull(),
    payer: t.hex(), // null where the row named a tab that does not exist
    outcome: rowOutcome().notNull(),
    base: t.bigint(), // micro
    cumulative: t.bigint(), // micro
    amount: t.bigint().notNull(), // micro
    receipts: t.hex(), // head of the receipt chain
    ...where(t),
  }),
  (table) => ({
    settlementIndex: index().on(table.settlementId),
    tabIndex: index().on(table.operator, table.tabId, table.id),
    payerIndex: index().on(table.payer, table.id),
  }),
);

/** Who a paid row paid; character 0 is the operator's own fee. */
export const line = onchainTable(
  "line",
  (t) => ({
    id: t.text().primaryKey(),
    rowId: t.text().notNull(),
    characterId: t.bigint().notNull(),
    operator: t.hex().notNull(),
    tabId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    amount: t.bigint().notNull(), // micro
    inferences: t.bigint().notNull(),
    milliunits: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
  }),
  (table) => ({
    rowIndex: index().on(table.rowId),
    characterIndex: index().on(table.characterId, table.id),
  }),
);

export const characterDay = onchainTable(
  "character_day",
  (t) => ({
    characterId: t.bigint().notNull(),
    day: t.integer().notNull(),
    amount: t.bigint().notNull(), // micro, gross
    inferences: t.bigint().notNull(),
    milliunits: t.bigint().notNull(),
    passesSold: t.bigint().notNull(), // micro
    passesRefunded: t.bigint().notNull(), // micro
    payers: t.integer().notNull(), // different accounts that paid that day, by a tab or for a pass
  }),
  (table) => ({ pk: primaryKey({ columns: [table.characterId, table.day] }), dayIndex: index().on(table.day) }),
);

/** What an account paid a character: by its tabs, and for passes of its own and given ones. */
export const characterPayer = onchainTable(
  "character_payer",
  (t) => ({
    characterId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    amount: t.bigint().notNull(), // micro, by tabs
    inferences: t.bigint().notNull(),
    milliunits: t.bigint().notNull(),
    passesPaid: t.bigint().notNull(), // micro
    passesRefunded: t.bigint().notNull(), // micro, of that; it went to whoever held the pass
    firstPaidAt: t.bigint().notNull(),
    lastPaidAt: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.characterId, table.payer] }), payerIndex: index().on(table.payer) }),
);

/** What an account settled for a character in a calendar month (UTC): what the ranking is made of, see ranking.ts. */
export const payerMonth = onchainTable(
  "payer_month",
  (t) => ({
    month: t.text().notNull(), // 2026-11
    characterId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    amount: t.bigint().notNull(), // micro
    inferences: t.bigint().notNull(),
    milliunits: t.bigint().notNull(),
    reachedAt: t.bigint().notNull(), // when what of it counts was last raised
  }),
  (table) => ({ pk: primaryKey({ columns: [table.month, table.characterId, table.payer] }) }),
);

/** What went from the meter to Payouts. */
export const collection = onchainTable(
  "collection",
  (t) => ({
    id: t.text().primaryKey(),
    characterId: t.bigint(), // null: the operator's own fee
    operator: t.hex(), // whose fee, else null
    amount: t.bigint().notNull(), // micro
    ...where(t),
  }),
  (table) => ({ characterIndex: index().on(table.characterId, table.id), operatorIndex: index().on(table.operator) }),
);
