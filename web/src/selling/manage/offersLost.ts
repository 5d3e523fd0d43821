import type { NewOffer, OfferView } from "@stelai/sdk";

/** An offer as it would be made once more: the same price, terms and time, and what is left of its number. */
export function again(offer: OfferView): NewOffer {
  const { tier, price, supply, sold, duration, attestor, termsHash } = offer;
  return { tier, price, supply: supply === 0 ? 0 : Math.max(1, supply - sold), duration, attestor, termsHash };
}

const sameKind = (a: OfferView, b: OfferView) => a.tier === b.tier && a.duration === b.duration;

/**
 * Offers that a change of payee or owner voided and that nothing of the same tier and length has replaced since; the
 * newest of each. What was sold out is not offered again.
 * @param offers The newest first.
 */
export function lostOffers(offers: readonly OfferView[]): OfferView[] {
  return offers.filter((offer, at) => {
    const isLost = offer.state === "void" && (offer.supply === 0 || offer.sold < offer.supply);
    return isLost && !offers.slice(0, at).some((newer) => sameKind(newer, offer));
  });
}
