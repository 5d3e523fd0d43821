/** Passes answers through to an OpenAI client unbuffered, while what they say of money is read. */
import { type Hex, keccak256 } from "viem";
import { fromBase64Url } from "../../internal/base64url.ts";
import { parseWire } from "../../internal/json.ts";
import { eventParser } from "../../internal/sse.ts";
import type { TabSession } from "../../tab/session.ts";
import type { Generation, Metered } from "../../wire.ts";
import { hashAnswer } from "./settleAnswer.ts";

/** Name of the header that carries what a spoken answer cost: base64url of `meteredSchema`'s JSON. */
const METERED_HEADER = "Stelai-Metered";

/** Reads an answer as it goes by, chunk by chunk; `undefined` is its end. */
export type Reader = (bytes: Uint8Array | undefined) => Promise<void>;

/** Told of an answer's receipt, with keccak256 of what it answered where all of that went by. */
export type OnMetered = (metered: Metered, response: Hex | undefined) => Promise<void>;

/**
 * Passes an answer through as it comes, and has it read. As long as its receipt did not go by, its caller leaving means
 * that one may be missing.
 * @param read makes the reader; it calls `found` once there is nothing more to wait for.
 */
export function passThrough(response: Response, session: TabSession, read: (found: () => void) => Reader): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const end = session.begin();
  let isFound = false;
  const through = read(() => {
    isFound = true;
    end();
  });
  const leave = () => {
    if (!isFound) session.missed();
    end();
  };
  // No queue of its own: a chunk is asked for when the caller asks, and given before it is read here.
  const body = new ReadableStream<Uint8Array>(
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
        await through(chunk.value);
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
  return new Response(body, { status, statusText, headers });
}

/** Reads a chat's answer, streamed or whole. */
export function chatReader(response: Response, found: () => void, onMetered: OnMetered): Reader {
  const isStreamed = response.headers.get("content-type")?.includes("text/event-stream") === true;
  let text = "";
  const read = async (data: string) => {
    const chunk = parsed<ChatChunk>(data);
    for (const choice of chunk?.choices ?? []) text += choice.delta?.content ?? choice.message?.content ?? "";
    if (!chunk?.stelai) return;
    found();
    await onMetered(chunk.stelai, chunk.choices && chunk.choices.length > 1 ? undefined : hashAnswer(text));
  };
  if (!isStreamed) return whole((bytes) => read(textOf(bytes)));
  const parse = eventParser();
  return async (bytes) => {
    for (const data of parse(bytes ?? new Uint8Array(0))) await read(data);
  };
}

type ChatChunk = {
  choices?: { delta?: { content?: string | null }; message?: { content?: string | null } }[];
  stelai?: Metered;
};

/** Reads an image's answer. One that is behind an address was not fetched: its receipt's hash is not checked here. */
export function imageReader(found: () => void, onMetered: OnMetered): Reader {
  return whole(async (bytes) => {
    const answer = parsed<{ data?: { b64_json?: string }[]; stelai?: Partial<Metered> }>(textOf(bytes));
    const { receipt, base } = answer?.stelai ?? {};
    if (!receipt || base === undefined) return;
    const file = answer?.data?.[0]?.b64_json;
    found();
    await onMetered({ receipt, base }, file === undefined ? undefined : keccak256(bytesOf(file)));
  });
}

/** Reads a file whose receipt is in a header. */
export function fileReader(response: Response, found: () => void, onMetered: OnMetered): Reader {
  return whole(async (bytes) => {
    const header = response.headers.get(METERED_HEADER);
    const metered = header === null ? undefined : parsed<Metered>(fromBase64Url(header));
    if (!metered) return;
    found();
    await onMetered(metered, keccak256(bytes));
  });
}

/** Reads a generation, as OpenAI's object for it carries it. */
export function generationReader(found: () => void, onGeneration: (made: Generation) => Promise<void>): Reader {
  return whole(async (bytes) => {
    const answer = parsed<Partial<Generation> & { stelai?: Generation }>(textOf(bytes));
    const generation = answer?.object === "generation" ? (answer as Generation) : answer?.stelai;
    if (generation?.object !== "generation") return;
    found();
    await onGeneration(generation);
  });
}

/** Collects an answer and reads it at its end. */
export function whole(read: (bytes: Uint8Array) => Promise<void>): Reader {
  const chunks: Uint8Array[] = [];
  return async (bytes) => {
    if (bytes) chunks.push(bytes);
    else await read(new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()));
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function parsed<T>(text: string): T | undefined {
  try {
    return parseWire<T>(text);
  } catch {
    // Not ours to judge: the caller reads the same bytes.
    return undefined;
  }
}
