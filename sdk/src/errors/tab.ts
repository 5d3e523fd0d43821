import type { Hex } from "viem";
import type { MeteredPrices } from "../pricing.ts";
import type { Receipt } from "../voucher.ts";
import { StelaiError } from "./base.ts";

/**
 * Thrown when an operator's receipt is not what was agreed to. The session signs nothing over it: the payer owes
 * only what was signed before.
 */
export class ReceiptRefusedError extends StelaiError {
  override readonly name = "ReceiptRefusedError";
  readonly receipt: Receipt;
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
  constructor(receipt: Receipt, field: string, expected: unknown, found: unknown) {
    super(
      `Receipt ${receipt.sequence} of tab ${receipt.tabId} has another ${field} (${String(found)}) than was agreed ` +
        `to (${String(expected)}), so it was not signed for.`,
      "Close the tab: nothing beyond what was signed before can be taken from it.",
    );
    this.receipt = receipt;
    this.field = field;
    this.expected = expected;
    this.found = found;
  }
}

/** Thrown when an operator's seal does not seal a voucher of this tab's session key. */
export class SealRefusedError extends StelaiError {
  override readonly name = "SealRefusedError";
  constructor(tabId: bigint, why: string) {
    super(
      `The operator's seal of tab ${tabId} is not valid: ${why}.`,
      "Nothing was signed on top of it. Close the tab; keep the statement as proof.",
    );
  }
}

/** Thrown when a wanted maximum is below what the request can cost. */
export class MaxCostExceededError extends StelaiError {
  override readonly name = "MaxCostExceededError";
  /** Microcredits. */
  readonly quoted: bigint;
  readonly maxCost: bigint;
  constructor(quoted: bigint, maxCost: bigint) {
    super(
      `This can cost up to ${quoted} microcredits, more than the maximum of ${maxCost}.`,
      "Ask for a shorter answer (max_tokens) or allow more.",
    );
    this.quoted = quoted;
    this.maxCost = maxCost;
  }
}

/** Thrown when a priced character is used without a tab. */
export class TabRequiredError extends StelaiError {
  override readonly name = "TabRequiredError";
  readonly prices: MeteredPrices;
  constructor(characterId: bigint, prices: MeteredPrices) {
    super(
      `Character ${characterId} costs ${prices.perInference} microcredits a message and ${prices.perUnit} a unit.`,
      "Open a tab and pass its session.",
    );
    this.prices = prices;
  }
}

/** Thrown when a tab's session key is not in this client's storage. */
export class SessionKeyMissingError extends StelaiError {
  override readonly name = "SessionKeyMissingError";
  constructor(tabId: bigint) {
    super(
      `The session key of tab ${tabId} is not here.`,
      "Rotate to a new one with the payer's wallet (one signature): nothing is lost.",
    );
  }
}

/** Thrown when the key at hand is not the one that the tab names. */
export class SessionKeyDiffersError extends StelaiError {
  override readonly name = "SessionKeyDiffersError";
  constructor(tabId: bigint, expected: Hex, found: Hex) {
    super(
      `Tab ${tabId} is spent by the session key ${expected}, not by ${found}.`,
      "Use the key of the last rotation, or rotate again with the payer's wallet.",
    );
  }
}

/** Thrown when there is no seal among what is to be settled. */
export class NoSealsError extends StelaiError {
  override readonly name = "NoSealsError";
  constructor() {
    super("There are no seals to settle.", "Take them from `relayer.getSeals`, or from a saved bill.");
  }
}
