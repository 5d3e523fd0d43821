import type { HistoryEntry } from "@stelai/sdk/wire";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Address } from "viem";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";
import { HistoryConflictError } from "./errors.ts";

const { history } = tables;

/** How many conversations an account may keep here, and how many bytes of them. */
const MAX_ENTRIES = 200;
const MAX_BYTES = 20_971_520;

/** What is listed of a conversation. */
export type HistoryItem = Omit<HistoryEntry, "data"> & { size: number };

/** Conversations that their owner encrypted: the operator keeps bytes, and who wrote which version. */
export class History {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Newest first. */
  async list(account: Address): Promise<HistoryItem[]> {
    const { id, version, size, updatedAt } = history;
    const rows = await this.#db
      .select({ id, version, size, updatedAt })
      .from(history)
      .where(eq(history.account, account))
      .orderBy(desc(history.updatedAt), history.id);
    return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
  }

  /** @throws NotFoundError */
  async get(account: Address, id: string): Promise<HistoryEntry> {
    const [row] = await this.#db.select().from(history).where(entry(account, id));
    if (row === undefined) throw new NotFoundError("There is no such conversation here.");
    const data = Buffer.from(row.data).toString("base64");
    return { id, version: row.version, data, updatedAt: row.updatedAt.toISOString() };
  }

  /**
   * Writes a conversation.
   * @param replaces The version that was read before; null for a new one.
   * @returns its version now.
   * @throws HistoryConflictError when another version is here; InvalidRequestError when the account keeps too much.
   */
  async put(account: Address, id: string, replaces: number | null, data: Uint8Array): Promise<number> {
    return this.#db.transaction(async (tx) => {
      // One writer an account: what is counted is what is there.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`history ${account}`}, 0))`);
      const [now] = await tx.select({ version: history.version }).from(history).where(entry(account, id));
      if ((now?.version ?? null) !== replaces) throw new HistoryConflictError(now?.version ?? null);
      const [others] = await tx
        .select({
          entries: sql<number>`count(*)::integer`,
          bytes: sql<number>`coalesce(sum(${history.size}), 0)::integer`,
        })
        .from(history)
        .where(and(eq(history.account, account), sql`${history.id} <> ${id}`));
      if ((others?.entries ?? 0) >= MAX_ENTRIES) {
        throw new InvalidRequestError(`An account may keep ${MAX_ENTRIES} conversations here. Delete one first.`);
      }
      if ((others?.bytes ?? 0) + data.length > MAX_BYTES) {
        throw new InvalidRequestError("An account may keep 20 MB of conversations here. Delete one first.");
      }
      const version = (replaces ?? 0) + 1;
      const written = { version, data, size: data.length, updatedAt: new Date() };
      await tx
        .insert(history)
        .values({ account, id, ...written })
        .onConflictDoUpdate({ target: [history.account, history.id], set: written });
      return version;
    });
  }

  /** @throws NotFoundError */
  async delete(account: Address, id: string): Promise<void> {
    const gone = await this.#db.delete(history).where(entry(account, id)).returning({ id: history.id });
    if (gone.length === 0) throw new NotFoundError("There is no such conversation here.");
  }

  /** Every conversation with its bytes. */
  async all(account: Address): Promise<HistoryEntry[]> {
    const rows = await this.#db.select().from(history).where(eq(history.account, account)).orderBy(history.id);
    return rows.map(({ id, version, data, updatedAt }) => {
      return { id, version, data: Buffer.from(data).toString("base64"), updatedAt: updatedAt.toISOString() };
    });
  }

  async forget(account: Address): Promise<void> {
    await this.#db.delete(history).where(eq(history.account, account));
  }
}

function entry(account: Address, id: string) {
  return and(eq(history.account, account), eq(history.id, id));
}
