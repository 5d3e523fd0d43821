import type { LicenceStatus } from "@stelai/sdk/wire";
import { boolean, index, integer, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { address, int8, relayerSchema } from "./base.ts";

/**
 * Licences of offers that name `operator` as attestor, as the chain has them at its head; a row that is stale must be
 * read from the chain first. Times are chain time, Unix seconds.
 */
export const deliveries = relayerSchema.table(
  "deliveries",
  {
    operator: address().notNull(),
    licenceId: int8().notNull(),
    offerId: int8().notNull(),
    workId: int8().notNull(),
    /** The block of the purchase, and the newest one that spoke of it. */
    boughtBlock: int8().notNull(),
    touched: int8().notNull(),
    /** The block of its delivery, while it is delivered. */
    deliveredBlock: int8(),
    stale: boolean().notNull(),
    status: text().$type<LicenceStatus>().notNull(),
    /** Since when it has this status. */
    since: int8().notNull(),
    /** The right's last second; 0 is never. */
    expiry: int8().notNull(),
    /** Why it could not be delivered when that was last tried, in words for buyer and seller. */
    problem: text(),
    /** How often that was tried in vain, and from when on it is tried again; null: at once. */
    tries: integer().notNull().default(0),
    nextTry: int8(),
    /** The transaction that attests it, once it is stored; null again when it came to nothing. */
    attestation: integer(),
    /** The transaction that concludes it, how often that came to nothing, and from when on it is tried again. */
    conclusion: integer(),
    concludeTries: integer().notNull().default(0),
    concludeNext: int8(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.operator, table.licenceId] }),
    index().on(table.operator, table.status, table.since),
    index().on(table.operator, table.touched),
  ],
);
