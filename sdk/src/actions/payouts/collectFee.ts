import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { inferenceMeterCollectedEvent, inferenceMeterCollectFee } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type CollectFeeParameters = {
  /** The wallet itself when absent. */
  operator?: Address | undefined;
};

/** What moved to Payouts, gross, in microcredits. */
export type CollectFeeReturnType = Sent<{ amount: bigint }>;

/**
 * Moves an operator's own fees from the meter to Payouts, where the operator claims them. Anyone may send it; with nothing
 * accrued it does nothing.
 *
 * @example
 * ```ts
 * const { amount } = await (await stelai.payouts.collectFee()).wait();
 * ```
 */
export async function collectFee(
  client: StelaiClient,
  parameters: CollectFeeParameters = {},
): Promise<CollectFeeReturnType> {
  const address = client.deployment.contracts.InferenceMeter;
  const operator = parameters.operator ?? requireWallet(client).account.address;
  const call = { address, abi: [inferenceMeterCollectFee], functionName: "collectFee", args: [operator] } as const;
  return send(client, call, (receipt) => {
    // Zero accrued emits nothing.
    if (receipt.logs.length === 0) return { amount: 0n };
    return { amount: eventArguments(receipt, address, inferenceMeterCollectedEvent).amount };
  });
}
