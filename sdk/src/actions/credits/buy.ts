import type { StelaiClient } from "../../client.ts";
import { creditStoreBuy } from "../../generated/fragments.ts";
import { ensureAllowance } from "../../internal/allowance.ts";
import { type Sent, send } from "../../internal/send.ts";
import { completeOrder, type OrderParameters, type PurchaseResult, readPurchase } from "./order.ts";

export type BuyParameters = OrderParameters;
export type BuyReturnType = Sent<PurchaseResult>;

/**
 * Buys credits from a wallet that has ETH. When the allowance on the reserve asset is too small, one for exactly
 * `maxPrice` is approved and waited for first: two transactions then, else one.
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
  const { CreditStore, Reserve } = client.deployment.contracts;
  const order = await completeOrder(client, parameters);
  await ensureAllowance(client, { token: Reserve, spender: CreditStore, amount: order.maxPrice });
  const call = { address: CreditStore, abi: [creditStoreBuy], functionName: "buy", args: [order] } as const;
  return send(client, call, readPurchase(client));
}
