import { sql } from "drizzle-orm";
import { integer, jsonb, serial, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { address, hex, int8, relayerSchema } from "./base.ts";

/** Facts about this database: the chain's genesis hash, the block watched last. */
export const facts = relayerSchema.table("facts", { key: text().primaryKey(), value: text().notNull() });

/**
 * Processes that share this database; one that is not seen any more holds no reservation. `since`: when one that had been
 * silent was seen again.
 */
export const instances = relayerSchema.table("instances", {
  id: text().primaryKey(),
  seenAt: timestamp({ withTimezone: true }).notNull(),
  since: timestamp({ withTimezone: true }).notNull().default(sql`'-infinity'`),
});

export type TransactionStatus = "sent" | "mined" | "final" | "reverted" | "replaced";

/** Every transaction of the operator, from before it is sent until it is final. */
export const transactions = relayerSchema.table(
  "transactions",
  {
    id: serial().primaryKey(),
    sender: address().notNull(),
    nonce: integer().notNull(),
    to: address().notNull(),
    data: hex().notNull(),
    gas: int8().notNull(),
    description: text().notNull(),
    status: text().$type<TransactionStatus>().notNull(),
    /** Signed forms, oldest first: one for each fee it was sent with. */
    attempts: jsonb()
      .$type<{ hash: `0x${string}`; raw: `0x${string}`; maxFee: string; priority: string }[]>()
      .notNull(),
    /** The attempt that was mined, and where. */
    hash: hex(),
    blockNumber: int8(),
    blockHash: hex(),
    sentAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex().on(table.sender, table.nonce)],
);
