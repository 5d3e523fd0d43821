import { fractal, type Noise } from "./chance.ts";
import { type Colour, css, mix, toRgb } from "./colour.ts";
import { computed, type Pen, type Studio, smooth } from "./studio.ts";

/** The height of a line over the ground, in pixels from the top, at a place across. */
export type Skyline = (x: number) => number;

/** A soft line of hills. `base` is the lowest its foot comes, `rise` how high it rises over that, in pixels. */
export function skyline(studio: Studio, name: string, base: number, rise: number, forms: number): Skyline {
  const noise = studio.noise(name);
  const shift = studio.chance(name).between(0, 100);
  return (x) => base - rise * (0.5 + 0.5 * fractal(noise, (x / studio.width) * forms + shift, 5, 3, 0.38));
}

/** The path of everything below a skyline. */
export function traceBelow(studio: Studio, pen: Pen, line: Skyline, bottom: number): void {
  const { width, bleed, unit } = studio;
  const step = Math.max(1, unit * 2);
  pen.beginPath();
  pen.moveTo(-bleed - step, bottom);
  for (let x = -bleed - step; x <= width + bleed + step; x += step) pen.lineTo(x, line(x));
  pen.lineTo(width + bleed + step, bottom);
  pen.closePath();
}

/** Everything below a skyline, in one colour that fades into another further down. */
export function fillBelow(
  studio: Studio,
  pen: Pen,
  line: Skyline,
  [top, bottom]: readonly [number, number],
  [from, to]: readonly [Colour, Colour],
): void {
  traceBelow(studio, pen, line, studio.height + studio.bleed);
  if (studio.line === "paper") pen.fillStyle = css(mix(from, to, 0.3));
  else {
    const gradient = pen.createLinearGradient(0, top, 0, bottom);
    gradient.addColorStop(0, css(from));
    gradient.addColorStop(1, css(to));
    pen.fillStyle = gradient;
  }
  pen.fill();
}

/** Mist that lies in a valley: thickest at the bottom, with a torn upper edge. */
export function drawMist(
  studio: Studio,
  pen: Pen,
  name: string,
  [top, bottom]: readonly [number, number],
  colour: Colour,
  strength: number,
): void {
  const { width, bleed } = studio;
  const noise: Noise = studio.noise(`${name} mist`);
  const [red, green, blue] = toRgb(colour);
  const mist = computed(120, 48, (u, v, out, at) => {
    const torn = fractal(noise, u * 4, v * 2.5, 3);
    const amount = smooth(0.1, 0.9, v + torn * 0.35) * smooth(1, 0.6, v);
    out[at] = red;
    out[at + 1] = green;
    out[at + 2] = blue;
    out[at + 3] = 255 * strength * amount;
  });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(mist, -bleed, top, width + 2 * bleed, bottom - top);
}
