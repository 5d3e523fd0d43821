import type { NotificationKind } from "@stelai/sdk/wire";
import { bigint, boolean, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

const moment = () => timestamp({ withTimezone: true });
/** A text at rest, as `people/vault.ts` seals it. */
const sealed = () => ({ keyId: text().notNull(), nonce: bytea().notNull(), ciphertext: bytea().notNull() });
const counted = () => bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity();

/** Accounts that spoke for themselves here, and what they chose. `dailyLimit` is in microcredits. */
export const accounts = relayerSchema.table("accounts", {
  account: address().primaryKey(),
  firstSeen: moment().notNull(),
  lastSeen: moment().notNull(),
  dailyLimit: int8(),
  muted: jsonb().$type<NotificationKind[]>().notNull().default([]),
});

/** Cards of private characters, encrypted. One for each URI and uploader. */
export const cards = relayerSchema.table(
  "cards",
  { uri: text().notNull(), uploader: address().notNull(), ...sealed(), uploadedAt: moment().notNull() },
  (table) => [primaryKey({ columns: [table.uri, table.uploader] })],
);

/** Which upload a character's on-chain metadata URI stands for; made once and kept when the character is sold. */
export const cardBindings = relayerSchema.table(
  "card_bindings",
  { characterId: int8().notNull(), uri: text().notNull(), uploader: address().notNull() },
  (table) => [primaryKey({ columns: [table.characterId, table.uri] })],
);

/** Files that `owner` gave a character to know: name, type and passages, encrypted. `size` is the file's, in bytes. */
export const knowledgeFiles = relayerSchema.table("knowledge_files", {
  id: uuid().primaryKey(),
  characterId: int8().notNull(),
  owner: address().notNull(),
  size: integer().notNull(),
  passages: integer().notNull(),
  ...sealed(),
  addedAt: moment().notNull(),
});

export type ChangeKind = "published" | "persona" | "knowledge";

/** What changed of a character; `at` is Unix time in seconds, `source` keeps each change single. */
export const characterChanges = relayerSchema.table("character_changes", {
  id: counted(),
  characterId: int8().notNull(),
  kind: text().$type<ChangeKind>().notNull(),
  at: int8().notNull(),
  source: text().notNull().unique(),
});

/** Engines that answered here, in their order; `at` is Unix time in seconds. */
export const engines = relayerSchema.table("engines", {
  id: counted(),
  engine: text().notNull(),
  at: int8().notNull(),
});

/** When an account last talked to a character. */
export const talks = relayerSchema.table(
  "talks",
  { characterId: int8().notNull(), account: address().notNull(), lastAt: moment().notNull() },
  (table) => [primaryKey({ columns: [table.characterId, table.account] })],
);

/** What accounts say of themselves. `skeleton` is what the name looks like, `namedAt` since when it looks so. */
export const profiles = relayerSchema.table("profiles", {
  account: address().primaryKey(),
  name: text().notNull(),
  bio: text().notNull(),
  picture: text(),
  links: jsonb().$type<string[]>().notNull(),
  skeleton: text().notNull(),
  namedAt: moment().notNull(),
  updatedAt: moment().notNull(),
});

export const follows = relayerSchema.table(
  "follows",
  { follower: address().notNull(), followed: address().notNull(), since: moment().notNull() },
  (table) => [primaryKey({ columns: [table.follower, table.followed] })],
);

/** Who finds which reviews helpful. `subject` is what the review is of: `character:7`, `work:12`. */
export const votes = relayerSchema.table(
  "votes",
  { subject: text().notNull(), author: address().notNull(), voter: address().notNull(), votedAt: moment().notNull() },
  (table) => [primaryKey({ columns: [table.subject, table.author, table.voter] })],
);

/** What a notification is about, by kind; amounts are decimal strings. */
export type NotificationData = Record<string, string | number | null>;

/** The feeds of all accounts. `source` is what it came of: written once for each account, taken back with it. */
export const notifications = relayerSchema.table(
  "notifications",
  {
    id: counted(),
    account: address().notNull(),
    kind: text().$type<NotificationKind>().notNull(),
    characterId: int8(),
    workId: int8(),
    data: jsonb().$type<NotificationData>().notNull(),
    at: moment().notNull(),
    isRead: boolean().notNull().default(false),
    source: text().notNull(),
    isSent: boolean().notNull().default(false),
  },
  (table) => [uniqueIndex().on(table.account, table.source)],
);

/** What an earning added to a day's notification, so that it can be taken off again. */
export type PayoutShare = { source: string; account: `0x${string}`; amount: string };

/** Events of blocks that may still go back. */
export const chainEvents = relayerSchema.table("chain_events", {
  source: text().primaryKey(),
  blockNumber: int8().notNull(),
  blockHash: hex().notNull(),
  payout: jsonb().$type<PayoutShare>(),
});

/** Browsers that take Web Push; the endpoint is encrypted, since who knows it can be a nuisance. */
export const pushSubscriptions = relayerSchema.table("push_subscriptions", {
  endpointHash: hex().primaryKey(),
  account: address().notNull(),
  ...sealed(),
  createdAt: moment().notNull(),
});

/** Where an account is mailed, encrypted; only once the link in a mail was opened. */
export const mailAddresses = relayerSchema.table("mail_addresses", {
  account: address().primaryKey(),
  ...sealed(),
  isConfirmed: boolean().notNull(),
  tokenHash: hex(),
  tokenExpiresAt: moment(),
});

/** Keys the operator made for itself, encrypted. */
export const secrets = relayerSchema.table("secrets", { name: text().primaryKey(), ...sealed() });

/** Conversations that only their owner can read. `size` is of `data`, in bytes. */
export const history = relayerSchema.table(
  "history",
  {
    account: address().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    data: bytea().notNull(),
    size: integer().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.id] })],
);
