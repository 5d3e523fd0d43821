import { type Address, type Client, type Hex, TransactionNotFoundError, TransactionReceiptNotFoundError } from "viem";
import { getBlock, getTransaction, getTransactionCount, getTransactionReceipt } from "viem/actions";
import type { Activity, Observation } from "./activity.ts";

async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof TransactionNotFoundError || error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
}

/**
 * Finds the transaction that used a nonce, by halving the range of blocks: it also finds one that was mined while no
 * page was open. Needs the state of the blocks since `fromBlock`, which every node keeps for a while.
 */
async function findByNonce(
  client: Client,
  sender: Address,
  nonce: number,
  fromBlock: bigint,
  head: bigint,
): Promise<Hex | undefined> {
  let [low, high] = [fromBlock, head];
  while (low < high) {
    const middle = (low + high) / 2n;
    const used = await getTransactionCount(client, { address: sender, blockNumber: middle });
    if (used > nonce) high = middle;
    else low = middle + 1n;
  }
  const block = await getBlock(client, { blockNumber: low, includeTransactions: true });
  return block.transactions.find((tx) => tx.nonce === nonce && tx.from.toLowerCase() === sender.toLowerCase())?.hash;
}

/**
 * Asks the chain what became of a transaction.
 * @param head Number of the newest block. @param at Unix time in seconds.
 * @returns What was learnt, in order. Throws when the node cannot be reached; nothing is learnt then.
 */
export async function look(client: Client, activity: Activity, head: bigint, at: number): Promise<Observation[]> {
  const { hash } = activity;
  if (!hash) return [];

  const receipt = await unlessMissing(getTransactionReceipt(client, { hash }));
  if (receipt) return [{ kind: "mined", blockNumber: receipt.blockNumber, success: receipt.status === "success", at }];

  const known = await unlessMissing(getTransaction(client, { hash }));
  if (known) {
    const { from: sender, nonce, to, input, value } = known;
    return [{ kind: "pending", sender, nonce, call: { to, input, value }, at }];
  }

  const { sender, nonce, call, fromBlock } = activity;
  if (sender !== undefined && nonce !== undefined && call && fromBlock !== undefined) {
    const used = await getTransactionCount(client, { address: sender, blockNumber: head });
    if (used > nonce) {
      const by = await findByNonce(client, sender, nonce, fromBlock, head);
      const [other, receipt] = by
        ? await Promise.all([getTransaction(client, { hash: by }), getTransactionReceipt(client, { hash: by })])
        : [];
      if (by && other && receipt) {
        const sameAct = call.to === other.to && call.input === other.input && call.value === other.value;
        const success = receipt.status === "success";
        return [{ kind: "replaced", by, sameAct, success, blockNumber: receipt.blockNumber }];
      }
    }
  }
  return [{ kind: "missing", at }];
}
