import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { encodeFunctionData } from "viem";
import type { SettlementOptions } from "./index.ts";
import { TransactionRefusedError } from "./transactions.ts";

type Needs = Pick<SettlementOptions, "chain" | "operator" | "transactions" | "config" | "log">;

/**
 * Moves what characters and the operator's fee (0) accrued on to Payouts, where it can be claimed, once it is worth
 * a transaction. What is below stays in `pending`; what is on its way is looked at again later.
 */
export async function collectEarnings(
  { chain, operator, transactions, config, log }: Needs,
  pending: Set<bigint>,
): Promise<void> {
  const address = chain.contracts.InferenceMeter;
  const abi = inferenceMeterAbi;
  for (const id of [...pending]) {
    const description = id === 0n ? "collect the operator's fee" : `collect for character ${id}`;
    if (await transactions.isPending(description)) continue;
    const accrued =
      id === 0n
        ? await chain.client.readContract({ address, abi, functionName: "accruedFeeOf", args: [operator.address] })
        : await chain.client.readContract({ address, abi, functionName: "accruedOf", args: [id] });
    if (accrued < config.COLLECT_VALUE) {
      pending.delete(id);
      continue;
    }
    const data =
      id === 0n
        ? encodeFunctionData({ abi, functionName: "collectFee", args: [operator.address] })
        : encodeFunctionData({ abi, functionName: "collect", args: [id] });
    try {
      await transactions.enqueue({ to: address, data, description });
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      log.warn({ character: id.toString(), error }, "earnings could not be collected");
      pending.delete(id);
    }
  }
}
