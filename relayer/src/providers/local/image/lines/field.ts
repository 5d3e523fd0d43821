import type { Canvas } from "@napi-rs/canvas";
import { createSheet } from "../studio.ts";

/** Lightness from 0 to 1 of every pixel of a picture, in a smaller size. */
export type Field = { values: Float32Array; width: number; height: number };

export function lightnessOf(picture: Canvas, width: number, height: number): Field {
  const { canvas, pen } = createSheet({ width, height, bleed: 0, scale: 1 });
  pen.imageSmoothingQuality = "medium";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const values = new Float32Array(canvas.width * canvas.height);
  for (let index = 0; index < values.length; index += 1) {
    const at = index * 4;
    values[index] = ((data[at] ?? 0) * 0.3 + (data[at + 1] ?? 0) * 0.59 + (data[at + 2] ?? 0) * 0.11) / 255;
  }
  return { values, width: canvas.width, height: canvas.height };
}

/** Blurred by a box of the radius, twice, which is close to a bell. */
export function blurred({ values, width, height }: Field, radius: number): Field {
  const size = Math.max(1, Math.round(radius));
  let from = values;
  for (let pass = 0; pass < 2; pass += 1) {
    from = swept(from, width, height, size, 1, width);
    from = swept(from, height, width, size, width, 1);
  }
  return { values: from, width, height };
}

/** One way of a box blur: `along` values that lie `next` apart, `lines` of them that lie `beside` apart. */
function swept(
  from: Float32Array,
  along: number,
  lines: number,
  size: number,
  next: number,
  beside: number,
): Float32Array {
  const to = new Float32Array(from.length);
  const total = size * 2 + 1;
  for (let line = 0; line < lines; line += 1) {
    const start = line * beside;
    const at = (index: number) => from[start + Math.min(along - 1, Math.max(0, index)) * next] ?? 0;
    let sum = 0;
    for (let index = -size; index <= size; index += 1) sum += at(index);
    for (let index = 0; index < along; index += 1) {
      to[start + index * next] = sum / total;
      sum += at(index + size + 1) - at(index - size);
    }
  }
  return to;
}

/** Which way a picture's forms run at each place, and how strongly: a brush follows them. */
export type Flow = { angles: Float32Array; strengths: Float32Array; width: number; height: number };

export function flowOf({ values, width, height }: Field, radius: number): Flow {
  const size = width * height;
  const [xx, yy, xy] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const dx = (values[at + 1] ?? 0) - (values[at - 1] ?? 0);
      const dy = (values[at + width] ?? 0) - (values[at - width] ?? 0);
      xx[at] = dx * dx;
      yy[at] = dy * dy;
      xy[at] = dx * dy;
    }
  }
  const [a, b, c] = [xx, yy, xy].map((one) => blurred({ values: one, width, height }, radius).values);
  const angles = new Float32Array(size);
  const strengths = new Float32Array(size);
  for (let at = 0; at < size; at += 1) {
    const [e, f, g] = [a?.[at] ?? 0, b?.[at] ?? 0, c?.[at] ?? 0];
    angles[at] = 0.5 * Math.atan2(2 * g, e - f) + Math.PI / 2;
    strengths[at] = Math.sqrt(e + f);
  }
  return { angles, strengths, width, height };
}
