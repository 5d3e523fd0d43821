/**
 * Errors that only some endpoints answer with: those name them in their request, so that no other action carries them.
 */
import type { LicenceStatus } from "../wireMarket.ts";
import type { DeedState } from "../wireRewards.ts";
import { COMMON_ERRORS, RateLimitedError, RelayerError, type RelayerErrorClasses } from "./relayer.ts";

/** 402: the account's own limit over all tabs of a UTC day; nothing was charged. */
export class DailyLimitReachedError extends RelayerError {
  /** Microcredits, as is `spent`. */
  get limit(): bigint {
    return this.details.limit as bigint;
  }
  get spent(): bigint {
    return this.details.spent as bigint;
  }
  /** Unix seconds at which the next day begins. */
  get resetsAt(): number {
    return this.details.resetsAt as number;
  }
}
/** 429: the pass's fair use of today; the same request may be paid by a tab. */
export class PassQuotaExhaustedError extends RateLimitedError {
  /** Requests a UTC day. */
  get limit(): number {
    return this.details.limit as number;
  }
  /** Unix seconds at which it starts anew. */
  get resetsAt(): number {
    return this.details.resetsAt as number;
  }
}
/** 409: the voucher's base was sealed meanwhile. */
export class VoucherStaleError extends RelayerError {}
/** 422: the operator does not take this voucher; `reason` says why. */
export class VoucherRefusedError extends RelayerError {}
/** 422: the relayer does not send it: `details.reason` is the contract's error, or the condition that is not met. */
export class SponsorRefusedError extends RelayerError {}
/** 409: another device wrote this conversation meanwhile: read it, merge, and write again. */
export class HistoryConflictError extends RelayerError {}
/** 415: knowledge that is neither text nor PDF. */
export class UnsupportedFileError extends RelayerError {}
/** 422: knowledge that holds no text that could be read. */
export class UnreadableFileError extends RelayerError {}
/** 403: a file's address has expired or was changed: read the generation again, its `urls` are fresh. */
export class InvalidAddressError extends RelayerError {}
/** 404: no such generation, or another account's: sign in with the account, or give the session, that it belongs to. */
export class GenerationNotFoundError extends RelayerError {}
/** 409: it is still made, or came to nothing: there is no file. Wait for it with `generate.waitForGeneration`. */
export class GenerationNotFinishedError extends RelayerError {}
/** 409: it ended meanwhile and cannot be cancelled any more; `generate.deleteGeneration` removes what was made. */
export class GenerationEndedError extends RelayerError {}
/** 429: as many of the account's as may wait already do. Ask again when one of them has ended, or cancel one. */
export class TooManyGenerationsError extends RateLimitedError {
  /** How many may wait. */
  get limit(): number {
    return Number(this.details.limit);
  }
}
/** 507: the operator's storage takes nothing more; not charged. Delete what is not needed, or ask later. */
export class StorageFullError extends RelayerError {}

/**
 * 403: the chain does not confirm that the account holds the licence, or owns the work. Sign in with the wallet that holds
 * it; one that is disputed, refunded or past opens nothing.
 */
export class NotLicensedError extends RelayerError {
  /** Where the order stands, when there is one. */
  get licenceStatus(): LicenceStatus | undefined {
    return this.details.status as LicenceStatus | undefined;
  }
}
/** 409: what it rests on may still be undone by the chain: ask again once it is final. */
export class NotFinalError extends RelayerError {
  /** How many blocks that takes. */
  get blocksLeft(): number {
    return Number(this.details.blocksLeft);
  }
}
/** 404: this operator has no such file of the creator's: deposit it (`works.depositGeneration`, `works.depositFile`). */
export class NotDepositedError extends RelayerError {}
/** 422: a deposit is not what it says: its hash, its type or its key. Deposit the file again. */
export class UnfitFileError extends RelayerError {}
/** 403: the account does not hold the role MODERATOR on the chain. */
export class NotModeratorError extends RelayerError {}

/**
 * 403: the tab has bonus credits left, and the character is the payer's own or pays the payer. Close the tab, or use it
 * through one without bonus.
 */
