import type { StelaiClient } from "../../client.ts";
import { creditStoreBuy } from "../../generated/fragments.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { completeOrder, type OrderParameters, type PurchaseResult, readPurchase } from "./order.ts";
import { purchaseGrant } from "./purchaseAllowance.ts";

export type BuyParameters = OrderParameters & StepOptions;
export type BuyReturnType = SentInSteps<PurchaseResult>;

/**
 * Buys credits from a wallet that has ETH. When the allowance on the reserve asset does not cover `maxPrice` and what the
 * buyer's plan and top-ups need, it is raised by exactly `maxPrice`: in one batch with the purchase where the wallet does that
 * (EIP-5792), else in a transaction of its own before it; `onStep` says which comes.
 * @throws PackageNotForSaleError, PriceAboveMaximumError, InsufficientBalanceError, EnforcedPauseError,
 * UserRejectedError, InsufficientEthError.
 *
 * @example
 * ```ts
 * const { hash, wait } = await stelai.credits.buy({ packageId });
 * const { credits } = await wait();
 * ```
 */
export async function buy(client: StelaiClient, parameters: BuyParameters): Promise<BuyReturnType> {
  const { CreditStore } = client.deployment.contracts;
  const order = await completeOrder(client, parameters);
  const grant = await purchaseGrant(client, order.maxPrice);
  const call = { address: CreditStore, abi: [creditStoreBuy], functionName: "buy", args: [order] } as const;
  return sendWithAllowance(client, grant, call, readPurchase(client), parameters);
}
