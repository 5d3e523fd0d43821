import { eq, sql } from "drizzle-orm";
import type { Context } from "hono";
import type { Address } from "viem";
import type { AppEnv } from "../http.ts";
import { type Database, tables } from "../store/index.ts";
import { requireSignedIn } from "./authorize.ts";
import type { People } from "./index.ts";

const { accounts } = tables;

/** How precisely it is known when an account was here last. */
const SEEN_MS = 3_600_000;
const MAX_KEPT = 20_000;

/** Accounts that spoke for themselves here. */
export class Accounts {
  readonly #db: Database;
  readonly #seen = new Map<Address, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes that an account was here, once an hour. */
  async seen(account: Address): Promise<void> {
    const now = Date.now();
    if ((this.#seen.get(account) ?? 0) > now - SEEN_MS) return;
    const at = new Date(now);
    await this.#db
      .insert(accounts)
      .values({ account, firstSeen: at, lastSeen: at })
      .onConflictDoUpdate({ target: accounts.account, set: { lastSeen: at } });
    this.#seen.delete(account);
    this.#seen.set(account, now);
    if (this.#seen.size > MAX_KEPT) {
      const oldest = this.#seen.keys().next().value;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
  }

  async of(account: Address): Promise<typeof accounts.$inferSelect | undefined> {
    const [row] = await this.#db.select().from(accounts).where(eq(accounts.account, account));
    return row;
  }

  /** Those of these accounts that were ever here. */
  async known(candidates: readonly Address[], db = this.#db): Promise<Address[]> {
    if (candidates.length === 0) return [];
    const rows = await db
      .select({ account: accounts.account })
      .from(accounts)
      .where(sql`${accounts.account} = any(${sql.param([...candidates])}::text[])`);
    return rows.map(({ account }) => account);
  }

  async forget(account: Address): Promise<void> {
    this.#seen.delete(account);
    await this.#db.delete(accounts).where(eq(accounts.account, account));
  }
}

/**
 * The account that is signed in; it is noted that it was here.
 * @throws NotSignedInError, BlockedError
 */
export async function requireAccount(context: Context<AppEnv>, people: People): Promise<Address> {
  const account = await requireSignedIn(context, people);
  await people.accounts.seen(account);
  return account;
}
