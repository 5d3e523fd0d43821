import { type Canvas, createCanvas } from "@napi-rs/canvas";
import { createNoise } from "../chance.ts";
import type { Studio } from "../studio.ts";
import { flowOf, lightnessOf } from "./field.ts";

/** Brushes from the broadest to the finest: widths in units, how densely they lie, and where they are worth it. */
const BRUSHES = [
  { width: 13, spacing: 0.72, from: 0, alpha: 0.85 },
  { width: 6.5, spacing: 0.75, from: 0.012, alpha: 0.85 },
  { width: 3.2, spacing: 0.8, from: 0.03, alpha: 0.92 },
  { width: 1.8, spacing: 0.9, from: 0.05, alpha: 0.92 },
] as const;

/**
 * Paints a picture over with strokes that follow its forms: broad ones everywhere, finer ones where there is something
 * to see. What is transparent stays so.
 */
export function strokes(studio: Studio, picture: Canvas, brushes: number): void {
  const { scale } = studio;
  const unit = studio.unit * scale;
  const { width, height } = picture;
  const pen = picture.getContext("2d");
  const chance = studio.chance("strokes");
  const small = 384 / Math.max(width, height);
  const field = lightnessOf(picture, Math.max(2, Math.round(width * small)), Math.max(2, Math.round(height * small)));
  const flow = flowOf(field, 3);
  const drift = createNoise(studio.brief.seed);
  const original = createCanvas(width, height);
  original.getContext("2d").drawImage(picture, 0, 0);
  pen.save();
  pen.resetTransform();
  pen.globalCompositeOperation = "source-atop";
  pen.lineCap = "round";
  for (const brush of BRUSHES.slice(0, brushes)) {
    const size = Math.max(1.2, brush.width * unit);
    const shrink = Math.max(1, size / 2.2);
    const sample = createCanvas(Math.max(1, Math.ceil(width / shrink)), Math.max(1, Math.ceil(height / shrink)));
    const sampler = sample.getContext("2d");
    sampler.imageSmoothingQuality = "medium";
    sampler.drawImage(original, 0, 0, sample.width, sample.height);
    const { data } = sampler.getImageData(0, 0, sample.width, sample.height);
    const apart = size * brush.spacing;
    const columns = Math.ceil(width / apart);
    const count = columns * Math.ceil(height / apart);
    // A stride that shares no factor with the count visits every place once, in no visible order.
    let stride = Math.floor(count * 0.618) | 1;
    while (greatestDivisor(stride, count) !== 1) stride += 2;
    for (let turn = 0, place = 0; turn < count; turn += 1, place = (place + stride) % count) {
      const x = ((place % columns) + chance.next()) * apart;
      const y = (Math.floor(place / columns) + chance.next()) * apart;
      const roll = chance.next();
      const tone = (chance.next() - 0.5) * 22;
      if (x >= width || y >= height) continue;
      const cell = Math.floor((y / height) * flow.height) * flow.width + Math.floor((x / width) * flow.width);
      const strength = flow.strengths[cell] ?? 0;
      if (strength < brush.from * (0.5 + roll)) continue;
      const at = (Math.floor((y / height) * sample.height) * sample.width + Math.floor((x / width) * sample.width)) * 4;
      const alpha = data[at + 3] ?? 0;
      if (alpha < 30) continue;
      const loose = Math.exp(-strength * 60);
      const angle = (flow.angles[cell] ?? 0) * (1 - loose) + drift(x / (unit * 240), y / (unit * 240)) * 1.1 * loose;
      const long = size * (1.1 + 2.6 * roll) * (0.75 + loose * 0.9);
      const bend = (roll - 0.5) * size * 0.9;
      const [dx, dy] = [(Math.cos(angle) * long) / 2, (Math.sin(angle) * long) / 2];
      const warm = tone * 0.35;
      pen.strokeStyle = `rgba(${byte((data[at] ?? 0) + tone + warm)},${byte((data[at + 1] ?? 0) + tone)},${byte((data[at + 2] ?? 0) + tone - warm)},${brush.alpha})`;
      pen.lineWidth = size * (0.6 + 0.5 * roll);
      pen.beginPath();
      pen.moveTo(x - dx, y - dy);
      pen.quadraticCurveTo(x - (dy / long) * bend, y + (dx / long) * bend, x + dx, y + dy);
      pen.stroke();
    }
  }
  pen.restore();
}

const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)));

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

/**
 * The ridges that bristles leave in thick paint, lit from above left: noise smeared along the picture's forms.
 * @returns for every pixel how much lighter it is, from about -1 to 1.
 */
export function bristles(studio: Studio, picture: Canvas): Float32Array {
  const { width, height } = picture;
  const small = 384 / Math.max(width, height);
  const field = lightnessOf(picture, Math.max(2, Math.round(width * small)), Math.max(2, Math.round(height * small)));
  const flow = flowOf(field, 4);
  const drift = createNoise(studio.brief.seed);
  const unit = studio.unit * studio.scale;
  let state = studio.brief.seed | 1;
  const grains = Float32Array.from({ length: width * height }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296 - 0.5;
  });
  const reach = 7;
  const stepLength = Math.max(1, unit * 1.3);
  // Directions for every cell of the flow, once: cosines are what would take the time.
  const cells = flow.width * flow.height;
  const [across, down] = [new Float32Array(cells), new Float32Array(cells)];
  for (let cell = 0; cell < cells; cell += 1) {
    const loose = Math.exp(-(flow.strengths[cell] ?? 0) * 60);
    const x = ((cell % flow.width) / flow.width) * width;
    const y = (Math.floor(cell / flow.width) / flow.height) * height;
    const angle = (flow.angles[cell] ?? 0) * (1 - loose) + drift(x / (unit * 240), y / (unit * 240)) * 1.1 * loose;
    across[cell] = Math.cos(angle) * stepLength;
    down[cell] = Math.sin(angle) * stepLength;
  }
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y / height) * flow.height) * flow.width;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.floor((x / width) * flow.width);
      const dx = across[cell] ?? 0;
      const dy = down[cell] ?? 0;
      let sum = 0;
      for (let step = -reach; step <= reach; step += 1) {
        const atX = Math.min(width - 1, Math.max(0, Math.round(x + dx * step)));
        const atY = Math.min(height - 1, Math.max(0, Math.round(y + dy * step)));
        sum += grains[atY * width + atX] ?? 0;
      }
      out[y * width + x] = sum / 2.4;
    }
  }
  return out;
}
