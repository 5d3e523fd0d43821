import type { StelaiClient } from "../../client.ts";
import { creditStoreBuyWithPermit } from "../../generated/fragments.ts";
import { allowanceOf } from "../../internal/allowance.ts";
import { signPermit } from "../../internal/authorization.ts";
import { type Sent, send } from "../../internal/send.ts";
import type { StepOptions } from "../../internal/sendBatch.ts";
import { splitSignature } from "../../internal/signature.ts";
import { buy } from "./buy.ts";
import { completeOrder, type OrderParameters, type PurchaseResult, readPurchase } from "./order.ts";

export type BuyWithPermitParameters = OrderParameters & StepOptions;
export type BuyWithPermitReturnType = Sent<PurchaseResult>;

/**
 * Buys credits with one signature (EIP-2612 permit of exactly `maxPrice`) and one transaction, from a wallet that
 * has ETH. For key wallets: a permit's v, r, s cannot come from a contract wallet. A permit replaces an allowance: where the
 * store has one already, it is {@link buy}, which leaves plans and top-ups what they live on.
 * @throws PackageNotForSaleError, PriceAboveMaximumError, InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.credits.buyWithPermit({ packageId });
 * ```
 */
export async function buyWithPermit(
  client: StelaiClient,
  parameters: BuyWithPermitParameters,
): Promise<BuyWithPermitReturnType> {
  const { CreditStore, Reserve } = client.deployment.contracts;
  const order = await completeOrder(client, parameters);
  const grant = { token: Reserve, spender: CreditStore };
  // The store takes a permit of `maxPrice` alone, which would put an end to what plans and top-ups live on.
  if ((await allowanceOf(client, grant)) > 0n) return buy(client, { ...order, onStep: parameters.onStep });
  const permit = await signPermit(client, { ...grant, value: order.maxPrice });
  const { r, s, yParity } = splitSignature(permit.signature);
  const call = {
    address: CreditStore,
    abi: [creditStoreBuyWithPermit],
    functionName: "buyWithPermit",
    args: [order, permit.deadline, 27 + yParity, r, s],
  } as const;
  return send(client, call, readPurchase(client));
}
