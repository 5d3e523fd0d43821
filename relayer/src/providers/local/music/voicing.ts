import type { Harmony } from "./score.ts";

type Bare = Omit<Harmony, "voicing" | "bass">;

/** Where the upper voices and the bass may lie, in MIDI note numbers. */
const UPPER = { low: 52, high: 74, centre: 63 };
const BASS = { low: 34, high: 50, centre: 41 };
/** Two voices that move in fifths or octaves side by side sound like one: as bad as so many semitones of movement. */
const PARALLEL = 14;

/**
 * Gives every harmony its voices: of all ways to lay it out the ones that together move least, without parallel fifths
 * and octaves where that can be avoided (Viterbi's shortest path over the voicings).
 */
export function voiced(harmonies: readonly Bare[]): Harmony[] {
  const basses = bassLine(harmonies);
  const layers = harmonies.map(({ pitches }) => voicingsOf(pitches));
  let costs = (layers[0] ?? []).map(restlessness);
  const from: number[][] = [];
  for (let index = 1; index < layers.length; index += 1) {
    const before = layers[index - 1] ?? [];
    const bass = [basses[index - 1] ?? 0, basses[index] ?? 0] as const;
    const came: number[] = [];
    const reached = (layers[index] ?? []).map((voicing, at) => {
      let least = Number.POSITIVE_INFINITY;
      before.forEach((previous, other) => {
        const cost = (costs[other] ?? 0) + moving(previous, voicing, bass);
        if (cost >= least) return;
        least = cost;
        came[at] = other;
      });
      return least + restlessness(voicing);
    });
    costs = reached;
    from.push(came);
  }
  let at = costs.indexOf(Math.min(...costs));
  const chosen: number[] = [];
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    chosen[index] = at;
    at = from[index - 1]?.[at] ?? 0;
  }
  return harmonies.map((harmony, index) => ({
    ...harmony,
    voicing: layers[index]?.[chosen[index] ?? 0] ?? [],
    bass: basses[index] ?? BASS.centre,
  }));
}

/** Roots, each in the octave that is nearest to the one before and to the middle of the bass. */
function bassLine(harmonies: readonly Bare[]): number[] {
  let before = BASS.centre;
  return harmonies.map(({ pitches }) => {
    const root = pitches[0] ?? 0;
    let best = before;
    let least = Number.POSITIVE_INFINITY;
    for (let pitch = BASS.low; pitch <= BASS.high; pitch += 1) {
      if (pitch % 12 !== root) continue;
      const cost = Math.abs(pitch - before) + Math.abs(pitch - BASS.centre) * 0.6;
      if (cost < least) [least, best] = [cost, pitch];
    }
    before = best;
    return best;
  });
}

/** Every close layout of a harmony's tones, each of them once; of a seventh chord its root may be the bass's alone. */
function voicingsOf(pitches: readonly number[]): number[][] {
  const sets = pitches.length > 3 ? [[...pitches], pitches.slice(1)] : [[...pitches]];
  return sets.flatMap((set) => {
    const sorted = [...set].sort((one, other) => one - other);
    const layouts: number[][] = [];
    for (let start = UPPER.low; start <= UPPER.high; start += 1) {
      const first = sorted.indexOf(start % 12);
      if (first < 0) continue;
      const close: number[] = [];
      for (let step = 0; step < sorted.length; step += 1) {
        const pitch = sorted[(first + step) % sorted.length] ?? 0;
        const last = close.at(-1) ?? start - 1;
        close.push(last + 1 + ((((pitch - last - 1) % 12) + 12) % 12));
      }
      layouts.push(close);
      // Drop two: the second voice from above an octave lower, which opens the sound.
      const second = close.at(-2);
      if (second !== undefined)
        layouts.push([...close.filter((pitch) => pitch !== second), second - 12].sort((a, b) => a - b));
    }
    return layouts.filter((layout) => (layout[0] ?? 0) >= UPPER.low && (layout.at(-1) ?? 0) <= UPPER.high);
  });
}

/** How far from the middle a voicing lies, and whether it is muddy. */
function restlessness(voicing: readonly number[]): number {
  const middle = voicing.reduce((sum, pitch) => sum + pitch, 0) / Math.max(1, voicing.length);
  const second = (voicing[1] ?? 0) - (voicing[0] ?? 0) < 3 && (voicing[0] ?? 0) < 56 ? 4 : 0;
  return Math.abs(middle - UPPER.centre) * 0.35 + second;
}

/** What it takes to go from one voicing to the next over a moving bass, in semitones. */
function moving(
  previous: readonly number[],
  next: readonly number[],
  [bassBefore, bass]: readonly [number, number],
): number {
  const count = Math.max(previous.length, next.length);
  const one = [bassBefore, ...aligned(previous, count)];
  const other = [bass, ...aligned(next, count)];
  let cost = 0;
  for (let voice = 1; voice <= count; voice += 1) {
    const step = Math.abs((other[voice] ?? 0) - (one[voice] ?? 0));
    cost += step + (step > 5 ? 4 : 0) + (voice === count && step > 4 ? 2 : 0);
  }
  return cost + parallels(one, other) * PARALLEL;
}

/** A voicing with its top doubled until it has so many voices, so that voices can be compared. */
const aligned = (voicing: readonly number[], count: number): number[] => [
  ...voicing,
  ...Array.from({ length: count - voicing.length }, () => voicing.at(-1) ?? 0),
];

/** Pairs of voices that move in the same direction, from one perfect fifth or octave to another. */
export function parallels(one: readonly number[], other: readonly number[]): number {
  let count = 0;
  for (let low = 0; low < one.length; low += 1)
    for (let high = low + 1; high < one.length; high += 1) {
      const before = ((one[high] ?? 0) - (one[low] ?? 0)) % 12;
      const after = ((other[high] ?? 0) - (other[low] ?? 0)) % 12;
      const moves = (other[low] ?? 0) - (one[low] ?? 0);
      const isPerfect = after === 7 || after === 0;
      if (isPerfect && before === after && moves !== 0 && moves === (other[high] ?? 0) - (one[high] ?? 0)) count += 1;
    }
  return count;
}
