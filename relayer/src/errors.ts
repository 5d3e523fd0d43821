import { toWire } from "@stelai/sdk/wire";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ProviderError, type ProviderErrorCode } from "./providers/errors.ts";

/** What every refusal of the relayer carries (docs/PROTOCOL.md, "Errors"). Subclasses: one a failure. */
export abstract class RelayerError extends Error {
  abstract readonly status: ContentfulStatusCode;
  abstract readonly code: string;
  /** OpenAI's coarse kind of error. */
  readonly type: string = "invalid_request_error";
  /** The field that is wrong, when one is. */
  readonly param: string | null = null;
  /** What a program needs to go on: amounts, a quote, a seal. */
  readonly details: Readonly<Record<string, unknown>> | undefined = undefined;
  readonly headers: Readonly<Record<string, string>> = {};
  /** Fields of the body beside `error`, where another protocol has a say in it. */
  readonly beside: Readonly<Record<string, unknown>> = {};
}

/** 400: the body is not JSON. */
export class InvalidJsonError extends RelayerError {
  readonly status = 400;
  readonly code = "invalid_json";
  constructor() {
    super("The body is not valid JSON. Send a JSON object with Content-Type: application/json.");
  }
}

/** 400: a field is missing or wrong. */
export class InvalidRequestError extends RelayerError {
  readonly status = 400;
  readonly code = "invalid_request";
  override readonly param: string | null;
  constructor(message: string, param: string | null = null) {
    super(message);
    this.param = param;
  }
}

/** 404: no such route or resource. */
export class NotFoundError extends RelayerError {
  readonly status = 404;
  readonly code = "not_found";
  constructor(message = "There is nothing here. The endpoints are listed at /openapi.json.") {
    super(message);
  }
}

/** 413: refused before it was read. */
export class BodyTooLargeError extends RelayerError {
  readonly status = 413;
  readonly code = "body_too_large";
  override readonly details: { limit: number };
  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes. Send a shorter conversation.`);
    this.details = { limit };
  }
}

/** 408: the body did not come; its connection is closed, so that the log alone sees this. */
export class BodyTimeoutError extends RelayerError {
  readonly status = 408;
  readonly code = "body_timeout";
  constructor() {
    super("The body did not come in time. Nothing was charged; send the request again.");
  }
}

/** 429: too often. */
export class RateLimitedError extends RelayerError {
  readonly status = 429;
  readonly code = "rate_limited";
  override readonly type = "rate_limit_error";
  override readonly headers: Readonly<Record<string, string>>;
  constructor(retryAfterSeconds: number, message?: string) {
    super(message ?? `Too many requests. Try again in ${retryAfterSeconds} s.`);
    this.headers = { "Retry-After": String(retryAfterSeconds) };
  }
}

/** 401: nobody is signed in. */
export class NotSignedInError extends RelayerError {
  readonly status = 401;
  readonly code = "not_signed_in";
  override readonly type = "authentication_error";
  constructor(message = "Sign in first: GET /v1/auth/nonce, sign it with the wallet, POST /v1/auth/verify.") {
    super(message);
  }
}

/** 403: signed in, but it belongs to another account. */
export class NotOwnerError extends RelayerError {
  readonly status = 403;
  readonly code = "not_owner";
  override readonly type = "permission_error";
}

/** 403: the operator does not serve this character or account. */
export class BlockedError extends RelayerError {
  readonly status = 403;
  readonly code = "blocked";
  override readonly type = "permission_error";
  constructor(message = "This operator does not serve this. Another operator may.") {
    super(message);
  }
}

/** 503: the chain or the storage cannot be reached, the process is stopping, or it has too much to do. */
export class UnavailableError extends RelayerError {
  readonly status = 503;
  readonly code = "unavailable";
  override readonly type = "server_error";
  override readonly headers: Readonly<Record<string, string>> = { "Retry-After": "5" };
}

/** This process ends soon; the next request goes to another one, over another connection. */
export class StoppingError extends UnavailableError {
  override readonly headers = { "Retry-After": "5", Connection: "close" };
  /** @param charged What became of what pays for it. */
  constructor(charged = "Nothing was charged; try again.") {
    super(`This relayer is stopping. ${charged}`);
  }
}

/** The body of an error answer, in OpenAI's shape. */
export type ErrorBody = {
  error: {
    message: string;
    type: string;
    param: string | null;
    code: string;
    stelai?: Readonly<Record<string, unknown>>;
    /** What the operator finds it by in its log: the answer's X-Request-Id. */
    request_id?: string;
  };
};
export type HttpError = {
  status: ContentfulStatusCode;
  body: ErrorBody;
  headers: Readonly<Record<string, string>>;
  /** Whether it is the relayer's own fault and belongs in its log. */
  unexpected: boolean;
};

const UPSTREAM: Readonly<Record<ProviderErrorCode, { status: ContentfulStatusCode; code: string }>> = {
  upstream_unreachable: { status: 502, code: "upstream_failed" },
  upstream_status: { status: 502, code: "upstream_failed" },
  upstream_malformed: { status: 502, code: "upstream_failed" },
  upstream_cut: { status: 502, code: "upstream_cut" },
  upstream_refused: { status: 502, code: "upstream_refused" },
  upstream_timeout: { status: 504, code: "upstream_timeout" },
};

/** The one place where a failure becomes HTTP. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof RelayerError) {
    const { message, type, param, code, details, beside } = error;
    const told = { message, type, param, code, ...(details === undefined ? {} : { stelai: details }) };
    const body = { ...beside, error: told };
    return { status: error.status, body, headers: error.headers, unexpected: false };
  }
  if (error instanceof ProviderError) {
    const { status, code } = UPSTREAM[error.code];
    const body = { error: { message: error.message, type: "upstream_error", param: null, code } };
    return { status, body, headers: {}, unexpected: false };
  }
  if (isOutOfReach(error)) {
    return toHttpError(
      new UnavailableError(
        "The operator's storage or chain cannot be reached right now. Send the same request again in a moment.",
      ),
    );
  }
  // What was charged by then is not known here: it is in the statement, under the same id it is not charged twice.
  const message = "Something went wrong here. Try again; if it stays, tell the operator.";
  return {
    status: 500,
    body: { error: { message, type: "server_error", param: null, code: "internal" } },
    headers: {},
    unexpected: true,
  };
}

/** Connection refused, reset or lost; or the server shuts down, is starting, or has no connection left. */
const AWAY = new Set([
  ...[
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "57P01",
    "57P02",
    "57P03",
    "53300",
    "08000",
    "08003",
    "08006",
  ],
]);

/** Whether the database (or a node) was out of reach; whether what it was asked was done is not known. */
function isOutOfReach(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && AWAY.has(String(cause.code))) return true;
    if (
      /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
        cause.message,
      )
    )
      return true;
  }
  return false;
}

/** An error as the answer that carries it, with the id of the request that it answers. */
export function errorResponse(error: unknown, requestId?: string): Response {
  const { status, body, headers } = toHttpError(error);
  if (requestId !== undefined) body.error.request_id = requestId;
  return new Response(toWire(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}
