import { decodeSettled, type RowOutcome } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, asc, eq, gt, inArray, lt } from "drizzle-orm";
import { type Hex, parseEventLogs } from "viem";
import { sameAddress } from "../chain/index.ts";
import { type SealStatus, seals, tabs } from "../store/schema/metering.ts";
import { transactions } from "../store/schema/operation.ts";
import type { SettlementOptions } from "./index.ts";

/** Why a seal is refused that the chain never came to. */
const FOLLOWS_REFUSED = "follows a refused one";

type SealRow = typeof seals.$inferSelect;
type Needs = Pick<SettlementOptions, "store" | "chain" | "operator" | "log" | "metrics" | "metering">;

/**
 * Brings every seal that was sent to where its transaction is: back to waiting when that was reverted or lost, and
 * when it was mined to what the chain says of its row.
 * @returns the characters (0: the operator's fee) that newly earned something.
 */
export async function reconcile(needs: Needs): Promise<Set<bigint>> {
  const { store, operator } = needs;
  const open = await store.db
    .select({ seal: seals, transaction: transactions })
    .from(seals)
    .innerJoin(transactions, eq(transactions.id, seals.transactionId))
    .where(and(eq(seals.operator, operator.address), inArray(seals.status, ["sent", "mined"])))
    .orderBy(asc(seals.number));
  const earned = new Set<bigint>();
  const outcomes = new Map<Hex, Map<string, RowOutcome>>();
  for (const { seal, transaction } of open) {
    if (transaction.status === "reverted" || transaction.status === "replaced") {
      await sendAgain(needs, seal);
    } else if (transaction.status === "sent") {
      if (seal.status === "mined") await set(needs, seal, { status: "sent" });
    } else if (transaction.hash !== null) {
      // Read when it is mined, and once more when it is final: a reorganisation may have changed the outcome.
      const target: SealStatus = transaction.status === "final" ? "final" : "mined";
      if (seal.status === target) continue;
      const rows = outcomes.get(transaction.hash) ?? (await outcomesOf(needs, transaction.hash));
      outcomes.set(transaction.hash, rows);
      const outcome = rows.get(rowKey(seal)) ?? rows.get(seal.tabId.toString());
      if (outcome === "Paid") {
        await set(needs, seal, { status: target });
        for (const line of seal.lines) earned.add(BigInt(line.characterId));
      } else {
        await skipped(needs, seal, outcome, target);
      }
    }
  }
  return earned;
}

/** A row that was not paid: settled before by another way, too early, or refused for good. */
async function skipped(
  needs: Needs,
  seal: SealRow,
  outcome: RowOutcome | undefined,
  target: SealStatus,
): Promise<void> {
  const { chain, operator, log, metrics } = needs;
  const { spent } = await chain.client.readContract({
    address: chain.contracts.InferenceMeter,
    abi: inferenceMeterAbi,
    functionName: "tabOf",
    args: [operator.address, seal.tabId],
  });
  if (BigInt(spent) >= seal.cumulative) {
    // Anyone may settle what is sealed.
    await set(needs, seal, { status: target, reason: "settled by another" });
  } else if (BigInt(spent) < seal.base) {
    // The one before it is not settled yet.
    await sendAgain(needs, seal);
  } else {
    const reason = outcome ?? "missing";
    log.error({ tab: seal.tabId.toString(), base: seal.base.toString(), reason }, "the chain refused a sealed voucher");
    metrics.refusedRows.inc({ reason });
    await breakTab(needs, seal, reason);
  }
}

/**
 * Refused for good: the chain's total stays below the base that everything later starts from, so nothing more of
 * the tab can be settled, and nothing more is served. In one transaction with the seal, so that none slips between.
 */
async function breakTab({ store }: Needs, seal: SealRow, reason: string): Promise<void> {
  await store.transaction(async (tx) => {
    await tx
      .update(tabs)
      .set({ broken: reason })
      .where(and(eq(tabs.operator, seal.operator), eq(tabs.tabId, seal.tabId)));
    await tx.update(seals).set({ status: "refused", reason }).where(eq(seals.number, seal.number));
    // What waits to be sent starts from this one: it would be skipped, again and again.
    await tx
      .update(seals)
      .set({ status: "refused", reason: FOLLOWS_REFUSED })
      .where(
        and(
          ...[eq(seals.operator, seal.operator), eq(seals.tabId, seal.tabId)],
          ...[eq(seals.status, "sealed"), gt(seals.number, seal.number)],
        ),
      );
  });
}

/** Back to waiting; or refused when a seal before it was, for then the chain never comes to where this one starts. */
async function sendAgain(needs: Needs, seal: SealRow): Promise<void> {
  const [refused] = await needs.store.db
    .select({ number: seals.number })
    .from(seals)
    .where(
      and(
        ...[eq(seals.operator, seal.operator), eq(seals.tabId, seal.tabId)],
        ...[eq(seals.status, "refused"), lt(seals.number, seal.number)],
      ),
    )
    .limit(1);
  if (refused === undefined) await set(needs, seal, { status: "sealed", transactionId: null });
  else await set(needs, seal, { status: "refused", reason: FOLLOWS_REFUSED });
}

/** What became of each row of a batch: paid ones by tab and total, skipped ones by tab. */
async function outcomesOf({ chain, operator }: Needs, hash: Hex): Promise<Map<string, RowOutcome>> {
  const receipt = await chain.client.getTransactionReceipt({ hash });
  const events = parseEventLogs({ abi: inferenceMeterAbi, eventName: "Settled", logs: receipt.logs });
  const outcomes = new Map<string, RowOutcome>();
  for (const event of events) {
    if (!sameAddress(event.address, chain.contracts.InferenceMeter)) continue;
    if (!sameAddress(event.args.operator, operator.address)) continue;
    for (const row of decodeSettled(event.args.rows)) {
      const key = row.outcome === "Paid" ? `${row.tabId}:${row.cumulative}` : row.tabId.toString();
      // Of several that were skipped the first says why; the others only start where it should have ended.
      if (!outcomes.has(key)) outcomes.set(key, row.outcome);
    }
  }
  return outcomes;
}

function rowKey({ tabId, cumulative }: SealRow): string {
  return `${tabId}:${cumulative}`;
}

async function set({ store }: Needs, seal: SealRow, values: Partial<typeof seals.$inferInsert>): Promise<void> {
  await store.db.update(seals).set(values).where(eq(seals.number, seal.number));
}
