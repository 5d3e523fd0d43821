import type { Hex } from "viem";
import { keccak256 } from "viem";
import type { StelaiClient } from "../../client.ts";
import { FileDiffersError, NotAToolError } from "../../errors/client.ts";
import { RelayerError, RelayerUnreachableError } from "../../errors/relayer.ts";
import { MEDIA_ERRORS } from "../../errors/relayerEndpoints.ts";
import { MaxCostExceededError } from "../../errors/tab.ts";
import { toJson } from "../../internal/json.ts";
import { viewerHeaders } from "../../internal/viewer.ts";
import type { Modality } from "../../pricing.ts";
import type { PendingRequest, TabSession } from "../../tab/session.ts";
import type { Generation } from "../../wire.ts";
import { characterIdOf, getModel } from "../characters/getModel.ts";
import {
  chatReader,
  fileReader,
  generationReader,
  imageReader,
  type OnMetered,
  passThrough,
  whole,
} from "./fetchAnswer.ts";
import { type AskedBody, idOf, jsonOf, modalityOf, readBody, settingsOf } from "./fetchBody.ts";
import { MEDIA, quoteGeneration } from "./media.ts";
import { COMPLETION, maxCostOf, quoteRequest, sendPaid, sendUnpaid } from "./prepare.ts";
import { type Charge, settleAnswer } from "./settleAnswer.ts";
import { settleGeneration } from "./settleGeneration.ts";

export type CreateFetchParameters = {
  /** Who pays; without it, the pass of the account that is signed in answers, or a free character. */
  session?: TabSession | undefined;
  /** The most one request may cost, in microcredits; what its quote says when absent. */
  maxCost?: bigint | undefined;
  /** Told what an answer cost, or why its receipt was refused; the answer itself is with the caller by then. */
  onCharge?: ((charge: Charge) => void) | undefined;
  onError?: ((error: unknown) => void) | undefined;
};

export type CreateFetchReturnType = typeof fetch;

/**
 * A `fetch` that makes any OpenAI client pay by itself: it adds the payment to `/chat/completions`,
 * `/images/generations`, `/audio/speech`, `/videos` and `/music`, passes the answer through unbuffered while it reads the
 * receipt, and signs for it. A video's or a piece of music's receipt comes when it is done: it is settled when the client
 * asks how far it is. What is asked of `/videos`, `/music` and `/generations` later speaks for the session, or for the
 * account that is signed in. Everything else goes through untouched. A form without files is sent as JSON. A client's own
 * retry of a request (its `Idempotency-Key`, or OpenAI's `x-stainless-retry-count`) is the same request and is charged
 * once.
 *
 * @example
 * ```ts
 * const openai = new OpenAI({
 *   baseURL: `${relayerUrl}/v1`, apiKey: "none", fetch: stelai.generate.createFetch({ session }),
 * });
 * await openai.chat.completions.create({ model: "stelai-1", messages, stream: true });
 * await openai.images.generate({ model: "stelai-2", prompt: "A lighthouse in fog", size: "1024x1024" });
 * ```
 */
