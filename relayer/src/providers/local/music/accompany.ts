import type { Random } from "../chat/random.ts";
import type { Pattern } from "./genres.ts";
import type { Harmony } from "./score.ts";

/** A note of an accompaniment; `at` in beats of the piece. */
export type Played = { at: number; beats: number; pitch: number; force: number };

/** What an accompanist looks at. */
export type Moment = {
  harmony: Harmony;
  next: Harmony | undefined;
  beatsPerBar: 3 | 4;
  energy: number;
  random: Random;
};

type Figure = (moment: Moment) => Played[];

/** How the upper voices of a harmony are played, by pattern. */
export const CHORDS: Readonly<Record<Pattern, Figure>> = {
  pads: ({ harmony, energy, random }) => {
    const order = [0, 1, 2, 3, 2, 1].map((voice) => harmony.voicing[voice % harmony.voicing.length] ?? 60);
    return steps(harmony, 1).flatMap((at, index) =>
      random.chance(0.5 + energy * 0.5)
        ? [
            {
              at,
              beats: 2,
              pitch: (order[index % order.length] ?? 60) + (index % 4 === 3 ? 12 : 0),
              force: 0.32 + random.next() * 0.08,
            },
          ]
        : [],
    );
  },
  broken: ({ harmony, energy, beatsPerBar }) => {
    const { voicing } = harmony;
    const low = voicing.map((pitch) => pitch - (pitch > 62 ? 12 : 0)).sort((one, other) => one - other);
    const [first = 55, second = 59, third = 62] = low;
    const figure = beatsPerBar === 3 ? [first, second, third, second, third, second] : [first, third, second, third];
    return steps(harmony, 0.5).map((at, index) => ({
      at,
      beats: 0.75,
      pitch: figure[index % figure.length] ?? first,
      force: 0.3 + energy * 0.14 + (index % figure.length === 0 ? 0.05 : 0),
    }));
  },
  picked: ({ harmony, energy, beatsPerBar, random }) =>
    steps(harmony, 0.5).flatMap((at, index): Played[] => {
      const { voicing } = harmony;
      const isStrum = energy > 0.72 && at % 1 === 0 && (beatsPerBar === 3 ? at % 3 !== 0 : at % 2 === 1);
      if (isStrum) return voicing.map((pitch, voice) => ({ at: at + voice * 0.02, beats: 0.8, pitch, force: 0.44 }));
      const voice = [0, 2, 1, 2, 0, 1, 2, 1][index % 8] ?? 0;
      return [
        {
          at,
          beats: 1,
          pitch: voicing[voice % voicing.length] ?? 60,
          force: 0.38 + energy * 0.1 + random.next() * 0.05,
        },
      ];
    }),
  comped: ({ harmony, energy, random }) => {
    const places =
      harmony.beats >= 4
        ? [
            [0, 1.5],
            [0.5, 2.5],
            [1.5, 3],
            [0, 2.5],
          ]
        : [[0], [0.5], [1.5], [0, 1.5]];
    const chosen = places[random.below(places.length)] ?? [0];
    return chosen
      .filter((place) => place < harmony.beats)
      .flatMap((place, index) =>
        harmony.voicing.map((pitch) => ({
          at: harmony.at + place,
          beats: index === 0 ? 1.2 : 0.4,
          pitch,
          force: 0.34 + energy * 0.12,
        })),
      );
  },
  soft: ({ harmony, random }) =>
    harmony.voicing.flatMap((pitch, voice) => {
      const again = harmony.beats >= 4 && random.chance(0.8);
      const first = { at: harmony.at + voice * 0.03, beats: again ? 2.4 : harmony.beats, pitch, force: 0.42 };
      return again ? [first, { at: harmony.at + 2.5 + voice * 0.02, beats: 1.4, pitch, force: 0.34 }] : [first];
    }),
  driving: ({ harmony, energy }) => {
    const { voicing } = harmony;
    return steps(harmony, 0.5).map((at, index) => ({
      at,
      beats: 0.4,
      pitch: voicing[[0, 1, 2, 1][index % 4] ?? 0] ?? 60,
      force: 0.3 + energy * 0.22 + (index % 4 === 0 ? 0.1 : 0),
    }));
  },
  continuo: ({ harmony, energy }) =>
    steps(harmony, 1).flatMap((at, index) => {
      const isChord = index % 2 === 0;
      const voices = isChord ? harmony.voicing : harmony.voicing.slice(-1);
      return voices.map((pitch, voice) => ({
        at: at + (isChord ? voice * 0.025 : 0.5),
        beats: isChord ? 1 : 0.45,
        pitch,
        force: 0.36 + energy * 0.12,
      }));
    }),
};

