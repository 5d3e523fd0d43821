import { type ProviderError, UpstreamCutError, UpstreamTimeoutError, UpstreamUnreachableError } from "../errors.ts";

export type ConnectionOptions = {
  provider: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Until the response's headers are there. */
  connectTimeoutMs: number;
  /** Between two chunks of the response's body. */
  idleTimeoutMs: number;
  signal: AbortSignal;
};

/**
 * One request to an upstream, whose every way to fail is a {@link ProviderError}, except the caller's own abort, which
 * throws the signal's reason. Must be closed, which releases the socket.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #abort = new AbortController();
  readonly #onAbort = (): void => this.#abort.abort(this.#options.signal.reason);
  #response: Response | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Sends the request and waits for the headers. */
  async open(): Promise<Response> {
    const { url, headers, body, connectTimeoutMs, signal, provider } = this.#options;
    signal.throwIfAborted();
    this.#response = await this.#within(
      new UpstreamTimeoutError(provider, "connect", connectTimeoutMs),
      // A redirect would carry the conversation to a place nobody configured.
      fetch(url, { method: "POST", headers, body, signal: this.#abort.signal, redirect: "manual" }),
      (cause) => new UpstreamUnreachableError(provider, causeOf(cause), { cause }),
    );
    return this.#response;
  }

  /** The body's chunks as they come. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const reader = this.#response?.body?.getReader();
    if (reader === undefined) return;
    const { provider, idleTimeoutMs } = this.#options;
    for (;;) {
      const chunk = await this.#within(
        new UpstreamTimeoutError(provider, "idle", idleTimeoutMs),
        reader.read(),
        (cause) => new UpstreamCutError(provider, causeOf(cause), { cause }),
      );
      if (chunk.done) return;
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

  close(): void {
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    this.#abort.abort();
  }

  async #within<T>(
    timeout: UpstreamTimeoutError,
    work: Promise<T>,
    failed: (cause: unknown) => ProviderError,
  ): Promise<T> {
    const timer = setTimeout(() => this.#abort.abort(timeout), timeout.timeoutMs);
    try {
      return await work;
    } catch (cause) {
      this.#options.signal.throwIfAborted();
      throw this.#abort.signal.reason === timeout ? timeout : failed(cause);
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
