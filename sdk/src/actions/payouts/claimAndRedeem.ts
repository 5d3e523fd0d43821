import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { payoutsClaimAndRedeem, payoutsClaimedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import type { FlowStep } from "../../splits.ts";

export type ClaimAndRedeemParameters = {
  /** Splits to flow first, outermost first; none when absent. */
  steps?: readonly FlowStep[] | undefined;
  /** Who receives the reserve asset; the wallet itself when absent. */
  to?: Address | undefined;
  /** The least to accept, in reserve units. */
  minimum: bigint;
};

/** `amount` withdrawn in wei of STELAI, `paid` in reserve units. */
export type ClaimAndRedeemReturnType = Sent<{ amount: bigint; paid: bigint }>;

/**
 * Withdraws everything the wallet has earned and redeems it at the floor, in one call.
 * @throws NothingToClaimError, RedemptionBelowMinimumError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { paid } = await (await stelai.payouts.claimAndRedeem({ steps, minimum })).wait();
 * ```
 */
export async function claimAndRedeem(
  client: StelaiClient,
  parameters: ClaimAndRedeemParameters,
): Promise<ClaimAndRedeemReturnType> {
  const address = client.deployment.contracts.Payouts;
  const { steps = [], to = requireWallet(client).account.address, minimum } = parameters;
  const args = [steps, to, minimum] as const;
  const call = { address, abi: [payoutsClaimAndRedeem], functionName: "claimAndRedeem", args } as const;
  return send(client, call, (receipt) => {
    const { amount, redeemed } = eventArguments(receipt, address, payoutsClaimedEvent);
    return { amount, paid: redeemed };
  });
}
