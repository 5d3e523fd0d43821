import type { Hash } from "viem";
import { StelaiError } from "./base.ts";

/** Thrown when an offer is not the one that was agreed to: its price or its terms are others. Nothing was sent. */
export class OfferChangedError extends StelaiError {
  override readonly name = "OfferChangedError";
  readonly field: "price" | "terms";
  readonly expected: bigint | Hash;
  readonly found: bigint | Hash;
  constructor(offerId: bigint, field: "price" | "terms", expected: bigint | Hash, found: bigint | Hash) {
    const unit = field === "price" ? " microcredits" : "";
    super(
      `The ${field} of offer ${offerId} on the chain is ${found}${unit}, not ${expected}${unit} as it was shown.`,
      "Load the work again and look at the offer before buying.",
    );
    this.field = field;
    this.expected = expected;
    this.found = found;
  }
}

/** Thrown when what is read from IPFS cannot be had from any gateway; says why of each. */
export class ContentUnavailableError extends StelaiError {
  override readonly name = "ContentUnavailableError";
  readonly cid: string;
  /** One line a gateway. */
  readonly passed: readonly string[];
  constructor(cid: string, passed: readonly string[]) {
    super(
      `No gateway has ${cid} (${passed.join("; ") || "none was asked"}).`,
      "Try again, or name another gateway. An order that is not released yet is refunded if you dispute it in time.",
    );
    this.cid = cid;
    this.passed = passed;
  }
}

/** Thrown when a work's metadata is none. */
export class UnreadableMetadataError extends StelaiError {
  override readonly name = "UnreadableMetadataError";
  constructor(uri: string, why: string) {
    super(`The metadata at ${uri} cannot be read: ${why}.`, "Ask the creator to set it anew.");
  }
}

/**
 * Thrown when every gateway gave other bytes than the CID names: what is stored is damaged, or they lie. Another gateway
 * may have it whole.
 */
export class DamagedContentError extends StelaiError {
  override readonly name = "DamagedContentError";
  readonly cid: string;
  readonly passed: readonly string[];
  constructor(cid: string, passed: readonly string[]) {
    super(
      `The encrypted file ${cid} came damaged (${passed.join("; ")}).`,
      "Try again, or name another gateway. If it stays so, dispute the order before its time ends.",
    );
    this.cid = cid;
    this.passed = passed;
  }
}

/** Thrown when the encrypted file is whole and the operator's key does not open it. */
export class WrongKeyError extends StelaiError {
  override readonly name = "WrongKeyError";
  readonly cid: string;
  constructor(cid: string) {
    super(
      `The operator's key does not open the encrypted file ${cid}, which is whole.`,
      "Ask for the key again. If it stays so, do not accept: dispute the order before its time ends.",
    );
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
      `The file delivered for work ${workId} hashes to ${found}, not to ${expected} as the chain says.`,
      "Do not accept it: dispute the order before its time ends, and the price comes back.",
    );
    this.expected = expected;
    this.found = found;
  }
}
