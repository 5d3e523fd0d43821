import { and, asc, eq, gt, ne } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Logger } from "../log.ts";
import type { Database, tables } from "../store/index.ts";
import { type Vault, VaultError } from "./vault.ts";

/** How many records are read at a time. */
const BATCH = 200;
/** Once none is left, how long before it is looked again: a process of before may still have written one. */
const AGAIN_MS = 3_600_000;

/** Records of one kind that are sealed under master keys. */
export type SealedRecords<T = unknown> = {
  readonly name: string;
  /** Some that are under another master key than the current one, after the one that is given; in a fixed order. */
  outdated(after: T | undefined, limit: number): Promise<T[]>;
  /** Seals one anew, unless it was written meanwhile. @throws VaultError when it cannot be opened. */
  reseal(record: T): Promise<void>;
};

/** Tables whose rows are a {@link Sealed} each. */
type SealedTable =
  | typeof tables.budgetKeys
  | typeof tables.cards
  | typeof tables.deposits
  | typeof tables.knowledgeFiles
  | typeof tables.mailAddresses
  | typeof tables.personas
  | typeof tables.pushSubscriptions
  | typeof tables.secrets;

/**
 * The rows of a table as records to be sealed anew. A nonce is random and no other row's, so that it tells rows apart.
 * @param contextOf What a row was sealed for.
 */
export function sealedRows<T extends SealedTable>(
  db: Database,
  [name, table]: readonly [string, T],
  vault: Vault,
  contextOf: (row: T["$inferSelect"]) => string,
): SealedRecords<T["$inferSelect"]> {
  return {
    name,
    outdated: async (after, limit) => {
      const rows = await db
        .select()
        .from(table as PgTable)
        .where(and(ne(table.keyId, vault.currentKeyId), after && gt(table.nonce, after.nonce)))
        .orderBy(asc(table.nonce))
        .limit(limit);
      return rows as T["$inferSelect"][];
    },
    reseal: async (row) => {
      await db
        .update(table as PgTable)
        .set(vault.reseal(row, contextOf(row)))
        .where(and(eq(table.nonce, row.nonce), eq(table.keyId, row.keyId)));
    },
  };
}

/**
 * Brings records under the current master key, so that a rotation ends: when nothing is under an older one any more,
 * `PREVIOUS_MASTER_KEYS` can go. What cannot be opened stays as it is, and the log says so once an hour.
 */
export class Rotation {
  readonly #kinds: readonly SealedRecords[];
  readonly #log: Logger;
  #nextLook = 0;

  constructor(kinds: readonly SealedRecords[], log: Logger) {
    this.#kinds = kinds;
    this.#log = log;
  }

  /** Looks through every kind, at most once an hour. */
  async tend(now = Date.now()): Promise<void> {
    if (now < this.#nextLook) return;
    for (const kind of this.#kinds) await this.#all(kind);
    this.#nextLook = now + AGAIN_MS;
  }

  async #all(kind: SealedRecords): Promise<void> {
    const { name } = kind;
    let [sealed, lost] = [0, 0];
    let records: unknown[] = [];
    do {
      records = await kind.outdated(records.at(-1), BATCH);
      for (const record of records) {
        try {
          await kind.reseal(record);
          sealed += 1;
        } catch (error) {
          if (!(error instanceof VaultError)) throw error;
          lost += 1;
        }
      }
    } while (records.length === BATCH);
    if (sealed > 0) this.#log.info({ kind: name, count: sealed }, "records are under the current master key now");
    if (lost > 0) this.#log.error({ kind: name, count: lost }, "records cannot be opened by any master key");
  }
}
