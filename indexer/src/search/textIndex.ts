import MiniSearch, { type QueryCombination } from "minisearch";
import { FIELD_WEIGHTS } from "./ranking.ts";
import { queryWordsOf, wordsOf } from "./words.ts";

/** The words of something, by how much they say. */
export type Fields = Record<keyof typeof FIELD_WEIGHTS, string>;

/** Where the words themselves find fewer, words that are nearly the same are looked for as well. */
const FEW = 12;
/** Shorter beginnings are looked for where they say most: nearly every description has a word that begins so. */
const LEAST_BEGINNING = 3;
const TELLING = Object.keys(FIELD_WEIGHTS).filter((field) => field !== "description");

/**
 * Full text by BM25+. Every word of a question must be found, the last one as the beginning of a word, since it may be
 * half typed; where that finds little, each as a beginning, or with a letter or two amiss; and where that finds nothing,
 * any of the words.
 */
export class TextIndex {
  readonly #index = new MiniSearch<Fields & { id: number }>({
    fields: Object.keys(FIELD_WEIGHTS),
    tokenize: wordsOf,
    processTerm: (word) => word,
    searchOptions: { boost: FIELD_WEIGHTS },
  });
  readonly #fields = new Map<number, Fields>();

  /** Adds what is new, and replaces what is otherwise than before. */
  put(id: number, fields: Fields): void {
    const before = this.#fields.get(id);
    if (before && Object.keys(FIELD_WEIGHTS).every((name) => isSame(before, fields, name))) return;
    this.remove(id);
    this.#fields.set(id, fields);
    this.#index.add({ id, ...fields });
  }

  remove(id: number): void {
    if (this.#fields.delete(id)) this.#index.discard(id);
  }

  /** How well each text answers, by id; undefined when the question has no word. */
  find(query: string): Map<number, number> | undefined {
    const words = queryWordsOf(query);
    if (words.length === 0) return undefined;
    const exact = this.#scores(
      "AND",
      words.map((word, place) => (place === words.length - 1 ? beginning(word) : whole(word))),
    );
    if (exact.size >= FEW) return exact;
    const near = words.map((word) => (word.length < LEAST_BEGINNING ? beginning(word) : nearly(word)));
    const found = this.#scores("AND", near);
    return found.size > 0 || words.length === 1 ? found : this.#scores("OR", near);
  }

  /** How much each text has of these words, nothing less than the words, by id. */
  like(text: string, fields: (keyof Fields)[]): Map<number, number> {
    const words = [...new Set(queryWordsOf(text))];
    return this.#scores(
      "OR",
      words.map((word) => ({ ...whole(word), fields })),
    );
  }

  #scores(combineWith: "AND" | "OR", queries: QueryCombination[]): Map<number, number> {
    if (queries.length === 0) return new Map();
    return new Map(this.#index.search({ combineWith, queries }).map(({ id, score }) => [id, score]));
  }
}

function whole(word: string): QueryCombination {
  return { queries: [word] };
}

function beginning(word: string): QueryCombination {
  return { queries: [word], prefix: true, ...(word.length < LEAST_BEGINNING ? { fields: TELLING } : {}) };
}

function nearly(word: string): QueryCombination {
  return { queries: [word], prefix: true, fuzzy: editsIn(word) };
}

function isSame(one: Fields, other: Fields, name: string): boolean {
  return one[name as keyof Fields] === other[name as keyof Fields];
}

/** How many letters may be amiss in a word. An address is typed right or not at all. */
function editsIn(word: string): number {
  if (word.length < 4 || /^0x|^\d+$/.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}
