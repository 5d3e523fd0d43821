import { malformed } from "./faults.ts";
import { cutMp3, readMp3 } from "./mp3.ts";
import { cutPackets } from "./packets.ts";
import { decodePicture } from "./pictures.ts";
import type { Probed } from "./probe.ts";
import type { Shown } from "./shown.ts";
import { drawing, watermark } from "./watermark.ts";
import { cutWav, readWav } from "./wav.ts";

/** The longest side of a picture's preview, in pixels. */
const MAX_SIDE = 512;
const QUALITY = 82;
const AUDIO_SECONDS = 8;
const FADE_SECONDS = 1.5;
const VIDEO_SECONDS = 3;

/**
 * What its owner is shown of a made thing before they open it: a picture of at most 512 pixels a side with a watermark,
 * the first eight seconds of sound, the first three of a video. What is shorter stays as it is. What everybody may see
 * of a thing that is for sale is made by `salePreviewOf`.
 */
export async function previewOf(bytes: Uint8Array, probed: Probed): Promise<Shown> {
  const { mediaType, seconds = 0 } = probed;
  switch (mediaType) {
    case "image/png":
    case "image/jpeg":
    case "image/webp":
      return pictureOf(bytes, probed, 1);
    case "video/mp4":
      return { bytes: seconds <= VIDEO_SECONDS ? bytes : await cutPackets(bytes, mediaType, VIDEO_SECONDS), mediaType };
    case "audio/wav":
      return {
        bytes: seconds <= AUDIO_SECONDS ? bytes : cutWav(readWav(bytes), AUDIO_SECONDS, FADE_SECONDS),
        mediaType,
      };
    case "audio/mpeg":
      return { bytes: seconds <= AUDIO_SECONDS ? bytes : cutMp3(readMp3(bytes), AUDIO_SECONDS), mediaType };
    case "audio/flac":
    case "audio/ogg":
      return { bytes: seconds <= AUDIO_SECONDS ? bytes : await cutPackets(bytes, mediaType, AUDIO_SECONDS), mediaType };
  }
}

/**
 * A picture, small and with the watermark.
 * @param most How much of each side is shown at most, from 0 to 1.
 */
export async function pictureOf(bytes: Uint8Array, { width, height }: Probed, most: number): Promise<Shown> {
  if (width === undefined || height === undefined) throw malformed("a picture without dimensions");
  const { createCanvas } = await drawing();
  const image = await decodePicture(bytes, { width, height });
  const scale = Math.min(most, MAX_SIDE / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  watermark(context, canvas.width, canvas.height);
  const shown = await canvas.encode("webp", QUALITY);
  return { bytes: shown, mediaType: "image/webp", width: canvas.width, height: canvas.height };
}
