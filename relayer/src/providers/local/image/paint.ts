import type { Canvas } from "@napi-rs/canvas";
import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { readBrief } from "./brief.ts";
import { mixPalette } from "./palette.ts";
import { SCENE } from "./scenes/index.ts";
import { createSheet, createStudio, type Layer, type Studio } from "./studio.ts";

/** What a quality buys: pixels drawn for each of the picture's, and how much is drawn. */
export const QUALITY: Record<Quality, { scale: number; detail: number }> = {
  Draft: { scale: 0.6, detail: 0.5 },
  Standard: { scale: 1, detail: 1 },
  High: { scale: 1.5, detail: 1.7 },
  Ultra: { scale: 2, detail: 2.6 },
};

/** Sheets laid over each other as they are at the beginning. */
function compose(studio: Studio, layers: readonly Layer[], onLayer: (done: number) => void): Canvas {
  const { canvas, pen } = createSheet(studio);
  const below = () => canvas;
  for (const [index, layer] of layers.entries()) {
    pen.save();
    layer.draw?.(pen, below);
    pen.restore();
    pen.save();
    layer.live?.(pen, 0, below);
    pen.restore();
    onLayer((index + 1) / layers.length);
  }
  return canvas;
}

/** Paints a picture and writes it as a file, with the engine's name in it where the format has room for one. */
export async function paint(
  request: Extract<MediaRequest, { modality: "Image" }>,
  label: string,
  onProgress: (done: number) => void,
): Promise<Uint8Array> {
  const brief = readBrief(request.prompt, request.style, request.seed);
  const { scale, detail } = QUALITY[request.quality];
  const { width, height } = request;
  const palette = mixPalette(brief, (brief.seed % 997) / 997);
  const studio = createStudio({ width, height, bleed: 0, scale, detail, brief, palette, line: brief.line });
  const plate = compose(studio, SCENE[brief.scene](studio), (done) => onProgress(done * 0.6));
  const picture = sized(studio, plate);
  onProgress(0.95);
  switch (request.format) {
    case "jpeg":
      return picture.encodeSync("jpeg", { quality: 92, software: label });
    case "webp":
      return picture.encodeSync("webp", 92);
    default:
      return picture.encodeSync("png", { software: label });
  }
}

/** A plate in the size that was asked for. */
function sized(studio: Studio, plate: Canvas): Canvas {
  if (plate.width === studio.width && plate.height === studio.height) return plate;
  const { canvas, pen } = createSheet({ ...studio, bleed: 0, scale: 1 });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(plate, 0, 0, studio.width, studio.height);
  return canvas;
}
