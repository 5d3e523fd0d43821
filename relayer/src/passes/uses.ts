import type { PassUse } from "@stelai/sdk/wire";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Chain } from "../chain/index.ts";
import { RateLimitedError, RelayerError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";

const { passUses } = tables;

const DAY = 86_400n;
/** Requests of one pass that one process serves at the same time. */
const AT_ONCE = 4;

/** One use of a pass that is counted: where the day's use stands with it, and how to undo it. */
export type CountedUse = {
  use: PassUse;
  /** For when nothing was delivered, by no doing of who asked. */
  giveBack(): Promise<void>;
  /** The request is over, however it ended: another one may begin. */
  end(): void;
};

/** 429: the day's fair use of a pass is used up; a tab may still pay. */
export class PassQuotaExhaustedError extends RelayerError {
  readonly status = 429;
  readonly code = "pass_quota_exhausted";
  override readonly type = "rate_limit_error";
  override readonly details: { limit: number; resetsAt: number };
  override readonly headers: Readonly<Record<string, string>>;
  constructor(use: PassUse, seconds: number) {
    super(
      `This pass is good for ${use.limit} requests a day here, and today's are used up. It begins anew at midnight UTC; ` +
        "until then the same request can be paid by a tab.",
    );
    this.details = { limit: use.limit, resetsAt: use.resetsAt };
    this.headers = { ...passHeaders(use), "Retry-After": String(seconds) };
  }
}

/** The day's fair use of each pass, by the chain's UTC days, counted in the database for all processes. */
export class PassUses {
  readonly #db: Database;
  readonly #chain: Pick<Chain, "head">;
  readonly #limit: number;
  readonly #running = new Map<string, number>();

  /** @param limit Requests a day, for each pass. */
  constructor(db: Database, chain: Pick<Chain, "head">, limit: number) {
    this.#db = db;
    this.#chain = chain;
    this.#limit = limit;
  }

  /**
   * Counts one request; whoever takes it ends it.
   * @throws PassQuotaExhaustedError; RateLimitedError when others of this pass are still being answered.
   */
  async take(characterId: bigint, account: Address): Promise<CountedUse> {
    const now = this.#chain.head().timestamp;
    const day = now / DAY;
    const resetsAt = Number((day + 1n) * DAY);
    const [row] = await this.#db
      .insert(passUses)
      .values({ characterId, account, day, used: 1n })
      .onConflictDoUpdate({
        target: [passUses.characterId, passUses.account, passUses.day],
        set: { used: sql`${passUses.used} + 1` },
        setWhere: sql`${passUses.used} < ${this.#limit}`,
      })
      .returning({ used: passUses.used });
    if (row === undefined) {
      throw new PassQuotaExhaustedError({ limit: this.#limit, remaining: 0, resetsAt }, resetsAt - Number(now));
    }
    const giveBack = () => this.giveBack({ characterId, account, day });
    const end = this.#begin(`${characterId} ${account}`);
    if (end === undefined) {
      await giveBack();
      throw new RateLimitedError(
        1,
        `This pass has ${AT_ONCE} requests that are still being answered. Wait for one to end.`,
      );
    }
    return {
      use: { limit: this.#limit, remaining: this.#limit - Number(row.used), resetsAt },
      ...{ giveBack, end },
    };
  }

  /** The UTC day of the chain's time that a use counts for, whose end it says. */
  dayOf({ resetsAt }: Pick<PassUse, "resetsAt">): bigint {
    return BigInt(resetsAt) / DAY - 1n;
  }

  /**
   * Takes back one use of a day, for which nothing was delivered.
   * @param db The transaction that ends what was counted, when there is one.
   */
  async giveBack(of: { characterId: bigint; account: Address; day: bigint }, db: Database = this.#db): Promise<void> {
    const { characterId, account, day } = passUses;
    await db
      .update(passUses)
      .set({ used: sql`greatest(0, ${passUses.used} - 1)` })
      .where(and(eq(characterId, of.characterId), eq(account, of.account), eq(day, of.day)));
  }

  /** Notes that a request runs; gives what ends it, or undefined when as many as may run already. */
  #begin(key: string): (() => void) | undefined {
    const running = this.#running.get(key) ?? 0;
    if (running >= AT_ONCE) return undefined;
    this.#running.set(key, running + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#running.get(key) ?? 1) - 1;
      if (left === 0) this.#running.delete(key);
      else this.#running.set(key, left);
    };
  }

  /** Forgets days that are over. */
  async prune(): Promise<void> {
    await this.#db.delete(passUses).where(lt(passUses.day, this.#chain.head().timestamp / DAY - 1n));
  }
}

/** What an answer under a pass says in its headers. */
export function passHeaders({ limit, remaining, resetsAt }: PassUse): Record<string, string> {
  return {
    "Stelai-Pass-Limit": String(limit),
    "Stelai-Pass-Remaining": String(remaining),
    "Stelai-Pass-Reset": String(resetsAt),
  };
}
