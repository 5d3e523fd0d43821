import { isAddressEqual, parseEventLogs } from "viem";
import type { StelaiClient } from "../../client.ts";
import { licensesOffer, licensesOfferedEvent } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { type NewOffer, offersArgument } from "./offers.ts";

export type AddOffersParameters = { workId: bigint; offers: readonly NewOffer[] };
/** In the order of `offers`. */
export type AddOffersReturnType = Sent<{ offerIds: bigint[] }>;

/**
 * Offers licences of a work. An offer never changes: for a new price, close it and make another. Owner.
 * @throws NotSellerError, InvalidOfferError, UserRejectedError.
 *
 * @example
 * ```ts
 * const offers = [{ tier: "Commercial", price: 20_000_000n, attestor }] as const;
 * const { offerIds } = await (await stelai.market.addOffers({ workId, offers })).wait();
 * ```
 */
export async function addOffers(
  client: StelaiClient,
  { workId, offers }: AddOffersParameters,
): Promise<AddOffersReturnType> {
  const address = client.deployment.contracts.Licenses;
  const args = [workId, offersArgument(offers)] as const;
  return send(client, { address, abi: [licensesOffer], functionName: "offer", args }, ({ logs }) => {
    const offered = parseEventLogs({ abi: [licensesOfferedEvent], logs });
    return { offerIds: offered.filter((log) => isAddressEqual(log.address, address)).map((log) => log.args.offerId) };
  });
}
