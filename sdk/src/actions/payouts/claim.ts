import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { payoutsClaim, payoutsClaimedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import type { FlowStep } from "../../splits.ts";

export type ClaimParameters = {
  /** Splits to flow first, outermost first; none when absent. */
  steps?: readonly FlowStep[] | undefined;
  /** Who receives it; the wallet itself when absent. */
  to?: Address | undefined;
};

/** What was withdrawn, in wei of STELAI. */
export type ClaimReturnType = Sent<{ amount: bigint }>;

/**
 * Withdraws everything the wallet has earned, in credits.
 * @throws NothingToClaimError, UnknownPayeeError for a split that is not registered, UserRejectedError.
 *
 * @example
 * ```ts
 * const { amount } = await (await stelai.payouts.claim({ steps })).wait();
 * ```
 */
export async function claim(client: StelaiClient, parameters: ClaimParameters = {}): Promise<ClaimReturnType> {
  const address = client.deployment.contracts.Payouts;
  const { steps = [], to = requireWallet(client).account.address } = parameters;
  const call = { address, abi: [payoutsClaim], functionName: "claim", args: [steps, to] } as const;
  return send(client, call, (receipt) => ({
    amount: eventArguments(receipt, address, payoutsClaimedEvent).amount,
  }));
}
