import { setTimeout as delay } from "node:timers/promises";
import { operatorReceiverAbi, stelaiAbi } from "@stelai/sdk/abis";
import { eq } from "drizzle-orm";
import {
  type Address,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  type Log,
  parseEventLogs,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import type { Chain } from "../chain/index.ts";
import { type TransactionQueue, TransactionRefusedError } from "../settlement/transactions.ts";
import type { Store } from "../store/index.ts";
import { transactions } from "../store/schema/operation.ts";
import { MOST_REVERTS, type PaymentBook, type PaymentKey, type PaymentRow } from "./book.ts";
import { chainLines, settleArguments, simulateSettling } from "./checks.ts";
import { PaymentProblem } from "./errors.ts";
import type { SettlingGas } from "./gas.ts";
import { signedOf } from "./views.ts";

/** How often the chain is asked for a receipt while somebody waits, in milliseconds. */
const LOOK_MS = 100;

/**
 * How far back it is looked for who else sent an authorization, in seconds before the payment came, and how many blocks at
 * a time: nobody can before it was asked for, and what is asked for is not valid for longer.
 */
const LOOK_BACK_SECONDS = 7_200;
const SPAN = 2_000n;

/** How often one call begins it anew. */
const MOST_SENDINGS = 3;

export type SettlingOptions = {
  store: Store;
  chain: Chain;
  transactions: Pick<TransactionQueue, "enqueue">;
  operator: Address;
  receiver: Address;
  book: PaymentBook;
  maximumGas: bigint;
  gas: Pick<SettlingGas, "require" | "take">;
};

/** Thrown when the chain has not confirmed a settlement in time: it may still do. */
export class NotYetSettledError extends Error {
  override readonly name = "NotYetSettledError";
  readonly transaction: Hex | undefined;
  constructor(transaction: Hex | undefined) {
    super("the chain has not confirmed the settlement yet");
    this.transaction = transaction;
  }
}

/** A transaction in which somebody else brought a payment to the receiver. */
export type Brought = {
  transaction: Hex;
  /** Whether it is one of the operator's own settlements. */
  isSettled: boolean;
};

/** What became of an authorization by somebody else's doing. */
export type Elsewhere =
  | Brought
  /** A transaction that uses it waits to be mined. */
  | "awaited"
  /** It was used, and brought nothing to the receiver; or cancelled. */
  | "spent"
  /** Nobody used it. */
  | undefined;

/** A payment, as it is looked for on the chain. */
type Sought = PaymentKey & { value: bigint; validAfter: bigint; takenAt?: Date };

/** Another process, or another part of this one, sends the same payment. */
class SentAlreadyError extends Error {
  override readonly name = "SentAlreadyError";
}

/** Brings payments to the chain, each once. */
export class Settling {
  readonly #options: SettlingOptions;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /**
   * Settles a payment that is held, or waits for it that is on its way; what somebody else brought to the chain is
   * distributed. Any number may ask at once.
   * @param milliseconds How long it waits for the chain.
   * @returns it with the transaction that was mined.
   * @throws PaymentProblem when the chain does not take it: nothing was charged.
   * @throws NotYetSettledError, UnavailableError: what was sent may still be mined.
   */
  async settle(key: PaymentKey, milliseconds: number): Promise<PaymentRow> {
    const { book } = this.#options;
    const deadline = Date.now() + milliseconds;
    for (let sendings = 0; ; ) {
      const row = await book.find(key);
      if (row === undefined) throw new Error(`payment ${key.nonce} is not stored`);
      if (row.status === "settled") return row;
      if (row.status === "sent" && row.transactionId !== null) {
        await this.#await(row, row.transactionId, deadline);
        continue;
      }
      if (row.status !== "held" || sendings >= MOST_SENDINGS || row.reverts >= MOST_REVERTS) {
        const problem = new PaymentProblem("invalid_exact_evm_transaction_simulation_failed");
        // Does nothing to what is not held.
        await book.refused(row, problem.reason);
        throw problem;
      }
      sendings += 1;
      if ((await this.#send(row)) !== "awaits others") continue;
      // The chain decides soon what becomes of it.
      sendings -= 1;
      if (Date.now() >= deadline) throw new NotYetSettledError(undefined);
      await delay(LOOK_MS);
    }
  }

  /** What somebody else made of an authorization. */
  async elsewhereOf(payment: Sought): Promise<Elsewhere> {
    const { chain, receiver } = this.#options;
    const { client, contracts } = chain;
    const { payer, nonce, value } = payment;
    if (!(await this.#isUsed(payment, "latest"))) {
      return (await this.#isUsed(payment, "pending")) ? "awaited" : undefined;
    }
    const { number: head, timestamp } = await chain.refresh();
    const since = sinceOf(payment, timestamp);
    for (let to = head; to >= 0n; to -= SPAN) {
      const from = to >= SPAN ? to - SPAN + 1n : 0n;
      const [used] = await client.getContractEvents({
        ...{
          address: contracts.Stelai,
          abi: stelaiAbi,
          eventName: "AuthorizationUsed",
          args: { authorizer: payer, nonce },
        },
        ...{ fromBlock: from, toBlock: to },
      });
      if (used !== undefined) {
        const { logs, transactionHash } = await client.getTransactionReceipt({ hash: used.transactionHash });
        if (!broughtTo(logs, contracts.Stelai, used.logIndex, { from: payer, to: receiver, value })) return "spent";
        return { transaction: transactionHash, isSettled: tellsSettled(logs, receiver, payment) };
      }
      if (from === 0n || (await client.getBlock({ blockNumber: from })).timestamp < since) break;
    }
    return "spent";
  }

  /**
   * Looks once whether somebody else brought what had come to nothing here, and distributes what was brought.
   * @returns whether nobody can bring it any more.
   * @throws PaymentProblem when the chain does not let it be distributed; UnavailableError
   */
  async lookAfter(row: PaymentRow): Promise<boolean> {
    const { book, chain } = this.#options;
    const isLapsed = row.validBefore <= chain.head().timestamp;
    const found = await this.elsewhereOf({ ...row, value: BigInt(row.value) });
    if (found === "awaited") return false;
    if (found === undefined) return isLapsed;
    if (found === "spent") return true;
    // Who pays came back for it in the meantime.
    if (!(await book.reopen(row))) return true;
    if (found.isSettled) await book.settledElsewhere(row, found.transaction);
    else await this.#distribute(row, found.transaction);
    return true;
  }

  /** Sends what is held. What the chain refuses is looked into. */
  async #send(row: PaymentRow): Promise<"awaits others" | undefined> {
    // One that was mined and reverted: somebody else may have been faster.
    if (row.reverts > 0 && (await this.#isUsed(row, "latest"))) return this.#lookInto(row);
    await this.#options.gas.require();
    try {
      const data = encodeFunctionData({
        ...{ abi: operatorReceiverAbi, functionName: "settle" },
        args: settleArguments({ signed: signedOf(row), lines: row.lines, passOf: row.passOf }),
      });
      await this.#enqueue(row, data, null);
    } catch (error) {
      if (error instanceof SentAlreadyError) return undefined;
      if (!(error instanceof TransactionRefusedError)) throw error;
      return this.#lookInto(row);
    }
    return undefined;
  }

  async #lookInto(row: PaymentRow): Promise<"awaits others" | undefined> {
    const { book } = this.#options;
    const found = await this.elsewhereOf({ ...row, value: BigInt(row.value) });
    if (found === "awaited") return "awaits others";
    if (typeof found === "object") {
      if (found.isSettled) await book.settledElsewhere(row, found.transaction);
      else await this.#distribute(row, found.transaction);
      return undefined;
    }
    const problem = await this.#problemOf(row);
    await book.refused(row, problem.reason);
    throw problem;
  }

  /** Hands out what somebody else brought. @throws PaymentProblem, UnavailableError */
  async #distribute(row: PaymentRow, brought: Hex): Promise<void> {
    const { book, gas } = this.#options;
    await gas.require();
    const args = [BigInt(row.value), chainLines(row.lines), row.passOf, row.payer] as const;
    const data = encodeFunctionData({ abi: operatorReceiverAbi, functionName: "distribute", args });
    try {
      await this.#enqueue(row, data, brought);
    } catch (error) {
      if (error instanceof SentAlreadyError) return;
      if (!(error instanceof TransactionRefusedError)) throw error;
      const problem = new PaymentProblem("invalid_exact_evm_nonce_already_used");
      await book.refused(row, problem.reason);
      throw problem;
    }
  }

  /** @param brought What is distributed; null to settle. */
  async #enqueue(row: PaymentRow, data: Hex, brought: Hex | null): Promise<void> {
    const { transactions: queue, book, receiver, maximumGas, gas } = this.#options;
    const description = `${brought === null ? "settle" : "distribute"} payment ${row.nonce} of ${row.payer}`;
    await queue.enqueue({ to: receiver, data, description, maximumGas }, async (tx, id) => {
      if (!(await book.sent(tx, row, id, brought))) throw new SentAlreadyError();
      await gas.take(tx, id);
    });
  }

  #isUsed({ payer, nonce }: PaymentKey, blockTag: "latest" | "pending"): Promise<boolean> {
    const { client, contracts } = this.#options.chain;
    return client.readContract({
      ...{ address: contracts.Stelai, abi: stelaiAbi, functionName: "authorizationState", args: [payer, nonce] },
      blockTag,
    });
  }

  /** Why the chain refuses it now. */
  async #problemOf(row: PaymentRow): Promise<PaymentProblem> {
    const { chain, operator, receiver, maximumGas } = this.#options;
    try {
      const settling = { signed: signedOf(row), lines: row.lines, passOf: row.passOf };
      await simulateSettling(chain, { operator, receiver, maximumGas }, settling);
    } catch (error) {
      if (error instanceof PaymentProblem) return error;
      throw error;
    }
    // It would take it again: what kept it from that is over.
    return new PaymentProblem("invalid_exact_evm_transaction_simulation_failed");
  }

  /** Waits until the transaction is mined, or came to nothing. */
  async #await(row: PaymentRow, transactionId: number, deadline: number): Promise<void> {
    const { store, chain, book } = this.#options;
    for (;;) {
      const [stored] = await store.db.select().from(transactions).where(eq(transactions.id, transactionId));
      if (stored === undefined || stored.status === "replaced") return book.unsent(row, transactionId);
      for (const { hash } of [...stored.attempts].reverse()) {
        const receipt = await receiptOf(chain, hash);
        if (receipt?.status === "success") return book.settled(row, hash);
        if (receipt?.status === "reverted") return book.reverted(row, transactionId);
      }
      if (Date.now() >= deadline) throw new NotYetSettledError(stored.attempts.at(-1)?.hash);
      await delay(LOOK_MS);
    }
  }
}

