/** A colour in Oklab: lightness from 0 to 1, then green to red, blue to yellow. Mixing here looks like mixing light. */
export type Colour = readonly [lightness: number, a: number, b: number];

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

/** From bytes of sRGB. */
export function fromRgb(red: number, green: number, blue: number): Colour {
  const r = linear(red / 255);
  const g = linear(green / 255);
  const b = linear(blue / 255);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** From `#RRGGBB`. */
export function fromHex(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return fromRgb(value >> 16, (value >> 8) & 255, value & 255);
}

/** Bytes of sRGB, clipped to what a screen can show. */
export function toRgb([lightness, a, b]: Colour): [red: number, green: number, blue: number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const byte = (value: number) => Math.round(255 * Math.min(1, Math.max(0, encoded(Math.min(1, Math.max(0, value))))));
  return [
    byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** For a canvas. */
export function css(colour: Colour, alpha = 1): string {
  const [red, green, blue] = toRgb(colour);
  return `rgba(${red},${green},${blue},${Math.round(Math.min(1, Math.max(0, alpha)) * 1000) / 1000})`;
}

export function mix(from: Colour, to: Colour, share: number): Colour {
  const t = Math.min(1, Math.max(0, share));
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t];
}

/** Lighter (or darker), keeping its hue. */
export const lighter = ([lightness, a, b]: Colour, by: number): Colour => [
  Math.min(1, Math.max(0, lightness + by)),
  a,
  b,
];

/** More (or less than 1) colourful. */
export const vivid = ([lightness, a, b]: Colour, times: number): Colour => [lightness, a * times, b * times];

export const chromaOf = ([, a, b]: Colour): number => Math.hypot(a, b);

/** The colour at a place from 0 to 1 along several. */
export function along(colours: readonly Colour[], place: number): Colour {
  const last = colours.length - 1;
  const at = Math.min(1, Math.max(0, place)) * last;
  const index = Math.min(last - 1, Math.floor(at));
  const from = colours[Math.max(0, index)];
  const to = colours[Math.max(0, index) + 1] ?? from;
  if (from === undefined || to === undefined) throw new RangeError("no colours to choose along");
  return mix(from, to, at - index);
}

/** `along` as bytes in a table, for work on every pixel. */
export function table(colours: readonly Colour[], steps = 256): Uint8Array {
  const bytes = new Uint8Array(steps * 3);
  for (let step = 0; step < steps; step += 1) bytes.set(toRgb(along(colours, step / (steps - 1))), step * 3);
  return bytes;
}
