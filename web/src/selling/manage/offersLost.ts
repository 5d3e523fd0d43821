import type { NewOffer, OfferView } from "@stelai/sdk";
import type { Address } from "viem";
import { isFitDuration } from "../draft.ts";

/**
 * An offer as it would be made once more: the same price, terms and time, and what is left of its number.
 * @param attestor Who delivers now; who did when it was made may be another owner's.
 */
export function again(offer: OfferView, attestor: Address): NewOffer {
  const { tier, price, supply, sold, duration, termsHash } = offer;
  return { tier, price, supply: supply === 0 ? 0 : Math.max(1, supply - sold), duration, attestor, termsHash };
}

const sameKind = (a: OfferView, b: OfferView) => a.tier === b.tier && a.duration === b.duration;

/**
 * Offers that a change of payee or owner voided and that nothing of the same tier and length has replaced since; the
 * newest of each. What was sold out, or was for a shorter time than the chain takes now, is not offered again.
 * @param offers The newest first.
 */
export function lostOffers(offers: readonly OfferView[]): OfferView[] {
  return offers.filter((offer, at) => {
    const isLost = offer.state === "void" && (offer.supply === 0 || offer.sold < offer.supply);
    return isLost && isFitDuration(offer.duration) && !offers.slice(0, at).some((newer) => sameKind(newer, offer));
  });
}

/** What stands is made again when a change of payee voids it: what can still be bought, and may be offered now. */
export function offersAfter(offers: readonly OfferView[], attestor: Address): NewOffer[] {
  return offers
    .filter(({ state, duration }) => state !== "soldOut" && isFitDuration(duration))
    .map((offer) => again(offer, attestor));
}
