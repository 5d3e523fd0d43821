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
