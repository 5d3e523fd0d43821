import { z } from "zod";
import { Connection } from "../connection.ts";
import { UpstreamCutError, UpstreamMalformedError } from "../errors.ts";
import type { ChatEvent, ChatMessage, ChatProvider, ChatRequest, ChatUsage, FinishReason } from "../provider.ts";
import { countMessages, countTokens, upperBoundMessages } from "../tokens.ts";
import { statusError, streamError, upstreamErrorIn } from "./refusal.ts";
import { OversizedEventError, sseData } from "./sse.ts";
import { hiddenMessages } from "./systemMessage.ts";

export type OpenAIProviderOptions = {
  /** Identifier for logs, metrics and messages. Default "openai". */
  name?: string;
  /** Shown to people. Default: the model's name and "language model". */
  label?: string;
  /** Up to and including the version: "http://127.0.0.1:11434/v1". */
  baseUrl: string;
  model: string;
  /** Sent as a bearer token; never in a message, a detail or a log. */
  apiKey?: string;
  /** Until the response begins. Default 30 s: a model that is being loaded needs some. */
  connectTimeoutMs?: number;
  /** Between two chunks. Default 30 s. */
  idleTimeoutMs?: number;
  /** Newer hosted models want `max_completion_tokens`; every other upstream knows `max_tokens`, the default. */
  maxTokensField?: "max_tokens" | "max_completion_tokens";
  /** False for upstreams that refuse `stream_options`. Default true. */
  requestUsage?: boolean;
};

const usageSchema = z.object({ prompt_tokens: z.number().int().min(0), completion_tokens: z.number().int().min(0) });
const pieceSchema = z.object({ content: z.string().nullish() });
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({ delta: pieceSchema.nullish(), message: pieceSchema.nullish(), finish_reason: z.string().nullish() }),
    )
    .nullish(),
  usage: usageSchema.nullish().catch(undefined),
});

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_ERROR_BYTES = 4_096;
const MAX_WHOLE_ANSWER_BYTES = 4_000_000;

/** What of an answer has arrived. */
type Progress = { text: string; finish: string | undefined; usage: z.output<typeof usageSchema> | undefined };

/** Any OpenAI-compatible upstream: vLLM, Ollama, llama.cpp, or a hosted one. Nothing is buffered, nothing is retried. */
export class OpenAIProvider implements ChatProvider {
  readonly name: string;
  readonly label: string;
  readonly isLanguageModel = true;
  readonly #options: OpenAIProviderOptions;
  readonly #url: string;

  /** @throws TypeError when `baseUrl` is no http(s) URL. */
  constructor(options: OpenAIProviderOptions) {
    const base = new URL(options.baseUrl);
    if (base.protocol !== "http:" && base.protocol !== "https:") throw new TypeError("baseUrl must be http or https");
    this.name = options.name ?? "openai";
    this.label = options.label ?? `${options.model} - language model`;
    this.#options = options;
    this.#url = `${options.baseUrl.replace(/\/+$/, "")}/chat/completions`;
  }

  async *chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
    const { persona, messages, signal } = request;
    const hidden = hiddenMessages(persona, messages, request.knowledge);
    const connection = this.#connect([...hidden, ...messages], request, signal);
    let isComplete = false;
    try {
      const response = await connection.open();
      if (!response.ok) {
        throw statusError(this.name, response, this.#withoutKey(await connection.text(MAX_ERROR_BYTES)));
      }
      const progress: Progress = { text: "", finish: undefined, usage: undefined };
      const streamed = !/^application\/json\b/i.test(response.headers.get("content-type") ?? "");
      yield* streamed ? this.#stream(connection, progress) : this.#whole(connection, progress);
      isComplete = true;
      yield { type: "done", finishReason: finishReason(progress.finish), usage: usageOf(progress, request, hidden) };
    } finally {
      connection.close(isComplete);
    }
  }

