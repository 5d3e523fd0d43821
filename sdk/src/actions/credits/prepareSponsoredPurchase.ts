import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { buyNonce, type Order, type Sponsorship } from "../../commitments.ts";
import { operatorInfo, sponsorshipOf } from "../../internal/sponsor.ts";
import { completeOrder, type OrderParameters } from "./order.ts";
import { quotePackage } from "./quotePackage.ts";

export type PrepareSponsoredPurchaseParameters = OrderParameters;

/** Everything that the buyer's one signature will commit to, for the sheet before it. */
export type PrepareSponsoredPurchaseReturnType = {
  order: Order;
  sponsorship: Sponsorship;
  /** What leaves the wallet at most: `order.maxPrice + sponsorship.fee`, in reserve units; the rest comes back. */
  value: bigint;
  /** The price of this moment, in reserve units. */
  price: bigint;
  /** What it brings, in wei of STELAI. */
  credits: bigint;
  /** The EIP-3009 nonce the wallet shows: the hash of order and sponsorship. */
  nonce: Hex;
};

/**
 * Lays out a purchase that the relayer sends, without signing anything.
 * @throws NotSponsoredError when the relayer does not sponsor; WrongDeploymentError; PackageNotForSaleError.
 *
 * @example
 * ```ts
 * const purchase = await stelai.credits.prepareSponsoredPurchase({ packageId });
 * // show purchase.price, purchase.sponsorship.fee, purchase.credits, then:
 * const { wait } = await stelai.credits.buySponsored({ purchase });
 * ```
 */
export async function prepareSponsoredPurchase(
  client: StelaiClient,
  parameters: PrepareSponsoredPurchaseParameters,
): Promise<PrepareSponsoredPurchaseReturnType> {
  const [info, quote] = await Promise.all([operatorInfo(client), quotePackage(client, parameters)]);
  const order = await completeOrder(client, { ...parameters, maxPrice: parameters.maxPrice ?? quote.price });
  const sponsorship = sponsorshipOf(info, "purchaseFee");
  const value = order.maxPrice + sponsorship.fee;
  return { order, sponsorship, value, ...quote, nonce: buyNonce(order, sponsorship) };
}
