import { integer, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Hex } from "viem";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

/** A line as JSON keeps it: decimal strings; the amount in wei of STELAI. */
export type StoredPaymentLine = { characterId: string; amount: string };

export type PaymentStatus = "held" | "sent" | "settled" | "released" | "refused";

/** OpenAI's counts of a chat. */
export type StoredUsage = { prompt_tokens: number; completion_tokens: number; total_tokens: number };

/** Single payments by x402, by payer (lower-case) and nonce of the authorization. */
export const x402Payments = relayerSchema.table(
  "x402_payments",
  {
    operator: address().notNull(),
    payer: address().notNull(),
    nonce: hex().notNull(),
    purpose: text().$type<"chat" | "media" | "pass" | "own">().notNull(),
    request: hex(),
    header: text().notNull(),
    value: text().notNull(),
    validAfter: int8().notNull(),
    validBefore: int8().notNull(),
    signature: hex().notNull(),
    lines: jsonb().$type<StoredPaymentLine[]>().notNull(),
    passOf: int8().notNull(),
    status: text().$type<PaymentStatus>().notNull(),
    instance: text(),
    tries: integer().notNull().default(1),
    transactionId: integer(),
    transaction: text().$type<Hex>(),
    by: text().$type<"settle" | "distribute">(),
    reason: text(),
    usage: jsonb().$type<StoredUsage>(),
    answer: bytea(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    takenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    countedOn: text(),
    network: text(),
    reverts: integer().notNull().default(0),
    brought: text().$type<Hex>(),
    lookAt: timestamp({ withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.operator, table.payer, table.nonce] })],
);
