import type { Terms } from "../pricing.ts";
import { type MoneyMoved, StelaiError } from "./base.ts";

/** What the relayer's error body carried. */
export type RelayerErrorBody = {
  code: string;
  message: string;
  type?: string | undefined;
  param?: string | null | undefined;
  stelai?: Record<string, unknown> | undefined;
};

/** An operator's relayer refused or failed (docs/PROTOCOL.md, "Errors"). */
export class RelayerError extends StelaiError {
  // Declared only: a field would be written into every bundle once more.
  declare readonly name: string;
  declare readonly code: string;
  /** HTTP status, 0 when the error came inside a stream. */
  declare readonly status: number;
  declare readonly param: string | null;
  /** What the code carries, with integers as bigint. */
  declare readonly details: Record<string, unknown>;

  constructor(body: RelayerErrorBody, status: number, moneyMoved: MoneyMoved = "no") {
    super(body.message, "", { moneyMoved });
    // The relayer's own sentence already says whether money moved and what to do.
    this.message = body.message;
    // `tab_closed` is a TabClosedError: said once, so that 30 classes stay small.
    this.name = `${body.code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;
    this.code = body.code;
    this.status = status;
    this.param = body.param ?? null;
    this.details = body.stelai ?? {};
  }

  /** A bigint of the details; undefined when it is not there. */
  amount(key: string): bigint | undefined {
    const value = this.details[key];
    return typeof value === "bigint" ? value : undefined;
  }
}

/** Thrown when a card is asked for by the name of a private one: only the operator has it, for who may see it. */
export class PrivateCardError extends StelaiError {
  override readonly name = "PrivateCardError";
  constructor(uri: string) {
    super(`The card ${uri} is private: no gateway has it.`, "Sign in and read it with characters.getModel.");
  }
}

/** Thrown when the relayer cannot be reached at all. */
export class RelayerUnreachableError extends StelaiError {
  override readonly name = "RelayerUnreachableError";
  constructor(url: string, cause: unknown) {
    super(`The relayer at ${url} cannot be reached.`, "Repeat it with its id: it is charged once.", {
      moneyMoved: "unknown",
      cause,
    });
  }
}

/** Thrown when the relayer answers with something that is not the protocol. */
export class RelayerProtocolError extends StelaiError {
  override readonly name = "RelayerProtocolError";
  constructor(what: string) {
    super(`The relayer broke its protocol: ${what}.`, "Check relayerUrl.", {
      moneyMoved: "unknown",
    });
  }
}

/** 400: a field is wrong (`param`), or the body cannot be read. */
export class InvalidRequestError extends RelayerError {}
/** 401: the request's signature, its deadline or its signer is wrong. */
export class InvalidPaymentError extends RelayerError {}
/** 401: the session's signature, its deadline or its signer is wrong. */
export class InvalidSessionError extends RelayerError {}
/** 401: needs a sign-in. */
export class NotSignedInError extends RelayerError {}
/** 402: the character has a price. */
export class PaymentRequiredError extends RelayerError {}
/** 402: the tab cannot hold the quoted maximum; `amount("available")` and `amount("needed")` in microcredits. */
export class TabExhaustedError extends RelayerError {}
/** 402: too much is served and unsigned. */
export class VoucherRequiredError extends RelayerError {}
/** 403: the operator refuses this character or account. */
export class BlockedError extends RelayerError {}
/** 403: not yours. */
export class NotOwnerError extends RelayerError {}
/** 404: no such character here, or this operator may not serve it. */
export class ModelNotFoundError extends RelayerError {}
/** 404: no such tab with this operator. */
export class TabNotFoundError extends RelayerError {}
/** 404: no such thing. */
export class NotFoundError extends RelayerError {}
/** 409: the quote is above `maxCost`. */
export class MaxCostTooLowError extends RelayerError {}
/** 409: this idempotency key is being served right now. */
export class RequestInProgressError extends RelayerError {}
/** 409: this idempotency key was used for another body. */
export class RequestDiffersError extends RelayerError {}
/** 410: the tab is closing or closed. */
export class TabClosedError extends RelayerError {}
/** 410: the tab's time is over. */
export class TabExpiredError extends RelayerError {}
/** 413: larger than `limit` bytes. */
export class BodyTooLargeError extends RelayerError {}
/** 423: a moderator suspended the character. The contracts' own refusal is `CharacterSuspendedError`. */
export class SuspendedError extends RelayerError {}
/** 429: too often; `retryAfter` in seconds when the relayer said it. */
export class RateLimitedError extends RelayerError {
  retryAfter: number | undefined;
}
/** 502: the upstream refused; not charged. */
export class UpstreamRefusedError extends RelayerError {}
/** 502: the upstream failed; not charged. */
export class UpstreamFailedError extends RelayerError {}
/** 502: the upstream broke off; what was delivered is charged, its receipt follows. */
export class UpstreamCutError extends RelayerError {}
/** 503: the relayer's chain or storage is out of reach; whether it charged is not known. */
export class UnavailableError extends RelayerError {}
/** 504: the upstream took too long; not charged. */
export class UpstreamTimeoutError extends RelayerError {}

/** Classes by the protocol's codes. */
export type RelayerErrorClasses = Record<string, typeof RelayerError>;

/** What a person agreed to pay for a character with one operator. */
export type AgreedTerms = {
  termsVersion: bigint;
  terms: Terms;
  /** The operator's price per unit, in microcredits. */
  feePerUnit: bigint;
};

/**
 * 409: other terms are in force than were agreed to. Nothing is agreed to silently: show `agreed` → `current`,
 * then repeat the request with `terms: error.current`.
 */
export class TermsChangedError extends RelayerError {
  /** What the request named; undefined when it was not kept. */
  agreed: AgreedTerms | undefined;

  /** What is in force now. */
  get current(): AgreedTerms {
    return this.details as AgreedTerms;
  }
}

/** The class of each code that any endpoint may answer with; the others are in relayerEndpoints.ts. */
export const COMMON_ERRORS: RelayerErrorClasses = {
  invalid_json: InvalidRequestError,
  invalid_request: InvalidRequestError,
  invalid_payment: InvalidPaymentError,
  invalid_session: InvalidSessionError,
  not_signed_in: NotSignedInError,
  payment_required: PaymentRequiredError,
  tab_exhausted: TabExhaustedError,
  voucher_required: VoucherRequiredError,
  blocked: BlockedError,
  not_owner: NotOwnerError,
  model_not_found: ModelNotFoundError,
  tab_not_found: TabNotFoundError,
  not_found: NotFoundError,
  terms_changed: TermsChangedError,
  max_cost_too_low: MaxCostTooLowError,
  request_in_progress: RequestInProgressError,
  request_differs: RequestDiffersError,
  tab_closed: TabClosedError,
  tab_expired: TabExpiredError,
  body_too_large: BodyTooLargeError,
  character_suspended: SuspendedError,
  rate_limited: RateLimitedError,
  upstream_refused: UpstreamRefusedError,
  upstream_failed: UpstreamFailedError,
  upstream_cut: UpstreamCutError,
  unavailable: UnavailableError,
  upstream_timeout: UpstreamTimeoutError,
};

/**
 * Codes that say nothing of whether what was asked is charged: a relayer without its storage cannot know; under the same
 * id it may be served right now; a generation that is gone, or has no file yet, may have been charged or may be.
 */
const UNSURE = /^(unav|gen|request_i)/;

/**
 * The typed error for an error body of the relayer; a plain {@link RelayerError} for a code it does not know. That no
 * money moved is taken from it only where its code refuses before a charge, or instead of one: not of a code that the
 * protocol does not have here (`internal`), and not of what breaks off an answer.
 * @param status 0 when it came inside a stream: after something was delivered.
 * @param more Classes of codes that only the endpoint has which was asked.
 */
export function relayerErrorOf(body: RelayerErrorBody, status: number, more: RelayerErrorClasses = {}): RelayerError {
  const { code } = body;
  const classes = { ...COMMON_ERRORS, ...more };
  const known = Object.hasOwn(classes, code) ? classes[code] : undefined;
  const refused = known && status && !UNSURE.test(code);
  return new (known ?? RelayerError)(body, status, code === "upstream_cut" ? "yes" : refused ? "no" : "unknown");
}
