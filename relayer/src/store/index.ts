import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Config } from "../config.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
import type * as schema from "./schema/index.ts";

export * as tables from "./schema/index.ts";

/** Drizzle over either driver; a transaction is one too. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** The relayer's state: one SQL schema, embedded or shared by several instances. */
export type Store = {
  readonly kind: "pglite" | "postgres";
  readonly db: Database;
  /** A process on this database that was not heard of for so long is dead. */
  readonly instanceTimeoutSeconds: number;
  /** Runs `work` in one SQL transaction; a throw rolls it back. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  /** Books one batch of the ledger by the function `relayer.book`, in a transaction of its own. */
  book(batch: string): Promise<void>;
  /**
   * Runs `work` while no other holder of the same name runs anywhere that shares this database.
   * @returns what `work` returns, or undefined at once when another one holds it.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Drops everything and builds the schema anew: another chain. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** Opens Postgres when `DATABASE_URL` is set, else PGlite in `DATA_DIR`, and brings the schema up to date. */
export function openStore(
  config: Pick<Config, "DATABASE_URL" | "DATA_DIR" | "INSTANCE_TIMEOUT_SECONDS">,
): Promise<Store> {
  return config.DATABASE_URL === undefined
    ? openPglite(config.DATA_DIR)
    : openPostgres(config.DATABASE_URL, config.INSTANCE_TIMEOUT_SECONDS);
}

/** What `INSTANCE_TIMEOUT_SECONDS` is when nothing is said. */
export const INSTANCE_TIMEOUT_SECONDS = 30;
