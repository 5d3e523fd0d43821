import type { StelaiClient } from "../../client.ts";
import { signAuthorization } from "../../internal/authorization.ts";
import type { Sent } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { type OrderParameters, type PurchaseResult, readPurchase } from "./order.ts";
import { type PrepareSponsoredPurchaseReturnType, prepareSponsoredPurchase } from "./prepareSponsoredPurchase.ts";

/** Either what was prepared (and shown), or what to buy. */
export type BuySponsoredParameters = OrderParameters | { purchase: PrepareSponsoredPurchaseReturnType };
export type BuySponsoredReturnType = Sent<PurchaseResult>;

/**
 * Buys credits with one signature and no ETH: an EIP-3009 authorization whose nonce commits to order, sponsor's
 * fee and recipient, sent by the relayer.
 * @throws NotSponsoredError, UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.credits.buySponsored({ packageId });
 * const { credits } = await wait();
 * ```
 */
export async function buySponsored(
  client: StelaiClient,
  parameters: BuySponsoredParameters,
): Promise<BuySponsoredReturnType> {
  const { CreditStore, Reserve } = client.deployment.contracts;
  const purchase = "purchase" in parameters ? parameters.purchase : await prepareSponsoredPurchase(client, parameters);
  const { order, sponsorship, value, nonce } = purchase;
  const authorization = await signAuthorization(client, { token: Reserve, to: CreditStore, value, nonce });
  return sendSponsored(client, "purchases", { order, authorization, sponsorship }, readPurchase(client));
}
