import { type Address, zeroAddress } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { ethCheckoutBoughtWithEthEvent, ethCheckoutBuy } from "../../generated/fragments.ts";
import { chainTime } from "../../internal/authorization.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import type { PurchaseResult } from "./order.ts";
import { checkoutOf, type QuoteEthParameters, type QuoteEthReturnType, quoteEth } from "./quoteEth.ts";

/** Either what was quoted (and shown), or what to buy at the quote of this moment. */
export type BuyWithEthParameters = (QuoteEthParameters | { quote: QuoteEthReturnType }) & {
  /** Who receives the credits; the wallet itself when absent. */
  recipient?: Address | undefined;
  /** Chain time in Unix seconds after which nothing is bought; twenty minutes from now when absent. */
  deadline?: bigint | undefined;
};

/** `paid` is what the swap took, in wei of ETH; the rest came back. */
export type BuyWithEthReturnType = Sent<PurchaseResult & { paid: bigint }>;

/** Seconds. */
const GOOD_FOR = 1_200n;

/**
 * Buys credits with ETH in one transaction: swapped for exactly the price, the rest sent back. A first purchase this way binds
 * no referrer.
 * @throws NoEthCheckoutError, SwapFailedError when the market moved beyond the slippage, PriceAboveMaximumError,
 * PackageNotForSaleError, DeadlinePassedError, EnforcedPauseError, InsufficientEthError, UserRejectedError.
 *
 * @example
 * ```ts
 * const quote = await stelai.credits.quoteEth({ packageId });
 * const { wait } = await stelai.credits.buyWithEth({ quote });
 * const { credits, paid } = await wait();
 * ```
 */
export async function buyWithEth(
  client: StelaiClient,
  parameters: BuyWithEthParameters,
): Promise<BuyWithEthReturnType> {
  const address = checkoutOf(client);
  const { recipient = requireWallet(client).account.address } = parameters;
  const quote = "quote" in parameters ? parameters.quote : await quoteEth(client, parameters);
  const { packageId, quantity, price: maxPrice, maxEth: value, poolFee } = quote;
  const deadline = parameters.deadline ?? (await chainTime(client)) + GOOD_FOR;
  const order = { packageId, quantity, recipient, referrer: zeroAddress, maxPrice };
  const args = [order, poolFee, deadline] as const;
  return send(client, { address, abi: [ethCheckoutBuy], functionName: "buy", args, value }, (receipt) => {
    const { credits, price, paid } = eventArguments(receipt, address, ethCheckoutBoughtWithEthEvent);
    return { credits, price, paid };
  });
}
