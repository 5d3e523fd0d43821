import type { MadeFile } from "@stelai/sdk/wire";
import { dimensionsOf, mediaTypeOf } from "../content/media.ts";
import type { MadeModality } from "../providers/media.ts";
import { cut, malformed } from "./faults.ts";
import { requireWholeFlac } from "./flac.ts";
import { mp3Peaks, readMp3 } from "./mp3.ts";
import { requireWholeMp4 } from "./mp4.ts";
import { requireWholeOgg } from "./ogg.ts";
import { readPackets } from "./packets.ts";
import { decodePicture, requireWholePicture } from "./pictures.ts";
import { readWav, wavPeaks } from "./wav.ts";

/** What was made, by its bytes alone. */
export type Probed = Pick<MadeFile, "mediaType" | "width" | "height" | "seconds" | "sampleRate" | "channels" | "peaks">;

/** The most that a file may be; what the operator allows to be asked for is less. */
export type ProbeLimits = {
  /** Pixels of an image or of a video's frame: they are all decoded. */
  pixels?: number;
  seconds?: number;
};

/** The largest side of a picture, in pixels: WebP's, and what browsers show. */
const MAX_SIDE = 16_383;
const MAX_PIXELS = 33_554_432;
const MAX_SECONDS = 3_600;
const SAMPLE_RATES = { min: 8_000, max: 192_000 };
const MAX_CHANNELS = 8;
/** In bytes: less tells no type. */
const SMALLEST = 12;

/** Types that a modality may be delivered as. */
const ALLOWED = {
  Image: ["image/png", "image/jpeg", "image/webp"],
  Video: ["video/mp4"],
  Voice: ["audio/wav", "audio/mpeg", "audio/flac", "audio/ogg"],
  Music: ["audio/wav", "audio/mpeg", "audio/flac", "audio/ogg"],
} as const satisfies Record<MadeModality, readonly Probed["mediaType"][]>;

/**
 * Checks that bytes are one whole file of a type that the modality may have, and measures it. A declared type is never
 * asked for, names and headers are not believed where the content can be counted. Pictures are decoded.
 * @throws UpstreamMalformedError when it is anything else, or of sizes that cannot be.
 * @throws UpstreamCutError when it is empty or ends too early.
 */
export async function probe(bytes: Uint8Array, modality: MadeModality, limits: ProbeLimits = {}): Promise<Probed> {
  if (bytes.length < SMALLEST) throw cut(`${bytes.length} bytes`);
  const mediaType = mediaTypeOf(bytes);
  const allowed: readonly string[] = ALLOWED[modality];
  if (!allowed.includes(mediaType)) throw malformed(`${mediaType} instead of ${allowed.join(", ")}`);
  switch (mediaType) {
    case "image/png":
    case "image/jpeg":
    case "image/webp": {
      requireWholePicture(bytes, mediaType);
      const size = dimensionsOf(bytes, mediaType);
      if (size === undefined) throw malformed(`a ${mediaType} without dimensions`);
      requireSize(size, limits);
      await decodePicture(bytes, size);
      return { mediaType, ...size };
    }
    case "video/mp4": {
      requireWholeMp4(bytes);
      const { width = 0, height = 0, seconds } = await readPackets(bytes, mediaType);
      requireSize({ width, height }, limits);
      return { mediaType, width, height, seconds: duration(seconds, limits) };
    }
    case "audio/wav": {
      const wav = readWav(bytes);
      return { mediaType, ...sound(wav, limits), peaks: wavPeaks(wav) };
    }
    case "audio/mpeg": {
      const mp3 = readMp3(bytes);
      return { mediaType, ...sound(mp3, limits), peaks: mp3Peaks(mp3) };
    }
    case "audio/flac": {
      const samples = requireWholeFlac(bytes);
      const { sampleRate = 0, channels = 0, seconds } = await readPackets(bytes, mediaType);
      return { mediaType, ...sound({ sampleRate, channels, seconds: samples / sampleRate || seconds }, limits) };
    }
    case "audio/ogg": {
      requireWholeOgg(bytes);
      const { sampleRate = 0, channels = 0, seconds } = await readPackets(bytes, mediaType);
      return { mediaType, ...sound({ sampleRate, channels, seconds }, limits) };
    }
    default:
      throw malformed(`${mediaType} is not handled`);
  }
}

type Sound = { sampleRate: number; channels: number; seconds: number };

/** A head can claim anything: what is measured here is bounded before it is worked with. */
function sound({ sampleRate, channels, seconds }: Sound, limits: ProbeLimits): Sound {
  if (sampleRate < SAMPLE_RATES.min || sampleRate > SAMPLE_RATES.max) throw malformed(`${sampleRate} samples a second`);
  if (channels < 1 || channels > MAX_CHANNELS) throw malformed(`${channels} channels`);
  return { sampleRate, channels, seconds: duration(seconds, limits) };
}

function duration(seconds: number, { seconds: most = MAX_SECONDS }: ProbeLimits): number {
  if (!(seconds > 0)) throw cut("a file of no length");
  if (seconds > most) throw malformed(`${seconds} seconds`);
  return Math.round(seconds * 1_000) / 1_000;
}

function requireSize({ width, height }: { width: number; height: number }, { pixels: most = MAX_PIXELS }: ProbeLimits) {
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE;
  if (!isSide(width) || !isSide(height) || width * height > most) throw malformed(`${width} by ${height} pixels`);
}
