import { setTimeout as delay } from "node:timers/promises";
import { operatorReceiversAbi } from "@stelai/sdk/abis";
import { type Address, encodeFunctionData, isAddressEqual, zeroAddress } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Logger } from "../log.ts";
import { type TransactionQueue, TransactionRefusedError } from "../settlement/transactions.ts";

const LOOK_MS = 200;

export type ReceiverOptions = {
  chain: Pick<Chain, "client" | "contracts">;
  operator: Address;
  transactions: Pick<TransactionQueue, "enqueue" | "isPending">;
  log: Logger;
};

/** The operator's receiver; undefined when it has none. */
export async function findReceiver({
  chain,
  operator,
}: Pick<ReceiverOptions, "chain" | "operator">): Promise<Address | undefined> {
  const receiver = await chain.client.readContract({
    ...{ address: chain.contracts.OperatorReceivers, abi: operatorReceiversAbi, functionName: "receiverOf" },
    args: [operator],
  });
  return isAddressEqual(receiver, zeroAddress) ? undefined : receiver;
}

/**
 * The operator's receiver, made when it has none; once for good, whichever process asks.
 * @returns undefined when it is not there within so many milliseconds.
 */
export async function createReceiver(options: ReceiverOptions, milliseconds: number): Promise<Address | undefined> {
  const { chain, operator, transactions, log } = options;
  const description = `create the receiver of ${operator}`;
  if ((await findReceiver(options)) === undefined && !(await transactions.isPending(description))) {
    const data = encodeFunctionData({ abi: operatorReceiversAbi, functionName: "create", args: [operator] });
    try {
      await transactions.enqueue({ to: chain.contracts.OperatorReceivers, data, description });
      log.info("the receiver of single payments is being made");
    } catch (error) {
      // Somebody else has just made it.
      if (!(error instanceof TransactionRefusedError)) throw error;
    }
  }
  for (const deadline = Date.now() + milliseconds; ; ) {
    const receiver = await findReceiver(options);
    if (receiver !== undefined || Date.now() >= deadline) return receiver;
    await delay(LOOK_MS);
  }
}
