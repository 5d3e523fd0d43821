import { type Analysis, analyze, terms } from "../../language.ts";
import type { Persona } from "../../persona.ts";
import { type Doc, type DocIndex, type KnownPassage, PassageIndex } from "../../retrieval.ts";

/** Longest that is told of a passage at once. */
const LONGEST = 420;

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * A persona and its index, for one reply, that also know passages of files as lore: of each, the sentences that the
 * message is about.
 */
export function informed(
  persona: Persona,
  index: DocIndex,
  passages: readonly KnownPassage[],
  message: string,
): { persona: Persona; index: DocIndex } {
  if (passages.length === 0) return { persona, index };
  const own = persona.lore ?? [];
  const asked = new Set(analyze(message).terms);
  const lore = passages.map(({ title, text }) => ({ title, text: excerpt(text, asked), keywords: [] }));
  const places = new Map(passages.map((passage, i) => [passage, own.length + i]));
  const files = new PassageIndex(passages);
  return {
    persona: { ...persona, lore: [...own, ...lore] },
    index: {
      // Passages are told when they are asked for, and not offered.
      docs: index.docs,
      search: (message: Analysis, kinds) => {
        const hits = index.search(message, kinds);
        if (kinds !== undefined && !kinds.includes("lore")) return hits;
        const found = files.search(message).map(({ passage, score }) => ({ doc: docOf(passage, places), score }));
        return [...hits, ...found].sort((a, b) => b.score - a.score);
      },
    },
  };
}

function docOf(passage: KnownPassage, places: ReadonlyMap<KnownPassage, number>): Doc {
  return { kind: "lore", index: places.get(passage) ?? 0, title: passage.title, keywords: [] };
}

/** The sentence that says most of what was asked, and what follows it. */
function excerpt(text: string, asked: ReadonlySet<string>): string {
  // Braces would be slots of a line.
  const plain = text.replace(/[{}]/g, "").replace(/\s+/g, " ").trim();
  const sentences = [...SENTENCES.segment(plain)].map(({ segment }) => segment);
  const matches = sentences.map((sentence) => terms(sentence).filter((term) => asked.has(term)).length);
  const best = matches.indexOf(Math.max(...matches));
  let told = "";
  for (const sentence of sentences.slice(Math.max(0, best))) {
    if (told !== "" && told.length + sentence.length > LONGEST) break;
    told += sentence;
  }
  const whole = told.trim();
  return whole.length <= LONGEST ? whole : `${whole.slice(0, whole.lastIndexOf(" ", LONGEST))} …`;
}
