import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import { toWire } from "@stelai/sdk/wire";
import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type * as z from "zod";
import type { Config } from "./config.ts";
import { MAX_UPLOAD_BYTES } from "./content/limits.ts";
import {
  BodyTimeoutError,
  BodyTooLargeError,
  InvalidJsonError,
  InvalidRequestError,
  StoppingError,
  UnavailableError,
} from "./errors.ts";
import { SEALED_FILE_BYTES } from "./generations/files.ts";
import type { Entry } from "./inFlight.ts";
import { networkPart } from "./net/networkPart.ts";
import { MAX_ENTRY_BODY_BYTES, MAX_FILE_BYTES } from "./people/limits.ts";
import { duringRequest } from "./requestContext.ts";
import type { Services } from "./services.ts";

/** What every handler finds in its context. */
export type AppEnv = { Variables: { requestId: string; ip: string; entry?: Entry } };

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const MAX_REQUEST_ID = /^[\w.-]{1,64}$/;

/** What says how a process is: answered also when it takes nothing else. */
const ALWAYS: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

/** What a page of another origin may read of an answer. */
const EXPOSED_HEADERS = [
  ...["X-Request-Id", "Retry-After", "Location", "Preference-Applied"],
  ...["Content-Disposition", "Content-Range", "Accept-Ranges"],
  ...["Stelai-Generation", "Stelai-Metered"],
  // The last is for OpenAI's client.
  ...["PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "x-should-retry"],
  ...["Stelai-Pass-Limit", "Stelai-Pass-Remaining", "Stelai-Pass-Reset"],
].join(",");

/** What every request passes: id, CORS, log and metrics, whether there is room for it, the body's size. */
export function httpMiddleware(
  services: Pick<Services, "config" | "log" | "metrics" | "runs" | "inFlight">,
): MiddlewareHandler<AppEnv>[] {
  const { config, log, metrics, runs, inFlight } = services;
  const observe: MiddlewareHandler<AppEnv> = async (context, next) => {
    const started = performance.now();
    const given = context.req.header("X-Request-Id");
    const requestId = given !== undefined && MAX_REQUEST_ID.test(given) ? given : randomUUID();
    context.set("requestId", requestId);
    context.set("ip", clientAddress(context, config.TRUST_PROXY));
    await duringRequest(requestId, next);
    // On the answer itself: whatever is set by the context makes another one of it, which costs more than the route.
    context.res.headers.set("X-Request-Id", requestId);
    const milliseconds = performance.now() - started;
    // The route's pattern, not the path: ids would make a series each.
    const route = context.req.routePath;
    metrics.requests.inc({ route, status: context.res.status });
    metrics.duration.observe({ route }, milliseconds / 1000);
    log.info(
      {
        request: requestId,
        method: context.req.method,
        route,
        status: context.res.status,
        milliseconds: Math.round(milliseconds),
      },
      "answered",
    );
  };
  const admit: MiddlewareHandler<AppEnv> = async (context, next) => {
    const { method, path } = context.req;
    if (ALWAYS.has(path)) return next();
    if (runs.closed) throw new StoppingError();
    const limit = bodyLimit(path, config);
    const announced = context.req.header("Content-Length");
    if (announced !== undefined && Number(announced) > limit) throw new BodyTooLargeError(limit);
    const hasBody = announced !== undefined || (method !== "GET" && method !== "HEAD" && method !== "DELETE");
    const entry = inFlight.enter(networkPart(context.get("ip")), hasBody);
    context.set("entry", entry);
    const outgoing = nodeOf(context)?.outgoing;
    outgoing?.once("close", entry.leave);
    try {
      await next();
    } finally {
      if (outgoing === undefined) entry.leave();
    }
  };
  const isForAll = config.webOrigins.includes("*");
  const preflight = cors({
    origin: isForAll ? "*" : [...config.webOrigins],
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "Stelai-Payment",
      // The published x402 client sends both.
      ...["PAYMENT-SIGNATURE", "Access-Control-Expose-Headers"],
      "Stelai-Session",
      "Stelai-Account",
      "Idempotency-Key",
      "Stelai-File-Key",
      "Stelai-Content-Hash",
      "Prefer",
      "Range",
      "X-Request-Id",
    ],
    maxAge: 86_400,
  });
  const allowWeb: MiddlewareHandler<AppEnv> = async (context, next) => {
    if (context.req.method === "OPTIONS") return preflight(context, next);
    await next();
    const { headers } = context.res;
    const origin = context.req.header("Origin") ?? "";
    if (isForAll) headers.set("Access-Control-Allow-Origin", "*");
    else {
      headers.append("Vary", "Origin");
      if (config.webOrigins.includes(origin)) headers.set("Access-Control-Allow-Origin", origin);
    }
    headers.set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
  };
  return [observe, allowWeb, admit];
}

