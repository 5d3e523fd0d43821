/** What the chain and the index say of offers and orders. */
import type { Address, Hash } from "viem";
import type { LicenceStatus, Tier, WorkPreview } from "../../wireMarket.ts";

/**
 * Whether an offer can be bought: `closed` by the seller; `void` since the work changed hands or payee; `taken` while an
 * exclusive licence is open or live, or, of an exclusive offer, while others are.
 */
export type OfferState = "open" | "closed" | "void" | "soldOut" | "taken";

/** An offer as the index has it. Price in microcredits, duration in seconds. */
export type OfferView = {
  offerId: bigint;
  workId: bigint;
  tier: Tier;
  price: bigint;
  /** How many are sold at most; 0 is any number. */
  supply: number;
  /** How many were, refunded ones left out. */
  sold: number;
  /** From the purchase; 0 is for ever. */
  duration: bigint;
  /** Who attests its deliveries. */
  attestor: Address;
  /** Whether the index trusts that attestor to deliver; anyone can name anyone, themselves too. */
  isKnownAttestor: boolean;
  termsHash: Hash;
  state: OfferState;
};

/** How an order ends by time alone. */
export type OrderEnd = "Refunded" | "Released";

/** An order, which is its licence, as the index has it. Money in microcredits, times in Unix seconds. */
export type OrderView = {
  licenceId: bigint;
  offerId: bigint;
  workId: bigint;
  /** The creator's words, or null while they were not fetched: show them as text, never as markup. */
  title: string | null;
  preview: WorkPreview | null;
  tier: Tier;
  price: bigint;
  /** Ten-thousandths of the price, pinned at the purchase. */
  commissionBps: number;
  /** Seconds; 0 is for ever. */
  duration: bigint;
  /** The right's last second; 0 is never. */
  expiry: bigint;
  termsHash: Hash;
  /** Who holds it; of a refunded one, who did. */
  holder: Address;
  payer: Address;
  /** Who owned the work when it was bought. */
  seller: Address;
  attestor: Address;
  status: LicenceStatus;
  boughtAt: bigint;
  /** When its status began. */
  since: bigint;
  /** The last second before time decides; null when it has come to its end. */
  deadline: bigint | null;
  /** What time decides then. */
  then: OrderEnd | null;
  /** Of one that is or was disputed. */
  bond: bigint | null;
  evidenceURI: string | null;
  /** Where the licence itself is for sale. */
  listing: { price: bigint; until: bigint } | null;
  /** How often it changed hands since it was bought. */
  moves: number;
};

/** A page of orders of the index. */
export type OrderPage = {
  orders: OrderView[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/** What happened to a licence, in the past tense of the chain's events. */
export type LicenceEventKind =
  | "Bought"
  | "Delivered"
  | "Disputed"
  | "Resolved"
  | "Released"
  | "Refunded"
  | "Moved"
  | "Listed"
  | "Delisted"
  | "Resold";

/** One thing that happened to a licence. */
export type LicenceEvent = {
  kind: LicenceEventKind;
  at: bigint;
  transactionHash: Hash;
  /** Who did it, or got it. */
  account: Address | null;
  /** Of a dispute its evidence, of a decision its reason: an `ipfs://…`. */
  text: string | null;
  /** Microcredits. */
  amount: bigint | null;
};

/** Integers of {@link OrderView}, {@link OfferView} and {@link LicenceEvent}, which travel as decimal strings. */
export const ORDER_INTEGERS =
  "licenceId offerId workId price duration expiry boughtAt since deadline bond until at amount";
