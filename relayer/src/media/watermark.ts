import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SKRSContext2D } from "@napi-rs/canvas";

/** What a preview says that it is. */
export const MARK = "Stelai preview";

/** Comes along: a server may have no font at all. */
export const FONT = "Schibsted Grotesk";
const FONT_FILE = "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2";

/** The library that draws, with the font in it. It is loaded when something is drawn. */
export async function drawing() {
  const canvas = await import("@napi-rs/canvas");
  const { GlobalFonts } = canvas;
  if (!GlobalFonts.has(FONT)) GlobalFonts.register(readFileSync(fileURLToPath(import.meta.resolve(FONT_FILE))), FONT);
  return canvas;
}

/**
 * The mark in rows at an angle, every other row shifted: light with a dark edge, so that it shows on any picture.
 * @param strength More than 1 where coarse encoding would wash it out.
 */
export function watermark(context: SKRSContext2D, width: number, height: number, strength = 1): void {
  const size = Math.max(9, Math.round(Math.max(width, height) / 24));
  context.save();
  context.translate(width / 2, height / 2);
  context.rotate(-Math.PI / 7);
  context.font = `600 ${size}px "${FONT}"`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = Math.max(1, size / 12);
  context.strokeStyle = `rgba(0, 0, 0, ${0.22 * strength})`;
  context.fillStyle = `rgba(255, 255, 255, ${0.34 * strength})`;
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
