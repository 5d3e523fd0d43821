import { createHmac, hkdfSync } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { type Hex, hexToBytes } from "viem";
import { networkPart } from "../net/networkPart.ts";
import { type Database, tables } from "../store/index.ts";
import { DailyLimitError } from "./errors.ts";

const { quotas } = tables;

const DAY_MS = 86_400_000;

/** What is counted and what it counts. */
export type QuotaScope =
  | "content.files"
  | "content.bytes"
  | "media.bytes"
  | "deposits.files"
  | "deposits.bytes"
  | "deposits.files.address"
  | "deposits.bytes.address"
  | "personas"
  | "cards"
  | "knowledge"
  | "history"
  | "mails"
  | "mails.passes"
  | "mail.account"
  | "mail.address"
  | "reports.account"
  | "reports.address"
  | "votes.address"
  | "feedback.account"
  | "feedback.address"
  | "shares"
  | "contributions.account"
  | "contributions"
  | "sponsor.account"
  | "sponsor.address"
  | "sponsor.gwei"
  | "keeper.gwei"
  | "keeper.topUps"
  | "keys.account"
  | "keys.address"
  | "x402.payer"
  | "x402.address"
  | "x402.gwei";

/** One claim on an allowance; `subject` is an account, a {@link Quotas.addressKey}, or a fixed word. */
export type QuotaClaim = { scope: QuotaScope; subject: string; amount: bigint; limit: bigint };

/** Allowances for each UTC day of real time, counted in the database so that several instances share them. */
export class Quotas {
  readonly #db: Database;
  readonly #masterKey: Hex;
  readonly #addressSecret: Buffer;
  readonly #now: () => number;

  constructor(db: Database, masterKey: Hex, now: () => number = Date.now) {
    this.#db = db;
    this.#masterKey = masterKey;
    this.#addressSecret = Buffer.from(hkdfSync("sha256", hexToBytes(masterKey), "stelai relayer", "addresses", 32));
    this.#now = now;
  }

  /** The same in an SQL transaction that is open: what is taken is taken exactly if that is committed. */
  within(tx: Database): Quotas {
    return new Quotas(tx, this.#masterKey, this.#now);
  }

  /** The UTC day, `2026-11-21`. */
  today(): string {
    return new Date(this.#now()).toISOString().slice(0, 10);
  }

  /** A network address as a keyed hash that changes every day: enough to count by, not to follow anyone. */
  addressKey(networkAddress: string): string {
    return createHmac("sha256", this.#addressSecret)
      .update(`${this.today()} ${networkPart(networkAddress)}`)
      .digest("hex");
  }

  /**
   * Takes every claim or none.
   * @throws DailyLimitError with `message` when one of them is above its limit.
   */
  async take(claims: readonly QuotaClaim[], message: string): Promise<void> {
    const day = this.today();
    await this.#db.transaction(async (tx) => {
      for (const claim of claims) {
        if (!(await takeOne(tx, day, claim))) throw new DailyLimitError(message, this.secondsToMidnight());
      }
    });
  }

  /** @throws DailyLimitError with `message` when today's is used up. */
  async requireLeft(allowance: Omit<QuotaClaim, "amount">, message: string): Promise<void> {
    if ((await this.leftOf(allowance)) === 0n) throw new DailyLimitError(message, this.secondsToMidnight());
  }

  /** What is left of today's. */
  async leftOf({ scope, subject, limit }: Omit<QuotaClaim, "amount">): Promise<bigint> {
    const [row] = await this.#db
      .select({ used: quotas.used })
      .from(quotas)
      .where(and(eq(quotas.scope, scope), eq(quotas.subject, subject), eq(quotas.day, this.today())));
    const used = row?.used ?? 0n;
    return used < limit ? limit - used : 0n;
  }

  /** Counts what was used, also above a limit. */
  async count({ scope, subject, amount }: Omit<QuotaClaim, "limit">): Promise<void> {
    await this.#db
      .insert(quotas)
      .values({ scope, subject, day: this.today(), used: amount })
      .onConflictDoUpdate({
        target: [quotas.scope, quotas.subject, quotas.day],
        set: { used: sql`${quotas.used} + ${amount}` },
      });
  }

  /** Gives back what was taken on `day` and not used. */
  async giveBack(day: string, { scope, subject, amount }: Omit<QuotaClaim, "limit">): Promise<void> {
    await this.#db
      .update(quotas)
      .set({ used: sql`greatest(0, ${quotas.used} - ${amount})` })
      .where(and(eq(quotas.scope, scope), eq(quotas.subject, subject), eq(quotas.day, day)));
  }

  /** Forgets days that are over. */
  async prune(): Promise<void> {
    await this.#db.delete(quotas).where(lt(quotas.day, new Date(this.#now() - DAY_MS).toISOString().slice(0, 10)));
  }

  /** Until the allowances begin anew. */
  secondsToMidnight(): number {
    return Math.ceil((DAY_MS - (this.#now() % DAY_MS)) / 1_000);
  }
}

async function takeOne(tx: Database, day: string, { scope, subject, amount, limit }: QuotaClaim): Promise<boolean> {
  if (amount > limit) return false;
  const taken = await tx
    .insert(quotas)
    .values({ scope, subject, day, used: amount })
    .onConflictDoUpdate({
      target: [quotas.scope, quotas.subject, quotas.day],
      set: { used: sql`${quotas.used} + ${amount}` },
      setWhere: sql`${quotas.used} + ${amount} <= ${limit}`,
    })
    .returning({ used: quotas.used });
  return taken.length === 1;
}
