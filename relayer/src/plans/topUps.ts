import { cheapestOrder, type PackageOrder, TOP_UP_STATUSES } from "@stelai/sdk";
import { creditPlansAbi, creditStoreAbi } from "@stelai/sdk/abis";
import { and, eq, sql } from "drizzle-orm";
import { type Address, encodeFunctionData } from "viem";
import { waitAfter } from "../passes/keeper.ts";
import { type Database, tables } from "../store/index.ts";
import { topUpRefused } from "./notices.ts";
import { type KeeperOptions, outcomeOf, sendBatch } from "./shared.ts";

const { topUps, transactions: sentTransactions } = tables;

/** What the account is told of: the rest passes by itself, or is what the account wants. */
const TOLD: ReadonlySet<string> = new Set([
  ...["OtherAmount", "PriceAboveMaximum", "CapReached", "BalanceTooLow", "AllowanceTooLow", "TooSmall", "Refused"],
]);

/** Accounts that are looked at together, and how often in one round. */
const READ = 50;
const PAGES = 20;
/** A top-up reads and writes more when it brings a referral's bonus. */
const MINIMUM_GAS = 360_000n;

type Row = typeof topUps.$inferSelect;
type Package = Parameters<typeof cheapestOrder>[0][number];
type Found = { status: string; order: PackageOrder | undefined; windowEnd: bigint };

/** What was sent and is mined may be due again, and is looked at anew; what came to nothing is tried again later. */
export async function concludeTopUps({ store, metrics }: KeeperOptions, now: bigint): Promise<void> {
  const rows = await store.db
    .select({ row: topUps, outcome: sentTransactions.status })
    .from(topUps)
    .leftJoin(sentTransactions, eq(sentTransactions.id, topUps.transactionId))
    .where(eq(topUps.status, "Sent"));
  for (const { row, outcome } of rows) {
    const result = outcomeOf(outcome);
    if (result === "open") continue;
    metrics.kept.inc({ what: "topUp", outcome: result === "mined" ? "ToppedUp" : "Reverted" });
    await set(
      store.db,
      row.account,
      result === "mined"
        ? { status: null, tries: 0, nextTry: null, stale: true }
        : { status: "Reverted", nextTry: now + waitAfter(row.tries) },
    );
  }
}

/**
 * Tops up every account that is due, each in a transaction of its own. That one was made is known by the chain alone:
 * whatever becomes of this process, what is asked for again must be due again, and stays below the account's cap.
 */
export async function topUpDue(options: KeeperOptions, now: bigint): Promise<void> {
  const { store } = options;
  const isOpen = sql`${topUps.status} is distinct from 'Sent' and (${topUps.stale} or ${topUps.nextTry} <= ${now})`;
  let packages: Package[] | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const rows = await store.db
      .select()
      .from(topUps)
      .where(and(eq(topUps.agreed, true), isOpen))
      .orderBy(topUps.account)
      .limit(READ);
    if (rows.length === 0) return;
    packages ??= await packagesOf(options);
    const table = packages;
    const found = await Promise.all(rows.map(({ account }) => look(options, account, table)));
    for (const [index, row] of rows.entries()) {
      const one = found[index];
      if (one !== undefined) await act(options, row, one, now);
    }
  }
}

async function packagesOf({ chain }: KeeperOptions): Promise<Package[]> {
  const [firstId, table] = await chain.client.readContract({
    ...{ address: chain.contracts.CreditStore, abi: creditStoreAbi, functionName: "packages" },
  });
  return table.map((entry, index) => ({ packageId: firstId + BigInt(index), ...entry }));
}

/** What a top-up would do now, by the cheapest way to buy exactly what was agreed to. */
async function look({ chain }: KeeperOptions, account: Address, packages: readonly Package[]): Promise<Found> {
  const plans = { address: chain.contracts.CreditPlans, abi: creditPlansAbi } as const;
  const [agreed, , windowEnd] = await chain.client.readContract({
    ...{ ...plans, functionName: "topUpOf", args: [account] },
  });
  const order = cheapestOrder(packages, agreed.credits);
  const status = await chain.client.readContract({
    // Of no package it says why not, like of one that is not for sale.
    ...{ ...plans, functionName: "topUpStatusOf", args: [account, order?.packageId ?? 0n, order?.quantity ?? 0n] },
  });
  return { status: TOP_UP_STATUSES[status] ?? "NotAgreed", order, windowEnd };
}

async function act(options: KeeperOptions, row: Row, { status, order, windowEnd }: Found, now: bigint): Promise<void> {
  const { store, config, quotas } = options;
  const { account } = row;
  if (status === "NotAgreed" || status === "BalanceEnough") {
    const agreed = status === "BalanceEnough";
    await set(store.db, account, { stale: false, agreed, status: null, tries: 0, nextTry: null });
    return;
  }
  if (status !== "Due" || order === undefined) return refused(options, row, { status, windowEnd }, now);
  if (order.price < config.TOP_UP_MINIMUM_PRICE) {
    return refused(options, row, { status: "TooSmall", windowEnd }, now);
  }
  const limit = BigInt(config.TOP_UPS_PER_ACCOUNT_PER_DAY);
  if ((await quotas.leftOf({ ...ofAccount(account), limit })) === 0n) {
    return refused(options, row, { status: "DailyLimit", windowEnd }, now);
  }
  await send(options, row, { order, windowEnd }, now);
}

function send(
  options: KeeperOptions,
  row: Row,
  { order, windowEnd }: { order: PackageOrder; windowEnd: bigint },
  now: bigint,
): Promise<void> {
  const { chain, quotas, metrics, log } = options;
  const { account } = row;
  return sendBatch(options, {
    rows: [row],
    request: () => ({
      to: chain.contracts.CreditPlans,
      data: encodeFunctionData({
        ...{ abi: creditPlansAbi, functionName: "topUp", args: [account, order.packageId, order.quantity] },
      }),
      description: `top up ${account}`,
      minimumGas: MINIMUM_GAS,
    }),
    sent: async (tx, _rows, transactionId) => {
      await quotas.within(tx).count({ ...ofAccount(account), amount: 1n });
      await set(tx, account, { stale: false, status: "Sent", tries: row.tries + 1, nextTry: null, transactionId });
      metrics.kept.inc({ what: "topUp", outcome: "Sent" });
    },
    refused: async (_row, error) => {
      log.warn({ error, account }, "a top-up would revert; it is tried again later");
      await refused(options, row, { status: "Refused", windowEnd }, now);
    },
  });
}

/** Records why it was not made, tells the account once until something changes, and waits longer each time. */
async function refused(
  { store, metrics, quotas, tell }: KeeperOptions,
  { account, tries, touched }: Row,
  { status, windowEnd }: { status: string; windowEnd: bigint },
  now: bigint,
): Promise<void> {
  metrics.kept.inc({ what: "topUp", outcome: status });
  if (TOLD.has(status)) await tell(topUpRefused(account, status, `${touched}:${windowEnd}`));
  const waits: Readonly<Record<string, bigint>> = {
    CapReached: windowEnd,
    DailyLimit: now + BigInt(quotas.secondsToMidnight()),
  };
  const nextTry = waits[status] ?? now + waitAfter(tries + 1);
  await set(store.db, account, { stale: false, status, tries: tries + 1, nextTry });
}

/** How often an account was topped up today. */
function ofAccount(account: Address) {
  return { scope: "keeper.topUps", subject: account } as const;
}

async function set(db: Database, account: Address, fields: Partial<typeof topUps.$inferInsert>): Promise<void> {
  await db.update(topUps).set(fields).where(eq(topUps.account, account));
}
