import { ContentStoreError, ContentStoreFullError } from "../content/index.ts";
import { RelayerError, UnavailableError } from "../errors.ts";
import { ProviderError } from "../providers/errors.ts";

/** 429: as many of this requester's generations as may wait already do. */
export class TooManyGenerationsError extends RelayerError {
  readonly status = 429;
  readonly code = "too_many_generations";
  override readonly type = "rate_limit_error";
  override readonly details: { limit: number };
  override readonly headers = { "Retry-After": "10" };
  constructor(limit: number) {
    super(`${limit} of your generations wait already, as many as may. Wait for one to end, or cancel one.`);
    this.details = { limit };
  }
}

/** 507: what was made cannot be kept, so it is not charged. */
export class StorageFullError extends RelayerError {
  readonly status = 507;
  readonly code = "storage_full";
  override readonly type = "server_error";
  constructor() {
    super("This operator's storage is full, so what was made could not be kept. Nothing was charged.");
  }
}

/** 503: its turn did not come in time. */
export class WaitedTooLongError extends UnavailableError {
  constructor(seconds: number) {
    super(`Its turn did not come within ${seconds} s. Nothing was charged. Try again when fewer are waiting.`);
  }
}

/** 409: it has its file and is being charged, so that it cannot be deleted yet. */
export class BeingChargedError extends RelayerError {
  readonly status = 409;
  readonly code = "generation_not_finished";
  constructor() {
    super("This is finished and being charged, so it cannot be deleted yet. Try again in a moment.");
  }
}

/** 503: whether it was queued cannot be known, as the database does not answer. */
export class QueuedOrNotError extends UnavailableError {
  constructor() {
    super(
      "This operator's database does not answer, so it is not known whether this was taken. Send the same request again " +
        "with its id or key: it is made once.",
    );
  }
}

/** The process that worked on it died as often as it may be tried. */
export class InterruptedError extends RelayerError {
  readonly status = 503;
  readonly code = "interrupted";
  override readonly type = "server_error";
  constructor() {
    super("The operator was interrupted before this had ended. Nothing was charged. Try again.");
  }
}

/** 402: its single payment could not be charged, any more when it was to begin or when it was finished. */
export class UnpaidError extends RelayerError {
  readonly status = 402;
  readonly code = "payment_refused";
  override readonly type = "payment_error";
  constructor(why: string, when: "begun" | "finished") {
    const what = when === "begun" ? "It was not begun." : "It was finished and is not given.";
    super(`${why} ${what} Nothing was charged.`);
  }
}

/** What one that its owner ended says of itself in the statement. */
export class CancelledError extends RelayerError {
  readonly status = 409;
  readonly code = "cancelled";
  constructor() {
    super("It was cancelled. Nothing was charged.");
  }
}

/** Thrown when a try took longer than it may. May be retried. */
export class TryTimeoutError extends ProviderError {
  readonly code = "upstream_timeout";

  constructor(provider: string, seconds: number) {
    super(provider, `It was not finished within ${seconds} s, which is as long as a try may take.`, true);
  }
}

/** Why this process stops to work on a generation, without a fault of the generation's. */
export class StoppingError extends Error {
  override readonly name = "StoppingError";
}

/** Thrown when a generation is not this process's any more: it was cancelled, deleted, or given up for dead. */
export class GenerationLostError extends Error {
  override readonly name = "GenerationLostError";
}

/** A failure as it is told, by what went wrong. */
export function told(error: unknown): unknown {
  if (error instanceof ContentStoreFullError) return new StorageFullError();
  if (error instanceof ContentStoreError) {
    return new UnavailableError("This operator's storage cannot be reached right now. Nothing was charged.");
  }
  return error;
}

/** Whether the very same request has a chance when it is tried again (docs/PROTOCOL.md, "Retry"). */
export function mayPass(error: unknown): boolean {
  if (error instanceof ProviderError) return error.retryable;
  if (error instanceof ContentStoreFullError) return false;
  if (error instanceof RelayerError) return error.status === 503;
  // The database or the storage was out of reach.
  return true;
}
