import type { GenerationStatus, MadeFile, PassUse, Settings } from "@stelai/sdk";
import { integer, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { MadeModality } from "../../providers/media.ts";
import { bytea, hex, int8, relayerSchema } from "./base.ts";

const moment = () => timestamp({ withTimezone: true });

/** Amounts as JSON keeps them: decimal strings. */
export type StoredQuote = {
  termsVersion: string;
  milliunits: string;
  amount: string;
  fee: string;
  total: string;
  /** The prices that it was made from, in force when it was agreed to. */
  perInference: string;
  perUnit: string;
  feePerUnit: string;
};

/** A reservation as JSON keeps it: its integers as decimal strings, without its refusal. */
export type StoredReservation = Readonly<Record<string, string>>;

/** The use of a pass that a generation was counted under. */
export type StoredPass = { account: string; day: string; use: PassUse };

/** What was made, without what only its owner's answer holds. */
export type StoredFile = Omit<MadeFile, "publicCid">;

/** The preview, stored encrypted as the file is. */
export type StoredPreview = { cid: string; mediaType: string; bytes: number };

/** Images, videos, voiceovers and music on their way, and what came of them: the queue and the record in one. */
export const generations = relayerSchema.table("generations", {
  id: text().primaryKey(),
  operator: text().notNull(),
  requester: text().notNull(),
  account: text(),
  tabId: int8(),
  requestId: hex(),
  requestKey: text(),
  reservation: jsonb().$type<StoredReservation>(),
  pass: jsonb().$type<StoredPass>(),
  /** The nonce of the x402 payment that pays for it; the payer is its account. */
  payment: hex(),
  characterId: int8().notNull(),
  modality: text().$type<MadeModality>().notNull(),
  bodyHash: hex().notNull(),
  quote: jsonb().$type<StoredQuote>().notNull(),
  engine: jsonb().$type<{ name: string; label: string }>().notNull(),
  settings: jsonb().$type<Settings & { seed: number; format: string }>().notNull(),
  promptHash: hex().notNull(),
  prompt: bytea().notNull(),
  fileKey: bytea(),
  file: jsonb().$type<StoredFile>(),
  preview: jsonb().$type<StoredPreview>(),
  publicCid: text(),
  status: text().$type<GenerationStatus>().notNull(),
  waitsFor: text().$type<"turn" | "voucher">(),
  progress: integer().notNull().default(0),
  attempts: integer().notNull().default(0),
  runAfter: moment().notNull(),
  instance: text(),
  errorCode: text(),
  errorMessage: text(),
  createdAt: moment().notNull(),
  startedAt: moment(),
  endedAt: moment(),
});

/** When work for each requester last began, and how many it cancelled after that: whose turn is next. */
export const turns = relayerSchema.table(
  "turns",
  {
    operator: text().notNull(),
    requester: text().notNull(),
    beganAt: moment(),
    cancels: integer().notNull().default(0),
    cancelsSince: moment(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.requester] })],
);
