import type { Image, SKRSContext2D } from "@napi-rs/canvas";
import { dimensionsOf, mediaTypeOf } from "../content/media.ts";
import { decodePicture } from "./pictures.ts";
import { drawing, FONT } from "./watermark.ts";

/** What the picture of a shared page shows (Open Graph), 1200 × 630 pixels. */
export type ShareCard = {
  title: string;
  /** Who made it, or what it is about. */
  byline: string;
  /** What it is, in a word or two. */
  label: string;
  /** A PNG, JPEG or WebP; anything else is left out, as is one that cannot be decoded. */
  picture?: Uint8Array;
  /** Of a sound: how loud when, from 0 to 100. */
  peaks?: readonly number[];
};

const SIZE = { width: 1_200, height: 630 };
const MARGIN = 64;
/** No picture with more is decoded. */
const MAX_PIXELS = 33_554_432;
const PAPER = "#f6f3ec";
const INK = "#1e1b16";
const SOFT = "#575043";
const LIVE = "#0b6557";
const MOST_LINES = 4;
const TITLE = { size: 58, leading: 68 };

/** Draws it. @returns a PNG. */
export async function drawShareCard(card: ShareCard): Promise<Uint8Array> {
  const { createCanvas } = await drawing();
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext("2d");
  context.fillStyle = PAPER;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  const picture = card.picture === undefined ? undefined : await decoded(card.picture);
  if (picture !== undefined) drawCover(context, picture, SIZE.height);
  if (card.peaks !== undefined && card.peaks.length > 0) drawPeaks(context, card.peaks);
  const left = (picture === undefined ? 0 : SIZE.height) + MARGIN;
  drawWords(context, card, left, SIZE.width - left - MARGIN);
  return canvas.encode("png");
}

/** A picture that is one by its bytes; SVG is none, for it can load and run. */
async function decoded(bytes: Uint8Array): Promise<Image | undefined> {
  const dimensions = dimensionsOf(bytes, mediaTypeOf(bytes));
  if (dimensions === undefined || dimensions.width * dimensions.height > MAX_PIXELS) return undefined;
  return decodePicture(bytes, dimensions).catch(() => undefined);
}

/** The middle of a picture, as large as a square of `side` takes. */
function drawCover(context: SKRSContext2D, image: Image, side: number): void {
  const part = Math.min(image.width, image.height);
  const [x, y] = [(image.width - part) / 2, (image.height - part) / 2];
  context.imageSmoothingQuality = "high";
  context.drawImage(image, x, y, part, part, 0, 0, side, side);
}

/** Bars above the mark. */
function drawPeaks(context: SKRSContext2D, peaks: readonly number[]): void {
  const step = (SIZE.width - 2 * MARGIN) / peaks.length;
  context.fillStyle = LIVE;
  for (const [index, peak] of peaks.entries()) {
    const height = Math.max(2, (peak / 100) * 120);
    context.fillRect(MARGIN + index * step, 420 - height / 2, Math.max(1, step * 0.6), height);
  }
}

function drawWords(context: SKRSContext2D, { title, byline, label }: ShareCard, left: number, width: number): void {
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = LIVE;
  context.font = `600 26px "${FONT}"`;
  context.fillText(label, left, MARGIN + 32, width);
  context.fillStyle = INK;
  context.font = `700 ${TITLE.size}px "${FONT}"`;
  const lines = wrapped(context, title, width);
  let y = MARGIN + 120;
  for (const line of lines) {
    context.fillText(line, left, y, width);
    y += TITLE.leading;
  }
  context.fillStyle = SOFT;
  context.font = `500 30px "${FONT}"`;
  context.fillText(wrapped(context, byline, width, 1)[0] ?? "", left, y, width);
  drawMark(context, left, SIZE.height - MARGIN);
}

/** The mark: a stele with three carved lines, and the name. */
function drawMark(context: SKRSContext2D, left: number, bottom: number): void {
  const [width, height] = [30, 40];
  context.fillStyle = INK;
  context.beginPath();
  context.roundRect(left, bottom - height, width, height, [width / 2, width / 2, 0, 0]);
  context.fill();
  context.font = `700 34px "${FONT}"`;
  context.fillText("Stelai", left + width + 16, bottom - 7);
  context.fillStyle = PAPER;
  for (const [index, length] of [14, 14, 9].entries()) context.fillRect(left + 8, bottom - 27 + index * 8, length, 3);
}

/** Lines no wider than `width`; words that are wider are broken, and what is left over ends in an ellipsis. */
function wrapped(context: SKRSContext2D, text: string, width: number, most = MOST_LINES): string[] {
  const fits = (line: string) => context.measureText(line).width <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => pieces(word, fits))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  const letters = [...(lines[most - 1] ?? "")];
  while (letters.length > 0 && !fits(`${letters.join("")}…`)) letters.pop();
  return [...lines.slice(0, most - 1), `${letters.join("")}…`];
}

/** A word in pieces that fit. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  if (fits(word)) return [word];
  const found: string[] = [];
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && !fits(piece + letter)) {
      found.push(piece);
      piece = "";
    }
    piece += letter;
  }
  return [...found, piece];
}
