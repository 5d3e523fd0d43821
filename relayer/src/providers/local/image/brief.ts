import type { Style } from "@stelai/sdk/wire";
import { hash32 } from "../chat/random.ts";
import { createChance } from "./chance.ts";
import { type Colour, fromHex } from "./colour.ts";
import type { Line } from "./studio.ts";
import { COLOURS, FLOWERS, FORMS, MOODS, NUMBERS, SCENES, SEASONS, THINGS, TIMES, WEATHERS } from "./words.ts";

export type SceneName = keyof typeof SCENES;
export type Time = keyof typeof TIMES;
export type Season = keyof typeof SEASONS;
export type Weather = keyof typeof WEATHERS;
export type Flower = keyof typeof FLOWERS;
export type Form = keyof typeof FORMS;
export type Mood = keyof typeof MOODS;
export type Thing = keyof typeof THINGS;

/** What a picture is to be, read from the words of a prompt and the style of a tool. Chance decides what is unsaid. */
export type Brief = {
  seed: number;
  scene: SceneName;
  /** Flowers that were named. */
  blossoms: readonly Flower[];
  /** Of an abstract picture, where words choose one. */
  form: Form | undefined;
  line: Line;
  time: Time;
  season: Season;
  weather: Weather;
  moods: ReadonlySet<Mood>;
  /** What is asked for and how many of it; 0 where no number was said. */
  things: ReadonlyMap<Thing, number>;
  /** Colours by name, in the order they were said. */
  colours: readonly Colour[];
  /** The style's own. */
  palette: readonly Colour[];
  grain: number;
};

/** Only so much of a prompt is read for words; all of it flows into the seed. */
const WORDS_READ = 600;

type Row = Readonly<Record<string, string>>;

/** Words of a lexicon to their row. */
function indexed<Table extends Row>(table: Table): ReadonlyMap<string, readonly (keyof Table & string)[]> {
  const index = new Map<string, (keyof Table & string)[]>();
  for (const [key, words] of Object.entries(table)) {
    for (const word of words.split(" ")) index.set(word, [...(index.get(word) ?? []), key]);
  }
  return index;
}

const LEXICON = {
  scenes: indexed(SCENES),
  times: indexed(TIMES),
  seasons: indexed(SEASONS),
  forms: indexed(FORMS),
  flowers: indexed(FLOWERS),
  weathers: indexed(WEATHERS),
  moods: indexed(MOODS),
  things: indexed(THINGS),
  colours: indexed(COLOURS),
};

/** Every form of a word the lexicon might have: itself, and without an ending. */
function formsOf(word: string): string[] {
  const forms = [word];
  if (word.endsWith("ies")) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith("es")) forms.push(word.slice(0, -2));
  if (word.endsWith("ves")) forms.push(`${word.slice(0, -3)}f`);
  if (word.endsWith("s")) forms.push(word.slice(0, -1));
  if (word.endsWith("ing")) forms.push(word.slice(0, -3), `${word.slice(0, -3)}e`);
  if (word.endsWith("ish")) forms.push(word.slice(0, -3));
  return forms;
}

function wordsOf(prompt: string): string[] {
  const plain = prompt.normalize("NFKC").toLowerCase().replaceAll("\ufe0f", "");
  return (plain.match(/\p{Extended_Pictographic}|[\p{L}]+|\d{1,4}/gu) ?? []).slice(0, WORDS_READ);
}

/** All rows that the words name, in the order they were said. */
function named<Key extends string>(index: ReadonlyMap<string, readonly Key[]>, words: readonly string[]): Key[] {
  const found = words.flatMap((word) => formsOf(word).flatMap((form) => index.get(form) ?? []));
  return [...new Set(found)];
}

/** The row named most often; the first of those that are even. */
function mostNamed<Key extends string>(index: ReadonlyMap<string, readonly Key[]>, words: readonly string[]) {
  const votes = new Map<Key, number>();
  for (const word of words) {
    for (const key of new Set(formsOf(word).flatMap((form) => index.get(form) ?? [])))
      votes.set(key, (votes.get(key) ?? 0) + 1);
  }
  return [...votes].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function thingsOf(words: readonly string[]): Map<Thing, number> {
  const things = new Map<Thing, number>();
  let count = 0;
  let sinceCount = 0;
  for (const word of words) {
    const number = NUMBERS[word] ?? (/^\d+$/.test(word) ? Number(word) : undefined);
    if (number !== undefined) {
      count = Math.min(60, number);
      sinceCount = 0;
      continue;
    }
    sinceCount += 1;
    const found = named(LEXICON.things, [word]);
    for (const thing of found) things.set(thing, Math.max(things.get(thing) ?? 0, sinceCount <= 3 ? count : 0));
    if (found.length > 0 || sinceCount > 3) count = 0;
  }
  return things;
}

/** What was asked for, or what chance decides by the given weights. */
function weighed<Key extends string>(weights: Readonly<Record<Key, number>>, roll: number): Key {
  const entries = Object.entries(weights) as [Key, number][];
  let left = roll * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  throw new RangeError("no weights");
}

/** Reads a prompt. The same words, style and seed are the same brief; size and quality have no part in it. */
export function readBrief(prompt: string, style: Style | undefined, seed: number): Brief {
  const words = wordsOf(prompt);
  const look = style?.look;
  const mixed = (hash32(`${seed}\n${prompt}\n${style === undefined ? "" : JSON.stringify(style)}`) ^ seed) >>> 0;
  const chance = createChance(mixed);
  const [byScene, byTime, bySeason, byWeather] = [chance.next(), chance.next(), chance.next(), chance.next()];
  const things = thingsOf(words);

  const wanted = look?.scene ?? "auto";
  const scene =
    wanted !== "auto"
      ? wanted
      : (mostNamed(LEXICON.scenes, words) ??
        weighed({ landscape: 4, seascape: 2, city: 1, botanical: 2, cosmos: 1, abstract: 3 }, byScene));
  const time: Time =
    (scene === "cosmos" ? "night" : undefined) ??
    mostNamed(LEXICON.times, words) ??
    weighed(scene === "city" ? { dawn: 1, day: 1, dusk: 3, night: 3 } : { dawn: 4, day: 5, dusk: 5, night: 1 }, byTime);
  const season = mostNamed(LEXICON.seasons, words) ?? weighed({ spring: 3, summer: 4, autumn: 3, winter: 1 }, bySeason);
  const weather = mostNamed(LEXICON.weathers, words) ?? weighed({ clear: 5, cloudy: 5, fog: 1 }, byWeather);
  return {
    seed: mixed,
    scene,
    blossoms: named(LEXICON.flowers, words),
    form: mostNamed(LEXICON.forms, words),
    line: look?.line ?? "painted",
    time,
    season,
    weather,
    moods: new Set(named(LEXICON.moods, words)),
    things,
    colours: named(LEXICON.colours, words).map(fromHex),
    palette: (look?.palette ?? []).map(fromHex),
    grain: look?.grain ?? 0.35,
  };
}
