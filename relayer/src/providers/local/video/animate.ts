import type { Canvas } from "@napi-rs/canvas";
import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { readBrief } from "../image/brief.ts";
import { mixPalette } from "../image/palette.ts";
import { SCENE } from "../image/scenes/index.ts";
import { createSheet, createStudio } from "../image/studio.ts";
import { type Camera, viewAt } from "./camera.ts";
import { openMovie } from "./encoder.ts";
import { FRAME_RATES } from "./index.ts";

/** What a quality buys besides frames a second. */
const QUALITY: Record<Quality, { detail: number; coarseness: number }> = {
  Draft: { detail: 0.6, coarseness: 33 },
  Standard: { detail: 1, coarseness: 26 },
  High: { detail: 1.5, coarseness: 21 },
  Ultra: { detail: 2, coarseness: 16 },
};

const even = (side: number) => Math.max(2, side - (side % 2));

/** Draws a scene's sheets once and films them. */
export async function animate(
  request: Extract<MediaRequest, { modality: "Video" }>,
  onProgress: (done: number) => void,
): Promise<Uint8Array> {
  const brief = readBrief(request.prompt, request.style, request.seed);
  const { detail, coarseness } = QUALITY[request.quality];
  const width = even(request.width);
  const height = even(request.height);
  const palette = mixPalette(brief, (brief.seed % 997) / 997);
  const bleed = Math.round(width * 0.12);
  const studio = createStudio({ width, height, bleed, scale: 1, detail, brief, palette, line: brief.line });
  const layers = SCENE[brief.scene](studio);
  const frame = createSheet({ ...studio, bleed: 0 });
  const sheets: (Canvas | undefined)[] = layers.map((layer, index) => {
    if (layer.draw === undefined) return undefined;
    const { canvas, pen } = createSheet(studio);
    layer.draw(pen, () => frame.canvas);
    onProgress(((index + 1) / layers.length) * 0.2);
    return canvas;
  });

  const camera: Camera = request.style?.motion?.camera ?? "drift";
  const pace = request.style?.motion?.pace ?? 1;
  const way = studio.chance("camera").happens(0.5) ? 1 : -1;
  const frameRate = FRAME_RATES[request.quality];
  const frames = Math.round(request.seconds * frameRate);
  const movie = await openMovie({ width, height, frameRate, coarseness });
  for (let number = 0; number < frames; number += 1) {
    const done = number / Math.max(1, frames - 1);
    const seconds = (number / frameRate) * pace;
    for (const [index, layer] of layers.entries()) {
      const view = viewAt(camera, studio, done, layer.depth, way);
      const drift = Math.min(bleed * 0.6, (layer.drift ?? 0) * width * seconds);
      frame.pen.save();
      frame.pen.translate(width / 2 + view.x, height / 2 + view.y);
      frame.pen.scale(view.zoom, view.zoom);
      frame.pen.translate(-width / 2 - (layer.drift === undefined ? 0 : drift * way), -height / 2);
      const sheet = sheets[index];
      if (sheet !== undefined) frame.pen.drawImage(sheet, -bleed, -bleed);
      layer.live?.(frame.pen, seconds, () => frame.canvas);
      frame.pen.restore();
    }
    movie.add(frame.pen.getImageData(0, 0, width, height).data);
    onProgress(0.2 + 0.8 * ((number + 1) / frames));
  }
  return movie.end();
}
