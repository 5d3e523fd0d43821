/** The modes that a style can ask for. */
export type Mode = "major" | "minor" | "dorian" | "lydian" | "mixolydian";

/** How many parts play: those that need no more than this. */
export type Players = 0 | 1 | 2 | 3;

/** Something that plays: one instrument on one channel. */
export type Part = {
  role: "melody" | "second" | "counter" | "double" | "chords" | "pad" | "bass" | "drums" | "bells" | "drone";
  /** General MIDI program, from 0; a drum kit where the role is drums. */
  program: number;
  /** From 0 to 1. */
  volume: number;
  /** From -1, left, to 1, right. */
  pan: number;
  /** How much of it goes to the room, from 0 to 1. */
  reverb: number;
  /** It can swell while a note lasts, as strings and winds do. */
  isSustained: boolean;
  /** What it takes for this part to play: 0 always, 1 from Standard, 2 from High, 3 with Ultra. */
  from: Players;
};

/** A note in beats from the piece's beginning. */
export type Note = {
  /** Index of the part. */
  part: number;
  at: number;
  beats: number;
  /** MIDI note number, 60 is middle C. */
  pitch: number;
  /** From 0 to 1. */
  force: number;
};

/** A harmony and how long it stands. */
export type Harmony = {
  at: number;
  beats: number;
  /** As a musician writes it: "Am7". */
  symbol: string;
  /** Pitch classes from the root up, 0 is C. */
  pitches: readonly number[];
  /** MIDI note numbers of the upper voices, lowest first. */
  voicing: readonly number[];
  bass: number;
};

export type Section = {
  name: "intro" | "A" | "B" | "C" | "end";
  bar: number;
  bars: number;
  energy: number;
  turn: number;
};

/** A whole piece on paper: in beats, before anybody plays it. */
export type Score = {
  tonic: string;
  mode: Mode;
  tempo: number;
  beatsPerBar: 3 | 4;
  bars: number;
  /** How long the last harmony rings, in seconds. */
  ring: number;
  swing: number;
  sections: readonly Section[];
  harmonies: readonly Harmony[];
  parts: readonly Part[];
  notes: readonly Note[];
};
