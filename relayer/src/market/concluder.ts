import { and, eq, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import { DELIVERY, deadlineOf, INSPECTION, RESOLUTION, readOrder } from "../chain/market.ts";
import { waitAfter } from "../passes/keeper.ts";
import { tables } from "../store/index.ts";
import { BATCHES, type DeliverOptions, isAffordable, sendBatch } from "./deliveriesSend.ts";

const { deliveries, transactions: sentTransactions } = tables;

/**
 * Ends this operator's orders that time has decided, by the chain's time and in batches: buyers get refunds and sellers
 * are paid without anybody acting. One process at a time calls this, after the books were followed.
 */
export async function concludeDue(options: DeliverOptions): Promise<void> {
  const { store, chain, operator, config, log } = options;
  await settleConclusions(options);
  const now = chain.head().timestamp;
  const isOver = (status: "Escrowed" | "Delivered" | "Disputed", period: bigint) =>
    and(eq(deliveries.status, status), lt(deliveries.since, now - period));
  const due = and(
    ...[eq(deliveries.operator, operator), eq(deliveries.stale, false), isNull(deliveries.conclusion)],
    or(isOver("Escrowed", DELIVERY), isOver("Delivered", INSPECTION), isOver("Disputed", RESOLUTION)),
    or(isNull(deliveries.concludeNext), lte(deliveries.concludeNext, now)),
  );
  const postpone = (licenceId: bigint, tries: number) =>
    store.db
      .update(deliveries)
      .set({ concludeTries: tries, concludeNext: now + waitAfter(tries), updatedAt: new Date() })
      .where(isLicence(operator, [licenceId]));
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = await store.db
      .select()
      .from(deliveries)
      .where(due)
      .orderBy(deliveries.since, deliveries.licenceId)
      .limit(config.DELIVERY_BATCH);
    if (rows.length === 0 || !(await isAffordable(options))) return;
    const orders = await Promise.all(rows.map(({ licenceId }) => readOrder(chain, licenceId)));
    const ids: bigint[] = [];
    for (const [at, row] of rows.entries()) {
      const order = orders[at];
      const deadline = order === undefined ? undefined : deadlineOf(order);
      if (deadline !== undefined && deadline < now) ids.push(row.licenceId);
      // Somebody else was first; the books will know.
      else await postpone(row.licenceId, row.concludeTries);
    }
    await sendBatch(
      options,
      "conclude",
      ids,
      async (tx, sent, conclusion) => {
        await tx.update(deliveries).set({ conclusion, updatedAt: new Date() }).where(isLicence(operator, sent));
      },
      async (licenceId, error) => {
        log.warn({ error, licence: String(licenceId) }, "an order cannot be concluded; it is tried again later");
        const row = rows.find((one) => one.licenceId === licenceId);
        await postpone(licenceId, (row?.concludeTries ?? 0) + 1);
      },
    );
  }
}

/** What was sent and came to nothing is tried again later. */
async function settleConclusions({ store, chain, operator, metrics }: DeliverOptions): Promise<void> {
  const { number, timestamp } = chain.head();
  const sent = await store.db
    .select({ row: deliveries, outcome: sentTransactions.status, block: sentTransactions.blockNumber })
    .from(deliveries)
    .leftJoin(sentTransactions, eq(sentTransactions.id, deliveries.conclusion))
    .where(
      and(
        ...[eq(deliveries.operator, operator), isNotNull(deliveries.conclusion)],
        inArray(deliveries.status, ["Escrowed", "Delivered", "Disputed"]),
      ),
    );
  for (const { row, outcome, block } of sent) {
    if (outcome === "sent" || outcome === "mined") continue;
    if (outcome === "reverted" && (block ?? 0n) > number - BigInt(chain.finalityBlocks)) continue;
    metrics.deliveries.inc({ outcome: "conclusion_lost" });
    const concludeTries = row.concludeTries + 1;
    await store.db
      .update(deliveries)
      .set({ conclusion: null, concludeTries, concludeNext: timestamp + waitAfter(concludeTries) })
      .where(isLicence(operator, [row.licenceId]));
  }
}

function isLicence(operator: `0x${string}`, ids: readonly bigint[]): SQL | undefined {
  return and(eq(deliveries.operator, operator), inArray(deliveries.licenceId, [...ids]));
}
