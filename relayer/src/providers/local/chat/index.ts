import { setTimeout as wait } from "node:timers/promises";
import type { ChatEvent, ChatProvider, ChatRequest, FinishReason } from "../../provider.ts";
import { countMessages, countTokens, takeTokens } from "../../tokens.ts";
import { respond } from "./engine.ts";

export type LocalProviderOptions = {
  /** Pause before each word, so that a person can see the answer arrive. 0 streams at once. Default 18 ms. */
  delayMs?: number;
};

const DEFAULT_DELAY_MS = 18;
const SEEDS = 0x7fffffff;

/** The embedded scripted persona engine: works with no key and no network, and says plainly what it is. */
export class LocalProvider implements ChatProvider {
  readonly name = "local";
  readonly label = "Scripted responder (embedded) - not a language model";
  readonly isLanguageModel = false;
  readonly #delayMs: number;

  constructor(options: LocalProviderOptions = {}) {
    this.#delayMs = options.delayMs ?? DEFAULT_DELAY_MS;
  }

  async *chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
    const { persona, messages, maxTokens, signal, knowledge } = request;
    signal.throwIfAborted();
    const whole = cutAtStop(respond(persona, messages, seedOf(request), knowledge), request.stop);
    const { text, truncated } = takeTokens(whole, maxTokens);
    for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
      if (this.#delayMs > 0) await pause(this.#delayMs, signal);
      signal.throwIfAborted();
      yield { type: "delta", text: word };
    }
    const finishReason: FinishReason = truncated ? "length" : "stop";
    const completionTokens = Math.min(countTokens(text), Math.max(0, Math.floor(maxTokens)));
    yield {
      type: "done",
      finishReason,
      usage: { promptTokens: countMessages(messages), completionTokens, counted: "tokenizer" },
    };
  }
}

/** The request's seed; at temperature 0 always the same; else any, so that a retry says something else. */
function seedOf({ seed, temperature }: ChatRequest): number {
  return seed ?? (temperature === 0 ? 0 : Math.floor(Math.random() * SEEDS));
}

function cutAtStop(text: string, stop: readonly string[] | undefined): string {
  const ends = (stop ?? [])
    .filter((mark) => mark !== "")
    .map((mark) => text.indexOf(mark))
    .filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

/** Waits, or throws the signal's own reason. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
