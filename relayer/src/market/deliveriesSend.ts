import { licensesAbi } from "@stelai/sdk/abis";
import { type Address, encodeFunctionData } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { isGasAffordable } from "../settlement/gas.ts";
import { TRANSACTION_GAS, type TransactionQueue, TransactionRefusedError } from "../settlement/transactions.ts";
import type { Database, Store } from "../store/index.ts";
import type { Deposits } from "./types.ts";

/** What rounds of deliveries work with. */
export type DeliverOptions = {
  store: Store;
  chain: Chain;
  operator: Address;
  transactions: TransactionQueue;
  deposits: Pick<Deposits, "verify">;
  config: Pick<Config, "DELIVERY_MAX_GAS_PRICE" | "DELIVERY_BATCH" | "DELIVERY_MINIMUM_PRICE">;
  log: Logger;
  metrics: Metrics;
};

/** Batches of one round. */
export const BATCHES = 20;
/** Whether gas costs no more than the operator allows. */
export function isAffordable({ chain, config, log, metrics }: DeliverOptions): Promise<boolean> {
  const { DELIVERY_MAX_GAS_PRICE: maximum } = config;
  const limit = { maximum, setting: "DELIVERY_MAX_GAS_PRICE", what: "deliveries", gauge: metrics.deliveriesWaitForGas };
  return isGasAffordable({ chain, log }, limit);
}

/**
 * Sends one call for many licences. One that would revert as a whole is halved until those that do are alone.
 * @param record Runs in the SQL transaction that stores it: what must be true exactly if it is sent.
 * @param refused Told of each licence that the chain refuses.
 */
export async function sendBatch(
  options: DeliverOptions,
  functionName: "attest" | "conclude",
  ids: readonly bigint[],
  record: (tx: Database, ids: readonly bigint[], transactionId: number) => Promise<void>,
  refused: (id: bigint, error: TransactionRefusedError) => Promise<void>,
): Promise<void> {
  const { chain, transactions, metrics } = options;
  const [only] = ids;
  if (only === undefined) return;
  const request = {
    to: chain.contracts.Licenses,
    data: encodeFunctionData({ abi: licensesAbi, functionName, args: [ids] }),
    description: `${functionName} ${ids.length} licences`,
    maximumGas: TRANSACTION_GAS,
  };
  try {
    await transactions.enqueue(request, (tx, id) => record(tx, ids, id));
    metrics.deliveries.inc({ outcome: functionName === "attest" ? "attested" : "concluded" }, ids.length);
  } catch (error) {
    if (!(error instanceof TransactionRefusedError)) throw error;
    if (ids.length === 1) return refused(only, error);
    const middle = Math.ceil(ids.length / 2);
    await sendBatch(options, functionName, ids.slice(0, middle), record, refused);
    await sendBatch(options, functionName, ids.slice(middle), record, refused);
  }
}
