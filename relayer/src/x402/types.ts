import type { Address, Hex } from "viem";
import type { StoredPaymentLine, x402Payments as table } from "../store/schema/x402.ts";
import type { Signed } from "./checks.ts";

/** A payment as it is stored. */
export type PaymentRow = typeof table.$inferSelect;

/** What a payment is named by. */
export type PaymentKey = { payer: Address; nonce: Hex };

/** A payment that comes for something. */
export type Draft = {
  signed: Signed;
  purpose: PaymentRow["purpose"];
  /** keccak256 of the request; null of what the operator sells elsewhere. */
  request: Hex | null;
  header: string;
  lines: StoredPaymentLine[];
  passOf: bigint;
};

/**
 * What is known of a payment that is taken: what its payer promises; that somebody else brought it to the chain; or that it
 * was on its way there, or is waited for by what is made, so that nothing of it was checked anew.
 */
export type Known = Promised | "brought" | "unchecked";

/** What is done on a payer's promise. */
export type Promised = {
  /** What the payer holds, in wei: it must cover what else is worked for on the payer's promise. */
  balance: bigint;
  /** Where the request came from; undefined where a seller's server asks for its buyers. */
  networkAddress: string | undefined;
};

/** Whose doing it is that a payment came to nothing. */
export type Fault = "payer" | "operator";
