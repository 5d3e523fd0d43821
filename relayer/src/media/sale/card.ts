import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Probed } from "../probe.ts";
import type { Shown } from "../shown.ts";
import { drawing, FONT, watermark } from "../watermark.ts";

/** The longer side of a card, in pixels, and the shape of one for a sound. */
const SIDE = 360;
const SOUND_SHAPE = 3 / 2;
/** No card is longer than this many times its other side, whatever its film is. */
const LONGEST = 3;
const QUALITY = 82;
const PAPER = ["#1d2b2a", "#0b6557"] as const;
const INK = "#f3efe6";

/** A card in place of a preview: what kind of thing it is, how long and how large, and of a sound how loud when. */
export async function cardOf({ mediaType, width, height, seconds = 0, peaks }: Probed): Promise<Shown> {
  const isFilm = mediaType.startsWith("video/");
  const shape = isFilm && width && height ? Math.min(LONGEST, Math.max(1 / LONGEST, width / height)) : SOUND_SHAPE;
  const size = { width: Math.round(SIDE * Math.min(1, shape)), height: Math.round(SIDE / Math.max(1, shape)) };
  const { createCanvas } = await drawing();
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  const paper = context.createLinearGradient(0, 0, 0, size.height);
  paper.addColorStop(0, PAPER[0]);
  paper.addColorStop(1, PAPER[1]);
  context.fillStyle = paper;
  context.fillRect(0, 0, size.width, size.height);
  context.fillStyle = INK;
  if (peaks !== undefined) drawPeaks(context, peaks, size);
  const facts = [clock(seconds), ...(isFilm && width && height ? [`${width} × ${height}`] : [])];
  drawLines(context, [isFilm ? "Video" : "Sound", facts.join(" · "), "Cannot be previewed"], size);
  watermark(context, size.width, size.height);
  return { bytes: await canvas.encode("webp", QUALITY), mediaType: "image/webp", ...size };
}

function drawLines(context: SKRSContext2D, lines: readonly string[], { width, height }: Size): void {
  const step = Math.min(width, height) / 9;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [index, line] of lines.entries()) {
    context.font = `${index === 0 ? 700 : 500} ${Math.round(index === 0 ? step * 1.1 : step * 0.7)}px "${FONT}"`;
    context.fillText(line, width / 2, height / 2 + (index - 1) * step * 1.2, width * 0.9);
  }
}

/** Bars along the lower edge. */
function drawPeaks(context: SKRSContext2D, peaks: readonly number[], { width, height }: Size): void {
  const [step, most] = [width / Math.max(1, peaks.length), height * 0.22];
  for (const [index, peak] of peaks.entries()) {
    const bar = (peak / 100) * most;
    context.fillRect(index * step, height - bar, Math.max(1, step * 0.6), bar);
  }
}

type Size = { width: number; height: number };

/** A length as minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
