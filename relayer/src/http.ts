import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { toWire } from "@stelai/sdk/wire";
import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type * as z from "zod";
import type { Config } from "./config.ts";
import { MAX_UPLOAD_BYTES } from "./content/limits.ts";
import {
  BodyTooLargeError,
  InvalidJsonError,
  InvalidRequestError,
  RateLimitedError,
  UnavailableError,
} from "./errors.ts";
import { SEALED_FILE_BYTES } from "./generations/files.ts";
import { MAX_ENTRY_BODY_BYTES, MAX_FILE_BYTES } from "./people/limits.ts";
import type { Services } from "./services.ts";

/** What every handler finds in its context. */
export type AppEnv = { Variables: { requestId: string; ip: string } };

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const MAX_REQUEST_ID = /^[\w.-]{1,64}$/;

/** What every request passes: id, CORS, log and metrics, the body's size. */
export function httpMiddleware(services: Pick<Services, "config" | "log" | "metrics">): MiddlewareHandler<AppEnv>[] {
  const { config, log, metrics } = services;
  const observe: MiddlewareHandler<AppEnv> = async (context, next) => {
    const started = performance.now();
    const given = context.req.header("X-Request-Id");
    const requestId = given !== undefined && MAX_REQUEST_ID.test(given) ? given : randomUUID();
    context.set("requestId", requestId);
    context.set("ip", clientAddress(context, config.TRUST_PROXY));
    await next();
    context.header("X-Request-Id", requestId);
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
  const limitBody: MiddlewareHandler<AppEnv> = async (context, next) => {
    const announced = context.req.header("Content-Length");
    const limit = bodyLimit(context.req.path, config);
    if (announced !== undefined && Number(announced) > limit) throw new BodyTooLargeError(limit);
    await next();
  };
  const allowWeb = cors({
    origin: config.webOrigins.includes("*") ? "*" : [...config.webOrigins],
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "Stelai-Payment",
      "Stelai-Session",
      "Stelai-Account",
      "Idempotency-Key",
      "Stelai-File-Key",
      "Stelai-Content-Hash",
      "Prefer",
      "Range",
      "X-Request-Id",
    ],
    exposeHeaders: [
      ...["X-Request-Id", "Retry-After", "Location", "Preference-Applied"],
      ...["Content-Disposition", "Content-Range", "Accept-Ranges"],
      ...["Stelai-Generation", "Stelai-Metered"],
      ...["Stelai-Pass-Limit", "Stelai-Pass-Remaining", "Stelai-Pass-Reset"],
    ],
    maxAge: 86_400,
  });
  return [observe, allowWeb, limitBody];
}

/**
 * The body's bytes, read no further than the limit.
 * @throws BodyTooLargeError
 */
export async function readBody(context: Context<AppEnv>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Node's own stream costs a fraction of a web stream over it.
  const stream: AsyncIterable<Uint8Array> | null = nodeOf(context)?.incoming ?? context.req.raw.body;
  if (stream === null) return new Uint8Array();
  for await (const part of stream) {
    size += part.byteLength;
    if (size > limit) throw new BodyTooLargeError(limit);
    parts.push(part);
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

/** So many events a minute for each key, a burst of as many at once; in memory, for this process. */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** @throws RateLimitedError with the seconds to wait. */
  take(key: string, now = Date.now()): void {
    const bucket = this.#buckets.get(key) ?? { left: this.#perMinute, at: now };
    const left = Math.min(this.#perMinute, bucket.left + ((now - bucket.at) / 60_000) * this.#perMinute);
    if (left < 1) throw new RateLimitedError(Math.ceil(((1 - left) * 60) / this.#perMinute));
    // Kept in order of use, so that the oldest can go when there are many.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left - 1, at: now });
    if (this.#buckets.size > 50_000) {
      const oldest = this.#buckets.keys().next().value;
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
  }
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

function clientAddress(context: Context<AppEnv>, trustProxy: boolean): string {
  if (trustProxy) {
    const forwarded = context.req.header("X-Forwarded-For")?.split(",").at(-1)?.trim();
    if (forwarded !== undefined && forwarded !== "") return forwarded;
  }
  return nodeOf(context)?.incoming.socket.remoteAddress ?? "local";
}