/** From when on it can have been used, by the chain's time. */
function sinceOf({ validAfter, takenAt }: Sought, now: bigint): bigint {
  const age = takenAt === undefined ? 0 : Math.max(0, Math.ceil((Date.now() - takenAt.getTime()) / 1_000));
  const since = now - BigInt(age + LOOK_BACK_SECONDS);
  return validAfter > since ? validAfter : since;
}

async function receiptOf({ client }: Chain, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
}

/** Whether the transfer that follows an authorization's use is this one: others of the same transaction are not its. */
function broughtTo(
  logs: readonly Log[],
  token: Address,
  usedAt: number,
  transfer: { from: Address; to: Address; value: bigint },
): boolean {
  const next = logs.filter(({ logIndex, address }) => logIndex === usedAt + 1 && isAddressEqual(address, token));
  const [found] = parseEventLogs({ abi: stelaiAbi, eventName: "Transfer", logs: next });
  if (found === undefined) return false;
  const { from, to, value } = found.args;
  return isAddressEqual(from, transfer.from) && isAddressEqual(to, transfer.to) && value === transfer.value;
}

function tellsSettled(logs: readonly Log[], receiver: Address, { payer, nonce }: PaymentKey): boolean {
  const own = logs.filter(({ address }) => isAddressEqual(address, receiver));
  return parseEventLogs({ abi: operatorReceiverAbi, eventName: "Settled", logs: own }).some(
    ({ args }) => isAddressEqual(args.from, payer) && args.nonce === nonce,
  );
}
