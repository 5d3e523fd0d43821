import MiniSearch, { type SearchOptions } from "minisearch";
import { FIELD_WEIGHTS } from "./ranking.ts";
import { queryWordsOf, wordsOf } from "./words.ts";

/** The words of something, by how much they say. */
export type Fields = Record<keyof typeof FIELD_WEIGHTS, string>;

/** Where the words themselves find fewer, words that are nearly the same are looked for as well. */
const FEW = 12;

/**
 * Full text by BM25+. Every word of a question must be found, as the beginning of a word; where that finds little, with
 * a letter or two amiss; and where that finds nothing, any of the words.
 */
export class TextIndex {
  readonly #index = new MiniSearch<Fields & { id: number }>({
    fields: Object.keys(FIELD_WEIGHTS),
    tokenize: wordsOf,
    processTerm: (word) => word,
    searchOptions: { boost: FIELD_WEIGHTS, prefix: true, combineWith: "AND" },
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
    const exact = this.#scores(words, {});
    if (exact.size >= FEW) return exact;
    const near = this.#scores(words, { fuzzy: editsIn });
    if (near.size > 0 || words.length === 1) return near;
    return this.#scores(words, { fuzzy: editsIn, combineWith: "OR" });
  }

  /** How much each text has of these words, nothing less than the words, by id. */
  like(text: string, fields: (keyof Fields)[]): Map<number, number> {
    const words = [...new Set(queryWordsOf(text))];
    return words.length === 0 ? new Map() : this.#scores(words, { prefix: false, combineWith: "OR", fields });
  }

  #scores(words: string[], options: SearchOptions): Map<number, number> {
    const found = this.#index.search(words.join(" "), options);
    return new Map(found.map(({ id, score }) => [id, score]));
  }
}

function isSame(one: Fields, other: Fields, name: string): boolean {
  return one[name as keyof Fields] === other[name as keyof Fields];
}

/** How many letters may be amiss in a word. An address is typed right or not at all. */
function editsIn(word: string): number {
  if (word.length < 4 || /^0x|^\d+$/.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}
