import { and, eq } from "drizzle-orm";
import { type Address, getAddress } from "viem";
import { type Database, tables } from "../store/index.ts";

const { releases } = tables;

/** When the file of a licence could first be opened: who decides a dispute must know whether it ever was. */
export class Releases {
  readonly #db: Database;
  readonly #operator: Address;

  constructor(db: Database, operator: Address) {
    this.#db = db;
    this.#operator = operator;
  }

  /** Keeps that a key is released now; only the first of a licence counts. @param at Chain time, Unix seconds. */
  async add(licenceId: bigint, account: Address, at: bigint): Promise<void> {
    const row = { operator: this.#operator, licenceId, account: getAddress(account), at };
    await this.#db.insert(releases).values(row).onConflictDoNothing();
  }

  /** When a licence's key was first released (chain time, Unix seconds); null when it never was. */
  async firstOf(licenceId: bigint): Promise<number | null> {
    const [row] = await this.#db
      .select({ at: releases.at })
      .from(releases)
      .where(and(eq(releases.operator, this.#operator), eq(releases.licenceId, licenceId)));
    return row === undefined ? null : Number(row.at);
  }

  /** Those that an account was the first of. */
  async ofAccount(account: Address): Promise<{ licenceId: bigint; at: bigint }[]> {
    return this.#db
      .select({ licenceId: releases.licenceId, at: releases.at })
      .from(releases)
      .where(and(eq(releases.operator, this.#operator), eq(releases.account, getAddress(account))))
      .orderBy(releases.licenceId);
  }

  /** Forgets whom keys were released to; that they were stays, for the orders it decides. */
  async forgetAccount(account: Address): Promise<void> {
    await this.#db
      .update(releases)
      .set({ account: null })
      .where(eq(releases.account, getAddress(account)));
  }
}
