import { type Analysis, phraseStems, terms } from "./language.ts";
import { canonicalJson, type Persona } from "./persona.ts";

export type DocKind = "lore" | "topic" | "opinion" | "story" | "advice" | "list";

/** Something a persona can speak about. */
export type Doc = { kind: DocKind; index: number; title: string; keywords: readonly string[] };

export type Hit = { doc: Doc; score: number };

type Entry = { doc: Doc; phrases: string[][]; title: Set<string>; text: Set<string> };

const WEIGHT = { keyword: 3, title: 2, text: 0.6 } as const;
/** A document found by its running text alone must share at least this many meaningful words with the message. */
const MIN_TEXT_MATCHES = 2;
/** A word of running text that more documents than this share says nothing about any of them. */
const MAX_SHARED = 3;

/** Inverted ranking over everything a persona knows; built once per persona. */
export class PersonaIndex {
  readonly docs: readonly Doc[];
  readonly #entries: Entry[];
  readonly #rarity = new Map<string, number>();

  constructor(persona: Persona) {
    this.#entries = entriesOf(persona);
    this.docs = this.#entries.map((entry) => entry.doc);
    const spread = new Map<string, number>();
    for (const entry of this.#entries) {
      const all = new Set([...entry.phrases.flat(), ...entry.title, ...entry.text]);
      for (const term of all) spread.set(term, (spread.get(term) ?? 0) + 1);
    }
    for (const [term, count] of spread) this.#rarity.set(term, Math.log(1 + this.#entries.length / count));
  }

  /** What the message is about, best first. Only clear matches: an empty answer means "nothing on that". */
  search(message: Analysis, kinds?: readonly DocKind[]): Hit[] {
    const asked = new Set(message.terms);
    const said = new Set(message.words.map((word) => word.stem));
    const hits: Hit[] = [];
    for (const entry of this.#entries) {
      if (kinds !== undefined && !kinds.includes(entry.doc.kind)) continue;
      const score = this.#score(entry, asked, said);
      if (score > 0) hits.push({ doc: entry.doc, score });
    }
    return hits.sort((a, b) => b.score - a.score || a.doc.index - b.doc.index);
  }

  #score(entry: Entry, asked: ReadonlySet<string>, said: ReadonlySet<string>): number {
    let score = 0;
    let clear = false;
    const counted = new Set<string>();
    for (const phrase of entry.phrases) {
      if (phrase.length === 0 || !phrase.every((stem) => said.has(stem))) continue;
      clear = true;
      const fresh = phrase.filter((stem) => !counted.has(stem));
      for (const stem of fresh) counted.add(stem);
      score += WEIGHT.keyword * fresh.reduce((sum, stem) => sum + (this.#rarity.get(stem) ?? 0), 0);
    }
    let textMatches = 0;
    for (const term of asked) {
      if (counted.has(term)) continue;
      if (entry.title.has(term)) {
        clear = true;
        score += WEIGHT.title * (this.#rarity.get(term) ?? 0);
      } else if (entry.text.has(term)) {
        const rarity = this.#rarity.get(term) ?? 0;
        if (rarity >= Math.log(1 + this.#entries.length / MAX_SHARED)) textMatches += 1;
        score += WEIGHT.text * rarity;
      }
    }
    return clear || textMatches >= MIN_TEXT_MATCHES ? score : 0;
  }
}

const MAX_CACHED = 256;
const byObject = new WeakMap<Persona, PersonaIndex>();
const byContent = new Map<string, PersonaIndex>();

/** The index of a persona; cached by object and, for copies of the same persona, by content. */
export function indexOf(persona: Persona): PersonaIndex {
  const known = byObject.get(persona);
  if (known !== undefined) return known;
  const key = canonicalJson(persona);
  const index = byContent.get(key) ?? new PersonaIndex(persona);
  byContent.delete(key);
  byContent.set(key, index);
  const oldest = byContent.keys().next();
  if (byContent.size > MAX_CACHED && !oldest.done) byContent.delete(oldest.value);
  byObject.set(persona, index);
  return index;
}

function entriesOf(persona: Persona): Entry[] {
  const entries: Entry[] = [];
  const add = (kind: DocKind, index: number, title: string, keywords: readonly string[], text: string): void => {
    entries.push({
      doc: { kind, index, title, keywords },
      phrases: keywords.map(phraseStems),
      title: new Set(terms(title)),
      text: new Set(terms(text)),
    });
  };
  for (const [i, lore] of (persona.lore ?? []).entries()) add("lore", i, lore.title, lore.keywords, lore.text);
  for (const [i, { name, keywords, replies }] of (persona.topics ?? []).entries()) {
    add("topic", i, name, keywords, replies.join(" "));
  }
  for (const [i, { about, keywords, text }] of (persona.opinions ?? []).entries())
    add("opinion", i, about, keywords, text);
  for (const [i, story] of (persona.stories ?? []).entries()) add("story", i, story.title, story.keywords, story.text);
  for (const [i, list] of (persona.lists ?? []).entries()) add("list", i, list.title, list.keywords, "");
  for (const [i, advice] of (persona.advice ?? []).entries()) add("advice", i, "", advice.keywords ?? [], advice.text);
  return entries;
}
