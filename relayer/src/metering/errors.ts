import type { Terms } from "@stelai/sdk";
import type { QuoteResponse, Seal } from "@stelai/sdk/wire";
import { RelayerError } from "../errors.ts";

/** 401: the payment's signature, its signer or its deadline is wrong. */
export class InvalidPaymentError extends RelayerError {
  readonly status = 401;
  readonly code = "invalid_payment";
  override readonly type = "authentication_error";
  override readonly param = "Stelai-Payment";
}

/** 401: another key than the tab's session key signed the payment. */
export class WrongSessionKeyError extends InvalidPaymentError {}

/** 401: the same of a session that reads a tab's books. */
export class InvalidSessionError extends RelayerError {
  readonly status = 401;
  readonly code = "invalid_session";
  override readonly type = "authentication_error";
}

/** 402: it costs something, and no payment came with it. */
export class PaymentRequiredError extends RelayerError {
  readonly status = 402;
  readonly code = "payment_required";
  override readonly type = "payment_error";
  override readonly details: { quote: QuoteResponse };
  override readonly headers: Readonly<Record<string, string>>;
  override readonly beside: Readonly<Record<string, unknown>>;
  /** @param offer How a single payment pays for it, where one can: headers, and fields beside the error. */
  constructor(quote: QuoteResponse, offer: Partial<Pick<RelayerError, "headers" | "beside">> = {}) {
    super(
      `This character is paid per inference: at most ${quote.total} microcredits for this request. ` +
        "Open a tab with this operator and send Stelai-Payment.",
    );
    this.details = { quote };
    this.headers = offer.headers ?? {};
    this.beside = offer.beside ?? {};
  }
}

/** 402: the tab cannot hold the most this may cost. */
export class TabExhaustedError extends RelayerError {
  readonly status = 402;
  readonly code = "tab_exhausted";
  override readonly type = "payment_error";
  override readonly details: { available: bigint; needed: bigint };
  constructor(available: bigint, needed: bigint) {
    super(
      `The tab has ${available} microcredits left and this may cost up to ${needed}. ` +
        "Top it up, or ask for a shorter answer with max_tokens.",
    );
    this.details = { available, needed };
  }
}

/** 402: what was served must be signed first. */
export class VoucherRequiredError extends RelayerError {
  readonly status = 402;
  readonly code = "voucher_required";
  override readonly type = "payment_error";
  override readonly details: { cumulative: bigint; exposureLimit: bigint };
  constructor(cumulative: bigint, exposureLimit: bigint) {
    super(
      `Sign what was served first: the tab's total is ${cumulative} microcredits. ` +
        "POST the voucher to /v1/tabs/:tabId/vouchers, then send this again.",
    );
    this.details = { cumulative, exposureLimit };
  }
}

/** 403: bonus credits are not spent on what comes back to the payer. */
export class BonusOnOwnCharacterError extends RelayerError {
  readonly status = 403;
  readonly code = "bonus_on_own_character";
  override readonly details: { bonusLeft: bigint };
  constructor(tabId: bigint, bonusLeft: bigint) {
    super(
      `Tab ${tabId} still has ${bonusLeft} microcredits of bonus credits, which do not pay for a character that you own or ` +
        "earn from. Spend them on others first, or close this tab and pay by one without bonus credits.",
    );
    this.details = { bonusLeft };
  }
}

/** 404: no such tab with this operator. */
export class TabNotFoundError extends RelayerError {
  readonly status = 404;
  readonly code = "tab_not_found";
  constructor(tabId: bigint) {
    super(`Tab ${tabId} of this operator does not exist. If it was opened just now, try again in a moment.`);
  }
}

/** 404: no such character, or not served here. */
export class ModelNotFoundError extends RelayerError {
  readonly status = 404;
  readonly code = "model_not_found";
  override readonly param = "model";
  constructor(model: string) {
    super(`The model "${model.slice(0, 80)}" does not exist here. GET /v1/models lists what this operator serves.`);
  }
}

/** 409: other prices are in force than the request agreed to. */
export class TermsChangedError extends RelayerError {
  readonly status = 409;
  readonly code = "terms_changed";
  override readonly details: { termsVersion: bigint; terms: Terms; feePerUnit: bigint };
  constructor(termsVersion: bigint, terms: Terms, feePerUnit: bigint) {
    super(`The character's prices changed (version ${termsVersion}). Look at them, and sign again if you agree.`);
    this.details = { termsVersion, terms, feePerUnit };
  }
}

