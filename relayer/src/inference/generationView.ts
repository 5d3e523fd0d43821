import { type Generation, type Provenance, toWire } from "@stelai/sdk/wire";
import { requestOf } from "../generations/rows.ts";
import type { GenerationRow } from "../generations/types.ts";
import type { Metered } from "../metering/ledger.ts";
import type { Services } from "../services.ts";
import type { FileAddresses } from "./fileAddresses.ts";

type Needs = Pick<Services, "chain" | "generations" | "media" | "operator">;

/** A generation's receipt, and the base that the next voucher starts from; null of what was not paid for. */
export async function meteredOf(
  { generations }: Pick<Needs, "generations">,
  row: GenerationRow,
): Promise<Metered | null> {
  if (row.tabId === null || row.status !== "completed") return null;
  return (await generations.meteredOf(row)) ?? null;
}

/** A generation as its owner sees it. */
export async function generationView(
  services: Needs,
  addresses: FileAddresses,
  row: GenerationRow,
): Promise<Generation> {
  const { generations } = services;
  const isQueued = row.status === "queued";
  const prompt = generations.promptOf(row);
  const file = row.status === "completed" ? row.file : null;
  return {
    id: row.id,
    object: "generation",
    model: `stelai-${row.characterId}`,
    modality: row.modality,
    status: row.status,
    waitsFor: isQueued ? (row.waitsFor ?? "turn") : null,
    ahead: isQueued ? await generations.ahead(row) : null,
    progress: row.status === "completed" ? 100 : row.progress,
    secondsLeft: secondsLeft(services, row, prompt, Date.now()),
    created_at: seconds(row.createdAt),
    started_at: row.startedAt === null ? null : seconds(row.startedAt),
    completed_at: row.endedAt === null ? null : seconds(row.endedAt),
    prompt,
    settings: row.settings,
    quote: quoteIn(row),
    engine: row.engine,
    file: file === null ? null : { ...file, publicCid: row.publicCid },
    urls: file === null ? null : addresses.of(row.id),
    error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? "" },
    metered: await meteredOf(services, row),
    requestId: row.requestId,
    pass: row.pass?.use ?? null,
  };
}

/** A generation in the shape of OpenAI's video job, with all of it as `stelai`. */
export function videoView(generation: Generation): string {
  const { id, model, status, progress, created_at, completed_at, settings, error } = generation;
  return toWire({
    id,
    object: generation.modality === "Music" ? "music" : "video",
    model,
    // OpenAI's knows no cancelled one: it failed, by one's own doing.
    status: status === "cancelled" ? "failed" : status,
    progress,
    created_at,
    completed_at,
    expires_at: null,
    ...(settings.size === undefined ? {} : { size: settings.size }),
    seconds: String(settings.seconds),
    quality: settings.quality,
    prompt: generation.prompt,
    remixed_from_video_id: null,
    error:
      error ??
      (status === "cancelled" ? { code: "cancelled", message: "It was cancelled. Nothing was charged." } : null),
    stelai: generation,
  });
}

/**
 * Where a made thing comes from, for anyone to check.
 * @throws RangeError of what has no file.
 */
export async function recordOf(services: Needs, row: GenerationRow): Promise<Provenance> {
  const { chain, operator } = services;
  if (row.file === null) throw new RangeError(`generation ${row.id} has no file`);
  return {
    version: 1,
    generation: row.id,
    operator: operator.address,
    chainId: chain.id,
    characterId: row.characterId,
    termsVersion: BigInt(row.quote.termsVersion),
    promptHash: row.promptHash,
    contentHash: row.file.contentHash,
    mediaType: row.file.mediaType,
    bytes: row.file.bytes,
    modality: row.modality,
    quality: row.settings.quality,
    seed: row.settings.seed,
    engine: row.engine,
    madeAt: seconds(row.endedAt ?? row.createdAt),
    receipt: (await meteredOf(services, row))?.receipt ?? null,
  };
}

/** What a made file is called when it is saved: what it is, by which tool, from when. */
export function fileNameOf(row: GenerationRow, mediaType: string): string {
  const day = row.createdAt.toISOString().slice(0, 10);
  const extension = EXTENSIONS[mediaType] ?? "bin";
  return `stelai-${row.modality.toLowerCase()}-${row.characterId}-${day}-${row.id.slice(-6)}.${extension}`;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/flac": "flac",
  "audio/ogg": "ogg",
};

function quoteIn({ quote, characterId, modality, settings }: GenerationRow): Generation["quote"] {
  const { termsVersion, milliunits, amount, fee, total } = quote;
  return {
    characterId,
    modality,
    quality: settings.quality,
    termsVersion: BigInt(termsVersion),
    milliunits: BigInt(milliunits),
    ...{ amount: BigInt(amount), fee: BigInt(fee), total: BigInt(total) },
  };
}

/** By what the engine expects until there is a pace; null when it has ended, or others come first. */
function secondsLeft({ media }: Needs, row: GenerationRow, prompt: string, now: number): number | null {
  const { status, startedAt, progress } = row;
  if (status !== "in_progress" || startedAt === null) return null;
  const elapsed = Math.max(0, now - startedAt.getTime()) / 1_000;
  const expected = media[row.modality].estimate(requestOf(row, prompt, undefined));
  const left = progress < 10 ? Math.max(0, expected - elapsed) : (elapsed * (100 - progress)) / progress;
  return Math.round(left * 10) / 10;
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000);
}
