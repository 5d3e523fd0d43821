import type { GenreName } from "./genres.ts";
import type { Mode } from "./score.ts";

/** What a word of a prompt asks for. */
export type Hint = {
  genre?: GenreName;
  mode?: Mode;
  /** Above 0 bright, below 0 dark. */
  mood?: number;
  /** Above 0 faster and fuller, below 0 slower and calmer; 1 is much. */
  push?: number;
  beatsPerBar?: 3 | 4;
  /** General MIDI program of the leading instrument. */
  lead?: number;
  hasDrums?: boolean;
  /** A sound that goes on behind the music. */
  texture?: "rain" | "sea" | "wind" | "vinyl" | undefined;
};

/** Beginnings of words, and what they ask for. A later word of a prompt overrides an earlier one. */
const HINTS: readonly (readonly [words: string, hint: Hint])[] = [
  ["sad melanchol sorrow grief lonely lonesome mourn tear heartbr elegy lament funeral", { mood: -1, push: -0.3 }],
  ["dark night shadow sinister mystery myster haunt ghost horror scary ominous noir gothic", { mood: -1, push: -0.1 }],
  ["happy joy cheer sunny bright smile celebrat birthday festiv playful fun optimis", { mood: 1, push: 0.35 }],
  ["hope uplift warm morning sunrise spring summer dawn garden love romantic tender", { mood: 1 }],
  ["triumph victory heroic glor proud", { mood: 1, push: 0.3, genre: "cinematic" }],
  ["calm peace relax gentle soft quiet sleep lullaby meditat still serene soothing dream float", { push: -0.6 }],
  ["slow adagio largo lento", { push: -0.9 }],
  ["fast quick allegro presto energetic lively run chase race rush", { push: 0.9 }],
  ["dance danc disco groove party upbeat club", { push: 0.6, hasDrums: true }],
  ["rain drizzle storm thunder", { texture: "rain", mood: -0.5 }],
  ["sea ocean wave beach shore tide", { texture: "sea" }],
  ["wind breeze desert snow winter", { texture: "wind" }],
  ["vinyl dusty cassette tape", { texture: "vinyl" }],
  ["waltz ballroom carousel", { beatsPerBar: 3 }],
  ["march parade", { beatsPerBar: 4, push: 0.3, hasDrums: true }],
  ["epic trailer battle war film movie cinematic orchestra orchestral dragon quest", { genre: "cinematic", push: 0.3 }],
  ["jazz jazzy bebop swing smoky bossa", { genre: "jazz" }],
  ["lofi lo-fi chillhop study studying hiphop hip-hop beats chill", { genre: "lofi" }],
  ["folk country campfire celtic irish ballad acoustic fiddle tavern village shanty", { genre: "folk" }],
  ["baroque bach vivaldi harpsichord fugue court minuet counterpoint", { genre: "baroque" }],
  ["ambient drone space cosmos cosmic atmosph ethereal underwater floating", { genre: "ambient" }],
  ["nocturne etude sonata prelude", { genre: "piano" }],
  ["piano", { genre: "piano", lead: 0 }],
  ["guitar", { lead: 24 }],
  ["violin", { lead: 40 }],
  ["cello", { lead: 42 }],
  ["flute", { lead: 73 }],
  ["clarinet", { lead: 71 }],
  ["oboe", { lead: 68 }],
  ["sax", { lead: 66 }],
  ["trumpet", { lead: 56 }],
  ["horn", { lead: 60 }],
  ["harp", { lead: 46 }],
  ["bell celesta glocken musicbox music-box", { lead: 8 }],
  ["vibraphone vibes", { lead: 11 }],
  ["marimba", { lead: 12 }],
  ["choir", { lead: 52 }],
  ["organ", { lead: 19 }],
  ["accordion", { lead: 21 }],
  ["harmonica", { lead: 22 }],
  ["whistle", { lead: 78 }],
  ["major", { mode: "major" }],
  ["minor", { mode: "minor" }],
  ["dorian", { mode: "dorian" }],
  ["lydian", { mode: "lydian" }],
  ["mixolydian", { mode: "mixolydian" }],
  ["drum drums percussion", { hasDrums: true }],
];

/** Words that begin alike and mean something else. */
const EXACT: ReadonlySet<string> = new Set([
  "war",
  "fun",
  "run",
  "sea",
  "sax",
  "tape",
  "harp",
  "horn",
  "bell",
  "tear",
  "love",
]);

/** What a prompt's words ask for, in the order in which they stand there. */
export function hintsIn(prompt: string): Hint[] {
  const words = prompt.toLowerCase().match(/[\p{L}][\p{L}'-]*/gu) ?? [];
  return words.flatMap((word, index) => {
    const isRefused = ["no", "without", "not"].includes(words[index - 1] ?? "");
    return HINTS.flatMap(([beginnings, hint]) => {
      if (!beginnings.split(" ").some((beginning) => begins(word, beginning))) return [];
      if (!isRefused) return [hint];
      return hint.hasDrums === true ? [{ hasDrums: false }] : [];
    });
  });
}

const begins = (word: string, beginning: string) =>
  EXACT.has(beginning) ? word === beginning || word === `${beginning}s` : word.startsWith(beginning);