/** 409: it may cost more than the request allows; with the prices in force, for the operator's may have changed. */
export class MaxCostTooLowError extends RelayerError {
  readonly status = 409;
  readonly code = "max_cost_too_low";
  override readonly details: { quote: QuoteResponse; termsVersion: bigint; terms: Terms; feePerUnit: bigint };
  constructor(quote: QuoteResponse, terms: Terms, feePerUnit: bigint) {
    super(`This may cost up to ${quote.total} microcredits, more than maxCost allows. Raise it or lower max_tokens.`);
    this.details = { quote, termsVersion: quote.termsVersion, terms, feePerUnit };
  }
}

/** 409: the voucher starts from a base that was sealed meanwhile. */
export class VoucherStaleError extends RelayerError {
  readonly status = 409;
  readonly code = "voucher_stale";
  override readonly details: { base: bigint; seal?: Seal };
  constructor(base: bigint, seal: Seal | undefined) {
    super(`The tab's base is ${base} now: a voucher was sealed. Check the seal, then sign from it.`);
    this.details = seal === undefined ? { base } : { base, seal };
  }
}

/** 409: the same idempotency key is being served. */
export class RequestInProgressError extends RelayerError {
  readonly status = 409;
  readonly code = "request_in_progress";
  override readonly headers: Readonly<Record<string, string>> = { "Retry-After": "1" };
  constructor(message = "This request is being served. Ask again with the same id in a moment for the same answer.") {
    super(message);
  }
}

/** 409: the idempotency key was used for another body. */
export class RequestDiffersError extends RelayerError {
  readonly status = 409;
  readonly code = "request_differs";
  constructor(message = "This id was used for another body. Choose a new id for a new request.") {
    super(message);
  }
}

/** 410: the payer closes the tab, or closed it; or the chain refused one of its vouchers (`broken` says why). */
export class TabClosedError extends RelayerError {
  readonly status = 410;
  readonly code = "tab_closed";
  override readonly details: { reason: string } | undefined;
  constructor(tabId: bigint, broken: string | null = null) {
    super(
      broken === null
        ? `Tab ${tabId} is closed. Open another one.`
        : `Tab ${tabId} is not served any more: the chain refused one of its vouchers (${broken}). ` +
            "Ask the chain to close it, which pays back what is left, and open another one.",
    );
    this.details = broken === null ? undefined : { reason: broken };
  }
}

/** 410: the tab's time is over. */
export class TabExpiredError extends RelayerError {
  readonly status = 410;
  readonly code = "tab_expired";
  constructor(tabId: bigint) {
    super(`Tab ${tabId} has expired. Extend it, or open another one.`);
  }
}

/** Why a voucher is not taken. */
export type VoucherRefusal =
  | "replayed"
  | "lower"
  | "above_cap"
  | "wrong_operator"
  | "wrong_tab"
  | "bad_signature"
  | "too_late"
  | "unknown_receipts"
  | "total_differs"
  | "lines_differ";

const REFUSALS: Readonly<Record<VoucherRefusal, string>> = {
  replayed: "the same total was signed before",
  lower: "a higher total was signed before",
  above_cap: "its total is above the tab's cap",
  wrong_operator: "it names another operator",
  wrong_tab: "it names another tab",
  bad_signature: "the tab's session key did not sign it",
  too_late: "the tab expired so long ago that the chain may not take it any more",
  unknown_receipts: "it names receipts that are not this tab's, or from before its base",
  total_differs: "its total is not what was served up to its receipts",
  lines_differ: "its lines are not what was served up to its receipts",
};

/** 422: the voucher is not taken; the details say why. */
export class VoucherRefusedError extends RelayerError {
  readonly status = 422;
  readonly code = "voucher_refused";
  override readonly details: { reason: VoucherRefusal };
  constructor(reason: VoucherRefusal) {
    super(`The voucher is refused: ${REFUSALS[reason]}.`);
    this.details = { reason };
  }
}

/** 423: a moderator suspended the character. */
export class CharacterSuspendedError extends RelayerError {
  readonly status = 423;
  readonly code = "character_suspended";
  constructor() {
    super("A moderator suspended this character. Nothing was charged.");
  }
}