export function createFetch(client: StelaiClient, parameters: CreateFetchParameters): CreateFetchReturnType {
  const ids = new Map<Hex, Hex>();
  const made = new Map<string, { contentHash: Hex | undefined; isCharged: boolean }>();

  const settleWith =
    (session: TabSession, pending: PendingRequest): OnMetered =>
    async (metered, response) => {
      try {
        const charge = await settleAnswer(session, pending, metered, response);
        parameters.onCharge?.(charge);
      } catch (error) {
        parameters.onError?.(error);
      }
    };

  /** Keeps what became of a generation, and settles it: told of once, however often it is looked at. */
  const follow = async (session: TabSession, generation: Generation, pending?: PendingRequest) => {
    const known = made.get(generation.id) ?? { contentHash: undefined, isCharged: false };
    made.set(generation.id, known);
    known.contentHash = generation.file?.contentHash;
    if (known.isCharged) return;
    if (pending) await session.queued(pending, generation.id);
    const { charge, unsettled } = await settleGeneration(session, generation);
    if (charge) {
      known.isCharged = true;
      parameters.onCharge?.(charge);
    }
    if (unsettled) parameters.onError?.(unsettled);
  };

  /** Asks for an answer that has a price. */
  const ask = async (request: Request, modality: Modality): Promise<Response> => {
    const original = request.clone();
    const body = await jsonOf(request);
    const asked = body === undefined ? undefined : readBody(body);
    if (body === undefined) return refusal(400, "Files cannot be sent here: ask without input_reference.");
    const characterId = characterIdOf(asked?.model ?? "");
    if (!asked || characterId === undefined) return client.fetch(original);

    const { session } = parameters;
    const { signal } = request;
    const headers = Object.fromEntries(request.headers);
    // The session pays; a key that some client insists on must not reach the relayer as a sign-in.
    for (const name of ["authorization", "content-length"]) delete headers[name];
    headers["content-type"] = "application/json";
    const { path, errors } = modality === "Chat" ? COMPLETION : { path: MEDIA[modality].path, errors: MEDIA_ERRORS };
    const sent = { path, method: "POST", errors, body, headers, signal } as const;
    if (!session) return sendUnpaid(client, sent);
    const quote = await quoteOf(client, { modality, characterId, asked, session, signal });
    const maxCost = maxCostOf(quote, parameters.maxCost);
    const id = idOf(request.headers, body, ids);
    const { response, pending } = await sendPaid(client, { ...sent, ...quote, session, characterId, maxCost, id });
    if (!pending) return response;
    const settle = settleWith(session, pending);
    return passThrough(response, session, (found) => {
      if (modality === "Chat") return chatReader(response, found, settle);
      if (modality === "Image") return imageReader(found, settle);
      if (modality === "Voice") return fileReader(response, found, settle);
      return generationReader(found, (generation) => follow(session, generation, pending));
    });
  };

  /** Asks for what was made, as the session or the account that it belongs to. */
  const look = async (request: Request, id: string | undefined, part: string | undefined): Promise<Response> => {
    const { session } = parameters;
    const viewer = await viewerHeaders(client, session);
    if (Object.keys(viewer).length === 0) return client.fetch(request);
    const headers = new Headers(request.headers);
    headers.delete("authorization");
    for (const [name, value] of Object.entries(viewer)) headers.set(name, value);
    const response = await client.fetch(new Request(request, { headers }));
    if (!session || !response.ok || id === undefined) return response;
    if (part === undefined) {
      return passThrough(response, session, (found) => {
        // Nothing is owed for looking.
        found();
        return generationReader(found, (generation) => follow(session, generation));
      });
    }
    const expected = made.get(id)?.contentHash;
    const isFile = part === "content" && response.status === 200 && !/variant=(?!video)/.test(request.url);
    if (!isFile || expected === undefined) return response;
    return passThrough(response, session, (found) => {
      found();
      return whole(async (bytes) => {
        const hash = keccak256(bytes);
        if (hash !== expected) parameters.onError?.(new FileDiffersError(id, expected, hash));
      });
    });
  };

  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const modality = request.method === "POST" ? modalityOf(pathname) : undefined;
    const base = `${client.relayerUrl?.replace(/\/$/, "")}/v1/`;
    const path = request.url.startsWith(base) ? request.url.slice(base.length).replace(/[?#].*$/, "") : "";
    const [, id, part] = /^(?:videos|music|generations)(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(path) ?? [];
    try {
      if (modality) return await ask(request, modality);
      if (/^(videos|music|generations)(\/|$)/.test(path)) return await look(request, id, part);
      return await client.fetch(request);
    } catch (error) {
      if (error instanceof RelayerError) return errorResponse(error);
      if (error instanceof NotAToolError || error instanceof RangeError) return refusal(400, error.message);
      // As an answer: what a fetch throws is taken for a broken line, and tried again.
      if (error instanceof MaxCostExceededError) return refusal(402, error.message, { code: "max_cost_exceeded" });
      // What a fetch throws when nobody answers.
      if (error instanceof RelayerUnreachableError) throw error.cause;
      throw error;
    }
  };
}

/** What a request can cost, by its body. */
async function quoteOf(
  client: StelaiClient,
  request: {
    modality: Modality;
    characterId: bigint;
    asked: AskedBody;
    session: TabSession;
    signal: AbortSignal;
  },
) {
  const { modality, asked, ...rest } = request;
  if (modality === "Chat") {
    const maxTokens = asked.max_completion_tokens ?? asked.max_tokens;
    const { agreed, total } = await quoteRequest(client, { ...rest, messages: asked.messages ?? [], maxTokens });
    return { agreed, total };
  }
  const settings = settingsOf(asked);
  if (asked.quality?.toLowerCase() === "auto") {
    // Standard, where the tool has that at all.
    const { tool } = (await getModel(client, rest)).stelai;
    settings.quality = tool?.qualities.find((quality) => quality === "Standard");
  }
  return quoteGeneration(client, { ...rest, ...settings, modality });
}

/** A refusal as OpenAI's clients read it. */
function errorResponse({ code, message, status, param, details }: RelayerError): Response {
  return refusal(status === 0 ? 502 : status, message, { code, param, stelai: details });
}

function refusal(status: number, message: string, more: object = {}): Response {
  const error = { message, type: "stelai_error", param: null, code: "invalid_request", ...more };
  // Only some refusals are worth a client's own retry.
  const headers = { "content-type": "application/json", "x-should-retry": String(status === 429 || status >= 500) };
  return new Response(toJson({ error }), { status, headers });
}
