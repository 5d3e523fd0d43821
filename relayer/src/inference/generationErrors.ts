import type { ContentfulStatusCode } from "hono/utils/http-status";
import { RateLimitedError, RelayerError, UnavailableError } from "../errors.ts";
import type { GenerationRow } from "../generations/types.ts";

/** 404: no such generation, or another account's. */
export class GenerationNotFoundError extends RelayerError {
  readonly status = 404;
  readonly code = "generation_not_found";
  constructor(message = "There is no such generation of yours here. It may have been deleted.") {
    super(message);
  }
}

/** 409: there is no file yet, or there will be none. */
export class GenerationNotFinishedError extends RelayerError {
  readonly status = 409;
  readonly code = "generation_not_finished";
  override readonly details: { status: GenerationRow["status"] };
  constructor({ status, errorMessage }: Pick<GenerationRow, "status" | "errorMessage">) {
    const isOver = status === "failed" || status === "cancelled";
    super(
      isOver
        ? `There is no file: this ${status === "failed" ? `failed (${errorMessage ?? "no cause is known"})` : "was cancelled"}. Nothing was charged.`
        : "There is no file yet. Wait for it: GET /v1/generations/:id?wait=25.",
    );
    this.details = { status };
  }
}

/** 409: it has ended, so that it cannot be cancelled any more; or it was cancelled while somebody waited for it. */
export class GenerationEndedError extends RelayerError {
  readonly status = 409;
  readonly code = "generation_ended";
  override readonly details: { status: GenerationRow["status"] };
  constructor(status: GenerationRow["status"]) {
    super(
      status === "completed"
        ? "This was finished, stored and charged before it could be cancelled."
        : status === "failed"
          ? "This has failed already. Nothing was charged."
          : "This was cancelled. Nothing was charged.",
    );
    this.details = { status };
  }
}

/** 503: something else failed after it was queued or made. It is not lost, and not charged again. */
export class GenerationGoesOnError extends UnavailableError {
  override readonly details: { generation: string };
  constructor(id: string, options?: ErrorOptions) {
    super(
      `This was taken, and the answer could not be given. It goes on: ask for it at GET /v1/generations/${id}.`,
      options,
    );
    this.details = { generation: id };
  }
}

/** 503: the storage does not give a file that was made. */
export class FileUnavailableError extends UnavailableError {
  override readonly details: { generation: string };
  constructor(id: string, options?: ErrorOptions) {
    super(
      `This operator's storage cannot be reached right now. What was made stays: ask for it again at GET /v1/generations/${id}/content.`,
      options,
    );
    this.details = { generation: id };
  }
}

/** 503: as many bytes of files are on their way as this process may hold. */
export class FilesBusyError extends UnavailableError {
  override readonly details: { generation: string };
  constructor(id: string) {
    super(
      `Too many files are on their way from here. What was made stays: ask again in a moment, at GET /v1/generations/${id}/content.`,
    );
    this.details = { generation: id };
  }
}

/** 429: as many wait for generations, of one account or network, as may. */
export class TooManyWaitsError extends RateLimitedError {
  override readonly details: { generation: string };
  constructor(id: string) {
    super(
      5,
      "As many of your requests wait for generations as may. It goes on: ask again in a moment, without waiting.",
    );
    this.details = { generation: id };
  }
}

/** What a failed generation's cause is over HTTP; what is not named here is the upstream's. */
const STATUSES: Readonly<Record<string, ContentfulStatusCode>> = {
  upstream_timeout: 504,
  unavailable: 503,
  interrupted: 503,
  blocked: 403,
  model_not_found: 404,
  character_suspended: 423,
  rate_limited: 429,
  storage_full: 507,
  voucher_required: 402,
  payment_refused: 402,
  invalid_api_key: 401,
  tab_closed: 410,
  tab_expired: 410,
};

/** A generation that a client waited for has failed, by its own cause. */
export class GenerationFailedError extends RelayerError {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  override readonly type = "upstream_error";
  override readonly details: { generation: string };
  constructor({ id, errorCode, errorMessage }: Pick<GenerationRow, "id" | "errorCode" | "errorMessage">) {
    super(errorMessage ?? "It could not be made. Nothing was charged.");
    this.code = errorCode ?? "upstream_failed";
    this.status = STATUSES[this.code] ?? 502;
    this.details = { generation: id };
  }
}
