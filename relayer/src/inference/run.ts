import { UpstreamMalformedError, UpstreamStoppedError } from "../providers/errors.ts";
import type { ChatEvent, ChatProvider, ChatRequest, ChatUsage, FinishReason } from "../providers/provider.ts";
import { countMessages, countTokens } from "../providers/tokens.ts";

/** How an inference ended. */
export type Outcome =
  | { kind: "done"; finishReason: FinishReason }
  /** The upstream broke off. */
  | { kind: "failed"; error: unknown }
  /** The client went away, or the relayer stops. */
  | { kind: "aborted" };

/** One inference with a provider: its deltas as they come, and what of them was delivered. */
export class Run {
  readonly #request: ChatRequest;
  readonly #provider: string;
  readonly #abort: AbortController;
  readonly #events: AsyncIterator<ChatEvent>;
  #waiting: string | undefined;
  #text = "";
  #usage: ChatUsage | undefined;
  #outcome: Outcome | undefined;

  constructor(provider: ChatProvider, request: Omit<ChatRequest, "signal">) {
    this.#abort = new AbortController();
    this.#request = { ...request, signal: this.#abort.signal };
    this.#provider = provider.name;
    this.#events = provider.chat(this.#request)[Symbol.asyncIterator]();
  }

  /**
   * Waits for the first words.
   * @throws ProviderError when none come: nothing was delivered.
   */
  async begin(): Promise<void> {
    this.#waiting = await this.#take();
    if (this.#waiting !== undefined) return;
    if (this.#outcome?.kind === "failed") throw this.#outcome.error;
    if (this.#outcome?.kind !== "done") return;
    const { stop = [] } = this.#request;
    throw stop.length > 0
      ? new UpstreamStoppedError(this.#provider)
      : new UpstreamMalformedError(this.#provider, "the answer is empty");
  }

  /** Whether the first words are there and wait to be delivered. */
  get hasWords(): boolean {
    return this.#waiting !== undefined;
  }

  /** The next words, counted as delivered; undefined at the end, however it came. */
  async next(): Promise<string | undefined> {
    const text = this.#waiting ?? (await this.#take());
    this.#waiting = undefined;
    if (text !== undefined) this.#text += text;
    return text;
  }

  /** Stops the upstream; what comes after is not delivered. */
  abort(): void {
    this.#outcome ??= { kind: "aborted" };
    this.#abort.abort(new DOMException("The client went away.", "AbortError"));
    // Ends a generator that rests between two words; one that is waiting ends by the signal.
    void this.#events.return?.().catch(() => {});
  }

  /** What was delivered. */
  get text(): string {
    return this.#text;
  }

  get outcome(): Outcome {
    return this.#outcome ?? { kind: "aborted" };
  }

  /**
   * Tokens of what was delivered: the provider's own count when it came to its end, else the tokenizer's. A token is a
   * byte or more, so a count above the answer's bytes holds something that was not delivered.
   */
  usage(): ChatUsage {
    if (this.outcome.kind === "done" && this.#usage !== undefined) {
      const bytes = Buffer.byteLength(this.#text);
      return { ...this.#usage, completionTokens: Math.min(this.#usage.completionTokens, bytes) };
    }
    return {
      promptTokens: countMessages(this.#request.messages),
      completionTokens: Math.min(countTokens(this.#text), this.#request.maxTokens),
      counted: "tokenizer",
    };
  }

  async #take(): Promise<string | undefined> {
    while (this.#outcome === undefined) {
      try {
        const { value, done } = await this.#events.next();
        if (this.#outcome !== undefined) return undefined;
        if (done === true)
          this.#outcome = { kind: "failed", error: new UpstreamMalformedError(this.#provider, "no end") };
        else if (value.type === "done") {
          this.#usage = value.usage;
          this.#outcome = { kind: "done", finishReason: value.finishReason };
          await this.#events.return?.();
        } else if (value.text !== "") return value.text;
      } catch (error) {
        this.#outcome ??= { kind: "failed", error };
      }
    }
    return undefined;
  }
}
