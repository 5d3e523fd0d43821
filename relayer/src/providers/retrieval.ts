import { type Analysis, phraseStems, terms } from "./language.ts";
import { canonicalJson, type Persona } from "./persona.ts";

export type DocKind = "lore" | "topic" | "opinion" | "story" | "advice" | "list";

/** Something a persona can speak about. */
export type Doc = { kind: DocKind; index: number; title: string; keywords: readonly string[] };

export type Hit = { doc: Doc; score: number };

/** What an index ranks: phrases that must be said whole, and the meaningful stems of title and text. */
type Entry = { phrases: string[][]; title: ReadonlySet<string>; text: ReadonlySet<string> };

const WEIGHT = { keyword: 3, title: 2, text: 0.6 } as const;
/** A document found by its running text alone must share at least this many meaningful words with the message. */
const MIN_TEXT_MATCHES = 2;
/** A word of running text that more documents than this share says nothing about any of them. */
const MAX_SHARED = 3;

/** Inverted ranking of entries by what a message says. */
class Ranking {
  readonly #entries: readonly Entry[];
  readonly #rarity = new Map<string, number>();
  /** Places of the entries that hold a stem. */
  readonly #postings = new Map<string, number[]>();
  /** A word of running text rarer than this tells something. */
  readonly #telling: number;

  /** @param maxShared Of how many entries a word of their text still tells something. */
  constructor(entries: readonly Entry[], maxShared: number) {
    this.#entries = entries;
    this.#telling = Math.log(1 + entries.length / maxShared);
    for (const [place, entry] of entries.entries()) {
      for (const term of new Set([...entry.phrases.flat(), ...entry.title, ...entry.text])) {
        const posting = this.#postings.get(term);
        if (posting === undefined) this.#postings.set(term, [place]);
        else posting.push(place);
      }
    }
    for (const [term, posting] of this.#postings) this.#rarity.set(term, Math.log(1 + entries.length / posting.length));
  }

  /** Places of the entries the message clearly speaks of, ascending, with how much it does. */
  *search(message: Analysis, minTextMatches = MIN_TEXT_MATCHES): Generator<{ place: number; score: number }> {
    const asked = new Set(message.terms);
    const said = new Set(message.words.map((word) => word.stem));
    const places = new Set<number>();
    for (const term of [...asked, ...said]) for (const place of this.#postings.get(term) ?? []) places.add(place);
    for (const place of [...places].sort((a, b) => a - b)) {
      const entry = this.#entries[place];
      const score = entry === undefined ? 0 : this.#score(entry, asked, said, minTextMatches);
      if (score > 0) yield { place, score };
    }
  }

  #score(entry: Entry, asked: ReadonlySet<string>, said: ReadonlySet<string>, minTextMatches: number): number {
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
        if (rarity >= this.#telling) textMatches += 1;
        score += WEIGHT.text * rarity;
      }
    }
    return clear || textMatches >= minTextMatches ? score : 0;
  }

  /** How many of the message's meaningful words are known at all. */
  knows(message: Analysis): number {
    return message.terms.filter((term) => this.#postings.has(term)).length;
  }
}

/** Finds what a message is about. */
export type DocIndex = {
  readonly docs: readonly Doc[];
  search(message: Analysis, kinds?: readonly DocKind[]): Hit[];
};

/** Ranking over everything a persona knows; built once per persona. */
export class PersonaIndex implements DocIndex {
  readonly docs: readonly Doc[];
  readonly #ranking: Ranking;

  constructor(persona: Persona) {
    const entries = entriesOf(persona);
    this.docs = entries.map((entry) => entry.doc);
    this.#ranking = new Ranking(entries, MAX_SHARED);
  }

  /** What the message is about, best first. Only clear matches: an empty answer means "nothing on that". */
  search(message: Analysis, kinds?: readonly DocKind[]): Hit[] {
    const hits: Hit[] = [];
    for (const { place, score } of this.#ranking.search(message)) {
      const doc = this.docs[place];
      if (doc !== undefined && (kinds === undefined || kinds.includes(doc.kind))) hits.push({ doc, score });
    }
    return hits.sort((a, b) => b.score - a.score || a.doc.index - b.doc.index);
  }
}

/** A passage of what a character was given to know, with the meaningful stems of its title and text. */
export type KnownPassage = { title: string; text: string; titleTerms: readonly string[]; textTerms: readonly string[] };

/** A passage as it is ranked; reading it takes about a millisecond, so it is done once. */
export function known(title: string, text: string): KnownPassage {
  return { title, text, titleTerms: terms(title), textTerms: terms(text) };
}

/** Ranking over passages. */
export class PassageIndex {
  readonly #passages: readonly KnownPassage[];
  readonly #ranking: Ranking;

  constructor(passages: readonly KnownPassage[]) {
    this.#passages = passages;
    const entries = passages.map(({ titleTerms, textTerms }) => {
      return { phrases: [], title: new Set(titleTerms), text: new Set(textTerms) };
    });
    // Files speak at length of few subjects: only a word that is in every fifth passage tells nothing.
    this.#ranking = new Ranking(entries, Math.max(MAX_SHARED, passages.length / 5));
  }

  /** How many passages it holds. */
  get size(): number {
    return this.#passages.length;
  }

  /** The passages that a message is about, best first. A message with a single word of theirs is about that. */
  search(message: Analysis): { passage: KnownPassage; score: number }[] {
    const hits: { passage: KnownPassage; score: number }[] = [];
    const needed = Math.min(MIN_TEXT_MATCHES, this.#ranking.knows(message));
    if (needed === 0) return hits;
    for (const { place, score } of this.#ranking.search(message, needed)) {
      const passage = this.#passages[place];
      if (passage !== undefined) hits.push({ passage, score });
    }
    return hits.sort((a, b) => b.score - a.score);
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

function entriesOf(persona: Persona): (Entry & { doc: Doc })[] {
  const entries: (Entry & { doc: Doc })[] = [];
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
