import { licensesAbi } from "@stelai/sdk/abis";
import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { type Address, numberToHex, parseEventLogs, type RpcLog } from "viem";
import { type Chain, sameAddress } from "../chain/index.ts";
import { ORDER_TOPICS, readOffer, readOrder } from "../chain/market.ts";
import { type Database, type Store, tables } from "../store/index.ts";

const { deliveries, facts } = tables;

/** Blocks of one `eth_getLogs`, and orders that are read at once. */
const SPAN = 10_000n;
const READ = 200;

export type DeliveryBooksOptions = { store: Store; chain: Chain; operator: Address };

type OrderEvent = { licenceId: bigint; block: bigint; name: string };
type Purchase = { licenceId: bigint; offerId: bigint; workId: bigint; block: bigint };

/**
 * Brings the books of licences that this operator delivers up to the chain's head, from where they stood. Logs of blocks
 * that are not final are read again each time, and so is every order that one of them spoke of: what a reorganisation
 * took back is then right again, whichever process saw it. One process at a time calls this.
 */
export async function followDeliveries(options: DeliveryBooksOptions): Promise<void> {
  const { store, chain, operator } = options;
  const key = `deliveries:${operator}`;
  const head = (await chain.refresh()).number;
  const final = head - BigInt(chain.finalityBlocks);
  const [known] = await store.db.select().from(facts).where(eq(facts.key, key));
  let from = known === undefined ? chain.startBlock : BigInt(known.value);
  await store.db
    .update(deliveries)
    .set({ stale: true })
    .where(and(eq(deliveries.operator, operator), gte(deliveries.touched, from)));
  while (from <= head) {
    const end = from + SPAN - 1n;
    const to = end < head ? end : head;
    const logs = await chain.client.request({
      method: "eth_getLogs",
      params: [
        {
          address: chain.contracts.Licenses,
          topics: [ORDER_TOPICS],
          fromBlock: numberToHex(from),
          toBlock: numberToHex(to),
        },
      ],
    });
    const purchases = await ownPurchases(options, logs);
    const position = to < final ? to + 1n : final + 1n;
    await store.transaction(async (tx) => {
      await addPurchases(tx, operator, purchases);
      await touch(tx, operator, eventsIn(logs));
      if (position <= from) return;
      const value = String(position);
      await tx.insert(facts).values({ key, value }).onConflictDoUpdate({ target: facts.key, set: { value } });
    });
    from = to + 1n;
  }
  await readStale(options);
}

/** Purchases of offers that name this operator as attestor. */
async function ownPurchases({ chain, operator }: DeliveryBooksOptions, logs: readonly RpcLog[]): Promise<Purchase[]> {
  const bought = parseEventLogs({ abi: licensesAbi, eventName: "Bought", logs: logs as never });
  const ids = [...new Set(bought.map(({ args }) => args.offerId))];
  const offers = new Map<bigint, Awaited<ReturnType<typeof readOffer>>>();
  for (const page of pagesOf(ids)) {
    const read = await Promise.all(page.map((id) => readOffer(chain, id)));
    page.forEach((id, at) => {
      const offer = read[at];
      if (offer !== undefined && sameAddress(offer.attestor, operator)) offers.set(id, offer);
    });
  }
  return bought.flatMap(({ args: { licenceId, offerId }, blockNumber }) => {
    const offer = offers.get(offerId);
    return offer === undefined ? [] : [{ licenceId, offerId, workId: offer.workId, block: blockNumber }];
  });
}

async function addPurchases(tx: Database, operator: Address, purchases: readonly Purchase[]): Promise<void> {
  const rows = purchases.map(({ licenceId, offerId, workId, block }) => ({
    ...{ operator, licenceId, offerId, workId, boughtBlock: block, touched: block, stale: true },
    ...{ status: "None" as const, since: 0n, expiry: 0n, updatedAt: new Date() },
  }));
  for (const page of pagesOf(rows)) {
    await tx
      .insert(deliveries)
      .values(page)
      .onConflictDoUpdate({
        target: [deliveries.operator, deliveries.licenceId],
        set: {
          ...{ stale: true, boughtBlock: sql`excluded.bought_block`, touched: sql`excluded.touched` },
          ...{ offerId: sql`excluded.offer_id`, workId: sql`excluded.work_id` },
        },
      });
  }
}

function eventsIn(logs: readonly RpcLog[]): OrderEvent[] {
  const events = parseEventLogs({ abi: licensesAbi, logs: logs as never });
  return events.flatMap((event) =>
    "licenceId" in event.args && event.eventName !== "Bought"
      ? [{ licenceId: event.args.licenceId, block: event.blockNumber, name: event.eventName }]
      : [],
  );
}

/** Has every order of ours that an event speaks of read anew. */
async function touch(tx: Database, operator: Address, events: readonly OrderEvent[]): Promise<void> {
  for (const page of pagesOf(events)) {
    const ids = page.map(({ licenceId }) => licenceId);
    const own = await tx
      .select({ licenceId: deliveries.licenceId })
      .from(deliveries)
      .where(and(eq(deliveries.operator, operator), inArray(deliveries.licenceId, ids)));
    const ours = new Set(own.map(({ licenceId }) => licenceId));
    for (const { licenceId, block, name } of page) {
      if (!ours.has(licenceId)) continue;
      await tx
        .update(deliveries)
        .set({
          stale: true,
          touched: sql`greatest(${deliveries.touched}, ${block})`,
          ...(name === "Delivered" ? { deliveredBlock: block } : {}),
        })
        .where(and(eq(deliveries.operator, operator), eq(deliveries.licenceId, licenceId)));
    }
  }
}

/** Reads every order that may have changed; one that the chain does not know any more, or not as ours, is dropped. */
async function readStale({ store, chain, operator }: DeliveryBooksOptions): Promise<void> {
  for (;;) {
    const rows = await store.db
      .select({ licenceId: deliveries.licenceId })
      .from(deliveries)
      .where(and(eq(deliveries.operator, operator), eq(deliveries.stale, true)))
      .limit(READ);
    if (rows.length === 0) return;
    const read = await Promise.all(
      rows.map(async ({ licenceId }) => {
        const order = await readOrder(chain, licenceId);
        const offer = await readOffer(chain, order.offerId);
        return { licenceId, order, offer };
      }),
    );
    for (const { licenceId, order, offer } of read) {
      const isRow = and(eq(deliveries.operator, operator), eq(deliveries.licenceId, licenceId));
      if (order.status === "None" || !sameAddress(offer.attestor, operator)) {
        await store.db.delete(deliveries).where(isRow);
        continue;
      }
      const isBack = order.status === "Escrowed" ? { deliveredBlock: null } : {};
      await store.db
        .update(deliveries)
        .set({ ...order, workId: offer.workId, ...isBack, stale: false, updatedAt: new Date() })
        .where(isRow);
    }
  }
}

function* pagesOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += READ) yield rows.slice(at, at + READ);
}
