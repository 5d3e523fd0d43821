import type { REPORT_STATES } from "@stelai/sdk/wire";
import { index, integer, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

const moment = () => timestamp({ withTimezone: true });

/** Nonces handed out for signing in (EIP-4361); a nonce is deleted as it is used. */
export const signInNonces = relayerSchema.table(
  "sign_in_nonces",
  { nonce: text().primaryKey(), expiresAt: moment().notNull() },
  (table) => [index().on(table.expiresAt)],
);

/** Who is signed in. Only the hash of the bearer token is kept. */
export const signInSessions = relayerSchema.table(
  "sign_in_sessions",
  {
    tokenHash: hex().primaryKey(),
    account: address().notNull(),
    expiresAt: moment().notNull(),
    /** The key that speaks for the account until then, lower-case. */
    sessionKey: address(),
  },
  (table) => [index().on(table.expiresAt), index().on(table.sessionKey), index().on(table.account)],
);

/** Personas as uploaded, encrypted: persona and salt. One for each hash and uploader. */
export const personas = relayerSchema.table(
  "personas",
  {
    personaHash: hex().notNull(),
    uploader: address().notNull(),
    keyId: text().notNull(),
    nonce: bytea().notNull(),
    ciphertext: bytea().notNull(),
    uploadedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.personaHash, table.uploader] })],
);

/** Which upload a character's on-chain `personaHash` stands for; made once and kept when the character is sold. */
export const personaBindings = relayerSchema.table(
  "persona_bindings",
  { characterId: int8().notNull(), personaHash: hex().notNull(), uploader: address().notNull() },
  (table) => [primaryKey({ columns: [table.characterId, table.personaHash] })],
);

export type ReportState = (typeof REPORT_STATES)[number];

/**
 * What people reported: a character or a work, or with `reviewBy` that account's review of it. `reporter` is null when
 * they were not signed in.
 */
export const reports = relayerSchema.table(
  "reports",
  {
    id: uuid().primaryKey(),
    characterId: int8(),
    workId: int8(),
    reviewBy: address(),
    reason: text().notNull(),
    details: text().notNull(),
    excerpt: text(),
    reporter: address(),
    reportedAt: moment().notNull(),
    state: text().$type<ReportState>().notNull().default("open"),
    /** The moderator who closed it, when, and what they noted. */
    closedBy: address(),
    closedAt: moment(),
    note: text(),
  },
  (table) => [index().on(table.reportedAt), index().on(table.characterId)],
);

/** Characters and accounts this operator refuses. `subject` is `character:<id>` or `account:<lower-case address>`. */
export const blocks = relayerSchema.table("blocks", {
  subject: text().primaryKey(),
  reason: text().notNull(),
  blockedAt: moment().notNull(),
});

/** Daily allowances: what `subject` used of `scope` on a UTC day. */
export const quotas = relayerSchema.table(
  "quotas",
  { scope: text().notNull(), subject: text().notNull(), day: text().notNull(), used: int8().notNull() },
  (table) => [primaryKey({ columns: [table.scope, table.subject, table.day] }), index().on(table.day)],
);

/** What the operator sends for wallets without ETH. `key` is the hash of what the payer agreed to. */
export const sponsored = relayerSchema.table(
  "sponsored",
  {
    key: hex().primaryKey(),
    kind: text().notNull(),
    account: address().notNull(),
    transactionId: integer().notNull(),
    /** What of the daily budget is held for it, in gwei, and on which UTC day; null once the real cost is known. */
    heldGwei: int8(),
    day: text().notNull(),
    /** Of an opening whose fee was waived: when, chain time. */
    freeAt: int8(),
  },
  (table) => [index().on(table.account), index().on(table.transactionId)],
);
