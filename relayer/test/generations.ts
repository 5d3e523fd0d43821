import { crc32, deflateSync } from "node:zlib";
import { encodePayment, hashBody, MODALITIES, type Quality, signPayment } from "@stelai/sdk";
import { type Settings, toWire } from "@stelai/sdk/wire";
import type { Hex } from "viem";
import type { GenerationRow, Order } from "../src/generations/types.ts";
import { admit, paymentOf } from "../src/inference/admission.ts";
import { quoteOfMedia } from "../src/pricing.ts";
import { ENGINES } from "../src/providers/local/engines.ts";
import type { MadeModality, MediaContext, MediaProvider, MediaRequest } from "../src/providers/media.ts";
import type { Services } from "../src/services.ts";
import type { TabClient } from "./client.ts";
import { randomId, type World } from "./world.ts";

export type Behaviour = (request: MediaRequest, context: MediaContext, call: number) => Promise<Uint8Array>;

/** An upstream that makes what a test says; pictures, unless it says otherwise. */
export class TestProvider implements MediaProvider {
  readonly name = "test";
  readonly label = "What a test says";
  readonly abilities = ENGINES.Image.abilities;
  /** Prompts in the order in which work on them began. */
  readonly asked: string[] = [];
  behave: Behaviour = async (request) => pictureOf(request);

  estimate(): number {
    return 1;
  }

  make(request: MediaRequest, context: MediaContext): Promise<Uint8Array> {
    this.asked.push(request.prompt);
    return this.behave(request, context, this.asked.length);
  }
}

/** A provider's work that ends when a test lets it: each call waits for one turn. */
export function gated(): { behave: Behaviour; begun: () => Promise<void>; open: () => void } {
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  return {
    behave: async (request) => {
      begun.resolve();
      await gate.promise;
      return pictureOf(request);
    },
    begun: () => begun.promise,
    open: () => gate.resolve(),
  };
}

/** A whole PNG of the size that was asked for. */
export function pictureOf(request: MediaRequest): Uint8Array {
  if (request.modality !== "Image") throw new RangeError("only pictures are made here");
  return pngOf(request.width, request.height, request.seed);
}

/** A whole PNG in one grey. */
export function pngOf(width: number, height: number, shade = 0): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.alloc(width + 1, shade % 256);
  line[0] = 0;
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Buffer.concat([
    Buffer.from(signature),
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A character's number for its modality, as `publish` takes it. */
export function modalityNumber(modality: MadeModality): number {
  return MODALITIES.indexOf(modality);
}

/** What a test may say of an order; the rest is small and cheap. */
export type Asking = { prompt?: string; id?: Hex; quality?: Quality; settings?: Partial<Settings>; maxCost?: bigint };

const SMALL: Record<MadeModality, Partial<Settings>> = {
  Image: { size: "64x48", format: "png" },
  Video: { size: "256x256", seconds: 1, format: "mp4" },
  Voice: { voice: "slt", speed: 1, format: "wav" },
  Music: { seconds: 5, format: "wav" },
};

/** A paid request, signed by the tab's session key: its body and header. */
export async function signedRequest(world: World, client: TabClient, characterId: bigint, asking: Asking = {}) {
  const body = JSON.stringify({
    model: `stelai-${characterId}`,
    prompt: asking.prompt ?? "a hill",
    ...asking.settings,
  });
  const payment = await signPayment(client.tab.key, client.meter, {
    operator: world.operator.address,
    tabId: client.tab.tabId,
    id: asking.id ?? randomId(),
    body: hashBody(body),
    characterId,
    termsVersion: 1n,
    maxCost: asking.maxCost ?? 1_000_000_000n,
    deadline: 4_000_000_000n,
  });
  return { body, header: encodePayment(payment) };
}

/** Queues what a signed request asks for, as the routes do. */
export async function queuePaid(
  services: Services,
  characterId: bigint,
  { body, header }: { body: string; header: string },
  { prompt = "a hill", quality = "Standard", settings = {} }: Asking = {},
): Promise<GenerationRow> {
  const draft = await draftOf(services, characterId, { prompt, quality, settings });
  const payment = await paymentOf(services, header, Buffer.from(body));
  if (payment === undefined) throw new Error("no payment");
  const admitted = await admit(services, payment, draft.character, draft.quote, { isQueued: true });
  if (admitted.kind !== "held") throw new Error("it was charged before");
  const { reservation, payer } = admitted;
  return services.generations.submit({
    ...{ ...draft, bodyHash: payment.bodyHash, reservation, payment: undefined, pass: undefined },
    ...{ requester: payer.toLowerCase(), account: payer, requestKey: undefined },
  });
}

/** Queues a free one of a requester that nobody knows more of. */
export async function queueFree(
  services: Services,
  characterId: bigint,
  requester: string,
  asking: Asking & Partial<Pick<Order, "account" | "pass" | "requestKey">> = {},
): Promise<GenerationRow> {
  const { prompt = "a hill", quality = "Standard", settings = {}, account, pass, requestKey } = asking;
  const draft = await draftOf(services, characterId, { prompt, quality, settings });
  const bodyHash = hashBody(toWire({ prompt, settings }));
  return services.generations.submit({
    ...draft,
    bodyHash,
    requester,
    account,
    requestKey,
    reservation: undefined,
    payment: undefined,
    pass,
  });
}

/** Signs, holds and queues. */
export async function askPaid(
  world: World,
  services: Services,
  client: TabClient,
  characterId: bigint,
  asking: Asking = {},
): Promise<GenerationRow> {
  return queuePaid(services, characterId, await signedRequest(world, client, characterId, asking), asking);
}

async function draftOf(
  { characters, config }: Services,
  characterId: bigint,
  { prompt, quality, settings }: Required<Pick<Asking, "prompt" | "quality" | "settings">>,
) {
  const character = await characters.get(characterId);
  if (character === undefined || character.modality === "Chat") throw new Error(`${characterId} is no tool`);
  const { modality } = character;
  const resolved = { quality, seed: 7, ...SMALL[modality], ...settings } as Order["settings"];
  const quote = quoteOfMedia(config, character, prompt, resolved);
  return { character: { ...character, modality }, prompt, settings: resolved, quote };
}

/** Waits until one has ended. */
export async function ended({ generations }: Pick<Services, "generations">, id: string): Promise<GenerationRow> {
  const row = await generations.wait(id, 60_000, new AbortController().signal);
  if (row === undefined || row.endedAt === null) throw new Error(`it is still ${row?.status}`);
  return row;
}

/** Waits until one stands like this. */
export async function until(
  { generations }: Pick<Services, "generations">,
  id: string,
  isSo: (row: GenerationRow) => boolean,
): Promise<GenerationRow> {
  const never = new AbortController().signal;
  let row = await generations.find(id);
  for (let looks = 0; looks < 200; looks += 1) {
    if (row === undefined) throw new Error("it is gone");
    if (isSo(row)) return row;
    row = await generations.wait(id, 1_000, never, row);
  }
  throw new Error(`it stays ${row?.status}, ${row?.waitsFor}`);
}
