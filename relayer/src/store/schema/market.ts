import type { DepositedFile, WorkPreview } from "@stelai/sdk/wire";
import { jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { MadeModality } from "../../providers/media.ts";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

/** Files that works are delivered from: each is one depositor's, whatever others may deposit of the same bytes. */
export const deposits = relayerSchema.table(
  "deposits",
  {
    operator: address().notNull(),
    contentHash: hex().notNull(),
    depositor: address().notNull(),
    modality: text().$type<MadeModality>().notNull(),
    file: jsonb().$type<DepositedFile>().notNull(),
    preview: jsonb().$type<WorkPreview>().notNull(),
    poster: jsonb().$type<WorkPreview>(),
    /** As it travels: integers as decimal strings. */
    provenance: jsonb().$type<Readonly<Record<string, unknown>>>(),
    /** The generation that it was made of; null of a file that was brought along. */
    generation: text(),
    keyId: text().notNull(),
    nonce: bytea().notNull(),
    ciphertext: bytea().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** When it is looked whether a work names it, and what none does is forgotten. */
    keptUntil: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.contentHash, table.depositor] })],
);

/** When a licence's key was first released, and to whom: null once that account is forgotten. */
export const releases = relayerSchema.table(
  "releases",
  {
    operator: address().notNull(),
    licenceId: int8().notNull(),
    account: address(),
    /** Chain time, Unix seconds. */
    at: int8().notNull(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.licenceId] })],
);

/** The files that works on the chain were created of, and by whom. */
export const workFiles = relayerSchema.table(
  "work_files",
  { creator: address().notNull(), contentHash: hex().notNull() },
  (table) => [primaryKey({ columns: [table.creator, table.contentHash] })],
);
