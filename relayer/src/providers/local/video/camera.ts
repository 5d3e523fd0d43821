import type { Studio } from "../image/studio.ts";

export type Camera = "still" | "drift" | "pan" | "push";

/** How a sheet is moved and enlarged around the middle of the picture. */
export type View = { x: number; y: number; zoom: number };

/** Slow at both ends. */
const eased = (t: number) => t * t * (3 - 2 * t);

/**
 * Where a camera sees a sheet at a time. Sheets nearer to it move more: what is flat on paper becomes a space.
 * @param done from 0 at the beginning to 1 at the end.
 * @param depth of the sheet.
 * @param way 1 or -1: to which side it goes.
 */
export function viewAt(
  camera: Camera,
  { width, height, bleed }: Studio,
  done: number,
  depth: number,
  way: number,
): View {
  const near = 0.08 + depth * 0.92;
  switch (camera) {
    case "still":
      return { x: 0, y: 0, zoom: 1 };
    case "pan":
      return { x: way * (0.5 - eased(done)) * 2 * bleed * 0.9 * near, y: 0, zoom: 1 };
    case "push":
      return { x: 0, y: height * 0.015 * eased(done) * near, zoom: 1 + eased(done) * 0.22 * near };
    default:
      return {
        x: way * (0.5 - done) * Math.min(bleed * 0.9, width * 0.06) * near,
        y: Math.sin(done * Math.PI) * height * 0.006 * near,
        zoom: 1 + done * 0.035 * near,
      };
  }
}
