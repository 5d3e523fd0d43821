import { setTimeout as delay } from "node:timers/promises";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { type Address, BaseError, ContractFunctionRevertedError, zeroHash } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Store } from "../store/index.ts";
import { tabs } from "../store/schema/metering.ts";

/** A tab's row: the chain's side as of `chainBlock`, and where metering stands. */
export type TabRow = typeof tabs.$inferSelect;

/** The tabs of one operator: rows that mirror the chain. */
export type TabBook = {
  /**
   * The row, read from the chain first when it is not known; undefined when there is no such tab.
   * @param signer Who signed for it (lower-case): when that is none of its keys, it may have been rotated just now.
   */
  find(tabId: bigint, signer?: string): Promise<TabRow | undefined>;
  /**
   * Reads the tab from the chain again. What another process read later stays, unless a reorganisation took blocks
   * back: then an older block is the truth.
   */
  sync(tabId: bigint, isReorganised?: boolean): Promise<TabRow | undefined>;
  /**
   * The row after reading the tab from the chain again: for when what is known of it speaks against a request, and may
   * be older than what its payer just did. It is read at most once a second for each tab, so that whoever asks again
   * within that second waits for its end, and never gets what was read before they asked.
   */
  refresh(tabId: bigint): Promise<TabRow | undefined>;
  /** Reads again every tab that was read in `block` or later: a reorganisation may have come unseen. */
  syncSince(block: bigint): Promise<void>;
  /** Every tab whose row exists, of those given. */
  known(tabIds: readonly bigint[]): Promise<bigint[]>;
};

/** How often one tab is read again because somebody asks with it, and of how many that is remembered. */
const REFRESH_MS = 1_000;
const MAX_READINGS = 10_000;

type Limits = Pick<Config, "EXPOSURE_INITIAL" | "EXPOSURE_SETTLED_BPS" | "EXPOSURE_MAXIMUM">;

/** Tabs that `operator` serves. */
export function createTabBook(store: Store, chain: Chain, operator: Address, limits: Limits): TabBook {
  const select = async (tabId: bigint) => {
    const [row] = await store.db
      .select()
      .from(tabs)
      .where(and(eq(tabs.operator, operator), eq(tabs.tabId, tabId)));
    return row;
  };

  const sync = async (tabId: bigint, isReorganised = false): Promise<TabRow | undefined> => {
    // The block is read first: what is stored is at least as new as it says.
    const block = (await chain.refresh()).number;
    const tab = await chain.client
      .readContract({
        address: chain.contracts.InferenceMeter,
        abi: inferenceMeterAbi,
        functionName: "tabOf",
        args: [operator, tabId],
      })
      .catch((error: unknown) => {
        if (error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError))
          return undefined;
        throw error;
      });
    if (tab === undefined) {
      // Its opening was taken back: nothing stands behind the row until it is opened again.
      if (isReorganised) {
        await store.db
          .update(tabs)
          .set({ closed: true, chainBlock: block })
          .where(and(eq(tabs.operator, operator), eq(tabs.tabId, tabId)));
      }
      return undefined;
    }
    const spent = BigInt(tab.spent);
    const cap = BigInt(tab.cap);
    const chainSide = {
      payer: tab.payer,
      sessionKey: tab.sessionKey,
      previousKey: tab.previousKey,
      previousKeyUntil: tab.previousKeyUntil,
      cap,
      spent,
      expiry: tab.expiry,
      closing: tab.closing,
      bonus: BigInt(tab.bonus),
      // Closing a tab for good leaves nothing above what was spent.
      closed: tab.closing && cap === spent,
      chainBlock: block,
    };
    await store.db
      .insert(tabs)
      .values({
        operator,
        tabId,
        ...chainSide,
        exposureLimit: limits.EXPOSURE_INITIAL,
        base: spent,
        sealedSequence: 0n,
        cumulative: spent,
        signed: spent,
        reserved: 0n,
        inFlight: 0,
        lines: [],
        head: zeroHash,
        sequence: 0n,
      })
      .onConflictDoUpdate({
        target: [tabs.operator, tabs.tabId],
        // Another payer's under the same number: what is in the books is not theirs to pay.
        set: {
          ...chainSide,
          broken: sql`case when ${tabs.payer} <> excluded.payer and ${tabs.sequence} > 0 then 'Reorganised' else ${tabs.broken} end`,
        },
        ...(isReorganised ? {} : { setWhere: sql`${tabs.chainBlock} <= ${block}` }),
      });
    await adjustExposure(store, operator, tab.payer, limits);
    return select(tabId);
  };

  const readings = new Map<bigint, { at: number; next?: Promise<TabRow | undefined> }>();
  const refresh = (tabId: bigint): Promise<TabRow | undefined> => {
    const reading = readings.get(tabId);
    if (reading?.next !== undefined) return reading.next;
    const wait = reading === undefined ? 0 : reading.at + REFRESH_MS - performance.now();
    const read = async () => {
      if (wait > 0) await delay(wait);
      // Who asks from here on may know of what this reading misses, and waits for the one after it.
      readings.delete(tabId);
      readings.set(tabId, { at: performance.now() });
      const oldest = readings.keys().next().value;
      if (readings.size > MAX_READINGS && oldest !== undefined) readings.delete(oldest);
      return (await sync(tabId)) ?? select(tabId);
    };
    const next = read();
    if (wait > 0) readings.set(tabId, { at: 0, next });
    return next;
  };

  const known = async (tabIds: readonly bigint[]) => {
    if (tabIds.length === 0) return [];
    const rows = await store.db
      .select({ tabId: tabs.tabId })
      .from(tabs)
      .where(and(eq(tabs.operator, operator), inArray(tabs.tabId, [...tabIds])));
    return rows.map((row) => row.tabId);
  };

  const syncSince = async (block: bigint) => {
    const rows = await store.db
      .select({ tabId: tabs.tabId })
      .from(tabs)
      .where(and(eq(tabs.operator, operator), gte(tabs.chainBlock, block)));
    for (const { tabId } of rows) await sync(tabId, true);
  };

  const find: TabBook["find"] = async (tabId, signer) => {
    const row = (await select(tabId)) ?? (await sync(tabId));
    if (row === undefined || signer === undefined || hasKey(row, signer)) return row;
    return (await refresh(tabId)) ?? row;
  };

  return { sync, refresh, syncSince, known, find };
}