/** What the bass plays, by pattern. */
export const BASSES: Readonly<Record<Pattern, Figure>> = {
  pads: ({ harmony }) => [{ at: harmony.at, beats: harmony.beats, pitch: harmony.bass, force: 0.42 }],
  broken: ({ harmony, beatsPerBar, energy }) =>
    steps(harmony, beatsPerBar).map((at) => ({
      at,
      beats: Math.min(beatsPerBar, harmony.beats),
      pitch: harmony.bass,
      force: 0.42 + energy * 0.12,
    })),
  picked: ({ harmony, beatsPerBar }) =>
    steps(harmony, beatsPerBar === 3 ? 3 : 2).map((at, index) => ({
      at,
      beats: beatsPerBar === 3 ? 2.5 : 1.7,
      pitch: index % 2 === 1 ? fifthOf(harmony) : harmony.bass,
      force: 0.5,
    })),
  comped: (moment) => walking(moment, 1),
  soft: ({ harmony, random }) => {
    const first = { at: harmony.at, beats: Math.min(harmony.beats, 2.3), pitch: harmony.bass, force: 0.56 };
    if (harmony.beats < 4) return [first];
    const pitch = random.chance(0.5) ? fifthOf(harmony) : harmony.bass;
    return [first, { at: harmony.at + 2.5, beats: 1.3, pitch, force: 0.46 }];
  },
  driving: ({ harmony, beatsPerBar, energy }) =>
    steps(harmony, energy > 0.75 ? 1 : beatsPerBar).map((at) => ({
      at,
      beats: energy > 0.75 ? 0.9 : Math.min(beatsPerBar, harmony.beats),
      pitch: harmony.bass,
      force: 0.46 + energy * 0.14,
    })),
  continuo: (moment) => walking(moment, moment.energy > 0.75 ? 0.5 : 1),
};

/** Where notes stand in a harmony that has one every so many beats. */
function steps({ at, beats }: Harmony, every: number): number[] {
  return Array.from({ length: Math.max(1, Math.round(beats / every)) }, (_, index) => at + index * every);
}

/** The fifth of the harmony (diminished where it is) under or over its bass. */
function fifthOf({ bass, pitches }: Harmony): number {
  const fifth = ((pitches[2] ?? 0) - (bass % 12) + 12) % 12;
  return bass + fifth > 50 ? bass + fifth - 12 : bass + fifth;
}

/** A bass that walks: root, tones of the harmony, and at the end a step towards the next root. */
function walking({ harmony, next, random }: Moment, every: number): Played[] {
  const places = steps(harmony, every);
  const tones = harmony.pitches.map((pitch) => {
    const up = (pitch - (harmony.bass % 12) + 12) % 12;
    return harmony.bass + up > 52 ? harmony.bass + up - 12 : harmony.bass + up;
  });
  let before = harmony.bass;
  return places.map((at, index) => {
    const isLast = index === places.length - 1 && places.length > 1;
    let pitch = harmony.bass;
    if (index > 0 && isLast && next !== undefined)
      pitch = next.bass + (before > next.bass ? 1 : -1) * (random.chance(0.6) ? 1 : 2);
    else if (index > 0) {
      const others = tones.filter((tone) => tone !== before);
      pitch = others[random.below(others.length)] ?? harmony.bass;
    }
    before = pitch;
    return { at, beats: every * 0.95, pitch, force: 0.5 + (index === 0 ? 0.06 : 0) };
  });
}
