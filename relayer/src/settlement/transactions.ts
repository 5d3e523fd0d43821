import { and, eq, getTableColumns, gt, gte, inArray, ne, or, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import {
  type Address,
  BaseError,
  ExecutionRevertedError,
  type Hex,
  keccak256,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import type { Chain } from "../chain/index.ts";
import { UnavailableError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { OperatorAccount } from "../operator.ts";
import type { Database, Store } from "../store/index.ts";
import { type TransactionStatus, transactions } from "../store/schema/operation.ts";

/** A transaction of the operator, in plain words for the log. */
export type TransactionRequest = {
  to: Address;
  data: Hex;
  description: string;
  /** A gas limit of at least so much, where the estimate cannot see what comes before it. */
  minimumGas?: bigint;
  /** A gas limit of at most so much, {@link TRANSACTION_GAS} unless told; what needs more is refused. */
  maximumGas?: bigint;
};

/** Thrown when the chain says that a transaction would revert; `cause` is viem's error with the reason. */
export class TransactionRefusedError extends Error {
  override readonly name = "TransactionRefusedError";
}

/** The one door through which the operator sends transactions. */
export type TransactionQueue = {
  /**
   * Estimates, gives it the next nonce, stores it signed and sends it; from then on it is sent again, with a
   * higher fee when it is stuck, until it is final.
   * @param also Runs in the SQL transaction that stores it, with its id: what must be true exactly if it is sent.
   * @returns the hash it was first sent under.
   * @throws TransactionRefusedError when the chain says it would revert; nothing is stored then.
   */
  enqueue(request: TransactionRequest, also?: (tx: Database, id: number) => Promise<void>): Promise<Hex>;
  /** Whether one with this description is on its way. */
  isPending(description: string): Promise<boolean>;
  /** Looks after what is not final yet; one process at a time does. */
  work(): Promise<void>;
};

type Row = typeof transactions.$inferSelect;
type Attempt = Row["attempts"][number];

export type TransactionsOptions = {
  store: Store;
  chain: Chain;
  operator: OperatorAccount;
  log: Logger;
  metrics: Metrics;
  stuckSeconds: number;
};

/** The most gas that one transaction may have (EIP-7825): 2^24. */
export const TRANSACTION_GAS = 16_777_216n;

/** A replacement is taken by nodes when both fees rise by a tenth or more; this is a quarter. */
const BUMP_PERCENT = 125n;

/** No replacement offers more than so many times what the chain asks now: what else holds it up, no fee moves on. */
const MOST_TIMES_ASKED = 4n;

/** By the database's clock: those of the processes may differ. */
const NOW = sql`now()`;

/** The transactions of one operator, over one store. */
export function createTransactionQueue(options: TransactionsOptions): TransactionQueue {
  const { store, chain, operator, log } = options;
  const { client } = chain;
  const sender = operator.address;

  const sign = async (fields: { nonce: number; to: Address; data: Hex; gas: bigint }, fees: Fees): Promise<Attempt> => {
    const raw = await operator.account.signTransaction({
      ...fields,
      type: "eip1559",
      chainId: chain.id,
      maxFeePerGas: fees.maxFee,
      maxPriorityFeePerGas: fees.priority,
    });
    return { hash: keccak256(raw), raw, maxFee: fees.maxFee.toString(), priority: fees.priority.toString() };
  };

  const send = async (row: Pick<Row, "id" | "description" | "nonce">, attempt: Attempt): Promise<void> => {
    try {
      await client.sendRawTransaction({ serializedTransaction: attempt.raw });
    } catch (error) {
      if (isRejectedForGood(error)) {
        log.error(
          { error, transaction: attempt.hash, nonce: row.nonce, description: row.description },
          "the chain will never take this transaction: its nonce is given to the next one",
        );
        await set(row, { status: "replaced" });
        options.metrics.transactions.inc({ outcome: "rejected" });
        return;
      }
      // Known already, or out of reach: it is stored, and looked after until it is final.
      log.debug({ error, transaction: attempt.hash, description: row.description }, "sending a transaction failed");
    }
  };

  const enqueue: TransactionQueue["enqueue"] = async (request, also) => {
    const { to, data, description } = request;
    const [gas, fees] = await Promise.all([gasFor(chain, sender, request), feesNow(chain)]);
    const stored = await store.transaction(async (tx) => {
      // One nonce at a time, whichever process asks.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`nonce ${sender}`}))`);
      const used = await client.getTransactionCount({ address: sender, blockTag: "latest" });
      const taken = await tx
        .select({ nonce: transactions.nonce })
        .from(transactions)
        .where(
          and(eq(transactions.sender, sender), ne(transactions.status, "replaced"), gte(transactions.nonce, used)),
        );
      // The lowest one that is free: what was rejected for good left a gap that holds up all that follow.
      const nonces = new Set(taken.map((row) => row.nonce));
      let nonce = used;
      while (nonces.has(nonce)) nonce += 1;
      const attempt = await sign({ nonce, to, data, gas }, fees);
      const [row] = await tx
        .insert(transactions)
        .values({ sender, nonce, to, data, gas, description, status: "sent", attempts: [attempt], sentAt: NOW })
        .returning({ id: transactions.id });
      if (row === undefined) throw new Error("the transaction was not stored");
      await also?.(tx, row.id);
      return { id: row.id, nonce, attempt };
    });
    log.info({ transaction: stored.attempt.hash, nonce: stored.nonce, description }, "transaction sent");
    await send({ id: stored.id, description, nonce: stored.nonce }, stored.attempt);
    return stored.attempt.hash;
  };

  const set = (row: Pick<Row, "id">, values: PgUpdateSetSource<typeof transactions>) =>
    store.db.update(transactions).set(values).where(eq(transactions.id, row.id));

  const look = async ({ isStuck, ...row }: Row & { isStuck: boolean }, head: bigint, used: number): Promise<void> => {
    const found = await receiptOf(chain, row.attempts);
    if (found !== undefined) {
      const isFinal = head - found.blockNumber >= BigInt(chain.finalityBlocks);
      const status: TransactionStatus = found.status === "reverted" ? "reverted" : isFinal ? "final" : "mined";
      const changed = status !== row.status || found.blockHash !== row.blockHash;
      if (!changed) return;
      await set(row, {
        status,
        hash: found.transactionHash,
        blockNumber: found.blockNumber,
        blockHash: found.blockHash,
      });
      if (status !== row.status) {
        options.metrics.transactions.inc({ outcome: status });
        log.info(
          { transaction: found.transactionHash, description: row.description, block: found.blockNumber.toString() },
          `transaction ${status}`,
        );
      }
      return;
    }
    if (row.status !== "sent") {
      log.warn({ transaction: row.hash, description: row.description }, "a reorganisation took a transaction back");
      await set(row, { status: "sent", hash: null, blockNumber: null, blockHash: null });
    }
    const last = row.attempts.at(-1);
    if (last === undefined) return;
    if (isStuck && used > row.nonce) {
      log.error(
        { nonce: row.nonce, description: row.description },
        "another transaction of this account took the nonce",
      );
      await set(row, { status: "replaced" });
      options.metrics.transactions.inc({ outcome: "replaced" });
      return;
    }
    if (!isStuck) return send(row, last);
    const market = await feesNow(chain);
    const raised = {
      maxFee: larger((BigInt(last.maxFee) * BUMP_PERCENT) / 100n + 1n, market.maxFee),
      priority: larger((BigInt(last.priority) * BUMP_PERCENT) / 100n + 1n, market.priority),
    };
    if (raised.maxFee > market.maxFee * MOST_TIMES_ASKED) return send(row, last);
    const attempt = await sign(row, raised);
    // Stored before it is sent: whichever is mined is known.
    await set(row, { attempts: [...row.attempts, attempt], sentAt: NOW });
    log.warn(
      { transaction: attempt.hash, nonce: row.nonce, description: row.description },
      "a stuck transaction is sent with a higher fee",
    );
    await send(row, attempt);
  };

  return {
    enqueue,
    isPending: async (description) => {
      const [row] = await store.db
        .select({ id: transactions.id })
        .from(transactions)
        .where(
          and(
            eq(transactions.sender, sender),
            eq(transactions.description, description),
            inArray(transactions.status, ["sent", "mined"]),
          ),
        )
        .limit(1);
      return row !== undefined;
    },
    work: async () => {
      await store.exclusively("transactions", async () => {
        const head = (await chain.refresh()).number;
        const settled = head - BigInt(chain.finalityBlocks);
        const open = await store.db
          .select({
            ...getTableColumns(transactions),
            isStuck: sql<boolean>`sent_at < now() - make_interval(secs => ${options.stuckSeconds})`,
          })
          .from(transactions)
          .where(
            and(
              eq(transactions.sender, sender),
              or(
                inArray(transactions.status, ["sent", "mined"]),
                and(eq(transactions.status, "reverted"), gt(transactions.blockNumber, settled)),
              ),
            ),
          )
          .orderBy(transactions.nonce);
        if (open.length === 0) return;
        const used = await client.getTransactionCount({ address: sender, blockTag: "latest" });
        for (const row of open) await look(row, head, used);
      });
    },
  };
}

type Fees = { maxFee: bigint; priority: bigint };

async function feesNow(chain: Chain): Promise<Fees> {
  const { maxFeePerGas, maxPriorityFeePerGas } = await chain.client.estimateFeesPerGas();
  return { maxFee: maxFeePerGas, priority: maxPriorityFeePerGas };
}

/**
 * The gas limit: the estimate and some more, since the state may have moved on when it is mined.
 * @throws TransactionRefusedError when it would revert or needs too much, UnavailableError when the chain does not
 * answer.
 */
async function gasFor(chain: Chain, account: Address, request: TransactionRequest): Promise<bigint> {
  const { to, data, minimumGas = 0n, maximumGas = TRANSACTION_GAS } = request;
  let estimate: bigint;
  try {
    estimate = await chain.client.estimateGas({ account, to, data, blockTag: "pending" });
  } catch (cause) {
    if (isRevert(cause)) throw new TransactionRefusedError("The chain refuses this transaction.", { cause });
    throw new UnavailableError("The chain cannot be reached right now. Nothing was sent; try again in a moment.", {
      cause,
    });
  }
  if (estimate > maximumGas) {
    throw new TransactionRefusedError(`This transaction needs ${estimate} gas, more than the ${maximumGas} allowed.`);
  }
  const limit = larger((estimate * 130n) / 100n + 20_000n, minimumGas);
  if (limit > maximumGas) return maximumGas;
  return limit;
}

function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  const found = error.walk(
    (cause) => cause instanceof ExecutionRevertedError || /revert/i.test((cause as Error).message),
  );
  return found !== null;
}

/** Whether a node says that no chain of today takes the transaction as it is: its gas or its size is out of bounds. */
function isRejectedForGood(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  const found = error.walk((cause) => OUT_OF_BOUNDS.test((cause as Error).message));
  return found !== null;
}

/** As geth, reth, Nethermind, Besu and Hardhat word it. */
const OUT_OF_BOUNDS =
  /gas limit too high|gas limit cap|exceeds (the )?(block|transaction) gas (limit|cap)|(block|transaction) gas (limit|cap) (is )?exceeded|intrinsic gas too low|oversized data/i;

/** The receipt of whichever attempt was mined. */
async function receiptOf(chain: Chain, attempts: readonly Attempt[]): Promise<TransactionReceipt | undefined> {
  for (const { hash } of [...attempts].reverse()) {
    try {
      return await chain.client.getTransactionReceipt({ hash });
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
    }
  }
  return undefined;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
