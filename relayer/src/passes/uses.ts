import type { PassUse } from "@stelai/sdk/wire";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Chain } from "../chain/index.ts";
import { RelayerError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";

const { passUses } = tables;

const DAY = 86_400n;

/** One use of a pass that is counted: where the day's use stands with it, and how to undo it. */
export type CountedUse = {
  use: PassUse;
  /** For when nothing was delivered. */
  giveBack(): Promise<void>;
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

  /** @param limit Requests a day, for each pass. */
  constructor(db: Database, chain: Pick<Chain, "head">, limit: number) {
    this.#db = db;
    this.#chain = chain;
    this.#limit = limit;
  }

  /**
   * Counts one request.
   * @throws PassQuotaExhaustedError
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
    const isThis = and(eq(passUses.characterId, characterId), eq(passUses.account, account), eq(passUses.day, day));
    return {
      use: { limit: this.#limit, remaining: this.#limit - Number(row.used), resetsAt },
      giveBack: async () => {
        await this.#db
          .update(passUses)
          .set({ used: sql`greatest(0, ${passUses.used} - 1)` })
          .where(isThis);
      },
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
