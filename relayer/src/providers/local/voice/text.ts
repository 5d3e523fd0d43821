import { UnspeakableTextError } from "./errors.ts";

/** What is said at once, in characters: short enough to tell how far it is, long enough for a sentence's melody. */
const PASSAGE = 280;

/** A stretch of text that is said in one go, and the silence after it in seconds. */
export type Passage = { text: string; pause: number };

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Signs that have a word in English. What is no letter, number or mark of punctuation and not here is not said. */
const WORDS_FOR_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/€\s?([0-9](?:[0-9.,]*[0-9])?)/gu, "$1 euros"],
  [/£\s?([0-9](?:[0-9.,]*[0-9])?)/gu, "$1 pounds"],
  [/¥\s?([0-9](?:[0-9.,]*[0-9])?)/gu, "$1 yen"],
  [/₹\s?([0-9](?:[0-9.,]*[0-9])?)/gu, "$1 rupees"],
  [/€/gu, " euros "],
  [/£/gu, " pounds "],
  [/([0-9])\s?°\s?C\b/gu, "$1 degrees Celsius"],
  [/([0-9])\s?°\s?F\b/gu, "$1 degrees Fahrenheit"],
  [/°/gu, " degrees "],
  [/([0-9])\s?%/gu, "$1 percent"],
  [/([0-9])\s?[×*]\s?(?=[0-9])/gu, "$1 times "],
  [/([0-9])\s?÷\s?(?=[0-9])/gu, "$1 divided by "],
  [/([0-9])\s?\+\s?(?=[0-9])/gu, "$1 plus "],
  [/\s=\s/gu, " equals "],
  [/\s?&\s?/gu, " and "],
  [/(\w)@(\w)/gu, "$1 at $2"],
  [/½/gu, " one half "],
  [/¼/gu, " one quarter "],
  [/¾/gu, " three quarters "],
  [/[©®™]/gu, " "],
];

/** Letters of Latin scripts that no decomposition turns into ASCII. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  þ: "th",
  Þ: "Th",
  ð: "th",
  Ð: "Th",
  ı: "i",
  ħ: "h",
  Ħ: "H",
  ŋ: "ng",
  Ŋ: "Ng",
};

/**
 * A text as an English voice can say it: markup and emoji are left out, signs become words, accents go.
 * @throws UnspeakableTextError when nothing is left, or most of it is written in a script that is not Latin.
 */
export function speakable(text: string): string {
  const plain = text
    .replace(/<\/?[a-zA-Z!][^<>]{0,2000}>/gu, " ")
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/gu, (_, name: string) => NAMED_ENTITIES[name] ?? " ")
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/gu, "$1")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+•]|```\w*)[ \t]*/gmu, "");
  let letters = 0;
  let foreign = 0;
  for (const letter of plain.matchAll(/\p{L}/gu)) {
    letters += 1;
    if (!/\p{Script=Latin}/u.test(letter[0])) foreign += 1;
  }
  if (letters > 0 && foreign * 2 > letters) {
    throw new UnspeakableTextError(
      "The embedded voice reads English, and most of this text is written in another script. " +
        "Write it in Latin letters, or choose a tool that speaks its language.",
    );
  }
  const said = WORDS_FOR_SIGNS.reduce((sum, [sign, word]) => sum.replace(sign, word), plain.normalize("NFC"))
    .replace(/[ßæÆœŒøØđĐłŁþÞðÐıħĦŋŊ]/gu, (letter) => PLAIN_LETTERS[letter] ?? "")
    .replace(/[‘’‚‛′]/gu, "'")
    .replace(/[“”„‟«»″]/gu, '"')
    .replace(/\s?[–—―]\s?/gu, ", ")
    .replace(/…/gu, "... ")
    .normalize("NFKD")
    .replace(/[^\x20-\x7e\n]/gu, (sign) => (/\p{M}/u.test(sign) ? "" : " "))
    .replace(/[_`~^|\\{}<>*#]+/gu, " ")
    .replace(/([A-Za-z0-9]{32})(?=[A-Za-z0-9])/gu, "$1 ")
    .replace(/([!?.,;:'"()[\]/+=@$%&-])\1{3,}/gu, "$1$1$1")
    .replace(/[ \t]+/gu, " ")
    .replace(/ ?\n ?/gu, "\n")
    .trim();
  if (!/[A-Za-z0-9]/u.test(said)) {
    throw new UnspeakableTextError(
      "There is nothing in this text that an English voice can say: no Latin letters and no numbers. Write some words.",
    );
  }
  return said;
}

/** Cuts a text that {@link speakable} made into passages: at paragraphs, sentences, commas, and at last between words. */
export function passagesOf(said: string): Passage[] {
  const passages: Passage[] = [];
  for (const paragraph of said.split(/\n{2,}/u)) {
    const parts = gather(
      paragraph
        .replace(/\n/gu, " ")
        .split(/(?<=[.!?]["')]*) (?=\S)/u)
        .flatMap(shorten),
    );
    for (const [index, text] of parts.entries()) {
      if (!/[A-Za-z0-9]/u.test(text)) continue;
      const isLast = index === parts.length - 1;
      passages.push({ text, pause: isLast ? 0.6 : /[.!?]["')]*$/u.test(text) ? 0.32 : 0.12 });
    }
  }
  return passages;
}

/** A sentence in parts that are no longer than a passage, cut at commas where there are any. */
function shorten(sentence: string): string[] {
  if (sentence.length <= PASSAGE) return [sentence];
  const clauses = sentence.split(/(?<=[,;:]) /u);
  return gather(clauses.flatMap((clause) => (clause.length <= PASSAGE ? [clause] : gather(clause.split(" ")))));
}

/** Joins neighbours as long as they are a passage together. */
function gather(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + part.length < PASSAGE) joined[joined.length - 1] = `${last} ${part}`;
    else joined.push(part);
  }
  return joined;
}
