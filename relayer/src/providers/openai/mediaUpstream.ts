import type { Style } from "@stelai/sdk/wire";
import { publicFetch } from "../../media/publicFetch.ts";
import { Connection, type UpstreamResponse } from "../connection.ts";
import { type ProviderError, UpstreamMalformedError } from "../errors.ts";
import { statusError, streamError, upstreamErrorIn } from "./refusal.ts";

export type OpenAIMediaOptions = {
  /** Identifier for logs, metrics and messages. Default "openai". */
  name?: string;
  /** Shown to people. Default: the model's name and what kind of model it is. */
  label?: string;
  /** Up to and including the version: "http://127.0.0.1:11434/v1". */
  baseUrl: string;
  model: string;
  /** Sent as a bearer token to the upstream alone; never in a message, a detail or a log. */
  apiKey?: string;
  /** The largest file that is taken, in bytes. */
  bytesLimit: number;
  /** Until what is made at once begins to come: images and speech are answered when they are there. Default 300 s. */
  makeTimeoutMs?: number;
  /** Until every other answer begins. Default 30 s. */
  connectTimeoutMs?: number;
  /** Between two pieces of an answer. Default 60 s. */
  idleTimeoutMs?: number;
};

/** One request. */
type Call = {
  method?: "GET" | "POST" | "DELETE";
  /** Below the base URL: "/images/generations". */
  path: string;
  /** JSON, unless it is a form. */
  body?: Record<string, unknown> | FormData;
  signal: AbortSignal;
  /** Whether the answer is what is made, for which there is more patience. */
  isMaking?: boolean;
};

const MAX_ERROR_BYTES = 4_096;
const MAX_JSON_BYTES = 1_000_000;

/** What images, speech and videos of an OpenAI-compatible upstream have in common: requests, faults and bounds. */
export class MediaUpstream {
  readonly name: string;
  readonly #options: OpenAIMediaOptions;
  readonly #base: string;

  /** @throws TypeError when `baseUrl` is no http(s) URL. */
  constructor(options: OpenAIMediaOptions) {
    const { protocol } = new URL(options.baseUrl);
    if (protocol !== "http:" && protocol !== "https:") throw new TypeError("baseUrl must be http or https");
    this.name = options.name ?? "openai";
    this.#options = options;
    this.#base = options.baseUrl.replace(/\/+$/, "");
  }

  /** The answer as JSON, of at most `limit` bytes. */
  async json(call: Call, limit = MAX_JSON_BYTES): Promise<unknown> {
    return this.#ask(call, async (connection) => this.#parse(await connection.bytes(limit)));
  }

  /** The answer as a file. One that is elsewhere is fetched from there. */
  async file(call: Call): Promise<Uint8Array> {
    const { bytesLimit } = this.#options;
    const answer = await this.#ask(call, async (connection, { ok, headers }) => {
      const location = headers.get("location");
      if (!ok && location !== null) return location;
      const bytes = await connection.bytes(bytesLimit);
      // Some upstreams say with 200 what went wrong.
      if (/^application\/json\b/i.test(headers.get("content-type") ?? "")) throw this.fault(this.#parse(bytes), "JSON");
      return bytes;
    });
    return typeof answer === "string" ? this.download(answer, call.signal) : answer;
  }

  /** A file that the upstream named: from itself, or from the public internet. */
  async download(address: string, signal: AbortSignal): Promise<Uint8Array> {
    const { bytesLimit, connectTimeoutMs, idleTimeoutMs } = this.#options;
    const base = new URL(this.#base);
    const url = URL.canParse(address, base) ? new URL(address, base).href : address;
    return publicFetch(url, {
      provider: this.name,
      ownOrigin: base.origin,
      limit: bytesLimit,
      signal,
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    });
  }

  /** What an answer means that is not what was asked for: the error it states, or that it is `otherwise`. */
  fault(value: unknown, otherwise: string): ProviderError {
    const said = upstreamErrorIn(value);
    if (said === undefined) return new UpstreamMalformedError(this.name, otherwise);
    return streamError(this.name, { ...said, message: this.#withoutKey(said.message) });
  }

  async #ask<T>(call: Call, read: (connection: Connection, response: UpstreamResponse) => Promise<T>): Promise<T> {
    const connection = await this.#connect(call);
    try {
      const response = await connection.open();
      const isElsewhere = call.method === "GET" && response.status >= 300 && response.status < 400;
      if (!response.ok && !(isElsewhere && response.headers.get("location") !== null)) {
        throw statusError(this.name, response, this.#withoutKey(await connection.text(MAX_ERROR_BYTES)));
      }
      return await read(connection, response);
    } finally {
      connection.close();
    }
  }

  async #connect({ method = "POST", path, body, signal, isMaking = false }: Call): Promise<Connection> {
    const { apiKey, makeTimeoutMs = 300_000, connectTimeoutMs = 30_000, idleTimeoutMs = 60_000 } = this.#options;
    const sent = await encode(body);
    return new Connection({
      provider: this.name,
      url: `${this.#base}${path}`,
      method,
      headers: { ...sent.headers, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
      ...(sent.body === undefined ? {} : { body: sent.body }),
      connectTimeoutMs: isMaking ? makeTimeoutMs : connectTimeoutMs,
      idleTimeoutMs,
      signal,
    });
  }

  #parse(bytes: Uint8Array): unknown {
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (cause) {
      throw new UpstreamMalformedError(this.name, "an answer that is not JSON", { cause });
    }
  }

  /** Upstreams like to quote a key they refuse. */
  #withoutKey(text: string): string {
    const { apiKey } = this.#options;
    return apiKey === undefined || apiKey === "" ? text : text.replaceAll(apiKey, "[key]");
  }
}

async function encode(body: Call["body"]): Promise<{ headers: Record<string, string>; body?: string | Uint8Array }> {
  if (body === undefined) return { headers: {} };
  if (!(body instanceof FormData)) {
    return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  }
  const form = new Response(body);
  const type = form.headers.get("content-type") ?? "multipart/form-data";
  return { headers: { "content-type": type }, body: new Uint8Array(await form.arrayBuffer()) };
}

/** The prompt, after what the tool's maker wants said before it. */
export function styledPrompt(style: Style | undefined, prompt: string): string {
  return style === undefined || style.instructions === "" ? prompt : `${style.instructions}\n\n${prompt}`;
}
