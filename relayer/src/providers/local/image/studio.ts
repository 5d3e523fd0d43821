import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { hash32 } from "../chat/random.ts";
import type { Brief } from "./brief.ts";
import { type Chance, createChance, createNoise, type Noise } from "./chance.ts";
import type { Palette } from "./palette.ts";

export type Pen = SKRSContext2D;

/** The whole of what is composed up to now, to reflect in water or to look at through mist. */
export type Below = () => Canvas;

/**
 * A sheet of a picture, from the farthest to the nearest. Everything is drawn in pixels of the finished picture; the
 * pen scales it. A still image draws each once at time 0; a video paints `draw` once and asks for `live` every frame.
 */
export type Layer = {
  name: string;
  /** From 0, at infinity, to 1, right before the eye: how much it moves with a camera. */
  depth: number;
  /** Has an edge that throws a shadow when the picture is cut from paper. */
  solid?: boolean;
  /** How far it moves by itself, in widths of the picture a second. */
  drift?: number;
  draw?(pen: Pen, below: Below): void;
  live?(pen: Pen, seconds: number, below: Below): void;
};

export type Line = "painted" | "ink" | "paper" | "print";

/** What a scene is drawn with. Lengths are pixels of the finished picture. */
export type Studio = {
  readonly width: number;
  readonly height: number;
  /** How far beyond each edge a sheet reaches, for a camera that moves. */
  readonly bleed: number;
  /** A thousandth of the mean side: sizes in it look alike in every format. */
  readonly unit: number;
  /** Pixels drawn for a pixel of the finished picture. */
  readonly scale: number;
  /** How much is drawn: 1 is the standard. */
  readonly detail: number;
  readonly brief: Brief;
  readonly palette: Palette;
  readonly line: Line;
  /** Chance and noise of a name: always the same for the same picture. */
  chance(name: string): Chance;
  noise(name: string): Noise;
};

export type StudioOptions = Pick<
  Studio,
  "width" | "height" | "bleed" | "scale" | "detail" | "brief" | "palette" | "line"
>;

export function createStudio(options: StudioOptions): Studio {
  const seedOf = (name: string) => (options.brief.seed ^ hash32(name)) >>> 0;
  return {
    ...options,
    unit: Math.sqrt(options.width * options.height) / 1_000,
    chance: (name) => createChance(seedOf(name)),
    noise: (name) => createNoise(seedOf(name)),
  };
}

/** A sheet as large as the picture and its bleed, with a pen in the picture's own pixels. */
export function createSheet({ width, height, bleed, scale }: Pick<Studio, "width" | "height" | "bleed" | "scale">): {
  canvas: Canvas;
  pen: Pen;
} {
  const canvas = createCanvas(
    Math.max(1, Math.round((width + 2 * bleed) * scale)),
    Math.max(1, Math.round((height + 2 * bleed) * scale)),
  );
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.translate(bleed, bleed);
  return { canvas, pen };
}

/** A small picture computed pixel by pixel, to be drawn larger. `shade` writes red, green, blue and alpha to `out`. */
export function computed(
  columns: number,
  rows: number,
  shade: (across: number, down: number, out: Uint8ClampedArray, at: number) => void,
): Canvas {
  const width = Math.max(1, Math.round(columns));
  const height = Math.max(1, Math.round(rows));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) shade((x + 0.5) / width, (y + 0.5) / height, image.data, (y * width + x) * 4);
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

export const clamp = (value: number, least = 0, most = 1) => Math.min(most, Math.max(least, value));

/** 0 below `from`, 1 above `to`, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}
