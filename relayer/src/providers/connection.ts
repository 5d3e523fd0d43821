import { Agent, type Dispatcher, request } from "undici";
import {
  type ProviderError,
  type TimeoutPhase,
  UpstreamCutError,
  UpstreamMalformedError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "./errors.ts";

export type ConnectionOptions = {
  provider: string;
  url: string;
  /** Default POST. */
  method?: "GET" | "POST" | "DELETE";
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** Chooses the sockets, and with them whom they may reach. Default: kept ones to anywhere. */
  dispatcher?: Dispatcher;
  /** Until the response's headers are there. */
  connectTimeoutMs: number;
  /** Between two chunks of the response's body. */
  idleTimeoutMs: number;
  signal: AbortSignal;
};

/** The head of an upstream's answer. */
export type UpstreamResponse = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
};

const DRAIN_MS = 1_000;

/** A socket that is not connected by then is given up, whoever waits for it. */
const SOCKET_MS = 60_000;

/**
 * Sockets are kept: a new one for each request costs more than the request. They are let go after 4 s, or sooner where
 * the upstream says so, which is before upstreams close them: a request sent on a closed one would fail, and cannot be
 * asked again, because the upstream may have worked on it. Each request has limits of its own.
 */
const anywhere = new Agent({
  connect: { timeout: SOCKET_MS },
  keepAliveTimeout: 4_000,
  headersTimeout: 0,
  bodyTimeout: 0,
});

/**
 * One request to an upstream, whose every way to fail is a {@link ProviderError}, except the caller's own abort, which
 * throws the signal's reason. Must be closed, which releases the socket. undici's `request`: `fetch` costs several times
 * as much, Node's `http` twice. Nothing is asked twice, and redirects, which would carry the conversation to a place
 * nobody configured, are not followed.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #onAbort = (): void => this.#fail(this.#options.signal.reason);
  readonly #abort = new AbortController();
  #response: Dispatcher.ResponseData | undefined;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Sends the request and waits for the headers. */
  async open(): Promise<UpstreamResponse> {
    const { connectTimeoutMs, signal, provider } = this.#options;
    signal.throwIfAborted();
    const response = await this.#within(
      { phase: "connect", milliseconds: connectTimeoutMs },
      this.#send(),
      (cause) => new UpstreamUnreachableError(provider, causeOf(cause), { cause }),
    );
    this.#response = response;
    // A response that nobody reads any more must not bring the process down.
    response.body.on("error", () => {});
    const status = response.statusCode;
    const get = (name: string): string | null => {
      const value = response.headers[name.toLowerCase()];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    };
    return { ok: status >= 200 && status < 300, status, headers: { get } };
  }

  /** The body's chunks as they come. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    this.#chunks ??= this.#response?.body.iterator({ destroyOnReturn: false });
    const chunks = this.#chunks;
    if (chunks === undefined) return;
    const { provider, idleTimeoutMs } = this.#options;
    for (;;) {
      const chunk = await this.#within(
        { phase: "idle", milliseconds: idleTimeoutMs },
        chunks.next(),
        (cause) => new UpstreamCutError(provider, causeOf(cause), { cause }),
      );
      if (chunk.done === true) {
        this.#ended = true;
        return;
      }
      yield chunk.value;
    }
  }

  /** The body as text, at most `limit` bytes of it. */
  async text(limit: number): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    let read = 0;
    for await (const chunk of this.chunks()) {
      text += decoder.decode(chunk.subarray(0, Math.max(0, limit - read)), { stream: true });
      read += chunk.length;
      if (read >= limit) break;
    }
    return text;
  }

  /**
   * The whole body.
   * @throws UpstreamMalformedError when it is longer than `limit` bytes, as soon as that is known
   */
  async bytes(limit: number): Promise<Uint8Array> {
    const tooLong = () => new UpstreamMalformedError(this.#options.provider, `more than ${limit} bytes`);
    if (Number(this.#response?.headers["content-length"] ?? 0) > limit) throw tooLong();
    const chunks: Uint8Array[] = [];
    let read = 0;
    for await (const chunk of this.chunks()) {
      read += chunk.length;
      if (read > limit) throw tooLong();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, read);
  }

  /** @param isComplete Whether everything was read that matters: the socket is then kept for another request. */
  close(isComplete = false): void {
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    // A response that was read to its end has let go of its socket by itself.
    if (this.#ended) return;
    if (isComplete) void this.#drain();
    else this.#fail();
  }

  /** Fails as soon as it is ended, connected or not. */
  #send(): Promise<Dispatcher.ResponseData> {
    const { url, method = "POST", headers, body = null, dispatcher = anywhere } = this.#options;
    const { signal } = this.#abort;
    const ended = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    return Promise.race([request(url, { method, headers, body, dispatcher, signal }), ended]);
  }

  /** Ends request and response; whoever waits for them gets the reason. */
  #fail(reason?: unknown): void {
    this.#abort.abort(reason);
  }

  /** Reads what follows the end mark, which is the end of the response unless the upstream keeps it open. */
  async #drain(): Promise<void> {
    const timer = setTimeout(() => this.#fail(), DRAIN_MS);
    try {
      while ((await this.#chunks?.next())?.done === false);
    } catch {
      // Broken or kept open: the socket is gone, the answer is not.
    } finally {
      clearTimeout(timer);
    }
  }

  async #within<T>(
    limit: { phase: TimeoutPhase; milliseconds: number },
    work: Promise<T>,
    failed: (cause: unknown) => ProviderError,
  ): Promise<T> {
    let timeout: UpstreamTimeoutError | undefined;
    const timer = setTimeout(() => {
      timeout = new UpstreamTimeoutError(this.#options.provider, limit.phase, limit.milliseconds);
      this.#fail(timeout);
    }, limit.milliseconds);
    try {
      return await work;
    } catch (cause) {
      this.#options.signal.throwIfAborted();
      throw timeout ?? failed(cause);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** "ECONNREFUSED" and the like, for the log. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
