import { type Canvas, createCanvas } from "@napi-rs/canvas";
import { createNoise } from "../chance.ts";
import type { Studio } from "../studio.ts";
import { flowOf, lightnessOf } from "./field.ts";

/** Brushes from the broadest to the finest: widths in units, how densely they lie, and on how much of a picture. */
const BRUSHES = [
  { width: 13, spacing: 0.66, share: 1, alpha: 0.88 },
  { width: 6.6, spacing: 0.7, share: 0.55, alpha: 0.88 },
  { width: 3.3, spacing: 0.75, share: 0.3, alpha: 0.92 },
  { width: 1.9, spacing: 0.8, share: 0.2, alpha: 0.92 },
] as const;

/** Hairs across the broadest brush, and how much lighter or darker one of them may be. */
const HAIRS = 13;
const HAIR_TONE = 26;

/** The stroke of a brush, in pixels. */
type Stroke = {
  x: number;
  y: number;
  cosine: number;
  sine: number;
  long: number;
  wide: number;
  bend: number;
  alpha: number;
};

/**
 * Paints a picture over with strokes that follow its forms: broad ones everywhere, finer ones where there is most to
 * see. What is transparent stays so. Strokes are set pixel by pixel: tens of thousands of paths would take seconds.
 */
export function strokes(studio: Studio, picture: Canvas, brushes: number): void {
  const unit = studio.unit * studio.scale;
  const { width, height } = picture;
  const pen = picture.getContext("2d");
  const chance = studio.chance("strokes");
  const drift = createNoise(studio.brief.seed);
  const image = pen.getImageData(0, 0, width, height);
  const small = 320 / Math.max(width, height);
  const flow = flowOf(
    lightnessOf(picture, Math.max(2, Math.round(width * small)), Math.max(2, Math.round(height * small))),
    2,
  );
  const ranked = flow.strengths.filter((_, index) => index % 7 === 0).sort();
  const hairs = Float32Array.from({ length: 256 }, () => (chance.next() - 0.5) * HAIR_TONE);

  for (const brush of BRUSHES.slice(0, brushes)) {
    const size = Math.max(1.2, brush.width * unit);
    const { data: colours, width: columns, height: rows } = shrunk(picture, size / 2.2);
    const floor = brush.share === 1 ? -1 : (ranked[Math.floor(ranked.length * (1 - brush.share))] ?? 0);
    const apart = size * brush.spacing;
    const across = Math.ceil(width / apart);
    const count = across * Math.ceil(height / apart);
    // A stride that shares no factor with the count visits every place once, in no visible order.
    let stride = Math.floor(count * 0.618) | 1;
    while (greatestDivisor(stride, count) !== 1) stride += 2;
    for (let turn = 0, place = 0; turn < count; turn += 1, place = (place + stride) % count) {
      const x = ((place % across) + chance.next()) * apart;
      const y = (Math.floor(place / across) + chance.next()) * apart;
      const roll = chance.next();
      const tone = (chance.next() - 0.5) * 20;
      const hair = Math.floor(chance.next() * 256);
      if (x >= width || y >= height) continue;
      const cell = Math.floor((y / height) * flow.height) * flow.width + Math.floor((x / width) * flow.width);
      const strength = flow.strengths[cell] ?? 0;
      if (strength <= floor) continue;
      const at = (Math.floor((y / height) * rows) * columns + Math.floor((x / width) * columns)) * 4;
      if ((colours[at + 3] ?? 0) < 30) continue;
      const loose = Math.exp(-strength * 60);
      const angle = (flow.angles[cell] ?? 0) * (1 - loose) + drift(x / (unit * 240), y / (unit * 240)) * 1.1 * loose;
      dab(
        image,
        {
          x,
          y,
          cosine: Math.cos(angle),
          sine: Math.sin(angle),
          long: size * (1.4 + 2.6 * roll) * (0.75 + loose * 0.9) * 0.5,
          wide: size * (0.42 + 0.28 * roll),
          bend: (roll - 0.5) * size * 0.9,
          alpha: brush.alpha,
        },
        [(colours[at] ?? 0) + tone * 1.3, (colours[at + 1] ?? 0) + tone, (colours[at + 2] ?? 0) + tone * 0.7],
        { hairs, from: hair, fine: Math.min(1, 0.35 + size / (unit * 14)) },
      );
    }
  }
  pen.putImageData(image, 0, 0);
}

/** One stroke: bent, ragged where its hairs end, and lighter or darker along each of them. */
function dab(
  { data, width, height }: { data: Uint8ClampedArray; width: number; height: number },
  { x, y, cosine, sine, long, wide, bend, alpha }: Stroke,
  [red, green, blue]: readonly [number, number, number],
  { hairs, from, fine }: { hairs: Float32Array; from: number; fine: number },
): void {
  const reachX = Math.abs(cosine) * long + Math.abs(sine) * (wide + Math.abs(bend)) + 1;
  const reachY = Math.abs(sine) * long + Math.abs(cosine) * (wide + Math.abs(bend)) + 1;
  const [left, right] = [Math.max(0, Math.floor(x - reachX)), Math.min(width - 1, Math.ceil(x + reachX))];
  const [top, bottom] = [Math.max(0, Math.floor(y - reachY)), Math.min(height - 1, Math.ceil(y + reachY))];
  const hairsAcross = (HAIRS * fine) / (wide * 2);
  for (let py = top; py <= bottom; py += 1) {
    const dy = py - y;
    for (let px = left; px <= right; px += 1) {
      const dx = px - x;
      const along = dx * cosine + dy * sine;
      const share = along / long;
      if (share > 1 || share < -1) continue;
      const aside = dy * cosine - dx * sine - bend * (0.5 - share * share);
      const side = wide - Math.abs(aside);
      if (side <= 0) continue;
      const hair = hairs[(from + Math.floor((aside + wide) * hairsAcross)) & 255] ?? 0;
      const end = (1 - Math.abs(share)) * long * (1 + hair * 0.03);
      let cover = alpha;
      if (side < 1) cover *= side;
      if (end < wide * 0.7) cover *= end / (wide * 0.7);
      const at = (py * width + px) * 4;
      const tone = hair * fine;
      data[at] = (data[at] ?? 0) * (1 - cover) + (red + tone) * cover;
      data[at + 1] = (data[at + 1] ?? 0) * (1 - cover) + (green + tone) * cover;
      data[at + 2] = (data[at + 2] ?? 0) * (1 - cover) + (blue + tone * 0.9) * cover;
    }
  }
}

/** A picture so many times smaller, for the colours of a brush that wide. */
function shrunk(picture: Canvas, times: number) {
  const canvas = createCanvas(
    Math.max(1, Math.ceil(picture.width / Math.max(1, times))),
    Math.max(1, Math.ceil(picture.height / Math.max(1, times))),
  );
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "medium";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
