import type { Canvas } from "@napi-rs/canvas";
import { openMovie } from "../../providers/local/video/encoder.ts";
import { type Frame, framesOf } from "../decode.ts";
import { malformed } from "../faults.ts";
import { shrink } from "../planes.ts";
import type { Probed } from "../probe.ts";
import type { Shown } from "../shown.ts";
import { drawing, watermark } from "../watermark.ts";

const SECONDS = 3;
const FRAME_RATE = 24;
/** The longest side, in pixels. */
const MAX_SIDE = 360;
/** The shortest side that is still encoded as a film: a block of its format. */
const MIN_SIDE = 16;
/** As h264-mp4-encoder takes it, from 10 to 51. */
const COARSENESS = 27;
/** Of the mark, against that of a picture. */
const MARK_STRENGTH = 1.5;
const QUALITY = 82;

/**
 * A film's beginning, drawn anew: scaled down, a watermark on every picture, no sound; and a still out of its middle.
 * What would be no film any more, for it is too short or too narrow, is shown as the still alone.
 * @param most What is shown at most: seconds, and a part of each side.
 * @throws UndecodableError
 */
export async function filmOf(
  bytes: Uint8Array,
  { width, height }: Probed,
  most: { seconds: number; sides: number },
): Promise<{ preview: Shown; poster?: Shown }> {
  if (width === undefined || height === undefined) throw malformed("a film without dimensions");
  const canvas = await sheetFor(width, height, most.sides);
  const context = canvas.getContext("2d");
  const draw = await projector(canvas);
  const mark = await markFor(canvas);
  const pictures: Uint8ClampedArray[] = [];
  let rate = FRAME_RATE;
  for await (const frame of framesOf(bytes, Math.min(SECONDS, most.seconds), FRAME_RATE)) {
    draw(frame);
    context.drawImage(mark, 0, 0);
    pictures.push(context.getImageData(0, 0, canvas.width, canvas.height).data);
    rate = frame.rate;
  }
  const poster = await stillOf(pictures[pictures.length >> 1], canvas);
  const isFilm = Math.min(canvas.width, canvas.height) >= MIN_SIDE && pictures.length > 1;
  if (!isFilm) return { preview: poster };
  const size = { width: canvas.width, height: canvas.height };
  const movie = await openMovie({ ...size, frameRate: rate, coarseness: COARSENESS });
  for (const picture of pictures) movie.add(picture);
  return { preview: { bytes: movie.end(), mediaType: "video/mp4", ...size }, poster };
}

/** Colours of the format come in pairs: even sides, rounded down. */
async function sheetFor(width: number, height: number, most: number): Promise<Canvas> {
  const scale = Math.min(most, MAX_SIDE / Math.max(width, height));
  const side = (whole: number) => Math.max(2, 2 * Math.floor((whole * scale) / 2));
  const { createCanvas } = await drawing();
  return createCanvas(side(width), side(height));
}

/** Fills the canvas with one picture after the other, each turned as it is to be seen. */
async function projector(canvas: Canvas): Promise<(frame: Frame) => void> {
  const { createCanvas, ImageData } = await drawing();
  const context = canvas.getContext("2d");
  return (frame) => {
    const isLying = frame.rotation % 180 !== 0;
    const [across, down] = isLying ? [canvas.height, canvas.width] : [canvas.width, canvas.height];
    const small = createCanvas(across, down);
    small.getContext("2d").putImageData(new ImageData(shrink(frame, across, down), across, down), 0, 0);
    context.save();
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((frame.rotation * Math.PI) / 180);
    context.drawImage(small, -across / 2, -down / 2);
    context.restore();
  };
}

async function markFor({ width, height }: Canvas): Promise<Canvas> {
  const { createCanvas } = await drawing();
  const mark = createCanvas(width, height);
  watermark(mark.getContext("2d"), width, height, MARK_STRENGTH);
  return mark;
}

async function stillOf(pixels: Uint8ClampedArray | undefined, { width, height }: Canvas): Promise<Shown> {
  if (pixels === undefined) throw malformed("a film without pictures");
  const { createCanvas, ImageData } = await drawing();
  const canvas = createCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
  return { bytes: await canvas.encode("webp", QUALITY), mediaType: "image/webp", width, height };
}
