import type { Style } from "@stelai/sdk/wire";
import type { Mode } from "./score.ts";

export type GenreName = NonNullable<Style["score"]>["genre"];

/** How a harmony is spread in time; see accompany.ts. */
export type Pattern = "pads" | "broken" | "picked" | "comped" | "soft" | "driving" | "continuo";

/** What a genre is made of. Programs are General MIDI's, from 0. */
export type Genre = {
  /** Beats a minute, slowest and fastest. */
  tempos: readonly [number, number];
  modes: readonly Mode[];
  beatsPerBar: 3 | 4;
  energy: number;
  /** Where in a beat its second half falls: 0.5 is even. */
  swing: number;
  hasSevenths: boolean;
  pattern: Pattern;
  drums: "none" | "brushes" | "beat" | "shaker" | "ensemble";
  leads: readonly number[];
  chords: readonly number[];
  pad: number | undefined;
  bass: number | undefined;
  counters: readonly number[];
  doubles: number | undefined;
  bells: number | undefined;
  /** How many notes a melody has to a bar, roughly: 0 few, 1 many. */
  busy: number;
  /** How long the last harmony rings, as a factor. */
  ring: number;
  reverb: number;
  /** Milliseconds by which hands differ from the page. */
  loose: number;
};

export const GENRES: Readonly<Record<GenreName, Genre>> = {
  ambient: {
    tempos: [52, 76],
    modes: ["lydian", "major", "dorian", "minor"],
    beatsPerBar: 4,
    energy: 0.25,
    swing: 0.5,
    hasSevenths: true,
    pattern: "pads",
    drums: "none",
    leads: [73, 11, 0, 79],
    chords: [46, 88, 11],
    pad: 89,
    bass: 43,
    counters: [52, 91],
    doubles: 49,
    bells: 8,
    busy: 0,
    ring: 1.7,
    reverb: 0.85,
    loose: 14,
  },
  piano: {
    tempos: [66, 104],
    modes: ["major", "minor", "dorian"],
    beatsPerBar: 4,
    energy: 0.45,
    swing: 0.5,
    hasSevenths: false,
    pattern: "broken",
    drums: "none",
    leads: [0],
    chords: [0],
    pad: undefined,
    bass: 0,
    counters: [0],
    doubles: 49,
    bells: undefined,
    busy: 0.5,
    ring: 1.2,
    reverb: 0.5,
    loose: 12,
  },
  folk: {
    tempos: [84, 126],
    modes: ["major", "mixolydian", "dorian", "minor"],
    beatsPerBar: 4,
    energy: 0.55,
    swing: 0.53,
    hasSevenths: false,
    pattern: "picked",
    drums: "shaker",
    leads: [40, 73, 21, 22],
    chords: [25, 24],
    pad: undefined,
    bass: 32,
    counters: [21, 42, 24],
    doubles: 15,
    bells: undefined,
    busy: 0.6,
    ring: 1,
    reverb: 0.4,
    loose: 11,
  },
  jazz: {
    tempos: [92, 168],
    modes: ["major", "minor", "dorian"],
    beatsPerBar: 4,
    energy: 0.55,
    swing: 0.64,
    hasSevenths: true,
    pattern: "comped",
    drums: "brushes",
    leads: [66, 11, 59, 26],
    chords: [0, 26],
    pad: undefined,
    bass: 32,
    counters: [11, 71],
    doubles: undefined,
    bells: undefined,
    busy: 0.75,
    ring: 1,
    reverb: 0.35,
    loose: 13,
  },
  lofi: {
    tempos: [68, 88],
    modes: ["minor", "dorian", "major"],
    beatsPerBar: 4,
    energy: 0.4,
    swing: 0.58,
    hasSevenths: true,
    pattern: "soft",
    drums: "beat",
    leads: [11, 26, 4, 0],
    chords: [4],
    pad: 89,
    bass: 33,
    counters: [24, 73],
    doubles: 88,
    bells: undefined,
    busy: 0.35,
    ring: 1.1,
    reverb: 0.4,
    loose: 15,
  },
  cinematic: {
    tempos: [72, 132],
    modes: ["minor", "major", "lydian", "dorian"],
    beatsPerBar: 4,
    energy: 0.7,
    swing: 0.5,
    hasSevenths: false,
    pattern: "driving",
    drums: "ensemble",
    leads: [60, 40, 48],
    chords: [48],
    pad: 49,
    bass: 43,
    counters: [42, 60],
    doubles: 52,
    bells: 14,
    busy: 0.35,
    ring: 1.4,
    reverb: 0.7,
    loose: 9,
  },
  baroque: {
    tempos: [76, 116],
    modes: ["major", "minor"],
    beatsPerBar: 4,
    energy: 0.6,
    swing: 0.5,
    hasSevenths: false,
    pattern: "continuo",
    drums: "none",
    leads: [40, 68, 74],
    chords: [6],
    pad: undefined,
    bass: 42,
    counters: [68, 41],
    doubles: 48,
    bells: undefined,
    busy: 0.95,
    ring: 1,
    reverb: 0.5,
    loose: 6,
  },
};
