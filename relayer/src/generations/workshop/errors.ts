import { ProviderError, type ProviderErrorCode } from "../../providers/errors.ts";
import type { Failure } from "./messages.ts";

const CODES: readonly ProviderErrorCode[] = [
  "upstream_unreachable",
  "upstream_status",
  "upstream_timeout",
  "upstream_cut",
  "upstream_malformed",
  "upstream_refused",
];

/** Thrown when the process that worked on it died: it crashed, ran out of memory, or was killed. May be retried. */
export class EngineDiedError extends ProviderError {
  readonly code = "upstream_cut";

  constructor(detail: string) {
    super("local", "The engine broke off before it had finished. Try again in a moment.", true, detail);
  }
}

/** Thrown when an engine failed by a defect of its own; the same request would fail again. */
export class EngineDefectError extends ProviderError {
  readonly code = "upstream_status";

  constructor(detail: string | undefined) {
    super("local", "The engine cannot make this. Change what you ask for and try again.", false, detail);
  }
}

/** What a ProviderError in another process said. */
class RevivedError extends ProviderError {
  readonly code: ProviderErrorCode;

  constructor(code: ProviderErrorCode, { provider, message, retryable, detail }: Failure) {
    super(provider, message, retryable, detail);
    this.code = code;
  }
}

/** A ProviderError of another process, as it was there. */
export function revive(failure: Failure): ProviderError {
  const code = CODES.find((one) => one === failure.code);
  return code === undefined ? new EngineDefectError(failure.detail) : new RevivedError(code, failure);
}
