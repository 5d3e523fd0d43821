import {
  type ProviderError,
  type TimeoutPhase,
  UpstreamCutError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "../errors.ts";

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

const DRAIN_MS = 1_000;

/**
 * One request to an upstream, whose every way to fail is a {@link ProviderError}, except the caller's own abort, which
 * throws the signal's reason. Must be closed, which releases the socket.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #abort = new AbortController();
  readonly #onAbort = (): void => this.#abort.abort(this.#options.signal.reason);
  #response: Response | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Sends the request and waits for the headers. */
  async open(): Promise<Response> {
    const { url, headers, body, connectTimeoutMs, signal, provider } = this.#options;
    signal.throwIfAborted();
    this.#response = await this.#within(
      { phase: "connect", milliseconds: connectTimeoutMs },
      // A redirect would carry the conversation to a place nobody configured.
      fetch(url, { method: "POST", headers, body, signal: this.#abort.signal, redirect: "manual" }),
      (cause) => new UpstreamUnreachableError(provider, causeOf(cause), { cause }),
    );
    return this.#response;
  }

  /** The body's chunks as they come. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    this.#reader ??= this.#response?.body?.getReader();
    const reader = this.#reader;
    if (reader === undefined) return;
    const { provider, idleTimeoutMs } = this.#options;
    for (;;) {
      const chunk = await this.#within(
        { phase: "idle", milliseconds: idleTimeoutMs },
        reader.read(),
        (cause) => new UpstreamCutError(provider, causeOf(cause), { cause }),
      );
      if (chunk.done) {
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

  /** @param isComplete Whether everything was read that matters: the socket is then kept for another request. */
  close(isComplete = false): void {
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    // A response that was read to its end has let go of its socket by itself.
    if (this.#ended) return;
    if (isComplete) void this.#drain();
    else this.#abort.abort();
  }

  /** Reads what follows the end mark, which is the end of the response unless the upstream keeps it open. */
  async #drain(): Promise<void> {
    const timer = setTimeout(() => this.#abort.abort(), DRAIN_MS);
    try {
      while ((await this.#reader?.read())?.done === false);
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
      this.#abort.abort(timeout);
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
