import type { Hash, TransactionReceipt } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import type { StelaiClient } from "../client.ts";
import { TransactionRevertedError } from "../errors/client.ts";

/** How long, and for what, to wait for a transaction that was sent. */
export type WaitOptions = {
  /** Blocks on top before it counts; 1 when absent. */
  confirmations?: number | undefined;
  /** Milliseconds after which to stop waiting; the transaction itself lives on. */
  timeout?: number | undefined;
};

/** A transaction that was sent: its hash at once, its result when it is mined. */
export type Sent<result = unknown> = {
  hash: Hash;
  /** Waits until it is mined, follows replacements, and reads what it brought from its events. */
  wait: (options?: WaitOptions) => Promise<result & { receipt: TransactionReceipt }>;
};

export type ReadReceipt<result> = (receipt: TransactionReceipt) => result | Promise<result>;

/** A transaction whose hash is known; `read` takes the result out of its receipt. */
export function sent<result>(client: StelaiClient, hash: Hash, read: ReadReceipt<result>): Sent<result> {
  const wait = async (options: WaitOptions = {}) => {
    const receipt = await waitForTransactionReceipt(client.publicClient, {
      hash,
      ...(options.confirmations === undefined ? {} : { confirmations: options.confirmations }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    if (receipt.status === "reverted") throw new TransactionRevertedError(receipt.transactionHash);
    return { ...(await read(receipt)), receipt };
  };
  return { hash, wait };
}

/** For transactions that bring nothing but themselves. */
export function nothing(): Record<never, never> {
  return {};
}
