import type { Random } from "../chat/random.ts";
import type { Harmony } from "./score.ts";

/** A note of a motif: where in its bar, how long, and how many steps of the scale above where the motif begins. */
type Step = { at: number; beats: number; step: number };

/** A bar's worth of melody that can be begun on any note. */
export type Motif = readonly Step[];

/** A sounding note of a melody. */
export type Tone = { at: number; beats: number; pitch: number; force: number };

/** Rhythms of a bar, calm ones first. A number is a note's length in beats, a negative one a rest. */
const RHYTHMS: Readonly<Record<3 | 4, readonly (readonly (readonly number[])[])[]>> = {
  4: [
    [[3, -1], [2, 2], [-1, 3], [4], [1, 3]],
    [
      [2, 1, 1],
      [1, 1, 2],
      [1.5, 0.5, 2],
      [-1, 1, 2],
      [2, 1.5, 0.5],
    ],
    [
      [1, 0.5, 0.5, 1, 1],
      [1.5, 0.5, 1, 1],
      [0.5, 0.5, 1, 2],
      [1, 1, 0.5, 0.5, 1],
      [-0.5, 0.5, 1, 1.5, 0.5],
    ],
    [
      [0.5, 0.5, 1, 0.5, 0.5, 1],
      [-0.5, 0.5, 0.5, 0.5, 1, 1],
      [1, 0.5, 0.5, 0.5, 0.5, 1],
      [0.5, 1, 0.5, 0.5, 0.5, 1],
    ],
    [
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1],
      [1, 0.5, 0.5, 0.25, 0.25, 0.5, 1],
      [0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 1],
    ],
  ],
  3: [
    [[3], [2, 1], [-1, 2]],
    [
      [2, 1],
      [1, 1, 1],
      [1.5, 0.5, 1],
    ],
    [
      [1, 1, 0.5, 0.5],
      [1.5, 0.5, 1],
      [1, 0.5, 0.5, 1],
    ],
    [
      [0.5, 0.5, 1, 1],
      [1, 0.5, 0.5, 0.5, 0.5],
      [1, 0.5, 0.5, 1],
    ],
    [
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.5, 0.25, 0.25, 0.5, 0.5, 1],
      [1, 0.5, 0.5, 0.5, 0.5],
    ],
  ],
};

/** Shapes of a bar, as steps from one note to the next. */
const SHAPES: readonly (readonly number[])[] = [
  [1, 1, 1, -1, -1, -1, 1],
  [-1, -1, 1, 1, 2, -1, -1],
  [2, -1, -1, 2, -1, -1, 1],
  [1, -1, 2, 1, -1, -2, 1],
  [4, -1, -1, -1, 1, -1, -1],
  [-2, 1, 1, 1, 1, -1, -1],
  [1, 2, -1, -1, -1, 1, -1],
];

/** Invents a motif. `busy` from 0, few notes, to 1, many. */
export function motif(beatsPerBar: 3 | 4, busy: number, random: Random): Motif {
  const shelves = RHYTHMS[beatsPerBar];
  const shelf = shelves[Math.min(shelves.length - 1, Math.max(0, Math.round(busy * (shelves.length - 1))))] ?? [];
  const rhythm = shelf[random.below(shelf.length)] ?? [beatsPerBar];
  const shape = SHAPES[random.below(SHAPES.length)] ?? [1];
  const turn = random.below(2);
  const steps: Step[] = [];
  let at = 0;
  let step = 0;
  for (const beats of rhythm) {
    if (beats > 0) {
      if (steps.length > 0) step += shape[(steps.length - 1 + turn) % shape.length] ?? 1;
      steps.push({ at, beats, step });
    }
    at += Math.abs(beats);
  }
  return steps;
}

/** The same motif upside down, beginning on the same note. */
export const inverted = (from: Motif): Motif => from.map((note) => ({ ...note, step: -note.step }));

/** Its first half, and then one long note. */
export function fragment(from: Motif, beatsPerBar: number): Motif {
  const kept = from.filter(({ at }) => at < beatsPerBar / 2);
  const last = kept.at(-1);
  if (last === undefined) return from;
  return [...kept.slice(0, -1), { ...last, beats: Math.max(last.beats, beatsPerBar - last.at - 1) }];
}

/** A bar that comes to rest: a note or two, and a long one with a breath after it. */
export function cadence(from: Motif, beatsPerBar: number): Motif {
  const [first] = from;
  const start = first === undefined || first.at > 0 || first.beats > beatsPerBar / 2 ? undefined : first;
  if (start === undefined) return [{ at: 0, beats: beatsPerBar - 1, step: 0 }];
  return [start, { at: start.at + start.beats, beats: beatsPerBar - start.beats - 0.5, step: -1 }];
}

