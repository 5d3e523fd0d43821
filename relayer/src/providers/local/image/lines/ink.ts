import type { Canvas } from "@napi-rs/canvas";
import { fractal } from "../chance.ts";
import { toRgb } from "../colour.ts";
import { clamp, type Studio, smooth } from "../studio.ts";
import { blurred, type Field, lightnessOf } from "./field.ts";

/**
 * Draws a picture in ink with washes of thin colour: lines where lightness changes (a difference of blurs with a soft
 * threshold), washes in a few steps that darken at their edge, white left where it is light.
 *
 * @param whole false for one sheet of several, whose lightness has to stay what it is beside the others.
 */
export function inkOver(studio: Studio, picture: Canvas, whole: boolean): void {
  const { palette, scale } = studio;
  const unit = studio.unit * scale;
  const { width, height } = picture;
  const pen = picture.getContext("2d");
  const drawn = lightnessOf(picture, width, height);
  const field = whole ? levelled(drawn) : drawn;
  const fine = blurred(field, unit * 0.9).values;
  const coarse = blurred(field, unit * 2.1).values;
  const wide = blurred(field, unit * 5).values;
  const noise = studio.noise("wash");
  const image = pen.getImageData(0, 0, width, height);
  const { data } = image;
  const [paper, ink] = [toRgb(palette.paper), toRgb(palette.ink)];
  const size = 1 / (unit * 60);
  let uneven = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const at = index * 4;
      if (data[at + 3] === 0) continue;
      if (x % 3 === 0) uneven = fractal(noise, x * size, y * size, 3);
      const light = wide[index] ?? 0;
      const edge = (fine[index] ?? 0) - (coarse[index] ?? 0);
      const line = smooth(-0.006, -0.03, edge + uneven * 0.006);
      const tones = (light + uneven * 0.05) * 5;
      const within = tones - Math.floor(tones);
      const tone = (Math.floor(tones) + smooth(0, 0.22, within)) / 5;
      const rim = smooth(0.3, 0, within) * 0.06 * smooth(0.95, 0.5, light);
      const cover = clamp((1 - tone) * 0.82 + rim + uneven * 0.07);
      const tint = clamp(0.2 + 0.6 * cover);
      const grey = (data[at] ?? 0) * 0.3 + (data[at + 1] ?? 0) * 0.59 + (data[at + 2] ?? 0) * 0.11;
      for (let channel = 0; channel < 3; channel += 1) {
        const base = paper[channel] ?? 0;
        const dark = ink[channel] ?? 0;
        const hue = (data[at + channel] ?? 0) - grey;
        const wash = base + (dark - base) * cover * 0.78 + hue * (0.55 + tint * 0.6);
        data[at + channel] = wash + (dark - wash) * line * 0.92;
      }
    }
  }
  pen.putImageData(image, 0, 0);
}

/** Stretched so that the darkest and the lightest twentieth are black and white: mist would leave nothing to draw. */
function levelled(field: Field): Field {
  const sorted = field.values.filter((_, index) => index % 97 === 0).sort();
  const dark = sorted[Math.floor(sorted.length * 0.04)] ?? 0;
  const light = sorted[Math.floor(sorted.length * 0.96)] ?? 1;
  const span = Math.max(0.12, light - dark);
  return { ...field, values: field.values.map((value) => clamp(0.06 + ((value - dark) / span) * 0.94)) };
}
