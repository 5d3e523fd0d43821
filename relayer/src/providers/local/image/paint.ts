import type { Canvas } from "@napi-rs/canvas";
import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { readBrief } from "./brief.ts";
import { inkOver } from "./lines/ink.ts";
import { strokes } from "./lines/painted.ts";
import { createPress } from "./lines/print.ts";
import { texture } from "./lines/texture.ts";
import { mixPalette } from "./palette.ts";
import { SCENE } from "./scenes/index.ts";
import { createSheet, createStudio, type Layer, type Pen, type Studio } from "./studio.ts";

/** What a quality buys: pixels drawn for each of the picture's, and how much is drawn. */
export const QUALITY: Record<Quality, { scale: number; detail: number; brushes: number }> = {
  Draft: { scale: 0.6, detail: 0.5, brushes: 2 },
  Standard: { scale: 1, detail: 1, brushes: 3 },
  High: { scale: 1.5, detail: 1.7, brushes: 4 },
  Ultra: { scale: 2, detail: 2.6, brushes: 4 },
};

/** What a line does to a sheet, which keeps its outline: the brush and the pen; scissors and press come in elsewhere. */
export function finishSheet(studio: Studio, sheet: Canvas, brushes: number, whole: boolean): void {
  if (studio.line === "painted") strokes(studio, sheet, brushes);
  if (studio.line === "ink") inkOver(studio, sheet, whole);
}

/** Sheets laid over each other as they are at the beginning. */
function compose(studio: Studio, layers: readonly Layer[], onLayer: (done: number) => void): Canvas {
  const { canvas, pen } = createSheet(studio);
  const below = () => canvas;
  for (const [index, layer] of layers.entries()) {
    if (layer.solid === true && studio.line === "paper") {
      const sheet = createSheet(studio);
      layer.draw?.(sheet.pen, below);
      laySheet(studio, pen, sheet.canvas);
    } else {
      pen.save();
      layer.draw?.(pen, below);
      pen.restore();
    }
    pen.save();
    layer.live?.(pen, 0, below);
    pen.restore();
    onLayer((index + 1) / layers.length);
  }
  return canvas;
}

/** Lays cut paper on what is there: it throws a soft shadow. */
export function laySheet({ unit, width, height, bleed, scale }: Studio, pen: Pen, sheet: Canvas): void {
  pen.save();
  pen.shadowColor = "rgba(20,16,30,0.42)";
  pen.shadowBlur = unit * scale * 14;
  pen.shadowOffsetY = unit * scale * -4;
  pen.shadowOffsetX = unit * scale * 4;
  pen.drawImage(sheet, -bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
  pen.restore();
}

/** Paints a picture and writes it as a file, with the engine's name in it where the format has room for one. */
export async function paint(
  request: Extract<MediaRequest, { modality: "Image" }>,
  label: string,
  onProgress: (done: number) => void,
): Promise<Uint8Array> {
  const brief = readBrief(request.prompt, request.style, request.seed);
  const { scale, detail, brushes } = QUALITY[request.quality];
  const { width, height } = request;
  const palette = mixPalette(brief);
  const studio = createStudio({ width, height, bleed: 0, scale, detail, brief, palette, line: brief.line });
  const plate = compose(studio, SCENE[brief.scene](studio), (done) => onProgress(done * 0.6));
  finishSheet(studio, plate, brushes, true);
  onProgress(0.8);
  if (studio.line === "print") createPress(studio)(plate);
  texture(studio, plate, brief.grain);
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
