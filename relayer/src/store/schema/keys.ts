import { index, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

const moment = () => timestamp({ withTimezone: true });

/** Budget keys: bearer tokens that stand for a tab whose session key is held here, sealed. */
export const budgetKeys = relayerSchema.table(
  "budget_keys",
  {
    id: uuid().primaryKey(),
    operator: address().notNull(),
    account: address().notNull(),
    name: text().notNull(),
    /** SHA-256 of the key; the key itself is kept nowhere. */
    keyHash: hex().notNull().unique(),
    /** Its first characters. */
    prefix: text().notNull(),
    /** Lower-case. */
    sessionAddress: address().notNull().unique(),
    /** The session key, sealed under a master key. */
    keyId: text().notNull(),
    nonce: bytea().notNull(),
    ciphertext: bytea().notNull(),
    /** The tab that its account opened for it. */
    tabId: int8(),
    createdAt: moment().notNull(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [unique().on(table.operator, table.tabId), index().on(table.account, table.createdAt)],
);
