/** Machine-readable cause of a {@link ProviderError}; the relayer maps it to HTTP in one place. */
export type ProviderErrorCode =
  | "upstream_unreachable"
  | "upstream_status"
  | "upstream_timeout"
  | "upstream_cut"
  | "upstream_malformed"
  | "upstream_refused";

/**
 * An upstream fault, in words that can be shown to a person: no address, key or upstream text is in the message.
 * `retryable` says whether the very same request may be sent again with a chance of success.
 */
export abstract class ProviderError extends Error {
  abstract readonly code: ProviderErrorCode;
  readonly provider: string;
  readonly retryable: boolean;
  /** What the upstream said, for the operator's log only. */
  readonly detail: string | undefined;

  constructor(provider: string, message: string, retryable: boolean, detail?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.provider = provider;
    this.retryable = retryable;
    this.detail = detail;
  }
}

/** Thrown when no connection came about: refused, no such host, TLS failure. Nothing was delivered; may be retried. */
export class UpstreamUnreachableError extends ProviderError {
  readonly code = "upstream_unreachable";

  constructor(provider: string, detail?: string, options?: ErrorOptions) {
    super(provider, `${provider} cannot be reached right now. Try again in a moment.`, true, detail, options);
  }
}

const RETRYABLE_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504, 529]);

/**
 * Thrown when the upstream answered with a status other than 2xx, or sent an error inside its stream.
 * May be retried on 408, 425, 429 and 5xx that pass; `retryAfterSeconds` is the upstream's own wish.
 */
export class UpstreamStatusError extends ProviderError {
  readonly code = "upstream_status";
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(provider: string, status: number, detail?: string, retryAfterSeconds?: number) {
    super(provider, statusMessage(provider, status, retryAfterSeconds), RETRYABLE_STATUS.has(status), detail);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function statusMessage(provider: string, status: number, retryAfterSeconds: number | undefined): string {
  if (status === 429) {
    const wait = retryAfterSeconds === undefined ? "in a moment" : `in ${retryAfterSeconds} s`;
    return `${provider} is busy (429). Try again ${wait}.`;
  }
  if (status === 401 || status === 403) {
    return `${provider} does not accept this operator's credentials (${status}). Only the operator can mend that.`;
  }
  if (status >= 500) return `${provider} failed (${status}). Try again in a moment.`;
  return `${provider} did not accept the request (${status}).`;
}

/** Where a {@link UpstreamTimeoutError} struck. */
export type TimeoutPhase = "connect" | "idle";

/** Thrown when the upstream did not begin to answer (`connect`) or went quiet mid-answer (`idle`). May be retried. */
export class UpstreamTimeoutError extends ProviderError {
  readonly code = "upstream_timeout";
  readonly phase: TimeoutPhase;
  readonly timeoutMs: number;

  constructor(provider: string, phase: TimeoutPhase, timeoutMs: number) {
    const what = phase === "connect" ? "did not begin to answer" : "went quiet";
    super(provider, `${provider} ${what} for ${timeoutMs} ms. Try again in a moment.`, true);
    this.phase = phase;
    this.timeoutMs = timeoutMs;
  }
}

/** Thrown when the stream ended without its end mark. What arrived before stands; a retry starts a new answer. */
export class UpstreamCutError extends ProviderError {
  readonly code = "upstream_cut";

  constructor(provider: string, detail?: string, options?: ErrorOptions) {
    super(provider, `${provider} broke off before the end of its answer.`, true, detail, options);
  }
}

/** Thrown when the upstream sent something that is not a chat completion. A retry rarely helps. */
export class UpstreamMalformedError extends ProviderError {
  readonly code = "upstream_malformed";

  constructor(provider: string, detail?: string, options?: ErrorOptions) {
    super(provider, `${provider} sent an answer that cannot be read.`, false, detail, options);
  }
}

/** Thrown when the upstream came to its end without a word, and was told at which words to stop. */
export class UpstreamStoppedError extends ProviderError {
  readonly code = "upstream_malformed";

  constructor(provider: string) {
    super(provider, `${provider} stopped before its first word, as \`stop\` tells it to. Ask with another one.`, false);
  }
}

/** Thrown when the upstream's policy refused the request. Must not be retried unchanged. */
export class UpstreamRefusedError extends ProviderError {
  readonly code = "upstream_refused";

  constructor(provider: string, detail?: string) {
    super(
      provider,
      `${provider} refuses this request under its content policy. Change the text and send it again.`,
      false,
      detail,
    );
  }
}
