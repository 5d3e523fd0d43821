import { and, desc, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { Chain } from "../chain/index.ts";
import { type Database, tables } from "../store/index.ts";
import { DailySpendingLimitError } from "./errors.ts";

const { accounts, receipts, requests, tabs } = tables;

const DAY = 86_400n;
/** How long another process's change of a limit may go unseen. */
const FRESH_MS = 5_000;

/** A request that is held: which one, and how much. */
type Held = { tabId: bigint; id: Hex; needed: bigint };

/**
 * What accounts may spend a UTC day of the chain's time over all their tabs here, by their own wish. The few accounts
 * that have a limit are in memory; for the others nothing is asked or counted.
 */
export class SpendingLimits {
  readonly #db: Database;
  readonly #operator: Address;
  readonly #chain: Pick<Chain, "head">;
  #limits: ReadonlyMap<Address, bigint> = new Map();
  #readAt = 0;
  #reading: Promise<void> | undefined;
  /** Requests of this process that were let on: what others hold counts against the limit too. */
  readonly #admitted = new Map<Address, Set<string>>();
  readonly #waiting = new Map<Address, Promise<unknown>>();
  /** What a tab had served when the day began, by tab and day. */
  readonly #atDayStart = new Map<string, bigint>();

  constructor(db: Database, operator: Address, chain: Pick<Chain, "head">) {
    this.#db = db;
    this.#operator = operator;
    this.#chain = chain;
  }

  /** Sets or, by null, lifts an account's limit in microcredits. */
  async set(account: Address, limit: bigint | null): Promise<void> {
    // Another process may have forgotten the account since this one saw it.
    const now = new Date();
    await this.#db
      .insert(accounts)
      .values({ account, firstSeen: now, lastSeen: now, dailyLimit: limit })
      .onConflictDoUpdate({ target: accounts.account, set: { dailyLimit: limit } });
    await this.#read();
  }

  /** When the day ends, in Unix seconds of the chain's time. */
  resetsAt(): number {
    return Number(this.#dayStart() + DAY);
  }

  /** What was charged to an account's tabs here since the day began, in microcredits. */
  async spentToday(account: Address): Promise<bigint> {
    const own = await this.#tabsOf(account);
    let spent = 0n;
    for (const { tabId, cumulative } of own) spent += cumulative - (await this.#startOf(tabId, cumulative));
    return spent;
  }

  /**
   * Lets a request that is held go on, if what its payer spent today and holds stays within the limit.
   * @throws DailySpendingLimitError; then let go of what is held.
   */
  async require(payer: Address, held: Held): Promise<void> {
    if (Date.now() - this.#readAt > FRESH_MS) await this.#read();
    const limit = this.#limits.get(payer);
    if (limit === undefined) return;
    // One at a time, so that of requests that come at once those that fit are served.
    const before = this.#waiting.get(payer) ?? Promise.resolve();
    const turn = before.then(() => this.#decide(payer, limit, held));
    const settled = turn.catch(() => {});
    this.#waiting.set(payer, settled);
    try {
      await turn;
    } finally {
      if (this.#waiting.get(payer) === settled) this.#waiting.delete(payer);
    }
  }

  async #decide(payer: Address, limit: bigint, { tabId, id, needed }: Held): Promise<void> {
    const own = await this.#tabsOf(payer);
    const running = await this.#db
      .select({ tabId: requests.tabId, id: requests.id, reserved: requests.reserved, instance: requests.instance })
      .from(requests)
      .where(
        and(
          eq(requests.operator, this.#operator),
          eq(requests.status, "reserved"),
          inArray(
            requests.tabId,
            own.map((tab) => tab.tabId),
          ),
        ),
      );
    const key = keyOf(tabId, id);
    const mine = running.find((one) => keyOf(one.tabId, one.id) === key)?.instance;
    const admitted = this.#admitted.get(payer) ?? new Set<string>();
    // Another process's requests may not be let on yet: on the safe side they count.
    const others = running.filter((one) => {
      const other = keyOf(one.tabId, one.id);
      return other !== key && (one.instance !== mine || admitted.has(other));
    });
    const spent = await this.spentToday(payer);
    const holds = others.reduce((sum, { reserved }) => sum + reserved, 0n);
    if (spent + holds + needed > limit) throw new DailySpendingLimitError(limit, spent + holds, this.resetsAt());
    const stillRunning = new Set(others.map((one) => keyOf(one.tabId, one.id)));
    this.#admitted.set(payer, new Set([...admitted].filter((other) => stillRunning.has(other))).add(key));
  }

  #tabsOf(account: Address): Promise<{ tabId: bigint; cumulative: bigint }[]> {
    return this.#db
      .select({ tabId: tabs.tabId, cumulative: tabs.cumulative })
      .from(tabs)
      .where(and(eq(tabs.operator, this.#operator), eq(tabs.payer, account)));
  }

  /** What a tab had served before the first receipt of the day. */
  async #startOf(tabId: bigint, cumulative: bigint): Promise<bigint> {
    const day = this.#dayStart();
    const key = `${tabId} ${day}`;
    const kept = this.#atDayStart.get(key);
    if (kept !== undefined) return kept;
    const ofTab = and(eq(receipts.operator, this.#operator), eq(receipts.tabId, tabId));
    const [last] = await this.#db
      .select({ cumulative: receipts.cumulative })
      .from(receipts)
      .where(and(ofTab, lt(receipts.servedAt, day)))
      .orderBy(desc(receipts.sequence))
      .limit(1);
    const [first] =
      last === undefined
        ? await this.#db.select().from(receipts).where(ofTab).orderBy(receipts.sequence).limit(1)
        : [undefined];
    const start = last?.cumulative ?? (first === undefined ? cumulative : first.cumulative - first.amount - first.fee);
    for (const old of this.#atDayStart.keys()) if (!old.endsWith(` ${day}`)) this.#atDayStart.delete(old);
    this.#atDayStart.set(key, start);
    return start;
  }

  #dayStart(): bigint {
    const now = this.#chain.head().timestamp;
    return now - (now % DAY);
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    const at = Date.now();
    const rows = await this.#db
      .select({ account: accounts.account, limit: sql<bigint>`${accounts.dailyLimit}`.mapWith(BigInt) })
      .from(accounts)
      .where(isNotNull(accounts.dailyLimit));
    this.#limits = new Map(rows.map(({ account, limit }) => [account, limit]));
    this.#readAt = at;
  }
}

function keyOf(tabId: bigint, id: Hex): string {
  return `${tabId}:${id}`;
}
