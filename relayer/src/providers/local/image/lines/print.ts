import type { Canvas } from "@napi-rs/canvas";
import { type Colour, fromRgb, lighter, mix, toRgb } from "../colour.ts";
import type { Studio } from "../studio.ts";

/** Screens a picture in place: gives every pixel one of a few inks. */
export type Press = (picture: Canvas) => void;

/** The inks of a print: what the picture's own colours come down to. */
function inksOf({ palette }: Studio): readonly Colour[] {
  return [
    palette.ink,
    mix(palette.near, palette.zenith, 0.4),
    palette.zenith,
    mix(palette.leaf, palette.near, 0.2),
    palette.far,
    palette.sky,
    palette.accents[0],
    palette.accents[1],
    palette.grass,
    palette.horizon,
    mix(palette.horizon, palette.paper, 0.6),
    lighter(palette.paper, 0.01),
  ];
}

const BITS = 5;
const STEPS = 1 << BITS;

/**
 * A print in few inks: between the two that are nearest to a colour, dots of a turned screen decide. Looked up in a
 * table of all colours in steps, as asking for every pixel would take seconds.
 */
export function createPress(studio: Studio): Press {
  const inks = inksOf(studio);
  const bytes = inks.map(toRgb);
  const first = new Uint8Array(STEPS ** 3);
  const second = new Uint8Array(STEPS ** 3);
  const shares = new Float32Array(STEPS ** 3);
  for (let index = 0; index < first.length; index += 1) {
    const level = (shift: number) => (((index >> shift) & (STEPS - 1)) + 0.5) * (256 / STEPS);
    const colour = fromRgb(level(BITS * 2), level(BITS), level(0));
    const near = inks
      .map((ink, at) => ({
        at,
        away: Math.hypot((ink[0] - colour[0]) * 1.2, (ink[1] - colour[1]) * 2, (ink[2] - colour[2]) * 2),
      }))
      .sort((one, other) => one.away - other.away);
    const [one, other] = near;
    if (one === undefined || other === undefined) throw new RangeError("a print needs two inks");
    // The darker one is always the dots, so that a screen does not turn inside out in the middle of a shade.
    const dark = (inks[one.at]?.[0] ?? 0) < (inks[other.at]?.[0] ?? 0);
    first[index] = dark ? one.at : other.at;
    second[index] = dark ? other.at : one.at;
    const share = one.away / (one.away + other.away || 1);
    shares[index] = dark ? 1 - share : share;
  }
  const period = Math.max(2.6, studio.unit * studio.scale * 5.2);
  const turn = 0.44;
  const [cosine, sine] = [(Math.cos(turn) * Math.PI) / period, (Math.sin(turn) * Math.PI) / period];
  return (picture) => {
    const pen = picture.getContext("2d");
    const image = pen.getImageData(0, 0, picture.width, picture.height);
    const { data, width } = image;
    for (let index = 0; index < data.length / 4; index += 1) {
      const at = index * 4;
      const x = index % width;
      const y = (index - x) / width;
      const entry = (((data[at] ?? 0) >> 3) << 10) | (((data[at + 1] ?? 0) >> 3) << 5) | ((data[at + 2] ?? 0) >> 3);
      const screen = 0.5 + 0.5 * Math.sin(x * cosine + y * sine) * Math.sin(y * cosine - x * sine) * 1.1;
      const ink = bytes[(shares[entry] ?? 0) > screen * 0.76 + 0.12 ? (first[entry] ?? 0) : (second[entry] ?? 0)];
      data[at] = ink?.[0] ?? 0;
      data[at + 1] = ink?.[1] ?? 0;
      data[at + 2] = ink?.[2] ?? 0;
    }
    pen.putImageData(image, 0, 0);
  };
}