/** Where a melody may go. */
export type Compass = { low: number; high: number };

/** The pitches of a scale over a harmony: where the harmony has an altered tone, that one in place of the scale's own. */
export function ladder(scale: readonly number[], harmony: Pick<Harmony, "pitches">, { low, high }: Compass): number[] {
  const altered = harmony.pitches.filter((pitch) => !scale.includes(pitch));
  const pitches = scale.map((pitch) => altered.find((other) => (other + 11) % 12 === pitch) ?? pitch);
  const rungs: number[] = [];
  for (let pitch = low; pitch <= high; pitch += 1) if (pitches.includes(pitch % 12)) rungs.push(pitch);
  return rungs;
}

const nearest = (pitches: readonly number[], wanted: number): number =>
  pitches.reduce(
    (best, pitch) => (Math.abs(pitch - wanted) < Math.abs(best - wanted) ? pitch : best),
    pitches[0] ?? wanted,
  );

/**
 * A motif in one bar: it begins on the harmony's tone nearest to `start`, follows its own steps along the scale, and
 * comes to a tone of the harmony on strong beats and whenever a note is long. A leap larger than a sixth is folded back.
 */
export function realize(
  from: Motif,
  bar: {
    at: number;
    harmonies: readonly Harmony[];
    scale: readonly number[];
    compass: Compass;
    start: number;
    energy: number;
  },
): Tone[] {
  const tones: Tone[] = [];
  let origin: number | undefined;
  for (const { at, beats, step } of from) {
    const when = bar.at + at;
    const harmony = bar.harmonies.findLast((one) => one.at <= when + 1e-6) ?? bar.harmonies[0];
    if (harmony === undefined) continue;
    const rungs = ladder(bar.scale, harmony, bar.compass);
    const own = rungs.filter((pitch) => harmony.pitches.includes(pitch % 12));
    origin ??= nearest(own, bar.start);
    const rung = rungs.indexOf(nearest(rungs, origin)) + step;
    let pitch = rungs[reflected(rung, rungs.length)] ?? origin;
    const isStrong = Number.isInteger(at) && (at === 0 || at === 2);
    if (isStrong || beats >= 1.5) pitch = nearest(own, pitch);
    const before = tones.at(-1)?.pitch ?? bar.start;
    if (Math.abs(pitch - before) > 9) pitch = nearest(isStrong ? own : rungs, before + Math.sign(pitch - before) * 4);
    const accent = at === 0 ? 0.08 : isStrong ? 0.04 : 0;
    tones.push({ at: when, beats, pitch, force: 0.5 + bar.energy * 0.25 + accent });
  }
  return tones;
}

/** An index that turns back at both ends. */
function reflected(index: number, count: number): number {
  if (index < 0) return Math.min(count - 1, -index);
  return index >= count ? Math.max(0, 2 * count - 2 - index) : index;
}

/** Decorates what comes back: long notes get a turn, and steps of a third are filled. */
export function ornamented(tones: readonly Tone[], scale: readonly number[], random: Random): Tone[] {
  return tones.flatMap((tone, index) => {
    const next = tones[index + 1];
    const isThird =
      next !== undefined && Math.abs(next.pitch - tone.pitch) >= 3 && Math.abs(next.pitch - tone.pitch) <= 4;
    if (next !== undefined && isThird && tone.beats >= 1 && random.chance(0.6)) {
      const between = nearest(
        [1, 2, 3]
          .map((step) => tone.pitch + Math.sign(next.pitch - tone.pitch) * step)
          .filter((pitch) => scale.includes(pitch % 12)),
        (tone.pitch + next.pitch) / 2,
      );
      const passing = { at: tone.at + tone.beats - 0.5, beats: 0.5, pitch: between, force: tone.force - 0.08 };
      return [{ ...tone, beats: tone.beats - 0.5 }, passing];
    }
    if (tone.beats >= 2 && random.chance(0.5)) {
      const above = [1, 2].map((step) => tone.pitch + step).find((pitch) => scale.includes(pitch % 12));
      if (above === undefined) return [tone];
      return [
        { ...tone, beats: 0.5 },
        { at: tone.at + 0.5, beats: 0.5, pitch: above, force: tone.force - 0.1 },
        { ...tone, at: tone.at + 1, beats: tone.beats - 1, force: tone.force - 0.03 },
      ];
    }
    return [tone];
  });
}
