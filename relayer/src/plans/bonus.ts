import { rewardsAbi } from "@stelai/sdk/abis";
import { and, desc, eq, gt, gte, inArray, lt, lte, or, sql } from "drizzle-orm";
import { type Address, encodeFunctionData } from "viem";
import { TRANSACTION_GAS } from "../settlement/transactions.ts";
import { type Database, tables } from "../store/index.ts";
import { bonusLapsing } from "./notices.ts";
import { type KeeperOptions, sendBatch } from "./shared.ts";

const { bonuses, recordedTabs, tabs, transactions: sentTransactions } = tables;

const DAY = 86_400n;
const CREDIT = 1_000_000n;
/** Spending is recorded for bonus credits that lapse so soon: it puts that off by 180 days. */
const RECORD_BEFORE = 60n * DAY;
/** How many days before they lapse a holder is warned, the nearest first. */
const WARNINGS = [3, 14] as const;

const RECORDING = "record spending for bonus credits";
const BURNING = "burn bonus credits that lapsed";

/**
 * Has Rewards know what was spent in tabs here by accounts whose bonus credits would lapse soon. Of each account the tab
 * that settled most: one is enough.
 */
export async function recordSpending(options: KeeperOptions, operator: Address, now: bigint): Promise<void> {
  const { store, chain, transactions, config, log, metrics } = options;
  const { lapsesAt, balance } = bonuses;
  // What lapsed stays lapsed; what a tab may still give back is kept alive all the same.
  const isAlive = or(
    and(gt(balance, 0n), gt(lapsesAt, now)),
    and(eq(balance, 0n), gt(lapsesAt, 0n), eq(tabs.closed, false), gt(tabs.bonus, tabs.spent)),
  );
  const isNew = sql`(${recordedTabs.spent} is null or ${tabs.spent} > ${recordedTabs.spent} or ${sentTransactions.status} in ('reverted', 'replaced'))`;
  const rows = await store.db
    .selectDistinctOn([tabs.payer], { tabId: tabs.tabId, spent: tabs.spent })
    .from(tabs)
    .innerJoin(bonuses, eq(bonuses.account, tabs.payer))
    .leftJoin(recordedTabs, and(eq(recordedTabs.operator, tabs.operator), eq(recordedTabs.tabId, tabs.tabId)))
    .leftJoin(sentTransactions, eq(sentTransactions.id, recordedTabs.transactionId))
    .where(
      and(
        ...[eq(tabs.operator, operator), gt(tabs.spent, 0n), isNew],
        ...[eq(bonuses.stale, false), lte(lapsesAt, now + RECORD_BEFORE), isAlive],
      ),
    )
    .orderBy(tabs.payer, desc(tabs.spent))
    .limit(config.KEEPER_BATCH);
  if (rows.length === 0 || (await transactions.isPending(RECORDING))) return;
  const rewards = { address: chain.contracts.Rewards, abi: rewardsAbi } as const;
  if (!(await chain.client.readContract({ ...rewards, functionName: "isTrusted", args: [operator] }))) return;
  const remember = async (db: Database, recorded: typeof rows, transactionId: number | null) => {
    const values = recorded.map((row) => ({ ...row, operator, transactionId }));
    await db
      .insert(recordedTabs)
      .values(values)
      .onConflictDoUpdate({
        target: [recordedTabs.operator, recordedTabs.tabId],
        set: { spent: sql`excluded.spent`, transactionId: sql`excluded.transaction_id` },
      });
  };
  await sendBatch(options, {
    rows,
    request: (some) => ({
      to: chain.contracts.Rewards,
      data: encodeFunctionData({
        ...{ abi: rewardsAbi, functionName: "recordSpending", args: [operator, some.map(({ tabId }) => tabId)] },
      }),
      description: RECORDING,
      maximumGas: TRANSACTION_GAS,
    }),
    sent: async (tx, some, transactionId) => {
      await remember(tx, [...some], transactionId);
      metrics.kept.inc({ what: "spending", outcome: "Sent" }, some.length);
    },
    refused: async (row, error) => {
      log.warn({ error, tab: String(row.tabId) }, "the spending of a tab cannot be recorded");
      metrics.kept.inc({ what: "spending", outcome: "Refused" });
      await remember(store.db, [row], null);
    },
  });
}

/** Warns holders before their bonus credits lapse; of less than a credit nobody is. */
export async function warnLapsing({ store, tell }: KeeperOptions, now: bigint): Promise<void> {
  for (const days of WARNINGS) {
    const isUntold = sql`(${bonuses.warnedFor} is distinct from ${bonuses.lapsesAt} or ${bonuses.warnedDays} > ${days})`;
    const isNear = and(gt(bonuses.lapsesAt, now), lte(bonuses.lapsesAt, now + BigInt(days) * DAY));
    const rows = await store.db
      .select()
      .from(bonuses)
      .where(and(eq(bonuses.stale, false), gte(bonuses.balance, CREDIT), isNear, isUntold));
    for (const { account, balance, lapsesAt } of rows) {
      await tell(bonusLapsing(account, balance, lapsesAt, days));
      await store.db.update(bonuses).set({ warnedFor: lapsesAt, warnedDays: days }).where(eq(bonuses.account, account));
    }
  }
}

/** Burns what lapsed, the largest first, once it comes to enough: its backing becomes surplus. */
export async function burnLapsed(options: KeeperOptions, now: bigint): Promise<void> {
  const { store, chain, transactions, config, log, metrics } = options;
  if (config.BURN_MINIMUM === 0n) return;
  const { balance, lapsesAt, burnTransactionId } = bonuses;
  const isUnsent = sql`(${burnTransactionId} is null or ${sentTransactions.status} in ('reverted', 'replaced'))`;
  const rows = await store.db
    .select({ account: bonuses.account, balance })
    .from(bonuses)
    .leftJoin(sentTransactions, eq(sentTransactions.id, burnTransactionId))
    .where(and(eq(bonuses.stale, false), gt(balance, 0n), lt(lapsesAt, now), isUnsent))
    .orderBy(desc(bonuses.balance))
    .limit(config.KEEPER_BATCH);
  const lapsed = rows.reduce((sum, { balance }) => sum + balance, 0n);
  if (lapsed < config.BURN_MINIMUM || (await transactions.isPending(BURNING))) return;
  await sendBatch(options, {
    rows,
    request: (some) => ({
      to: chain.contracts.Rewards,
      data: encodeFunctionData({
        ...{ abi: rewardsAbi, functionName: "burnLapsed", args: [some.map(({ account }) => account)] },
      }),
      description: BURNING,
      maximumGas: TRANSACTION_GAS,
    }),
    sent: async (tx, some, burnTransactionId) => {
      const accounts = some.map(({ account }) => account);
      await tx.update(bonuses).set({ burnTransactionId }).where(inArray(bonuses.account, accounts));
      metrics.kept.inc({ what: "lapse", outcome: "Sent" }, some.length);
    },
    refused: async ({ account }, error) => {
      log.warn({ error, account }, "bonus credits that lapsed cannot be burned");
      // Nothing, until an event speaks of it again.
      await store.db.update(bonuses).set({ balance: 0n }).where(eq(bonuses.account, account));
    },
  });
}
