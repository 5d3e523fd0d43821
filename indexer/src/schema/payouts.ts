import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { where } from "./columns.ts";

/**
 * What was earned by: a character's metered use, its passes, an operator's own fee; a work's licence, the bond of a
 * dispute that failed, the resale of a work or licence, the royalty of one; a single payment by x402, whose line it was; or
 * something else.
 */
export const earningKind = onchainEnum("earning_kind", [
  "Metered",
  "Passes",
  "Fee",
  "Payment",
  "Licence",
  "Bond",
  "Resale",
  "Royalty",
  "Other",
]);

/** One amount that arrived at Payouts; `gross = commission + net`. */
export const earning = onchainTable(
  "earning",
  (t) => ({
    id: t.text().primaryKey(),
    payee: t.hex().notNull(),
    source: t.hex().notNull(),
    ref: t.hex().notNull(),
    kind: earningKind().notNull(),
    characterId: t.bigint(), // of metered use, passes and single payments; null of those: the operator's own
    workId: t.bigint(), // of licences, bonds, resales and royalties
    licenceId: t.bigint(), // of the same; null: the work itself was resold
    operator: t.hex(), // when it is an operator's fee, or a single payment to an operator
    gross: t.bigint().notNull(), // wei
    commission: t.bigint().notNull(), // wei
    net: t.bigint().notNull(), // wei
    day: t.integer().notNull(),
    ...where(t),
  }),
  (table) => ({
    payeeIndex: index().on(table.payee, table.day),
    characterIndex: index().on(table.characterId, table.id),
    workIndex: index().on(table.workId, table.id),
  }),
);

/** What a payee was credited each day: earnings of its own, and what splits moved on to it. */
export const payeeDay = onchainTable(
  "payee_day",
  (t) => ({
    payee: t.hex().notNull(),
    day: t.integer().notNull(),
    gross: t.bigint().notNull(), // wei
    commission: t.bigint().notNull(), // wei
    net: t.bigint().notNull(), // wei
    flowedIn: t.bigint().notNull(), // wei
  }),
  (table) => ({ pk: primaryKey({ columns: [table.payee, table.day] }) }),
);

/**
 * A payee's running totals. An account can claim `net + flowedIn + commissionIn − claimed`; a split still holds
 * `net + flowedIn − flowedOut`.
 */
export const payeeTotal = onchainTable("payee_total", (t) => ({
  payee: t.hex().primaryKey(),
  isSplit: t.boolean().notNull(),
  gross: t.bigint().notNull(), // wei
  commission: t.bigint().notNull(), // wei, taken from it
  net: t.bigint().notNull(), // wei
  flowedIn: t.bigint().notNull(), // wei
  flowedOut: t.bigint().notNull(), // wei, splits only
  commissionIn: t.bigint().notNull(), // wei, the treasury only
  claimed: t.bigint().notNull(), // wei
  redeemed: t.bigint().notNull(), // reserve, for claims redeemed in the same call
}));

export const split = onchainTable("split", (t) => ({
  id: t.hex().primaryKey(),
  shareCount: t.integer().notNull(),
  registrant: t.hex().notNull(), // who sent the transaction
  ...where(t),
}));

export const splitShare = onchainTable(
  "split_share",
  (t) => ({
    split: t.hex().notNull(),
    recipient: t.hex().notNull(), // a payee
    position: t.integer().notNull(), // its index among the shares
    bps: t.integer().notNull(),
    flowed: t.bigint().notNull(), // wei
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.split, table.recipient] }),
    recipientIndex: index().on(table.recipient),
  }),
);

export const splitFlow = onchainTable(
  "split_flow",
  (t) => ({
    id: t.text().primaryKey(),
    split: t.hex().notNull(),
    recipient: t.hex().notNull(),
    amount: t.bigint().notNull(), // wei
    ...where(t),
  }),
  (table) => ({
    splitIndex: index().on(table.split, table.id),
    recipientIndex: index().on(table.recipient, table.id),
  }),
);

export const claim = onchainTable(
  "claim",
  (t) => ({
    id: t.text().primaryKey(),
    account: t.hex().notNull(),
    to: t.hex().notNull(),
    amount: t.bigint().notNull(), // wei
    redeemed: t.bigint().notNull(), // reserve, zero when the credits themselves were sent
    ...where(t),
  }),
  (table) => ({ accountIndex: index().on(table.account, table.id) }),
);

/** The commission on what a source pays in, as it stands. */
export const commission = onchainTable("commission", (t) => ({
  source: t.hex().primaryKey(),
  bps: t.integer().notNull(),
  since: t.bigint().notNull(),
}));

export const commissionChange = onchainTable("commission_change", (t) => ({
  id: t.text().primaryKey(),
  source: t.hex().notNull(),
  bps: t.integer().notNull(),
  ...where(t),
}));
