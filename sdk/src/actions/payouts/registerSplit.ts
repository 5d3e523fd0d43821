import type { StelaiClient } from "../../client.ts";
import { payoutsRegisterSplit, payoutsSplitRegisteredEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { type Share, splitOf } from "../../splits.ts";

export type RegisterSplitParameters = {
  /** Recipients strictly ascending (`sortShares`), sum exactly 10,000 bps. */
  shares: readonly Share[];
};

/** The split's name: use it as a payee. */
export type RegisterSplitReturnType = Sent<{ split: bigint }>;

/**
 * Publishes a split, once and for good. Anyone may.
 * @throws InvalidSplitError before anything is sent; SplitAlreadyRegisteredError, UnknownPayeeError.
 *
 * @example
 * ```ts
 * const { split } = await (await stelai.payouts.registerSplit({ shares: sortShares(shares) })).wait();
 * ```
 */
export async function registerSplit(
  client: StelaiClient,
  { shares }: RegisterSplitParameters,
): Promise<RegisterSplitReturnType> {
  splitOf(shares);
  const address = client.deployment.contracts.Payouts;
  const call = { address, abi: [payoutsRegisterSplit], functionName: "registerSplit", args: [shares] } as const;
  return send(client, call, (receipt) => ({
    split: eventArguments(receipt, address, payoutsSplitRegisteredEvent).split,
  }));
}
