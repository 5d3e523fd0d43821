import { and, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import { DELIVERY, readOffer, readOrder, requireWork } from "../chain/market.ts";
import { UnavailableError } from "../errors.ts";
import { waitAfter } from "../passes/keeper.ts";
import { tables } from "../store/index.ts";
import { BATCHES, type DeliverOptions, isAffordable, sendBatch } from "./deliveriesSend.ts";

const { deliveries, transactions: sentTransactions } = tables;

/** What cannot be mined with so many seconds to spare is not sent: it would be passed over. */
const MARGIN = 60n;
/** A licence that ends sooner is not worth its price any more: it is refunded rather than delivered. */
const WORTHWHILE = 86_400n;
const MICRO = 1_000_000;

type Row = typeof deliveries.$inferSelect;

/** Whether the file of a work can be had: yes, no and why, or it cannot be known now. */
type Verdict = { state: "ok" } | { state: "problem"; problem: string } | { state: "unknown" };

/**
 * Attests what can be delivered of purchases that are final, in batches; records why of what cannot. A file is looked at
 * once a round, however many bought it. One process at a time calls this, after the books were followed.
 */
export async function attestDeliveries(options: DeliverOptions): Promise<void> {
  const { store, chain, operator, config } = options;
  await settleAttestations(options);
  const { number, timestamp } = chain.head();
  const due = and(
    ...[eq(deliveries.operator, operator), eq(deliveries.status, "Escrowed"), eq(deliveries.stale, false)],
    ...[isNull(deliveries.attestation), lte(deliveries.boughtBlock, number - BigInt(chain.finalityBlocks))],
    gt(deliveries.since, timestamp - DELIVERY + MARGIN),
    or(isNull(deliveries.nextTry), lte(deliveries.nextTry, timestamp)),
  );
  const verdicts = new Map<bigint, Verdict>();
  const prices = new Map<bigint, bigint>();
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = await store.db
      .select()
      .from(deliveries)
      .where(due)
      .orderBy(deliveries.since, deliveries.licenceId)
      .limit(config.DELIVERY_BATCH);
    if (rows.length === 0 || !(await isAffordable(options))) return;
    const ready: bigint[] = [];
    for (const row of rows) {
      const unfit = endsSoon(row, timestamp) ?? (await tooCheap(options, row, prices));
      if (unfit !== undefined) {
        await failed(options, row, unfit, timestamp);
        continue;
      }
      const verdict = verdicts.get(row.workId) ?? (await verdictOn(options, row.workId));
      verdicts.set(row.workId, verdict);
      if (verdict.state === "ok") ready.push(row.licenceId);
      else await failed(options, row, verdict.state === "problem" ? verdict.problem : null, timestamp);
    }
    await attest(options, await stillOpen(options, ready), timestamp);
  }
}

/** What was sent and came to nothing is tried again later. */
async function settleAttestations({ store, chain, operator, metrics }: DeliverOptions): Promise<void> {
  const { number, timestamp } = chain.head();
  const sent = await store.db
    .select({ row: deliveries, outcome: sentTransactions.status, block: sentTransactions.blockNumber })
    .from(deliveries)
    .leftJoin(sentTransactions, eq(sentTransactions.id, deliveries.attestation))
    .where(
      and(eq(deliveries.operator, operator), eq(deliveries.status, "Escrowed"), isNotNull(deliveries.attestation)),
    );
  for (const { row, outcome, block } of sent) {
    if (outcome === "sent" || outcome === "mined") continue;
    // A reverted one may be mined again by a reorganisation while it is not final.
    if (outcome === "reverted" && (block ?? 0n) > number - BigInt(chain.finalityBlocks)) continue;
    metrics.deliveries.inc({ outcome: "attestation_lost" });
    await store.db
      .update(deliveries)
      .set({ attestation: null, tries: row.tries + 1, nextTry: timestamp + waitAfter(row.tries + 1) })
      .where(isRow(row));
  }
}

/** Why a licence is not delivered that is nearly over, or is; undefined when it is not. */
function endsSoon({ expiry }: Row, now: bigint): string | undefined {
  if (expiry === 0n || expiry >= now + WORTHWHILE) return undefined;
  const when = expiry < now ? "has ended" : "ends in less than a day";
  return `The licence ${when}, so it is not delivered any more. The price comes back to the holder.`;
}

/** Why a licence is not delivered that brings less than delivering it costs; undefined when it is not so cheap. */
async function tooCheap(
  { chain, config }: DeliverOptions,
  { offerId }: Row,
  prices: Map<bigint, bigint>,
): Promise<string | undefined> {
  const price = prices.get(offerId) ?? BigInt((await readOffer(chain, offerId)).price);
  prices.set(offerId, price);
  if (price >= config.DELIVERY_MINIMUM_PRICE) return undefined;
  const minimum = Number(config.DELIVERY_MINIMUM_PRICE) / MICRO;
  return (
    `This operator delivers licences that cost at least ${minimum} credits, and this one costs ` +
    `${Number(price) / MICRO}. The price comes back to the holder.`
  );
}

async function verdictOn({ chain, deposits, log }: DeliverOptions, workId: bigint): Promise<Verdict> {
  try {
    const { contentHash, creator } = await requireWork(chain, workId);
    const found = await deposits.verify(contentHash, creator);
    return found === "ok" ? { state: "ok" } : { state: "problem", problem: found.problem };
  } catch (error) {
    if (!(error instanceof UnavailableError)) log.warn({ error, work: String(workId) }, "a file cannot be verified");
    return { state: "unknown" };
  }
}

/** Verifying takes its time: those whose order is open still. */
async function stillOpen({ chain }: DeliverOptions, ids: readonly bigint[]): Promise<bigint[]> {
  const orders = await Promise.all(ids.map((id) => readOrder(chain, id)));
  return ids.filter((_, at) => orders[at]?.status === "Escrowed");
}

async function attest(options: DeliverOptions, ids: readonly bigint[], now: bigint): Promise<void> {
  const { store, operator, log } = options;
  await sendBatch(
    options,
    "attest",
    ids,
    async (tx, sent, attestation) => {
      const rows = and(eq(deliveries.operator, operator), inArray(deliveries.licenceId, [...sent]));
      await tx.update(deliveries).set({ attestation, problem: null, nextTry: null, updatedAt: new Date() }).where(rows);
    },
    async (licenceId, error) => {
      log.warn({ error, licence: String(licenceId) }, "an attestation would revert; it is tried again later");
      const own = and(eq(deliveries.operator, operator), eq(deliveries.licenceId, licenceId));
      const [row] = await store.db.select().from(deliveries).where(own);
      if (row !== undefined) await failed(options, row, "The chain refuses the attestation.", now);
    },
  );
}

/** Records why it was not delivered, and waits longer each time. `problem` is null while it cannot be known. */
async function failed({ store, metrics, log }: DeliverOptions, row: Row, problem: string | null, now: bigint) {
  const tries = row.tries + 1;
  metrics.deliveries.inc({ outcome: problem === null ? "unknown" : "failed" });
  if (problem !== row.problem) {
    log.warn({ licence: String(row.licenceId), work: String(row.workId), problem }, "a licence cannot be delivered");
  }
  await store.db
    .update(deliveries)
    .set({ tries, nextTry: now + waitAfter(tries), problem: problem ?? row.problem, updatedAt: new Date() })
    .where(isRow(row));
}

function isRow({ operator, licenceId }: Row): SQL | undefined {
  return and(eq(deliveries.operator, operator), eq(deliveries.licenceId, licenceId));
}
