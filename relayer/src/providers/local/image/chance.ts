import { createNoise2D, type NoiseFunction2D } from "simplex-noise";
import { createRandom } from "../chat/random.ts";

/** Chance that repeats: every part of a picture has its own, so that one drawn differently leaves the others alone. */
export type Chance = {
  /** From 0 to 1. */
  next(): number;
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  happens(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
};

export function createChance(seed: number): Chance {
  const { next } = createRandom(seed);
  const between = (least: number, most: number) => least + next() * (most - least);
  return {
    next,
    between,
    whole: (least, most) => Math.floor(between(least, most + 1)),
    happens: (probability) => next() < probability,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
  };
}

/** Smooth noise from -1 to 1 over the plane. */
export type Noise = NoiseFunction2D;

export const createNoise = (seed: number): Noise => createNoise2D(createRandom(seed).next);

/** Noise of several sizes laid over each other, each half as strong and twice as fine: from -1 to 1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number, gain = 0.5): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  let size = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise(x * size + octave * 17.3, y * size - octave * 9.1) * strength;
    total += strength;
    strength *= gain;
    size *= 2;
  }
  return sum / total;
}

/** Noise folded at its middle, so that it has crests: from 0 to 1. */
export function ridged(noise: Noise, x: number, y: number, octaves: number, gain = 0.5): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  let size = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise(x * size + octave * 31.7, y * size + octave * 5.3));
    sum += crest * crest * strength;
    total += strength;
    strength *= gain;
    size *= 2.1;
  }
  return sum / total;
}
