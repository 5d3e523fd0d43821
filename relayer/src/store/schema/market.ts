import type { DepositedFile, WorkPreview } from "@stelai/sdk/wire";
import { jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { MadeModality } from "../../providers/media.ts";
import { address, bytea, hex, relayerSchema } from "./base.ts";

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
  },
  (table) => [primaryKey({ columns: [table.operator, table.contentHash, table.depositor] })],
);
