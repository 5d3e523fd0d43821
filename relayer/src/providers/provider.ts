import type { Persona } from "./persona.ts";
import type { KnownPassage } from "./retrieval.ts";

/** One message of a conversation, in the words of OpenAI's chat completions. */
export type ChatMessage = { role: "system" | "user" | "assistant"; content: string };

/** What a relayer asks a provider for. */
export type ChatRequest = {
  /** The character that answers; undefined for a bare model. Never leaves the relayer as such. */
  persona: Persona | undefined;
  /** Passages of the character's files that the messages touch, best first; hidden as the persona is. */
  knowledge?: readonly KnownPassage[];
  /** The client's own messages, oldest first. */
  messages: ChatMessage[];
  /** Upper limit of completion tokens; a provider never reports more than this. */
  maxTokens: number;
  temperature?: number;
  /** The same seed and the same messages give the same answer where the provider can promise that. */
  seed?: number;
  /** Texts at which the answer ends; they are not part of it. */
  stop?: string[];
  /** Aborting ends the iteration with the signal's reason and releases the upstream. */
  signal: AbortSignal;
  /** Opaque stable id of the person, for an upstream's own abuse limits. */
  user?: string;
};

/**
 * Tokens that count for the price: the client's own messages and the completion, without the persona and what it
 * knows (DESIGN section 6).
 */
export type ChatUsage = {
  promptTokens: number;
  completionTokens: number;
  /** Who counted: the upstream, or the one named tokenizer of `tokens.ts`. */
  counted: "upstream" | "tokenizer";
};

export type FinishReason = "stop" | "length" | "content_filter";

/** A piece of the answer, or its end. `done` comes exactly once and last; without it the answer was cut. */
export type ChatEvent =
  | { type: "delta"; text: string }
  | { type: "done"; finishReason: FinishReason; usage?: ChatUsage };

/** Something that answers. Adapters throw only {@link ProviderError}s, or the signal's reason when aborted. */
export interface ChatProvider {
  /** Short identifier for configuration, logs and metrics. */
  readonly name: string;
  /** Honest words on what answers, shown to people. */
  readonly label: string;
  /** False for a scripted responder. */
  readonly isLanguageModel: boolean;
  chat(request: ChatRequest): AsyncIterable<ChatEvent>;
}
