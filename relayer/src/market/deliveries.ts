import type { Delivery } from "@stelai/sdk/wire";
import { and, eq } from "drizzle-orm";
import type { Hex } from "viem";
import { type Head, sameAddress } from "../chain/index.ts";
import { deadlineOf, readOffer, readOrder, watchOrders } from "../chain/market.ts";
import type { Watched } from "../chain/watcher.ts";
import type { Config } from "../config.ts";
import { NotFoundError } from "../errors.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { tables } from "../store/index.ts";
import { concludeDue } from "./concluder.ts";
import { attestDeliveries } from "./deliveriesAttest.ts";
import { followDeliveries } from "./deliveriesBooks.ts";
import type { DeliverOptions } from "./deliveriesSend.ts";
import type { Releases } from "./releases.ts";

const { deliveries, transactions: sentTransactions } = tables;

/**
 * Deliveries of one operator (docs/PROTOCOL.md, "The marketplace"): it follows the orders of offers that name it as
 * attestor, attests what it can deliver once a purchase is final, and ends what time has decided.
 */
export type Deliveries = Omit<Rounds, "start"> & {
  start(): void;
  /** What to tell of changes on the chain, so that a round begins at once. */
  readonly watched: Watched;
  /**
   * Where the delivery of a licence stands.
   * @throws NotFoundError when there is no such licence, or another operator delivers it.
   */
  of(licenceId: bigint): Promise<Delivery>;
};

export type DeliveriesOptions = Omit<DeliverOptions, "config"> & {
  config: DeliverOptions["config"] & Pick<Config, "DELIVERY_INTERVAL_MS">;
  releases: Pick<Releases, "firstOf">;
};

/** The deliveries of one operator; of several processes one works at a time. */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { store, chain, operator, config, log } = options;

  const round = async (): Promise<void> => {
    await options.transactions.work();
    await store.exclusively(`deliveries ${operator}`, async () => {
      await followDeliveries(options);
      await attestDeliveries(options);
      await concludeDue(options);
    });
  };
  const rounds = createRounds({
    round,
    intervalMs: config.DELIVERY_INTERVAL_MS,
    onError: (error) => log.error({ error }, "a round of deliveries failed; it is repeated"),
  });

  const of: Deliveries["of"] = async (licenceId) => {
    const [known] = await store.db
      .select({ row: deliveries, attempts: sentTransactions.attempts, hash: sentTransactions.hash })
      .from(deliveries)
      .leftJoin(sentTransactions, eq(sentTransactions.id, deliveries.attestation))
      .where(and(eq(deliveries.operator, operator), eq(deliveries.licenceId, licenceId)));
    const head = chain.head();
    const final = head.number - BigInt(chain.finalityBlocks);
    if (known !== undefined && known.row.status !== "None") {
      const transaction = known.hash ?? known.attempts?.at(-1)?.hash ?? null;
      const releasedAt = await options.releases.firstOf(licenceId);
      const state = stateOf(known.row, head, final, transaction);
      return { licenceId, workId: known.row.workId, ...state, transaction, releasedAt };
    }
    const order = await readOrder(chain, licenceId);
    const offer = await readOffer(chain, order.offerId);
    if (order.status === "None" || !sameAddress(offer.attestor, operator)) {
      throw new NotFoundError(`Licence ${licenceId} is none that this operator delivers.`);
    }
    // Bought a moment ago: the books will know it with the next round.
    rounds.nudge();
    const ends = { ...order, problem: null, attestation: null, boughtBlock: head.number, deliveredBlock: head.number };
    const releasedAt = await options.releases.firstOf(licenceId);
    return { licenceId, workId: offer.workId, ...stateOf(ends, head, final, null), transaction: null, releasedAt };
  };

  return { ...rounds, start: () => rounds.start(0), watched: watchOrders(chain), of };
}

type Row = Pick<
  typeof deliveries.$inferSelect,
  "status" | "since" | "expiry" | "problem" | "attestation" | "boughtBlock" | "deliveredBlock"
>;
type State = Pick<Delivery, "state" | "problem" | "blocksLeft">;

/** What a row means to the one who waits for the file. */
function stateOf(row: Row, { timestamp }: Head, final: bigint, transaction: Hex | null): State {
  const { status, expiry, problem } = row;
  const told = (state: State["state"], why: string | null = null, block: bigint | null = null): State => ({
    ...{ state, problem: why },
    blocksLeft: block !== null && block > final ? Number(block - final) : null,
  });
  // What was not delivered before it ended is still to be paid back.
  const isOver = status !== "Escrowed" && expiry !== 0n && expiry < timestamp;
  if (status === "Refunded" || isOver) return told("ended", problem);
  if (status === "Disputed") return told("attested");
  if (status !== "Escrowed") {
    const block = row.deliveredBlock;
    return block !== null && block > final ? told("attested", null, block) : told("ready");
  }
  if ((deadlineOf(row) ?? 0n) < timestamp) {
    return told("failed", problem ?? "It was not delivered within 24 hours. The price comes back to the holder.");
  }
  if (transaction !== null) return told("attested");
  return problem === null ? told("waiting", null, row.boughtBlock) : told("failed", problem);
}
