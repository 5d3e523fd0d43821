import { creditPlansAbi } from "@stelai/sdk/abis";
import { and, eq, gt, lte, ne, sql } from "drizzle-orm";
import { encodeFunctionData } from "viem";
import { LAPSE, RENEWAL_STATUSES, waitAfter } from "../passes/keeper.ts";
import { TRANSACTION_GAS } from "../settlement/transactions.ts";
import { type Database, tables } from "../store/index.ts";
import { planRefused } from "./notices.ts";
import { type KeeperOptions, outcomeOf, sendBatch } from "./shared.ts";

const { subscriptions, transactions: sentTransactions } = tables;

/** What the subscriber is told of: the rest passes by itself, or is what the subscriber wants. */
const TOLD: ReadonlySet<string> = new Set([
  ...["NotOffered", "PriceAboveMandate", "BalanceTooLow", "AllowanceTooLow", "Refused"],
]);

/** More than one renewal ever uses, a referral's bonus for both sides included; unused gas is not paid. */
const RENEWAL_GAS = 300_000n;
const BASE_GAS = 60_000n;
const MOST_AT_ONCE = Number((TRANSACTION_GAS - BASE_GAS) / RENEWAL_GAS);
/** Batches of one round. */
const BATCHES = 20;
/** What ended longer ago is no news when it becomes known. */
const NEWS = 2n * 86_400n;

type Row = typeof subscriptions.$inferSelect;

/** What was tried is about the cycle that ended last. */
const isTried = eq(subscriptions.triedUntil, subscriptions.until);

/** What was sent and came to nothing is tried again later. */
export async function concludeRenewals({ store, metrics }: KeeperOptions, now: bigint): Promise<void> {
  const rows = await store.db
    .select({ row: subscriptions, outcome: sentTransactions.status })
    .from(subscriptions)
    .leftJoin(sentTransactions, eq(sentTransactions.id, subscriptions.transactionId))
    .where(eq(subscriptions.status, "Sent"));
  for (const { row, outcome } of rows) {
    // Until it is final, a reorganisation may have it done again by itself.
    if (outcome === "sent" || outcome === "mined") continue;
    const isRenewed = row.triedUntil !== row.until;
    const status = isRenewed ? "Renewed" : outcomeOf(outcome) === "mined" ? "Skipped" : "Reverted";
    metrics.kept.inc({ what: "plan", outcome: status });
    const nextTry = isRenewed ? null : now + waitAfter(row.tries);
    await store.db.update(subscriptions).set({ status, nextTry }).where(eq(subscriptions.account, row.account));
  }
}

/** Renews every plan that is due, whoever's it is. */
export async function renewPlans(options: KeeperOptions, now: bigint): Promise<void> {
  const { store, config } = options;
  await tellLapsed(options, now);
  const { until, status, nextTry } = subscriptions;
  const isDue = and(eq(subscriptions.renews, true), lte(until, now), gt(until, now - LAPSE - 1n));
  const isWaiting = sql`(${subscriptions.triedUntil} is distinct from ${until} or ${status} is null or (${status} <> 'Sent' and ${nextTry} <= ${now}))`;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = await store.db
      .select()
      .from(subscriptions)
      .where(and(eq(subscriptions.stale, false), isDue, isWaiting))
      .orderBy(until)
      .limit(Math.min(config.KEEPER_BATCH, MOST_AT_ONCE));
    if (rows.length === 0) return;
    const statuses = await statusesOf(options, rows);
    const due: Row[] = [];
    for (const [index, row] of rows.entries()) {
      const found = RENEWAL_STATUSES[statuses[index] ?? 1] ?? "NotDue";
      if (found === "Due") due.push(row);
      else await refused(options, row, found, now);
    }
    await send(options, due, now);
  }
}

function statusesOf({ chain }: KeeperOptions, rows: readonly Row[]): Promise<readonly number[]> {
  return chain.client.readContract({
    ...{ address: chain.contracts.CreditPlans, abi: creditPlansAbi, functionName: "renewalsOf" },
    args: [rows.map(({ account }) => account)],
  });
}

function send(options: KeeperOptions, due: readonly Row[], now: bigint): Promise<void> {
  const { chain, metrics, log } = options;
  return sendBatch(options, {
    rows: due,
    request: (rows) => ({
      to: chain.contracts.CreditPlans,
      data: encodeFunctionData({
        ...{ abi: creditPlansAbi, functionName: "renew", args: [rows.map(({ account }) => account)] },
      }),
      description: `renew ${rows.length} plans`,
      // The estimate of one whose money is gone by then is too low for when it is back.
      minimumGas: BASE_GAS + BigInt(rows.length) * RENEWAL_GAS,
      maximumGas: TRANSACTION_GAS,
    }),
    sent: async (tx, rows, transactionId) => {
      for (const row of rows) await record(tx, row, { status: "Sent", nextTry: null, transactionId });
      metrics.kept.inc({ what: "plan", outcome: "Sent" }, rows.length);
    },
    refused: async (row, error) => {
      log.warn({ error, account: row.account }, "a plan's renewal would revert; it is tried again later");
      await refused(options, row, "Refused", now);
    },
  });
}

/** Records why it was not renewed, tells the subscriber once a cycle, and waits longer each time. */
async function refused(options: KeeperOptions, row: Row, status: string, now: bigint): Promise<void> {
  const { store, metrics } = options;
  metrics.kept.inc({ what: "plan", outcome: status });
  if (TOLD.has(status)) await tell(options, row, status);
  await record(store.db, row, { status, nextTry: now + waitAfter(triesOf(row) + 1), transactionId: null });
}

/** An agreement that lapsed without a renewal, once. */
async function tellLapsed(options: KeeperOptions, now: bigint): Promise<void> {
  const { store, metrics } = options;
  const { until } = subscriptions;
  const hasLapsed = and(lte(until, now - LAPSE - 1n), gt(until, now - LAPSE - NEWS));
  const rows = await store.db
    .select()
    .from(subscriptions)
    .where(
      and(
        ...[eq(subscriptions.stale, false), eq(subscriptions.renews, true), hasLapsed, isTried],
        ne(subscriptions.status, "Lapsed"),
      ),
    );
  for (const row of rows) {
    metrics.kept.inc({ what: "plan", outcome: "Lapsed" });
    await tell(options, row, "Lapsed");
    await record(store.db, row, { status: "Lapsed", nextTry: null, transactionId: null });
  }
}

async function tell({ chain, tell }: KeeperOptions, { account, planId, until }: Row, reason: string): Promise<void> {
  const { price } = await chain.client.readContract({
    ...{ address: chain.contracts.CreditPlans, abi: creditPlansAbi, functionName: "planOf", args: [planId] },
  });
  await tell(planRefused(account, { planId, until, price, reason }));
}

function triesOf({ tries, triedUntil, until }: Row): number {
  return triedUntil === until ? tries : 0;
}

type Record = Pick<typeof subscriptions.$inferInsert, "status" | "nextTry" | "transactionId">;

async function record(db: Database, row: Row, fields: Record): Promise<void> {
  await db
    .update(subscriptions)
    .set({ ...fields, tries: triesOf(row) + 1, triedUntil: row.until })
    .where(eq(subscriptions.account, row.account));
}
