import { createRequire } from "node:module";
import type { ItemToken, ItsFunction, PartOfSpeech, WinkMethods } from "wink-nlp";

/** One word of a text, as far as the responder needs to know it. */
export type Word = {
  text: string;
  lower: string;
  stem: string;
  pos: PartOfSpeech;
  stop: boolean;
  spaceBefore: boolean;
};

export type Analysis = {
  /** The text with straight quotes and single spaces. */
  text: string;
  lower: string;
  words: Word[];
  sentences: string[];
  /** Stems that carry meaning, without repeats. */
  terms: string[];
  question: boolean;
};

/** Longest text that is read of one message; what follows is ignored by the responder, not by the price. */
const MAX_ANALYSED = 3_000;

/** Words that fill a request and say nothing about its subject. */
const FILLERS: ReadonlySet<string> = new Set(
  `tell know think talk want like make get explain please thing things something anything everything someone say said
   ask question answer speak give let go come see look really actually maybe kind sort lot bit way time good great
   nice need help start try use mean understand believe hear word describe share discuss chat hi hello hey yes no okay
   ok well thanks thank guess feel just much many today day people person one two first new old right sure wonder
   wondering curious idea stuff example another got need say says said make makes offer still again favourite favorite best ever always never`
    .split(/\s+/)
    .map((word) => word.trim()),
);

const QUESTION_START =
  /^(?:(?:so|and|but|well|ok|okay|hey|hi|hello|then|now|please)[, ]+)*(?:who|whom|whose|what|what's|whats|which|when|where|why|how|is|are|am|was|were|do|does|did|can|could|would|will|shall|should|have|has|had|may|might)\b/i;

const require = createRequire(import.meta.url);

type Readers = { full: WinkMethods; bare: WinkMethods };
let readers: Readers | undefined;

/** Loads the language model of wink-nlp (about 0.2 s, once). Call it at start so that nobody waits for it. */
export function loadLanguage(): void {
  load();
}

function load(): Readers {
  if (readers === undefined) {
    const create = require("wink-nlp") as typeof import("wink-nlp").default;
    const model = require("wink-eng-lite-web-model") as Parameters<typeof create>[0];
    // An index needs stems only; without tagging they are had in a third of the time.
    readers = { full: create(model, ["sbd", "pos"]), bare: create(model, []) };
  }
  return readers;
}

const MAX_CACHED = 512;
/** A conversation is read anew at every turn, and all but its last message was read the turn before. */
const cache = new Map<string, Analysis>();

/** Reads a message: words, sentences, what it is about, and whether it asks. */
export function analyze(message: string): Analysis {
  const text = tidy(message.slice(0, MAX_ANALYSED));
  const known = cache.get(text);
  if (known !== undefined) return known;
  const analysis = read(text);
  cache.set(text, analysis);
  const oldest = cache.keys().next();
  if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
  return analysis;
}

function read(text: string): Analysis {
  const nlp = load().full;
  const words: Word[] = [];
  const doc = nlp.readDoc(text);
  doc.tokens().each((token: ItemToken) => {
    const surface = token.out();
    words.push({
      text: surface,
      lower: surface.toLowerCase(),
      stem: String(token.out(nlp.its.stem as unknown as ItsFunction<string>)),
      pos: token.out(nlp.its.pos) as PartOfSpeech,
      stop: token.out(nlp.its.stopWordFlag) === true,
      spaceBefore: token.out(nlp.its.precedingSpaces) !== "",
    });
  });
  const sentences = doc.sentences().out();
  const question = text.endsWith("?") || sentences.some((s) => s.endsWith("?")) || QUESTION_START.test(text);
  return { text, lower: text.toLowerCase(), words, sentences, terms: termsOf(words), question };
}

/** The meaningful stems of a text, for an index. */
export function terms(text: string): string[] {
  return termsOf(stemmed(text));
}

/**
 * Every stem of a short phrase, fillers and all, so that a keyword is matched whole. A lone "have" or "you" gives
 * none: it is in every other message.
 */
export function phraseStems(phrase: string): string[] {
  const words = stemmed(phrase).filter((word) => /[\p{L}\p{N}]/u.test(word.text));
  return words.length === 1 && words[0]?.stop ? [] : words.map((word) => word.stem);
}

type Stemmed = Pick<Word, "text" | "lower" | "stem" | "stop">;

function stemmed(text: string): Stemmed[] {
  const nlp = load().bare;
  const words: Stemmed[] = [];
  const tokens = nlp.readDoc(tidy(text.slice(0, MAX_ANALYSED))).tokens();
  tokens.each((token: ItemToken) => {
    const surface = token.out();
    const stem = String(token.out(nlp.its.stem as unknown as ItsFunction<string>));
    const stop = token.out(nlp.its.stopWordFlag) === true;
    words.push({ text: surface, lower: surface.toLowerCase(), stem, stop });
  });
  return words;
}

export function tidy(text: string): string {
  return text
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”«»]/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}

function termsOf(words: readonly Stemmed[]): string[] {
  const found = new Set<string>();
  for (const word of words) {
    if (word.stop || FILLERS.has(word.lower) || word.lower.length < 2) continue;
    if (!/[\p{L}\p{N}]/u.test(word.text)) continue;
    found.add(word.stem.replace(/'s?$/, ""));
  }
  return [...found];
}
