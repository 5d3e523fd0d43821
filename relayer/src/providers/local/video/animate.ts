import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { readBrief } from "../image/brief.ts";
import { createPress } from "../image/lines/print.ts";
import { finishSheet, laySheet } from "../image/paint.ts";
import { mixPalette } from "../image/palette.ts";
import { SCENE } from "../image/scenes/index.ts";
import { createSheet, createStudio, type Layer, type Studio } from "../image/studio.ts";
import { type Camera, viewAt } from "./camera.ts";
import { openMovie } from "./encoder.ts";
import { FRAME_RATES } from "./index.ts";

/** What a quality buys besides frames a second: detail, brushes, and how coarsely frames are kept. */
const QUALITY: Record<Quality, { detail: number; brushes: number; coarseness: number }> = {
  Draft: { detail: 0.6, brushes: 1, coarseness: 33 },
  Standard: { detail: 1, brushes: 2, coarseness: 26 },
  High: { detail: 1.5, brushes: 3, coarseness: 21 },
  Ultra: { detail: 2, brushes: 4, coarseness: 17 },
};

/** How far sheets reach beyond the frame, in widths of it: as far as a camera may go. */
const BLEED = 0.12;
/** Clouds and fog go on by themselves, but not past the edge of their sheet. */
const LONGEST_DRIFT = 0.6;
/** Sky and clouds are no nearer than this. */
const FAR = 0.05;
/** How much of the work drawing the sheets is, against filming them. */
const DRAWING_SHARE = 0.2;

const even = (side: number) => Math.max(2, side - (side % 2));

/** Draws a scene's sheets once and films them. An odd side is a pixel shorter: the format's colours come in pairs. */
export async function animate(
  request: Extract<MediaRequest, { modality: "Video" }>,
  onProgress: (done: number) => void,
): Promise<Uint8Array> {
  const brief = readBrief(request.prompt, request.style, request.seed);
  const { detail, brushes, coarseness } = QUALITY[request.quality];
  const [width, height] = [even(request.width), even(request.height)];
  const bleed = Math.round(width * BLEED);
  const palette = mixPalette(brief);
  const studio = createStudio({ width, height, bleed, scale: 1, detail, brief, palette, line: brief.line });
  const layers = SCENE[brief.scene](studio);
  const sheets = drawSheets(studio, layers, brushes, (done) => onProgress(done * DRAWING_SHARE));
  const press = studio.line === "print" ? createPress(studio) : undefined;
  const shade = vignette(studio);

  const camera: Camera = request.style?.motion?.camera ?? "drift";
  const pace = request.style?.motion?.pace ?? 1;
  const way = studio.chance("camera").happens(0.5) ? 1 : -1;
  const frameRate = FRAME_RATES[request.quality];
  const frames = Math.max(1, Math.round(request.seconds * frameRate));
  const movie = await openMovie({ width, height, frameRate, coarseness });
  const { canvas, pen } = createSheet({ width, height, bleed: 0, scale: 1 });
  for (let number = 0; number < frames; number += 1) {
    const done = number / Math.max(1, frames - 1);
    const seconds = (number / frameRate) * pace;
    for (const [index, layer] of layers.entries()) {
      const view = viewAt(camera, studio, Math.min(1, done * pace), layer.depth, way);
      const drift = Math.min(bleed * LONGEST_DRIFT, (layer.drift ?? 0) * width * seconds) * way;
      pen.save();
      pen.translate(width / 2 + view.x - drift, height / 2 + view.y);
      pen.scale(view.zoom, view.zoom);
      pen.translate(-width / 2, -height / 2);
      const sheet = sheets[index];
      if (sheet !== undefined) pen.drawImage(sheet, -bleed, -bleed);
      layer.live?.(pen, seconds, () => canvas);
      pen.restore();
    }
    pen.drawImage(shade, 0, 0, width, height);
    press?.(canvas);
    movie.add(pen.getImageData(0, 0, width, height).data);
    onProgress(DRAWING_SHARE + (1 - DRAWING_SHARE) * ((number + 1) / frames));
  }
  return movie.end();
}

/** The sheets that do not change, finished in the picture's line. */
function drawSheets(
  studio: Studio,
  layers: readonly Layer[],
  brushes: number,
  onSheet: (done: number) => void,
): (Canvas | undefined)[] {
  return layers.map((layer, index) => {
    onSheet((index + 1) / layers.length);
    if (layer.draw === undefined) return undefined;
    const { canvas, pen } = createSheet(studio);
    layer.draw(pen, () => canvas);
    if (layer.solid === true && studio.line === "paper") {
      const laid = createSheet(studio);
      laySheet(studio, laid.pen, canvas);
      return laid.canvas;
    }
    // The broad brush is enough for what is soft and far.
    finishSheet(studio, canvas, layer.depth < FAR ? 1 : brushes, false);
    return canvas;
  });
}

/** Less light in the corners, as a lens gives. */
function vignette({ width, height }: Studio): Canvas {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  const shade = pen.createRadialGradient(
    width / 2,
    height / 2,
    0,
    width / 2,
    height / 2,
    Math.hypot(width, height) / 2,
  );
  shade.addColorStop(0.55, "rgba(10,8,20,0)");
  shade.addColorStop(1, "rgba(10,8,20,0.3)");
  pen.fillStyle = shade;
  pen.fillRect(0, 0, width, height);
  return canvas;
}
