import { type PassUse, toWire, type X402Paid } from "@stelai/sdk/wire";
import type { ErrorBody } from "../errors.ts";
import type { KeptAnswer } from "../metering/answers.ts";
import type { Metered } from "../metering/ledger.ts";

/** What identifies an answer in OpenAI's shape. */
export type AnswerHead = { id: string; created: number; model: string };

/**
 * What an answer carries besides OpenAI's fields, as `stelai`: its receipt, the single payment that paid for it, or the
 * pass it is under; nothing of a free one.
 */
export type Extra = Metered | { payment: X402Paid } | { pass: PassUse } | null;

/** `usage` in OpenAI's shape: the client's messages and the completion, the persona not counted. */
function usageOf(answer: KeptAnswer) {
  const { promptTokens, completionTokens } = answer;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** A whole answer. */
export function completion(head: AnswerHead, answer: KeptAnswer, extra: Extra): string {
  const { id, created, model } = head;
  return toWire({
    ...{ id, object: "chat.completion", created, model },
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: answer.text },
        logprobs: null,
        finish_reason: answer.finishReason,
      },
    ],
    usage: usageOf(answer),
    stelai: extra,
  });
}

/** The chunks of a streamed answer, as server-sent events. */
export function chunks(head: AnswerHead) {
  const { id, created, model } = head;
  const common = { id, object: "chat.completion.chunk", created, model };
  const event = (value: unknown) => `data: ${toWire(value)}\n\n`;
  let first = true;
  return {
    delta: (content: string): string => {
      const delta = first ? { role: "assistant", content } : { content };
      first = false;
      return event({ ...common, choices: [{ index: 0, delta, finish_reason: null }] });
    },
    finish: (finishReason: string): string =>
      event({ ...common, choices: [{ index: 0, delta: {}, finish_reason: finishReason }] }),
    error: (body: ErrorBody): string => event(body),
    /** The last chunk: usage and receipt, no choices. */
    receipt: (answer: KeptAnswer, extra: Extra): string =>
      event({ ...common, choices: [], usage: usageOf(answer), stelai: extra }),
    end: (): string => "data: [DONE]\n\n",
  };
}
