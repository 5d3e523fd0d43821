import { boolean, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { address, int8, relayerSchema } from "./base.ts";

/** What was tried of something that is to be done for an account. */
const tried = () => ({
  /** `Sent`, or why it came to nothing; null when it was not tried. */
  status: text(),
  tries: integer().notNull().default(0),
  /** Chain time from when on it is tried again; null: when the chain says something new. */
  nextTry: int8(),
  transactionId: integer(),
});

/** Credit plans as the chain has them; a row that is stale must be read from the chain first. */
export const subscriptions = relayerSchema.table("subscriptions", {
  account: address().primaryKey(),
  /** The newest block that spoke of it. */
  touched: int8().notNull(),
  stale: boolean().notNull(),
  /** What it renews as. */
  planId: int8().notNull(),
  /** End of the cycle that is paid for, chain time. */
  until: int8().notNull(),
  renews: boolean().notNull(),
  /** The end of the cycle that what was tried is about. */
  triedUntil: int8(),
  ...tried(),
});

/** Who agreed to automatic top-ups. A row that is stale may be due. */
export const topUps = relayerSchema.table("top_ups", {
  account: address().primaryKey(),
  touched: int8().notNull(),
  stale: boolean().notNull(),
  agreed: boolean().notNull(),
  ...tried(),
});

/** Bonus credits as the chain has them. */
export const bonuses = relayerSchema.table("bonuses", {
  account: address().primaryKey(),
  touched: int8().notNull(),
  stale: boolean().notNull(),
  /** In microcredits; what has lapsed stays here until it is burned. */
  balance: int8().notNull(),
  /** Chain time. */
  lapsesAt: int8().notNull(),
  /** What burns it; null when nothing does, or when the chain said something new since. */
  burnTransactionId: integer(),
  /** The lapse date that its holder was warned of, and how many days before. */
  warnedFor: int8(),
  warnedDays: integer(),
});

/** What a tab had settled when its spending was last recorded, in microcredits. */
export const recordedTabs = relayerSchema.table(
  "recorded_tabs",
  { operator: address().notNull(), tabId: int8().notNull(), spent: int8().notNull(), transactionId: integer() },
  (table) => [primaryKey({ columns: [table.operator, table.tabId] })],
);

/** Who was told that their credits run low, and has not had more since. */
export const lowBalances = relayerSchema.table("low_balances", {
  account: address().primaryKey(),
  toldAt: int8().notNull(),
});
