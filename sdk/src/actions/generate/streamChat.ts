import type { StelaiClient } from "../../client.ts";
import { StelaiError } from "../../errors/base.ts";
import {
  type RelayerErrorBody,
  RelayerProtocolError,
  RelayerUnreachableError,
  relayerErrorOf,
} from "../../errors/relayer.ts";
import { parseWire } from "../../internal/json.ts";
import { readEvents } from "../../internal/sse.ts";
import type { PendingRequest, TabSession } from "../../tab/session.ts";
import type { Metered, PassUse } from "../../wire.ts";
import { type ChatParameters, sendChat } from "./prepare.ts";
import { type Charge, hashAnswer, settleAnswer } from "./settleAnswer.ts";

/** A piece of a streamed answer. */
export type ChatStreamEvent =
  | { type: "delta"; text: string }
  /** The answer is complete; the receipt of a paid one follows. `length`: cut at maxTokens. */
  | { type: "finish"; reason: string }
  /** Verified and, unless `unacknowledged`, signed for. */
  | ({ type: "receipt" } & Charge)
  /** The answer was under a pass: where its use of the day stands. */
  | { type: "pass"; pass: PassUse }
  /** It broke off. What was delivered stays, and a receipt for it may follow. */
  | { type: "error"; error: StelaiError };

export type StreamChatReturnType = AsyncGenerator<ChatStreamEvent, void, undefined>;

type Chunk = {
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  stelai?: Metered & { pass?: PassUse };
  error?: RelayerErrorBody;
};

/**
 * Asks a character and gives the answer as it comes. What fails before the first byte throws, as {@link chat}
 * does; what fails after it comes as an `error` event. Leaving the iteration or aborting ends the answer: what was
 * delivered until then is charged, and its receipt is fetched with the next request.
 * @throws what {@link chat} throws.
 *
 * @example
 * ```ts
 * for await (const event of stelai.generate.streamChat({ session, characterId, messages, signal })) {
 *   if (event.type === "delta") append(event.text);
 *   if (event.type === "receipt") show(event.cost);
 *   if (event.type === "error") explain(event.error);
 * }
 * ```
 */
export async function* streamChat(client: StelaiClient, parameters: ChatParameters): StreamChatReturnType {
  const { session, signal } = parameters;
  const end = session?.begin();
  // Until the receipt is here, leaving means that one may be missing.
  let owed = false;
  try {
    const { response, pending } = await sendChat(client, parameters, true);
    if (!response.body) throw new RelayerProtocolError("a stream came without a body");
    owed = pending !== undefined;
    let text = "";
    let failed = false;
    for await (const chunk of readChunks(response.body, client.relayerUrl ?? "", signal)) {
      if (chunk instanceof StelaiError) {
        failed = true;
        yield { type: "error", error: chunk };
        continue;
      }
      const choice = chunk.choices?.[0];
      if (choice?.delta?.content) {
        text += choice.delta.content;
        yield { type: "delta", text: choice.delta.content };
      }
      if (choice?.finish_reason) yield { type: "finish", reason: choice.finish_reason };
      if (chunk.stelai?.pass) yield { type: "pass", pass: chunk.stelai.pass };
      if (chunk.stelai && session && pending) {
        owed = false;
        end?.();
        yield await receiptEvent(session, pending, chunk.stelai, text);
      }
    }
    if (owed && !failed) {
      yield { type: "error", error: new RelayerProtocolError("a paid answer ended without a receipt") };
    }
  } finally {
    if (owed) session?.missed();
    end?.();
  }
}

/** The chunks of an answer; what breaks it off comes as an error among them. */
async function* readChunks(
  body: ReadableStream<Uint8Array>,
  url: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk | StelaiError> {
  try {
    for await (const data of readEvents(body)) {
      if (data === "[DONE]") return;
      const chunk = parseWire<Chunk>(data);
      yield chunk.error ? relayerErrorOf(chunk.error, 0) : chunk;
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    yield new RelayerUnreachableError(url, cause);
  }
}

async function receiptEvent(
  session: TabSession,
  pending: PendingRequest,
  metered: Metered,
  text: string,
): Promise<ChatStreamEvent> {
  try {
    return { type: "receipt", ...(await settleAnswer(session, pending, metered, hashAnswer(text))) };
  } catch (error) {
    if (error instanceof StelaiError) return { type: "error", error };
    throw error;
  }
}
