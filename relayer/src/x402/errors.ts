import {
  PAYMENT_REQUIRED_HEADER,
  PAYMENT_RESPONSE_HEADER,
  toWire,
  type X402Required,
  type X402Settled,
} from "@stelai/sdk/wire";
import { RelayerError } from "../errors.ts";
import { RequestDiffersError, RequestInProgressError } from "../metering/errors.ts";

/** Why a payment is not taken, in the words of x402's own facilitators, so that its clients know them. */
export type RefusalReason =
  | "unsupported_scheme"
  | "invalid_payment"
  | "invalid_exact_evm_network_mismatch"
  | "invalid_exact_evm_asset_mismatch"
  | "invalid_exact_evm_recipient_mismatch"
  | "invalid_exact_evm_payload_authorization_value_mismatch"
  | "invalid_exact_evm_payload_authorization_valid_after"
  | "invalid_exact_evm_payload_authorization_valid_before"
  | "invalid_exact_evm_signature"
  | "invalid_exact_evm_nonce_already_used"
  | "invalid_exact_evm_insufficient_balance"
  | "invalid_exact_evm_transaction_simulation_failed"
  | "amount_below_minimum";

const REASONS: Readonly<Record<RefusalReason, string>> = {
  unsupported_scheme: "it is of another scheme than exact",
  invalid_payment: "it is not the JSON of an x402 payment, version 2",
  invalid_exact_evm_network_mismatch: "it is for another chain",
  invalid_exact_evm_asset_mismatch: "it is not in STELAI",
  invalid_exact_evm_recipient_mismatch: "it is to another address than this operator's receiver",
  invalid_exact_evm_payload_authorization_value_mismatch: "its amount is not the price",
  invalid_exact_evm_payload_authorization_valid_after: "it is not valid yet",
  invalid_exact_evm_payload_authorization_valid_before: "it is not valid for long enough any more",
  invalid_exact_evm_signature: "the payer did not sign it",
  invalid_exact_evm_nonce_already_used: "its nonce was used or cancelled",
  invalid_exact_evm_insufficient_balance: "the payer does not hold as much, beside what other requests wait for",
  invalid_exact_evm_transaction_simulation_failed: "the chain would refuse it",
  amount_below_minimum: "it is less than the fee that covers its transaction",
};

/** Why a payment is not taken, before it is known how that is answered. */
export class PaymentProblem extends Error {
  override readonly name = "PaymentProblem";
  readonly reason: RefusalReason;

  /** @param detail The contracts' own error, where there is one. */
  constructor(reason: RefusalReason, detail?: string) {
    super(`The payment is refused: ${REASONS[reason]}${detail === undefined ? "" : ` (${detail})`}.`);
    this.reason = reason;
  }
}

/** An answer that carries x402's header beside our error. */
export function requiredHeaders(required: X402Required): Record<string, string> {
  return { [PAYMENT_REQUIRED_HEADER]: encode(required) };
}

/** JSON as x402's headers carry it. */
export function encode(value: X402Required | X402Settled): string {
  return Buffer.from(toWire(value), "utf8").toString("base64");
}

/** 402: the payment that came is not taken. Nothing was charged. */
export class PaymentRefusedError extends RelayerError {
  readonly status = 402;
  readonly code = "payment_refused";
  override readonly type = "payment_error";
  override readonly param = "PAYMENT-SIGNATURE";
  override readonly details: { reason: RefusalReason };
  override readonly headers: Readonly<Record<string, string>>;
  override readonly beside: Readonly<Record<string, unknown>>;

  constructor({ message, reason }: PaymentProblem, required: X402Required, settled?: X402Settled) {
    super(`${message} Nothing was charged.`);
    this.details = { reason };
    const { x402Version, resource, accepts } = required;
    this.beside = { x402Version, resource, accepts };
    this.headers = {
      ...requiredHeaders({ ...required, error: reason }),
      ...(settled === undefined ? {} : { [PAYMENT_RESPONSE_HEADER]: encode(settled) }),
    };
  }
}

