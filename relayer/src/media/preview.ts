import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { GlobalFonts, SKRSContext2D } from "@napi-rs/canvas";
import { malformed } from "./faults.ts";
import { cutMp3, readMp3 } from "./mp3.ts";
import { cutPackets } from "./packets.ts";
import { decodePicture } from "./pictures.ts";
import type { Probed } from "./probe.ts";
import { cutWav, readWav } from "./wav.ts";

/** The longest side of a picture's preview, in pixels. */
const MAX_SIDE = 512;
const QUALITY = 82;
/** Of a picture that is for sale, no more than this of each side is shown, however small it is. */
const SOLD_SIDES = 0.5;
const AUDIO_SECONDS = 8;
const FADE_SECONDS = 1.5;
const VIDEO_SECONDS = 3;

const MARK = "Stelai preview";
/** Comes along: a server may have no font at all. */
const FONT = "Schibsted Grotesk";
const FONT_FILE = "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2";

/**
 * What may be shown of a made thing in its place: a picture of at most 512 pixels a side with a watermark, the first
 * eight seconds of sound, the first three of a video. What is shorter stays as it is.
 * @param part How much of a sound's or a video's length is shown at most: less than 1 where the whole is for sale, and
 * then a picture is at most half as wide and high, too.
 */
export async function previewOf(
  bytes: Uint8Array,
  probed: Probed,
  part = 1,
): Promise<{ bytes: Uint8Array; mediaType: Probed["mediaType"] }> {
  const { mediaType, seconds = 0 } = probed;
  const audioSeconds = Math.min(AUDIO_SECONDS, seconds * part);
  const videoSeconds = Math.min(VIDEO_SECONDS, seconds * part);
  switch (mediaType) {
    case "image/png":
    case "image/jpeg":
    case "image/webp":
      return { bytes: await pictureOf(bytes, probed, part < 1 ? SOLD_SIDES : 1), mediaType: "image/webp" };
    case "video/mp4":
      return { bytes: seconds <= videoSeconds ? bytes : await cutPackets(bytes, mediaType, videoSeconds), mediaType };
    case "audio/wav":
      return {
        bytes:
          seconds <= audioSeconds
            ? bytes
            : cutWav(readWav(bytes), audioSeconds, Math.min(FADE_SECONDS, audioSeconds / 4)),
        mediaType,
      };
    case "audio/mpeg":
      return { bytes: seconds <= audioSeconds ? bytes : cutMp3(readMp3(bytes), audioSeconds), mediaType };
    case "audio/flac":
    case "audio/ogg":
      return { bytes: seconds <= audioSeconds ? bytes : await cutPackets(bytes, mediaType, audioSeconds), mediaType };
  }
}

async function pictureOf(bytes: Uint8Array, { width, height }: Probed, most: number): Promise<Uint8Array> {
  if (width === undefined || height === undefined) throw malformed("a picture without dimensions");
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  bringFont(GlobalFonts);
  const image = await decodePicture(bytes, { width, height });
  const scale = Math.min(most, MAX_SIDE / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  watermark(context, canvas.width, canvas.height);
  return canvas.encode("webp", QUALITY);
}

function bringFont(fonts: typeof GlobalFonts): void {
  if (!fonts.has(FONT)) fonts.register(readFileSync(fileURLToPath(import.meta.resolve(FONT_FILE))), FONT);
}

/** The mark in rows at an angle, every other row shifted: light with a dark edge, so that it shows on any picture. */
function watermark(context: SKRSContext2D, width: number, height: number): void {
  const size = Math.max(9, Math.round(Math.max(width, height) / 24));
  context.save();
  context.translate(width / 2, height / 2);
  context.rotate(-Math.PI / 7);
  context.font = `600 ${size}px "${FONT}"`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = Math.max(1, size / 12);
  context.strokeStyle = "rgba(0, 0, 0, 0.22)";
  context.fillStyle = "rgba(255, 255, 255, 0.34)";
  const reach = Math.hypot(width, height) / 2;
  const [column, row] = [size * 11, size * 5];
  for (let y = 0, index = 0; y <= reach; y += row, index += 1) {
    for (const line of y === 0 ? [0] : [-y, y]) {
      for (let x = -Math.ceil(reach / column) * column + (index % 2) * (column / 2); x <= reach + column; x += column) {
        context.strokeText(MARK, x, line);
        context.fillText(MARK, x, line);
      }
    }
  }
  context.restore();
}
