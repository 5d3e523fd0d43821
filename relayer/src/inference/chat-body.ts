import * as z from "zod";
import type { ChatMessage } from "../providers/provider.ts";

const textPart = z.object({ type: z.literal("text", "only text is supported here"), text: z.string() });
const message = z.object({
  role: z.enum(["system", "developer", "user", "assistant"], "must be system, developer, user or assistant"),
  content: z.union([z.string(), z.array(textPart).min(1)], "must be text, or parts of type text"),
});
const tokens = z.int("must be a whole number of tokens").min(1, "must be 1 or more").nullish();

/** OpenAI's body of `POST /v1/chat/completions`, as far as it is honoured; other fields are ignored. */
export const chatBodySchema = z.object({
  model: z.string().min(1).max(200),
  messages: z.array(message).min(1, "needs one message or more").max(2_000),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  n: z.literal(1, "only one answer at a time is given").nullish(),
});
export type ChatBody = z.output<typeof chatBodySchema>;

/** The messages as a provider takes them. */
export function messagesOf(body: ChatBody): ChatMessage[] {
  return body.messages.map(({ role, content }) => ({
    role: role === "developer" ? "system" : role,
    content: typeof content === "string" ? content : content.map((part) => part.text).join(""),
  }));
}

/** The character a model id names, `stelai-7`; undefined when it names none. */
export function characterIn(model: string): bigint | undefined {
  const digits = /^stelai-([1-9][0-9]{0,14})$/.exec(model)?.[1];
  if (digits === undefined) return undefined;
  const id = BigInt(digits);
  return id >> 48n === 0n ? id : undefined;
}
