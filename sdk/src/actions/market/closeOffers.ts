import type { StelaiClient } from "../../client.ts";
import { licensesCloseOffers } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type CloseOffersParameters = { offerIds: readonly bigint[] };
export type CloseOffersReturnType = Sent;

/**
 * Closes offers to new buyers, for good; what was bought goes on. Owner of their works.
 * @throws NotSellerError, OfferVoidError when there is none, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.market.closeOffers({ offerIds: [7n, 8n] })).wait();
 * ```
 */
export async function closeOffers(
  client: StelaiClient,
  { offerIds }: CloseOffersParameters,
): Promise<CloseOffersReturnType> {
  const address = client.deployment.contracts.Licenses;
  return send(client, { address, abi: [licensesCloseOffers], functionName: "closeOffers", args: [offerIds] }, nothing);
}
