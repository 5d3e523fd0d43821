import { RelayerError } from "../errors.ts";

/** 401: a sign-in message or token is not good; the message says what to change. */
export class SignInRefusedError extends RelayerError {
  readonly status = 401;
  readonly code = "invalid_session";
  override readonly type = "authentication_error";
}

/** 429: a daily allowance is used up. */
export class DailyLimitError extends RelayerError {
  readonly status = 429;
  readonly code = "rate_limited";
  override readonly type = "rate_limit_error";
  override readonly headers: Readonly<Record<string, string>>;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.headers = { "Retry-After": String(retryAfterSeconds) };
  }
}

/** 415: knowledge that is neither text nor PDF. */
export class UnsupportedFileError extends RelayerError {
  readonly status = 415;
  readonly code = "unsupported_file";
}

/** 422: a file that holds no text, or cannot be read; the message says why. */
export class UnreadableFileError extends RelayerError {
  readonly status = 422;
  readonly code = "unreadable_file";
}

/** 409: a conversation was written by another device meanwhile. */
export class HistoryConflictError extends RelayerError {
  readonly status = 409;
  readonly code = "history_conflict";
  override readonly details: { version: number | null };
  /** @param version The one that is here; null when it is gone. */
  constructor(version: number | null) {
    super("Another device wrote this conversation meanwhile. Read it, merge, and write again.");
    this.details = { version };
  }
}

/** 402: the account's own limit for a day, over all its tabs here. */
export class DailySpendingLimitError extends RelayerError {
  readonly status = 402;
  readonly code = "daily_limit_reached";
  override readonly details: { limit: bigint; spent: bigint; resetsAt: number };
  /**
   * @param spent What was charged today and is held by requests under way, in microcredits.
   * @param resetsAt Unix seconds.
   */
  constructor(limit: bigint, spent: bigint, resetsAt: number) {
    super(
      "This would go above the daily limit that you set. Nothing was charged. It starts anew at midnight UTC; " +
        "you can also raise it.",
    );
    this.details = { limit, spent, resetsAt };
  }
}