/** Whether one of a tab's session keys, the one before included, is `signer` (lower-case). */
export function hasKey({ sessionKey, previousKey }: TabRow, signer: string): boolean {
  return signer === sessionKey.toLowerCase() || signer === previousKey.toLowerCase();
}

/**
 * Whether the operator holds the session key that is in force, as it does for a budget key: then it signs for what it
 * charges itself.
 */
export function isKeyHeld({ sessionKey, heldKey }: Pick<TabRow, "sessionKey" | "heldKey">): boolean {
  return heldKey !== null && heldKey === sessionKey.toLowerCase();
}

/** Whether the operator can sign what was served: the key it holds is in force, or was until the last rotation. */
export function canSignFor(tab: TabRow): boolean {
  return tab.heldKey !== null && hasKey(tab, tab.heldKey);
}

/** The exposure that a payer's tabs are allowed grows with what the payer has settled with this operator. */
async function adjustExposure(store: Store, operator: Address, payer: Address, limits: Limits): Promise<void> {
  const ofPayer = and(eq(tabs.operator, operator), eq(tabs.payer, payer));
  const { tabId, spent, exposureLimit, closed } = tabs;
  const rows = await store.db.select({ tabId, spent, exposureLimit, closed }).from(tabs).where(ofPayer);
  const settled = rows.reduce((sum, row) => sum + row.spent, 0n);
  const grown = limits.EXPOSURE_INITIAL + (settled * BigInt(limits.EXPOSURE_SETTLED_BPS)) / 10_000n;
  const limit = grown < limits.EXPOSURE_MAXIMUM ? grown : limits.EXPOSURE_MAXIMUM;
  // One row a statement: no two locks at once, whoever else writes them.
  for (const row of rows) {
    if (row.closed || row.exposureLimit === limit) continue;
    await store.db
      .update(tabs)
      .set({ exposureLimit: limit })
      .where(and(eq(tabs.operator, operator), eq(tabs.tabId, row.tabId)));
  }
}
