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
