import { type Hex, keccak256, stringToBytes } from "viem";
import type { StelaiClient } from "../../client.ts";
import { RelayerError, RelayerUnreachableError } from "../../errors/relayer.ts";
import { randomHash } from "../../internal/authorization.ts";
import { parseWire, toJson } from "../../internal/json.ts";
import { eventParser } from "../../internal/sse.ts";
import type { ChatMessage } from "../../quote.ts";
import type { PendingRequest, TabSession } from "../../tab/session.ts";
import type { Metered } from "../../wire.ts";
import { characterIdOf } from "../characters/getModel.ts";
import { maxCostOf, quoteRequest, sendPaid, sendUnpaid } from "./prepare.ts";
import { hashAnswer, settleAnswer } from "./settleAnswer.ts";

export type CreateFetchParameters = {
  /** Who pays; without it, the pass of the account that is signed in answers, or a free character. */
  session?: TabSession | undefined;
  /** The most one request may cost, in microcredits; what its quote says when absent. */
  maxCost?: bigint | undefined;
  /** Told what an answer cost, or why its receipt was refused; the answer itself is with the caller by then. */
  onCharge?: ((charge: Awaited<ReturnType<typeof settleAnswer>>) => void) | undefined;
  onError?: ((error: unknown) => void) | undefined;
};

type Settle = (pending: PendingRequest, metered: Metered, text: string | undefined) => Promise<void>;

export type CreateFetchReturnType = typeof fetch;

type ChatBody = { model?: string; messages?: ChatMessage[]; max_tokens?: number; max_completion_tokens?: number };

/**
 * A `fetch` that makes any OpenAI client pay by itself: it adds the payment to `/chat/completions`, passes the
 * answer through unbuffered while it reads the receipt, and signs for it. Everything else goes through untouched.
 * A client's own retry of a request (its `Idempotency-Key`, or OpenAI's `x-stainless-retry-count`) is the same
 * request and is charged once.
 *
 * @example
 * ```ts
 * const openai = new OpenAI({
 *   baseURL: `${relayerUrl}/v1`, apiKey: "none", fetch: stelai.generate.createFetch({ session }),
 * });
 * await openai.chat.completions.create({ model: "stelai-1", messages, stream: true });
 * ```
 */
export function createFetch(client: StelaiClient, parameters: CreateFetchParameters): CreateFetchReturnType {
  const { session } = parameters;
  const ids = new Map<Hex, Hex>();

  const settleWith =
    (session: TabSession) =>
    async (...[pending, metered, text]: Parameters<Settle>) => {
      try {
        const response = text === undefined ? undefined : hashAnswer(text);
        const charge = await settleAnswer(session, pending, metered, response);
        parameters.onCharge?.(charge);
      } catch (error) {
        parameters.onError?.(error);
      }
    };

  return async (input, init) => {
    const request = new Request(input, init);
    const asked = request.method === "POST" && new URL(request.url).pathname.endsWith("/chat/completions");
    if (!asked) return client.fetch(request);
    const body = await request.text();
    const chat = readBody(body);
    const characterId = characterIdOf(chat?.model ?? "");
    if (!chat || characterId === undefined) return client.fetch(request.url, { ...rest(request), body });

    const id = idOf(request.headers, body, ids);
    const headers = Object.fromEntries(request.headers);
    // The session pays; a key that some client insists on must not reach the relayer as a sign-in.
    delete headers.authorization;
    try {
      if (!session) return await sendUnpaid(client, { body, headers, signal: request.signal });
      const maxTokens = chat.max_completion_tokens ?? chat.max_tokens;
      const quote = await quoteRequest(client, { characterId, messages: chat.messages ?? [], session, maxTokens });
      const maxCost = maxCostOf(quote, parameters.maxCost);
      const paid = { session, body, characterId, agreed: quote.agreed, maxCost, id, signal: request.signal, headers };
      const { response, pending } = await sendPaid(client, paid);
      return pending ? watch(response, pending, session, settleWith(session)) : response;
    } catch (error) {
      if (error instanceof RelayerError) return errorResponse(error);
      // What a fetch throws when nobody answers.
      if (error instanceof RelayerUnreachableError) throw error.cause;
      throw error;
    }
  };
}

/** Passes an answer through as it comes, and settles it when its receipt went by. */
function watch(response: Response, pending: PendingRequest, session: TabSession, settle: Settle): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const streamed = response.headers.get("content-type")?.includes("text/event-stream") === true;
  const parse = streamed ? eventParser() : wholeBody();
  const end = session.begin();
  let text = "";
  let settled = false;
  const read = async (data: string) => {
    const chunk = parseChunk(data);
    for (const choice of chunk?.choices ?? []) text += choice.delta?.content ?? choice.message?.content ?? "";
    if (!chunk?.stelai) return;
    settled = true;
    end();
    await settle(pending, chunk.stelai, chunk.choices && chunk.choices.length > 1 ? undefined : text);
  };
  const leave = () => {
    if (!settled) session.missed();
    end();
  };
  // No queue of its own: a chunk is asked for when the caller asks, and given before it is read here.
  const through = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let chunk: ReadableStreamReadResult<Uint8Array>;
        try {
          chunk = await reader.read();
        } catch (error) {
          leave();
          throw error;
        }
        if (chunk.value) controller.enqueue(chunk.value);
        for (const data of parse(chunk.value ?? new Uint8Array(0))) await read(data);
        if (!chunk.done) return;
        leave();
        controller.close();
      },
      async cancel(reason) {
        leave();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(through, { status, statusText, headers });
}

/** Collects a JSON body; gives it when called without more bytes. */
function wholeBody(): (bytes: Uint8Array) => string[] {
  const decoder = new TextDecoder();
  let text = "";
  return (bytes) => {
    if (bytes.length === 0) return [text + decoder.decode()];
    text += decoder.decode(bytes, { stream: true });
    return [];
  };
}

type Chunk = {
  choices?: { delta?: { content?: string | null }; message?: { content?: string | null } }[];
  stelai?: Metered;
};

function parseChunk(data: string): Chunk | undefined {
  if (data === "[DONE]") return undefined;
  try {
    return parseWire<Chunk>(data);
  } catch {
    // Not ours to judge: the caller reads the same bytes.
    return undefined;
  }
}

function readBody(body: string): ChatBody | undefined {
  try {
    return JSON.parse(body) as ChatBody;
  } catch {
    return undefined;
  }
}

/** The same request again has the same id, so that it is charged once. */
function idOf(headers: Headers, body: string, ids: Map<Hex, Hex>): Hex {
  const key = headers.get("idempotency-key");
  if (key !== null) return keccak256(stringToBytes(key));
  const hash = keccak256(stringToBytes(body));
  const retried = Number(headers.get("x-stainless-retry-count") ?? 0) > 0;
  const id = (retried ? ids.get(hash) : undefined) ?? randomHash();
  ids.set(hash, id);
  return id;
}

function rest(request: Request): RequestInit {
  return { method: request.method, headers: request.headers, signal: request.signal };
}

/** A refusal as OpenAI's clients read it. */
function errorResponse(error: RelayerError): Response {
  const { code, message, status, param, details } = error;
  const body = { error: { message, type: "stelai_error", param, code, stelai: details } };
  // Only some refusals are worth a client's own retry.
  const headers = { "content-type": "application/json", "x-should-retry": String(status === 429 || status >= 500) };
  return new Response(toJson(body), { status: status === 0 ? 502 : status, headers });
}
