import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { NotAToolError } from "../../errors/client.ts";
import { type AgreedTerms, RelayerProtocolError } from "../../errors/relayer.ts";
import { MEDIA_ERRORS } from "../../errors/relayerEndpoints.ts";
import { parseWire, toJson } from "../../internal/json.ts";
import { memoizedOperator } from "../../internal/sponsor.ts";
import type { Modality, Quality } from "../../pricing.ts";
import { type MediaExtent, type MediaQuote, quoteMedia } from "../../quoteMedia.ts";
import type { TabSession } from "../../tab/session.ts";
import type { Generation } from "../../wire.ts";
import { getModel, modelId } from "../characters/getModel.ts";
import { getTerms } from "../characters/getTerms.ts";
import { maxCostOf, type SentRequest, sendPaid, sendUnpaid } from "./prepare.ts";

/** What a tool makes. */
export type MadeModality = Exclude<Modality, "Chat">;

/** What every generation is asked with; what is absent is as the tool has it first. */
export type GenerateParameters = {
  /** The tool. */
  characterId: bigint;
  quality?: Quality | undefined;
  /** 0 to 2^32 - 1: the same again where the tool can promise that; any when absent. */
  seed?: number | undefined;
  /** How the file is written: one of the tool's formats. */
  format?: string | undefined;
  /** Who pays. A free tool needs none, and neither does an account that is signed in and holds a pass. */
  session?: TabSession | undefined;
  /** The most it may cost, in microcredits; what the quote says when absent. */
  maxCost?: bigint | undefined;
  /** What the person agreed to pay; what was agreed to last on this tab, then the chain's, when absent. */
  terms?: AgreedTerms | undefined;
  /** Idempotency key: the same id and settings are the same generation and one charge. A fresh one when absent. */
  id?: Hex | undefined;
  /** Ends the asking; what is queued by then goes on. */
  signal?: AbortSignal | undefined;
};

/** A generation on its way: all that `waitForGeneration` needs. */
export type QueuedGeneration = {
  /** Of the generation. */
  id: string;
  generation: Generation;
  session: TabSession | undefined;
};

/** What a generation's price depends on; what is absent is as the tool has it first. */
export type MediaSettings = MediaExtent & { modality: MadeModality; quality?: Quality | undefined };

/** A quote, the terms it rests on and the settings it is for: pass them on as `maxCost`, `terms`, and by their names. */
export type AgreedMediaQuote = MediaQuote & {
  agreed: AgreedTerms;
  modality: MadeModality;
  quality: Quality;
  size: string | undefined;
  seconds: number | undefined;
};

type Wanted = MediaSettings & Pick<GenerateParameters, "characterId" | "session" | "terms" | "signal">;

/** What a generation costs under the terms that are, or would be, agreed to. */
export async function quoteGeneration(client: StelaiClient, wanted: Wanted): Promise<AgreedMediaQuote> {
  const { characterId, modality, session, text } = wanted;
  const [settings, operator] = await Promise.all([withDefaults(client, wanted), memoizedOperator(client)]);
  const agreed = wanted.terms ??
    session?.agreedTerms(characterId) ?? {
      ...(await getTerms(client, { characterId })),
      feePerUnit: operator.fees[modality],
    };
  const { terms, feePerUnit } = agreed;
  return { ...quoteMedia({ modality, terms, feePerUnit, text, ...settings }), agreed, modality, ...settings };
}

/** Asks what the tool has first only where something that has a price is left open. */
async function withDefaults(client: StelaiClient, wanted: Wanted) {
  const { characterId, modality, quality, size, seconds, signal } = wanted;
  const isTimed = modality === "Video" || modality === "Music";
  const isSized = modality === "Image";
  if (quality && (!isSized || size) && (!isTimed || seconds !== undefined)) return { quality, size, seconds };
  const { stelai } = await getModel(client, { characterId, signal });
  const { tool } = stelai;
  const first = {
    quality: quality ?? tool?.qualities[0],
    size: size ?? tool?.sizes[0],
    seconds: seconds ?? tool?.seconds?.default,
  };
  if (stelai.modality !== modality || !first.quality) throw new NotAToolError(characterId, modality, stelai.modality);
  return { ...first, quality: first.quality };
}

/** Where each kind is asked for, and how its settings are called there: OpenAI's names. */
export const MEDIA = {
  Image: { path: "/v1/images/generations", prompt: "prompt", format: "output_format" },
  Video: { path: "/v1/videos", prompt: "prompt", format: "format" },
  Voice: { path: "/v1/audio/speech", prompt: "input", format: "response_format" },
  Music: { path: "/v1/music", prompt: "prompt", format: "format" },
} as const;

type Asked = {
  modality: MadeModality;
  prompt: string;
  size?: string | undefined;
  seconds?: number | undefined;
  voice?: string | undefined;
  speed?: number | undefined;
};

/** Queues a generation, paid by the session where the tool has a price. */
export async function queueGeneration(
  client: StelaiClient,
  parameters: GenerateParameters,
  { modality, prompt, ...asked }: Asked,
): Promise<QueuedGeneration> {
  const { session, characterId, id, signal, seed } = parameters;
  const { path, prompt: words, format } = MEDIA[modality];
  const request = (settings: Pick<GenerateParameters, "quality"> & Pick<Asked, "size" | "seconds">) => {
    const named = { model: modelId(characterId), [words]: prompt, ...asked, ...settings, seed };
    const body = toJson({ ...named, [format]: parameters.format });
    // RFC 7240: the answer is the generation as it is queued, not its file.
    return { path, method: "POST", errors: MEDIA_ERRORS, headers: { prefer: "respond-async" }, body, signal } as const;
  };
  const end = session?.begin();
  try {
    let sent: SentRequest;
    if (session) {
      const quote = await quoteGeneration(client, { ...parameters, ...asked, modality, text: prompt });
      const { agreed, quality, milliunits, seconds, size = asked.size } = quote;
      const maxCost = maxCostOf(quote, parameters.maxCost);
      const paid = { session, characterId, agreed, maxCost, quality, milliunits, id };
      sent = await sendPaid(client, { ...request({ quality, size, seconds }), ...paid });
    } else {
      sent = { response: await sendUnpaid(client, request({ quality: parameters.quality })), pending: undefined };
    }
    const generation = await readGeneration(sent.response);
    if (sent.pending) await session?.queued(sent.pending, generation.id);
    return { id: generation.id, generation, session };
  } finally {
    end?.();
  }
}

/** A generation as an answer carries it: itself, or as `stelai` of OpenAI's object. */
async function readGeneration(response: Response): Promise<Generation> {
  const answer = parseWire<Partial<Generation> & { stelai?: Generation }>(await response.text());
  const generation = answer.object === "generation" ? (answer as Generation) : answer.stelai;
  if (generation?.object !== "generation") throw new RelayerProtocolError("it queued nothing");
  return generation;
}
