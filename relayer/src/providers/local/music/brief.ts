import type { Style } from "@stelai/sdk/wire";
import { createRandom, hash32, type Random } from "../chat/random.ts";
import { GENRES, type GenreName } from "./genres.ts";
import type { Mode } from "./score.ts";
import { type Hint, hintsIn } from "./words.ts";

/** What is to be composed, before a note of it is there. */
export type Brief = {
  genre: GenreName;
  tonic: string;
  mode: Mode;
  tempo: number;
  beatsPerBar: 3 | 4;
  /** From 0, hardly anything moves, to 1. */
  energy: number;
  lead: number | undefined;
  hasDrums: boolean;
  texture: Hint["texture"];
  random: Random;
};

/** Keys that sound well on what is sampled: few accidentals, and none of them extreme. */
const TONICS = ["C", "D", "Eb", "E", "F", "G", "A", "Bb"] as const;
const BRIGHT: ReadonlySet<Mode> = new Set(["major", "lydian", "mixolydian"]);

/**
 * What a prompt and a style ask for: the style's genre, tempo and mode stand; the prompt's words decide what it leaves
 * open, and move the tempo by up to a quarter where it does not. The rest is chance, the same for the same seed.
 */
export function briefOf(prompt: string, style: Style | undefined, seed: number): Brief {
  const hints = hintsIn(prompt);
  const last = <K extends keyof Hint>(key: K): Hint[K] | undefined =>
    hints.findLast((hint) => hint[key] !== undefined)?.[key];
  const genre = style?.score?.genre ?? last("genre") ?? "ambient";
  const words = hash32(`${genre}\n${prompt.normalize("NFC").toLowerCase()}`);
  const random = createRandom(words ^ Math.imul(seed + 1, 0x9e3779b1));
  const { tempos, modes, beatsPerBar, drums } = GENRES[genre];

  const mood = hints.reduce((sum, hint) => sum + (hint.mood ?? 0), 0);
  const pool = mood === 0 ? modes : moodModes(modes, mood);
  const mode = style?.score?.mode ?? last("mode") ?? pool[random.below(pool.length)] ?? "major";
  const push = Math.min(
    1,
    Math.max(
      -1,
      hints.reduce((sum, hint) => sum + (hint.push ?? 0), 0),
    ),
  );
  const [slowest, fastest] = tempos;
  const middle = (slowest + fastest) / 2;
  const own = middle + (random.next() - 0.5) * (fastest - slowest) * 0.5 + push * (fastest - slowest) * 0.6;
  const said = Number(/\b([4-9][0-9]|1[0-9]{2}|200) ?bpm\b/iu.exec(prompt)?.[1] ?? Number.NaN);
  const tempo = style?.score?.tempo ?? (Number.isNaN(said) ? own : said);
  return {
    genre,
    tonic: TONICS[random.below(TONICS.length)] ?? "C",
    mode,
    tempo: Math.min(200, Math.max(40, Math.round(tempo))),
    beatsPerBar: last("beatsPerBar") ?? beatsPerBar,
    energy: Math.min(1, Math.max(0.1, GENRES[genre].energy + push * 0.35)),
    lead: last("lead"),
    hasDrums: last("hasDrums") ?? drums !== "none",
    texture: last("texture") ?? (genre === "lofi" ? "vinyl" : undefined),
    random,
  };
}

/** The genre's own modes of that mood, or the plainest one. */
function moodModes(modes: readonly Mode[], mood: number): readonly Mode[] {
  const fitting = modes.filter((mode) => BRIGHT.has(mode) === mood > 0);
  return fitting.length > 0 ? fitting : [mood > 0 ? "major" : "minor"];
}
