import { createRandom } from "../chat/random.ts";
import { filtered, pass } from "../sound/filter.ts";
import type { Hint } from "./words.ts";

/** A sound that goes on behind the music, in stereo, quiet: made of filtered noise, not of recordings. */
export function texture(
  kind: NonNullable<Hint["texture"]>,
  sampleRate: number,
  frames: number,
  seed: number,
): Float32Array[] {
  return [seed ^ 0x1f83d9ab, seed ^ 0x5be0cd19].map((own) => {
    const random = createRandom(own);
    const noise = Float32Array.from({ length: frames }, () => random.next() * 2 - 1);
    const slow = (period: number, shift: number) => (at: number) =>
      0.5 + 0.5 * Math.sin((2 * Math.PI * at) / (period * sampleRate) + shift);
    if (kind === "vinyl") {
      const hiss = filtered(noise, pass("high", 1_200, sampleRate), pass("low", 7_000, sampleRate)).map(
        (value) => value * 0.004,
      );
      return sprinkle(hiss, sampleRate, 7, 0.05, random.next, 0.0006);
    }
    if (kind === "rain") {
      const hush = filtered(noise, pass("high", 700, sampleRate), pass("low", 8_000, sampleRate)).map(
        (value) => value * 0.014,
      );
      return sprinkle(hush, sampleRate, 60, 0.03, random.next, 0.0025);
    }
    const swell = kind === "sea" ? slow(7.3, own % 3) : slow(11.7, own % 5);
    const edge = kind === "sea" ? 900 : 480;
    const low = filtered(
      noise,
      pass("low", edge, sampleRate),
      pass("low", edge * 2, sampleRate),
      pass("high", 90, sampleRate),
    );
    return low.map((value, at) => value * (0.02 + 0.08 * swell(at) ** 2));
  });
}

/** Adds drops or crackles: so many a second, each a burst that dies away within `length` seconds. */
function sprinkle(
  onto: Float32Array,
  sampleRate: number,
  perSecond: number,
  loudness: number,
  chance: () => number,
  length: number,
): Float32Array {
  const sprinkled = Float32Array.from(onto);
  const decay = Math.exp(-1 / (length * sampleRate));
  for (let at = 0; at < sprinkled.length; at += 1) {
    if (chance() > perSecond / sampleRate) continue;
    let left = loudness * chance() ** 2;
    for (let step = 0; left > 0.0003 && at + step < sprinkled.length; step += 1) {
      sprinkled[at + step] = (sprinkled[at + step] ?? 0) + left * (chance() * 2 - 1);
      left *= decay;
    }
  }
  return sprinkled;
}