  #connect(messages: readonly ChatMessage[], request: ChatRequest, signal: AbortSignal): Connection {
    const { model, apiKey, maxTokensField = "max_tokens", requestUsage = true } = this.#options;
    const { maxTokens, temperature, seed, stop, user } = request;
    const body = {
      model,
      messages,
      stream: true,
      ...(requestUsage ? { stream_options: { include_usage: true } } : {}),
      [maxTokensField]: maxTokens,
      temperature,
      seed,
      stop: stop?.length ? stop : undefined,
      user,
    };
    return new Connection({
      provider: this.name,
      url: this.#url,
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      connectTimeoutMs: this.#options.connectTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      idleTimeoutMs: this.#options.idleTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal,
    });
  }

  /** A stream ends with `[DONE]`; one that ends otherwise was cut. */
  async *#stream(connection: Connection, progress: Progress): AsyncGenerator<ChatEvent> {
    try {
      for await (const data of sseData(connection.chunks())) {
        if (data.trim() === "[DONE]") return;
        yield* this.#take(data, progress);
      }
    } catch (error) {
      if (error instanceof OversizedEventError) throw new UpstreamMalformedError(this.name, error.message);
      throw error;
    }
    throw new UpstreamCutError(this.name, "the stream ended without [DONE]");
  }

  /** Some upstreams answer whole, whatever was asked. */
  async *#whole(connection: Connection, progress: Progress): AsyncGenerator<ChatEvent> {
    const body = await connection.text(MAX_WHOLE_ANSWER_BYTES);
    yield* this.#take(body, progress);
    if (progress.finish === undefined) throw new UpstreamMalformedError(this.name, "no finished choice in the answer");
  }

  *#take(data: string, progress: Progress): Generator<ChatEvent> {
    const value = this.#parse(data);
    const said = upstreamErrorIn(value);
    if (said !== undefined) throw streamError(this.name, { ...said, message: this.#withoutKey(said.message) });
    const chunk = chunkSchema.safeParse(value);
    if (!chunk.success) throw new UpstreamMalformedError(this.name, chunk.error.issues[0]?.message);
    progress.usage = chunk.data.usage ?? progress.usage;
    const choice = chunk.data.choices?.[0];
    progress.finish = choice?.finish_reason ?? progress.finish;
    const text = choice?.delta?.content ?? choice?.message?.content ?? "";
    if (text === "") return;
    progress.text += text;
    yield { type: "delta", text };
  }

  /** Upstreams like to quote a key they refuse. */
  #withoutKey(text: string): string {
    const { apiKey } = this.#options;
    return apiKey === undefined || apiKey === "" ? text : text.replaceAll(apiKey, "[key]");
  }

  #parse(data: string): unknown {
    try {
      return JSON.parse(data);
    } catch (cause) {
      throw new UpstreamMalformedError(this.name, "an event is not JSON", { cause });
    }
  }
}

function finishReason(said: string | undefined): FinishReason {
  return said === "length" || said === "content_filter" ? said : "stop";
}

/**
 * Usage for the price: the upstream's, or else the tokenizer's. The upstream counted the hidden persona too, so the
 * prompt is the client's proportional part of its figure. Neither figure ever exceeds what a quote could promise: the
 * byte bound of the messages and the request's token limit (DESIGN section 6).
 */
function usageOf(progress: Progress, request: ChatRequest, hidden: readonly ChatMessage[]): ChatUsage {
  const { messages, maxTokens } = request;
  if (progress.usage === undefined) {
    const completionTokens = Math.min(countTokens(progress.text), maxTokens);
    return { promptTokens: countMessages(messages), completionTokens, counted: "tokenizer" };
  }
  const { prompt_tokens: prompt, completion_tokens: completion } = progress.usage;
  const part =
    hidden.length === 0
      ? prompt
      : Math.ceil((prompt * countMessages(messages)) / countMessages([...hidden, ...messages]));
  return {
    promptTokens: Math.min(part, upperBoundMessages(messages)),
    completionTokens: Math.min(completion, maxTokens),
    counted: "upstream",
  };
}
