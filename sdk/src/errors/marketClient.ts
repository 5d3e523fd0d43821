import type { Hash } from "viem";
import { StelaiError } from "./base.ts";

/** What of an offer can be another than a page showed. */
export type OfferField = "work" | "tier" | "duration" | "attestor" | "price" | "terms";

const UNITS: Partial<Record<OfferField, string>> = { price: " microcredits", duration: " seconds" };

/** Thrown when an offer is not the one that was agreed to; `field` says in what. Nothing was sent. */
export class OfferChangedError extends StelaiError {
  override readonly name = "OfferChangedError";
  readonly field: OfferField;
  /** As it was shown, and as the chain has it: a number, a tier, an address or a hash. */
  readonly expected: bigint | string;
  readonly found: bigint | string;
  constructor(offerId: bigint, field: OfferField, expected: bigint | string, found: bigint | string) {
    const unit = UNITS[field] ?? "";
    super(
      `The ${field} of offer ${offerId} on the chain is ${found}${unit}, not ${expected}${unit} as it was shown.`,
      "Load the work again and look at the offer before buying.",
    );
    this.field = field;
    this.expected = expected;
    this.found = found;
  }
}

/** Thrown when there is no such offer. */
export class NoSuchOfferError extends StelaiError {
  override readonly name = "NoSuchOfferError";
  constructor(offerId: bigint) {
    super(`There is no offer ${offerId}.`, "Load the work again and choose from what it offers now.");
  }
}

/** What to do about a file that does not come as it should. */
const DISPUTE = "If it stays so, dispute the order before its time ends: the price comes back.";

/** Gateways gave nothing for a CID, or something else. */
class GatewaysError extends StelaiError {
  readonly cid: string;
  /** Why each was passed over. */
  readonly passed: readonly string[];
  constructor(what: string, cid: string, passed: readonly string[]) {
    super(`${cid} ${what} (${passed.join("; ")}).`, `Try again, or name another gateway. ${DISPUTE}`);
    this.cid = cid;
    this.passed = passed;
  }
}

/** Thrown when what stands under a CID cannot be had from any gateway. */
export class ContentUnavailableError extends GatewaysError {
  override readonly name = "ContentUnavailableError";
  constructor(cid: string, passed: readonly string[]) {
    super("cannot be had", cid, passed);
  }
}

/**
 * Thrown when gateways gave other bytes than the CID names: what is stored is damaged, or they lie. Another gateway may have
 * it whole.
 */
export class DamagedContentError extends GatewaysError {
  override readonly name = "DamagedContentError";
  constructor(cid: string, passed: readonly string[]) {
    super("came damaged", cid, passed);
  }
}

/** Thrown when the encrypted file is whole and the operator's key does not open it. */
export class WrongKeyError extends StelaiError {
  override readonly name = "WrongKeyError";
  readonly cid: string;
  constructor(cid: string) {
    super(`The operator's key does not open the file ${cid}, which is whole.`, `Try again. ${DISPUTE}`);
    this.cid = cid;
  }
}

/** Thrown when a file opens and is not the work that the chain names: its hash is another one. */
export class WrongContentError extends StelaiError {
  override readonly name = "WrongContentError";
  readonly expected: Hash;
  readonly found: Hash;
  constructor(workId: bigint, expected: Hash, found: Hash) {
    super(
      `Work ${workId} is the file ${expected} on the chain; ${found} was delivered.`,
      `Do not accept it. ${DISPUTE}`,
    );
    this.expected = expected;
    this.found = found;
  }
}

/** Thrown when a work's metadata is none. */
export class UnreadableMetadataError extends StelaiError {
  override readonly name = "UnreadableMetadataError";
  constructor(uri: string, why: string) {
    super(`The metadata at ${uri} cannot be read: ${why}.`, "Ask the creator to set it anew.");
  }
}
