import { hexToNumber, sliceHex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { creditStoreBuyWithPermit } from "../../generated/fragments.ts";
import { signPermit } from "../../internal/authorization.ts";
import { type Sent, send } from "../../internal/send.ts";
import { completeOrder, type OrderParameters, type PurchaseResult, readPurchase } from "./order.ts";

export type BuyWithPermitParameters = OrderParameters;
export type BuyWithPermitReturnType = Sent<PurchaseResult>;

/**
 * Buys credits with one signature (EIP-2612 permit of exactly `maxPrice`) and one transaction, from a wallet that
 * has ETH. For key wallets: a permit's v, r, s cannot come from a contract wallet.
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
  const permit = await signPermit(client, { token: Reserve, spender: CreditStore, value: order.maxPrice });
  const { signature } = permit;
  // By hand: viem's parseSignature brings a whole elliptic curve into the bundle.
  const [r, s, last] = [sliceHex(signature, 0, 32), sliceHex(signature, 32, 64), hexToNumber(sliceHex(signature, 64))];
  // Some wallets end a signature with the parity, 0 or 1.
  const v = last < 27 ? 27 + last : last;
  const call = {
    address: CreditStore,
    abi: [creditStoreBuyWithPermit],
    functionName: "buyWithPermit",
    args: [order, permit.deadline, v, r, s],
  } as const;
  return send(client, call, readPurchase(client));
}
