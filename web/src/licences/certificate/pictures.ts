import type { Face } from "./draw.ts";
import type { Picture } from "./sheet.ts";

/** Faces as the page has them, with every script that the system adds. */
const FAMILIES: Readonly<Record<Face, string>> = {
  sans: '400 {} "Schibsted Grotesk Variable", system-ui, sans-serif',
  bold: '600 {} "Schibsted Grotesk Variable", system-ui, sans-serif',
  serif: '400 {} "Literata Variable", Georgia, serif',
  mono: '400 {} "Red Hat Mono Variable", ui-monospace, monospace',
};

/** Pixels for a point: sharp on paper. */
const SHARP = 4;
/** Longer lines are cut: a picture has to end somewhere. */
const WIDEST = 8_000;

/** Of paper, which every picture stands on. */
const WHITE = "#ffffff";
const QUALITY = 0.92;

/**
 * The picture as a JPEG, which the document takes as it is: a PNG with transparency is unpacked by a worker made of a
 * blob, which the page's Content-Security-Policy refuses.
 */
async function jpegOf(canvas: HTMLCanvasElement): Promise<Picture | undefined> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) return undefined;
  return { bytes: await blob.arrayBuffer(), width: canvas.width, height: canvas.height };
}

function paint(context: CanvasRenderingContext2D): void {
  context.fillStyle = WHITE;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/** Draws a line in any script that this browser can show. */
export async function drawText(text: string, face: Face, size: number): Promise<Picture | undefined> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  const font = FAMILIES[face].replace("{}", `${size * SHARP}px`);
  await document.fonts.load(font, text).catch(() => undefined);
  context.font = font;
  const measured = context.measureText(text);
  canvas.width = Math.min(WIDEST, Math.max(1, Math.ceil(measured.width)));
  canvas.height = Math.ceil(size * SHARP * 1.3);
  paint(context);
  // Setting its size forgot all that was set.
  context.font = font;
  context.textBaseline = "middle";
  context.fillStyle = "#1e1b16";
  context.fillText(text, 0, canvas.height / 2);
  return jpegOf(canvas);
}

/** A work's picture, small, as the document can hold it; undefined where it cannot be had: it is no part of the proof. */
export async function loadPicture(url: string): Promise<Picture | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return undefined;
    const bitmap = await createImageBitmap(await response.blob());
    const scale = Math.min(1, 600 / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    if (!context) return undefined;
    paint(context);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await jpegOf(canvas);
  } catch {
    return undefined;
  }
}