export class BonusOnOwnCharacterError extends RelayerError {}
/** 422: the operator does not vouch for the deed: `state` is where it stands, the message says why. */
export class ContributionRefusedError extends RelayerError {
  get state(): DeedState | undefined {
    return this.details.state as DeedState | undefined;
  }
}
/** 401: an API key that is none of this operator's, was cut short when it was copied, or was revoked. */
export class InvalidApiKeyError extends RelayerError {}
/** 401: the time of an API key is over: make another one. */
export class ExpiredApiKeyError extends RelayerError {}
/** 402: what is left of an API key's cap does not hold the most that this may cost: ask for less, or top its tab up. */
export class InsufficientQuotaError extends RelayerError {
  /** Microcredits, as is `needed`. */
  get available(): bigint {
    return this.details.available as bigint;
  }
  get needed(): bigint {
    return this.details.needed as bigint;
  }
}
/** 409: as many API keys as one account may have. Revoke one that is not needed. */
export class TooManyKeysError extends RelayerError {
  get limit(): number {
    return this.details.limit as number;
  }
}
/** 422: a tab that was not opened for this API key by its account. */
export class WrongTabError extends RelayerError {}

/** Of API keys, and of what they are asked with. */
export const BUDGET_KEY_ERRORS: RelayerErrorClasses = {
  invalid_api_key: InvalidApiKeyError,
  expired_api_key: ExpiredApiKeyError,
  insufficient_quota: InsufficientQuotaError,
  too_many_keys: TooManyKeysError,
  wrong_tab: WrongTabError,
};
/** Of inference. */
export const INFERENCE_ERRORS: RelayerErrorClasses = {
  bonus_on_own_character: BonusOnOwnCharacterError,
  daily_limit_reached: DailyLimitReachedError,
  pass_quota_exhausted: PassQuotaExhaustedError,
};
/** Of generations, once they are asked for. */
export const GENERATION_ERRORS: RelayerErrorClasses = {
  invalid_address: InvalidAddressError,
  generation_not_found: GenerationNotFoundError,
  generation_not_finished: GenerationNotFinishedError,
  generation_ended: GenerationEndedError,
};
/** Of asking for a generation. */
export const MEDIA_ERRORS: RelayerErrorClasses = /* @__PURE__ */ Object.assign(
  { too_many_generations: TooManyGenerationsError, storage_full: StorageFullError },
  INFERENCE_ERRORS,
);
/** Of what is signed for a tab. */
export const VOUCHER_ERRORS: RelayerErrorClasses = {
  voucher_stale: VoucherStaleError,
  voucher_refused: VoucherRefusedError,
};
/** Of what the relayer sends for a wallet without ETH. */
export const SPONSOR_ERRORS: RelayerErrorClasses = { sponsor_refused: SponsorRefusedError };
/** Of the history. */
export const HISTORY_ERRORS: RelayerErrorClasses = { history_conflict: HistoryConflictError };
/** Of knowledge. */
export const FILE_ERRORS: RelayerErrorClasses = {
  unsupported_file: UnsupportedFileError,
  unreadable_file: UnreadableFileError,
};

/** Of the keys of licensed files. */
export const KEY_ERRORS: RelayerErrorClasses = {
  not_licensed: NotLicensedError,
  not_final: NotFinalError,
  not_deposited: NotDepositedError,
};
/** Of deposits. */
export const DEPOSIT_ERRORS: RelayerErrorClasses = {
  not_deposited: NotDepositedError,
  unfit_file: UnfitFileError,
  unsupported_file: UnsupportedFileError,
  storage_full: StorageFullError,
};
/** Of contributions. */
export const CONTRIBUTION_ERRORS: RelayerErrorClasses = { contribution_refused: ContributionRefusedError };
/** Of the moderators' queue. */
export const MODERATION_ERRORS: RelayerErrorClasses = { not_moderator: NotModeratorError };

/** The class of every code of the protocol. */
export const RELAYER_ERRORS: RelayerErrorClasses = /* @__PURE__ */ Object.assign(
  {},
  COMMON_ERRORS,
  BUDGET_KEY_ERRORS,
  GENERATION_ERRORS,
  MEDIA_ERRORS,
  VOUCHER_ERRORS,
  SPONSOR_ERRORS,
  HISTORY_ERRORS,
  FILE_ERRORS,
  KEY_ERRORS,
  DEPOSIT_ERRORS,
  CONTRIBUTION_ERRORS,
  MODERATION_ERRORS,
);
/** Every code of the protocol. */
export const RELAYER_ERROR_CODES: readonly string[] = /* @__PURE__ */ Object.keys(RELAYER_ERRORS);