/**
 * The body's bytes, read no further than the limit, and waited for no longer than it takes to send them at a slow pace.
 * @throws BodyTooLargeError, BodyTimeoutError, OverloadedError
 */
export async function readBody(context: Context<AppEnv>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Node's own stream costs a fraction of a web stream over it.
  const incoming = nodeOf(context)?.incoming;
  // One that is not read to its end ends with its connection: nothing more of it is taken.
  const stream: AsyncIterable<Uint8Array> | null = incoming ?? context.req.raw.body;
  if (stream === null) return new Uint8Array();
  const receiving = context.get("entry")?.receive(() => incoming?.destroy(new BodyTimeoutError()));
  try {
    for await (const part of stream) {
      size += part.byteLength;
      if (size > limit) throw new BodyTooLargeError(limit);
      receiving?.came(part.byteLength);
      parts.push(part);
    }
  } finally {
    receiving?.end();
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** Calls back once if the client goes away before it has the whole answer. */
export function onDisconnect(context: Context<AppEnv>, callback: () => void): void {
  const outgoing = nodeOf(context)?.outgoing;
  if (outgoing === undefined) {
    context.req.raw.signal.addEventListener("abort", callback, { once: true });
    return;
  }
  if (outgoing.destroyed) callback();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) callback();
  });
}

/** How large a body may say it is; each route reads no further than its own limit. */
function bodyLimit(path: string, config: Pick<Config, "BODY_LIMIT" | "MEDIA_BYTES_LIMIT">): number {
  if (path === "/v1/content") return MAX_UPLOAD_BYTES;
  if (path === "/v1/deposits") return config.MEDIA_BYTES_LIMIT + SEALED_FILE_BYTES;
  if (/^\/v1\/characters\/[^/]+\/knowledge$/.test(path)) return MAX_FILE_BYTES;
  return path.startsWith("/v1/history/") ? MAX_ENTRY_BODY_BYTES : config.BODY_LIMIT;
}

/** Node's side of a request; `app.request()` in tests has none. */
function nodeOf(context: Context<AppEnv>): HttpBindings | undefined {
  const environment: unknown = context.env;
  if (typeof environment !== "object" || environment === null || !("incoming" in environment)) return undefined;
  return environment as HttpBindings;
}

/**
 * Bytes as JSON, checked by a schema of the SDK.
 * @throws InvalidJsonError, InvalidRequestError naming the field.
 */
export function parseJson<T extends z.ZodType>(bytes: Uint8Array, schema: T): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new InvalidJsonError();
  }
  return validate(json, schema);
}

/** @throws InvalidRequestError naming the first field that is wrong, as `param` if given. */
export function validate<T extends z.ZodType>(value: unknown, schema: T, where?: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? []).map(String)].filter((part) => part !== undefined).join(".");
  throw new InvalidRequestError(
    `${path === "" ? "The body" : path}: ${issue?.message ?? "is not valid"}.`,
    path === "" ? null : path,
  );
}

/** The body of a small request: read within the limit, parsed, checked. */
export async function readJson<T extends z.ZodType>(
  context: Context<AppEnv>,
  limit: number,
  schema: T,
): Promise<z.output<T>> {
  return parseJson(await readBody(context, limit), schema);
}

/** An answer in JSON; bigint becomes decimal strings. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(toWire(value), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** A header holding base64url of JSON, checked by a schema. */
export function parseHeader<T extends z.ZodType>(name: string, value: string, schema: T): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
  } catch {
    throw new InvalidRequestError(`${name} must be base64url of a JSON object.`, name);
  }
  return validate(json, schema, name);
}

/** @throws UnavailableError when the work does not come about: chain or storage out of reach. */
export async function available<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new UnavailableError(`${what} cannot be reached right now, and nothing was charged. Try again in a moment.`, {
      cause,
    });
  }
}

/**
 * Where a request comes from. Each of the operator's own proxies adds to X-Forwarded-For whom it was asked by, so that the
 * entry of the outermost is the first that can be trusted; what is left of it anyone may have written. `Forwarded` and
 * the like are never read.
 */
function clientAddress(context: Context<AppEnv>, proxies: number): string {
  const peer = nodeOf(context)?.incoming.socket.remoteAddress ?? "local";
  if (proxies === 0) return peer;
  const entries = context.req.header("X-Forwarded-For")?.split(",") ?? [];
  const entry = entries.at(-Math.min(proxies, Math.max(1, entries.length)))?.trim() ?? "";
  return isIP(entry) === 0 ? peer : entry;
}