/**
 * OpenAI's clients ask again by themselves after a 409 or 503, and a wrapped fetch signs another payment each time:
 * this keeps them from it.
 */
const NO_RETRY = { "x-should-retry": "false" } as const;

/** 429: so much was done on promises of one payer or network that were not kept, or are not yet, that no more is. */
export class TooMuchUnpaidError extends RelayerError {
  readonly status = 429;
  readonly code = "rate_limited";
  override readonly type = "rate_limit_error";
  override readonly headers: Readonly<Record<string, string>>;

  constructor(retryAfterSeconds: number) {
    super(
      "So many single payments of yours are being worked for, or were and could not be charged in the end, that no more " +
        "are taken today. Nothing was charged for this one. Wait until those under way have ended, or pay by a tab.",
    );
    this.headers = { ...NO_RETRY, "Retry-After": String(retryAfterSeconds) };
  }
}

/** 503: settling costs more gas than the operator allows, at once or in a day. Nothing was sent. */
export class GasTooDearError extends RelayerError {
  readonly status = 503;
  readonly code = "unavailable";
  override readonly type = "server_error";
  override readonly headers = { ...NO_RETRY, "Retry-After": "60" };

  constructor() {
    super(
      "This operator takes no single payments right now, because settling them costs too much gas. Nothing was charged, " +
        "and the payment stays unused. Try again later, or pay by a tab.",
    );
  }
}

/** 503: the payment is on its way to the chain, which has not confirmed it yet. No reason to sign another one. */
export class PaymentPendingError extends RelayerError {
  readonly status = 503;
  readonly code = "payment_pending";
  override readonly type = "server_error";
  override readonly headers: Readonly<Record<string, string>>;

  constructor(settled: X402Settled) {
    super(
      "This payment is on its way, and the chain has not confirmed it yet. Sign no other one: send the same request " +
        "again with the same PAYMENT-SIGNATURE in a moment. It is not charged twice.",
    );
    this.headers = { ...NO_RETRY, "Retry-After": "5", [PAYMENT_RESPONSE_HEADER]: encode(settled) };
  }
}

/** 409: it was paid, and begun as often as it may be for one payment. */
export class AnsweredOftenError extends RelayerError {
  readonly status = 409;
  readonly code = "payment_used_up";
  override readonly headers = NO_RETRY;
  constructor(tries: number) {
    super(
      `This payment was charged, and its answer broke off ${tries} times, as often as it is begun. Sign a new payment ` +
        "for a new answer.",
    );
  }
}

/** 409: it was paid and answered, so long ago that the answer is not kept any more. */
export class AnswerForgottenError extends RelayerError {
  readonly status = 409;
  readonly code = "payment_used_up";
  override readonly headers = NO_RETRY;
  constructor() {
    super("This payment was charged and answered, and the answer is no longer kept. Sign a new payment for a new one.");
  }
}

/** 409: the same payment is being answered. */
export class PaymentInProgressError extends RequestInProgressError {
  override readonly headers = { ...NO_RETRY, "Retry-After": "1" };
  constructor() {
    super(
      "This payment's request is being answered. Sign no other one: send the same request again with the same " +
        "PAYMENT-SIGNATURE in a moment, for the same answer and one charge.",
    );
  }
}

/** 409: the payment came before, for another request or in another form. */
export class PaymentDiffersError extends RequestDiffersError {
  override readonly headers = NO_RETRY;
  constructor() {
    super(
      "This payment came before with another request or another PAYMENT-SIGNATURE, and pays for that one alone. Send " +
        "exactly the same again, or sign a new payment for a new request.",
    );
  }
}

/** 409: the character sells no lifetime pass. */
export class PassNotForSaleError extends RelayerError {
  readonly status = 409;
  readonly code = "pass_not_for_sale";
  constructor() {
    super("This character has no lifetime pass to buy. Nothing was charged.");
  }
}

/** 404: this operator takes no single payments. */
export class SinglePaymentsOffError extends RelayerError {
  readonly status = 404;
  readonly code = "not_found";
  constructor() {
    super("This operator takes no single payments by x402: it has no receiver on this chain.");
  }
}
