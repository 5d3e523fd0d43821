/** Words of a text, as they are indexed and asked for: in lower case, without accents. */

/** Longer ones are cut: nobody types them, and a text could be one. */
const MAX_WORD = 40;
/** Longer questions are cut. */
export const MAX_QUERY = 200;
const MAX_QUERY_WORDS = 12;

/** Writing that puts no blanks between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** Words so common that a question is not about them. */
const COMMON = new Set("a an and are as at by for from in is it of on or the to with".split(" "));

/** Every word in its order. */
export function wordsOf(text: string): string[] {
  const folded = text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "");
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .flatMap((word) => (UNSPACED.test(word) ? [...segmenter.segment(word)].map(({ segment }) => segment) : [word]))
    .map((word) => word.slice(0, MAX_WORD));
}

/** What a question asks for: its words, without common ones where there are others. Whatever is given is text. */
export function queryWordsOf(query: string): string[] {
  const words = wordsOf(query.slice(0, MAX_QUERY).toWellFormed()).slice(0, MAX_QUERY_WORDS);
  const telling = words.filter((word) => !COMMON.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}
