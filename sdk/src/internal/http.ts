import type { StelaiClient } from "../client.ts";
import { RelayerUrlMissingError } from "../errors/client.ts";
import {
  RateLimitedError,
  type RelayerErrorBody,
  type RelayerErrorClasses,
  RelayerProtocolError,
  RelayerUnreachableError,
  relayerErrorOf,
} from "../errors/relayer.ts";
import { parseWire, toJson } from "./json.ts";

export type RelayerRequest = {
  path: string;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON; a string or bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Speaks for the account that is signed in: by the sign-in's token, or by the session key that it bound. */
  signedIn?: boolean;
  signal?: AbortSignal | undefined;
  /** Classes of the codes that only this endpoint answers with. */
  errors?: RelayerErrorClasses;
};

/** Sends a request to the relayer and returns the answer unread, or throws the typed error of its body. */
export async function relayerResponse(client: StelaiClient, request: RelayerRequest): Promise<Response> {
  if (client.relayerUrl === undefined) throw new RelayerUrlMissingError();
  const url = `${client.relayerUrl.replace(/\/$/, "")}${request.path}`;
  const raw = typeof request.body === "string" || request.body instanceof Uint8Array;
  const headers: Record<string, string> = { ...request.headers };
  if (request.body !== undefined) headers["content-type"] ??= "application/json";
  if (request.signedIn) Object.assign(headers, await client.accountHeaders());
  let response: Response;
  try {
    response = await client.fetch(url, {
      method: request.method ?? "GET",
      headers,
      ...(request.body === undefined ? {} : { body: raw ? (request.body as BodyInit) : toJson(request.body) }),
      ...(request.signal ? { signal: request.signal } : {}),
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new RelayerUnreachableError(client.relayerUrl, cause);
  }
  if (!response.ok) throw await errorOf(response, request.errors);
  return response;
}

/** Sends a request to the relayer and reads its JSON; undefined where the answer has no body. */
export async function relayerRequest<T>(client: StelaiClient, request: RelayerRequest): Promise<T> {
  const response = await relayerResponse(client, request);
  const text = await response.text();
  if (text === "") return undefined as T;
  try {
    return parseWire<T>(text);
  } catch {
    throw new RelayerProtocolError(`${request.path} did not answer with JSON`);
  }
}

async function errorOf(response: Response, errors?: RelayerErrorClasses): Promise<Error> {
  const text = await response.text();
  let body: RelayerErrorBody | undefined;
  try {
    body = parseWire<{ error?: RelayerErrorBody }>(text).error;
  } catch {
    // Not JSON: a proxy in between answered.
  }
  if (typeof body?.code !== "string" || typeof body.message !== "string") {
    return new RelayerProtocolError(`status ${response.status} without an error body`);
  }
  const error = relayerErrorOf(body, response.status, errors);
  if (error instanceof RateLimitedError) {
    const seconds = Number(response.headers.get("retry-after"));
    error.retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
  }
  return error;
}
