import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditStoreRedeem, creditStoreRedeemedEvent, creditStoreRedemptionOf } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type RedeemParameters = {
  /** In wei of STELAI. */
  amount: bigint;
  /** Who receives the reserve asset; the wallet itself when absent. */
  recipient?: Address | undefined;
  /** The least to accept, in reserve units; what it would pay at this moment when absent. */
  minimum?: bigint | undefined;
};

/** `paid` in reserve units. */
export type RedeemReturnType = Sent<{ paid: bigint }>;

/**
 * Burns the wallet's credits and pays the floor for them. Needs no allowance; never paused.
 * @throws ZeroAmountError, InsufficientBalanceError, RedemptionBelowMinimumError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.credits.redeem({ amount: parseEther("100") });
 * const { paid } = await wait();
 * ```
 */
export async function redeem(client: StelaiClient, parameters: RedeemParameters): Promise<RedeemReturnType> {
  const address = client.deployment.contracts.CreditStore;
  const { amount, recipient = requireWallet(client).account.address } = parameters;
  const minimum =
    parameters.minimum ??
    (await readContract(client.publicClient, {
      address,
      abi: [creditStoreRedemptionOf],
      functionName: "redemptionOf",
      args: [amount],
    }));
  const args = [amount, recipient, minimum] as const;
  return send(client, { address, abi: [creditStoreRedeem], functionName: "redeem", args }, (receipt) => {
    return { paid: eventArguments(receipt, address, creditStoreRedeemedEvent).paid };
  });
}
