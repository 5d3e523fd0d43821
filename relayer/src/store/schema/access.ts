import { boolean, index, integer, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { address, int8, relayerSchema } from "./base.ts";

/** What was used of a pass on a UTC day (counted since 1970) of the chain's time. */
export const passUses = relayerSchema.table(
  "pass_uses",
  { characterId: int8().notNull(), account: address().notNull(), day: int8().notNull(), used: int8().notNull() },
  (table) => [
    primaryKey({ columns: [table.characterId, table.account, table.day] }),
    index().on(table.day),
    index().on(table.account),
  ],
);

/** What a pass renews as. */
export type PassPlan = "Lifetime" | "Monthly" | "Annual";

/** Passes as the chain has them; a row that is stale must be read from the chain first. */
export const passes = relayerSchema.table(
  "passes",
  {
    characterId: int8().notNull(),
    account: address().notNull(),
    /** The newest block that spoke of it. */
    touched: int8().notNull(),
    stale: boolean().notNull(),
    lifetime: boolean().notNull(),
    /** End of the last period that is paid for, chain time. */
    until: int8().notNull(),
    plan: text().$type<PassPlan>().notNull(),
    /** The most that a renewal may cost; 0 when it does not renew. */
    mandate: int8().notNull(),
    /** Seen while it ran: then its end is told. */
    running: boolean().notNull(),
    /** The end that a notice before the renewal was given for. */
    announced: int8(),
  },
  (table) => [
    primaryKey({ columns: [table.characterId, table.account] }),
    index().on(table.account),
    index().on(table.until),
    index().on(table.touched),
  ],
);

/** What became of the renewal of each period that ended. */
export const renewals = relayerSchema.table(
  "renewals",
  {
    characterId: int8().notNull(),
    account: address().notNull(),
    /** When the period ended, chain time. */
    ended: int8().notNull(),
    /** `Sent`, `Renewed`, or why it could not be renewed, as `RenewalStatus` names it. */
    status: text().notNull(),
    tries: integer().notNull(),
    /** Chain time from when on it is tried again; null: not any more. */
    nextTry: int8(),
    transactionId: integer(),
    /** What the renewal cost, in microcredits, once it is known. */
    price: int8(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.characterId, table.account, table.ended] }), index().on(table.updatedAt)],
);

/** Who was ever put on a private character's allow list: candidates, the chain decides. */
export const circles = relayerSchema.table(
  "circles",
  { characterId: int8().notNull(), account: address().notNull() },
  (table) => [primaryKey({ columns: [table.account, table.characterId] })],
);
