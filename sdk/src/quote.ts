import { type Cost, type MeteredPrices, quoteUp } from "./pricing.ts";

/** One message of a conversation, in the words of OpenAI's chat completions. */
export type ChatMessage = {
  role: "system" | "user" | "assistant";
  content: string | readonly { type: string; text?: string | undefined }[];
};

/** Tokens that frame one message (start, role, separator), and that prime the reply, in OpenAI's own counting. */
const TOKENS_PER_MESSAGE = 4n;
const TOKENS_PER_REPLY = 3n;

/**
 * The most tokens a chat request can use: no tokenizer makes more tokens than the text has UTF-8 bytes
 * (DESIGN section 6: "an upper bound from the text's length and the token limit"). A token is one milliunit.
 */
export function chatUpperBound(messages: readonly ChatMessage[], maxTokens: number): bigint {
  const encoder = new TextEncoder();
  let tokens = TOKENS_PER_REPLY + BigInt(maxTokens);
  for (const { content } of messages) {
    const texts = typeof content === "string" ? [content] : content.map((part) => part.text ?? "");
    for (const text of texts) tokens += BigInt(encoder.encode(text).length);
    tokens += TOKENS_PER_MESSAGE;
  }
  return tokens;
}

/** The most a chat request can cost, and for how many milliunits. */
export type ChatQuote = Cost & { milliunits: bigint };

/**
 * The most a chat request can cost, in microcredits: what a "Send · ≤ 0.4" button shows and what `maxCost` is.
 *
 * @example
 * ```ts
 * const { total } = quoteChat({ terms, feePerUnit, messages, maxTokens: 400 });
 * ```
 */
export function quoteChat(parameters: {
  terms: MeteredPrices;
  /** The operator's price per unit, in microcredits. */
  feePerUnit: bigint;
  messages: readonly ChatMessage[];
  maxTokens: number;
}): ChatQuote {
  const milliunits = chatUpperBound(parameters.messages, parameters.maxTokens);
  return { ...quoteUp(parameters.terms, parameters.feePerUnit, { milliunits, quality: "Standard" }), milliunits };
}
