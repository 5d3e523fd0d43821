/** What decides whether another licence of a work can be bought, as the contract keeps it (contracts/market/Offers.sol). */

/** What is sold of a work; see the columns of `work` of the same names. Times are Unix seconds. */
export type Market = {
  /** The exclusive licence that was sold last and not refunded; zero for none. */
  exclusive: bigint;
  /** Its last second; zero: it never ends. */
  exclusiveUntil: bigint;
  /** How many licences without an end are open or live. */
  perpetual: number;
  /** How many with an end were sold since the last time that all of those were past, refunded ones left out. */
  dated: number;
  /** The first of them. */
  firstDated: bigint;
  /** The last second of the last of them; zero for none. A refund of that one does not bring it forward. */
  datedUntil: bigint;
};

export const NO_MARKET: Market = {
  exclusive: 0n,
  exclusiveUntil: 0n,
  perpetual: 0,
  dated: 0,
  firstDated: 0n,
  datedUntil: 0n,
};

type Sale = { licenceId: bigint; isExclusive: boolean; expiry: bigint };

/** How long an order stays as it is before anyone may end it, in seconds: `ILicenses.DELIVERY` and its neighbours. */
export const WINDOWS = { Escrowed: 86_400n, Delivered: 259_200n, Disputed: 604_800n } as const;

/** What a sale at `now` changes. */
export function sell(market: Market, { licenceId, isExclusive, expiry }: Sale, now: bigint): Partial<Market> {
  if (isExclusive) return { exclusive: licenceId, exclusiveUntil: expiry };
  if (expiry === 0n) return { perpetual: market.perpetual + 1 };
  const isAnyDated = market.datedUntil >= now;
  return {
    dated: (isAnyDated ? market.dated : 0) + 1,
    firstDated: isAnyDated ? market.firstDated : licenceId,
    datedUntil: expiry > market.datedUntil ? expiry : market.datedUntil,
  };
}

/** What a refund changes. */
export function giveBack(market: Market, { licenceId, isExclusive, expiry }: Sale): Partial<Market> {
  if (isExclusive) return market.exclusive === licenceId ? { exclusive: 0n, exclusiveUntil: 0n } : {};
  if (expiry === 0n) return { perpetual: market.perpetual - 1 };
  if (licenceId < market.firstDated) return {};
  const dated = market.dated - 1;
  return dated === 0 ? { dated, datedUntil: 0n } : { dated };
}

/** Whether an offer can be bought, as the indexer's routes say it. */
export const OFFER_STATES = ["open", "closed", "void", "soldOut", "taken"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

type OfferTerms = { tier: "Personal" | "Commercial" | "Exclusive"; supply: bigint; sold: bigint; epoch: number };

/**
 * Where an offer stands at `now`: `closed` by the seller; `void` since its work changed hands or payee; `soldOut`; `taken`
 * while an exclusive licence is open or live, or, of an exclusive offer, while others are. Whether a moderator suspended
 * the work is not of it.
 */
export function offerState(
  offer: OfferTerms & { closed: boolean },
  work: Market & { epoch: number },
  now: bigint,
): OfferState {
  if (offer.closed) return "closed";
  if (offer.epoch !== work.epoch) return "void";
  if (offer.supply > 0n && offer.sold >= offer.supply) return "soldOut";
  const isExclusive = work.exclusive > 0n && (work.exclusiveUntil === 0n || work.exclusiveUntil >= now);
  const isLicensed = work.perpetual > 0 || work.datedUntil >= now;
  return isExclusive || (offer.tier === "Exclusive" && isLicensed) ? "taken" : "open";
}

type Listing = { seller: string; moves: number; until: bigint };

/** Whether the listing of a work itself stands at `now`, as `IResale.isListed` says. */
export function isWorkListed(listing: Listing, work: { owner: string; epoch: number }, now: bigint): boolean {
  return listing.until >= now && listing.moves === work.epoch && listing.seller === work.owner;
}

type Held = { holder: string; moves: number; status: string; tier: string; expiry: bigint };

/** Whether the listing of a licence stands at `now`: a released one that moves and has not ended. */
export function isLicenceListed(listing: Listing, licence: Held, now: bigint): boolean {
  const { holder, moves, status, tier, expiry } = licence;
  const isLocked = status !== "Released" || tier === "Personal" || (expiry !== 0n && expiry < now);
  return !isLocked && listing.until >= now && listing.moves === moves && listing.seller === holder;
}

/** What time decides of an order in this status; null of one that is at its end. */
export function endOf(status: string): "Refunded" | "Released" | null {
  if (status === "Delivered") return "Released";
  return status === "Escrowed" || status === "Disputed" ? "Refunded" : null;
}
