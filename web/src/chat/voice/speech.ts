/** What of an answer is said aloud: its words, without the marks that are there for the eye. */

/** A text to speak. */
export interface Speech {
  /** Empty when there is nothing to say. */
  readonly text: string;
  /** Whether the answer goes on after it. */
  readonly isCut: boolean;
}

/** The words said in place of what cannot be said. */
export interface SpokenWords {
  /** For a block of code: "code". */
  readonly code: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$/;
/** Stand for escaped marks, and for what is code, until the marks are gone. */
const [OPEN, CLOSE] = ["\uE000", "\uE001"];

/** The host of an address, without "www.": nobody wants a query read out. */
function hostOf(address: string): string {
  return address.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/[/?#].*$/, "");
}

/** Ends what stood on a line of its own, so that it does not run into the next. */
function ended(line: string): string {
  return line === "" || /[\p{P}]["'”’)\]]*$/u.test(line) ? line : `${line}.`;
}

/** Marks within a line. */
function inline(line: string): string {
  const kept: string[] = [];
  const keep = (text: string) => `${OPEN}${kept.push(text) - 1}${CLOSE}`;
  const bare = line
    .replace(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, (_all, _ticks, code: string) => keep(code.trim()))
    .replace(/\\([!-/:-@[-`{-~])/g, (_all, mark: string) => keep(mark))
    .replace(/!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, "$1")
    .replace(/!?\[([^\]]+)\]\[[^\]]*\]/g, "$1")
    .replace(/<(https?:\/\/[^>\s]+)>/gi, (_all, address: string) => hostOf(address))
    .replace(/\bhttps?:\/\/[^\s<>)\]]*[^\s<>)\].,;:!?'"]/gi, hostOf)
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/(\*{1,3}|~{2})(?=\S)([\s\S]*?\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)([\s\S]*?\S)\1(?![\p{L}\p{N}])/gu, "$2")
    // One inside another is left after the first round.
    .replace(/(\*{1,2})(?=\S)([\s\S]*?\S)\1/g, "$2");
  return bare.replace(new RegExp(`${OPEN}(\\d+)${CLOSE}`, "g"), (_all, at: string) => kept[Number(at)] ?? "");
}

function spokenLine(line: string): string | undefined {
  if (RULE.test(line) || TABLE_RULE.test(line)) return undefined;
  const text = line.replace(/^(?:[ \t]*>)+[ \t]?/, "").trim();
  const heading = /^#{1,6}[ \t]+(.*?)[ \t]*#*$/.exec(text)?.[1];
  if (heading !== undefined) return ended(inline(heading));
  const item = /^[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/.exec(text)?.[1];
  if (item !== undefined) return ended(inline(item));
  if (/^\d+[.)][ \t]/.test(text)) return ended(inline(text));
  if (text.startsWith("|")) {
    const cells = text.split("|").map((cell) => inline(cell.trim()));
    return ended(cells.filter(Boolean).join(", "));
  }
  return inline(text);
}

/** Cuts at the end of a sentence, or else of a word, in the last half of what there is room for. */
function cut(text: string, most: number): Speech {
  const points = [...text];
  if (points.length <= most) return { text, isCut: false };
  const room = points.slice(0, most).join("");
  const sentence = /^[\s\S]*[.!?…]["'”’)]*(?=\s)/.exec(room)?.[0];
  const word = /^[\s\S]*(?=\s)/.exec(room)?.[0];
  const long = [sentence, word].find((one) => one !== undefined && [...one].length * 2 >= most);
  return { text: (long ?? room).trimEnd(), isCut: true };
}

/**
 * What is said of an answer written in Markdown: marks go, a block of code is named and not spelled, a link is its
 * text, and an address is its host.
 * @param most The longest text the tool takes, in Unicode code points.
 */
export function speechOf(markdown: string, words: SpokenWords, most: number): Speech {
  const lines = markdown
    .replace(/\r\n?/g, "\n")
    .replace(FENCE, () => `\n${ended(words.code)}\n`)
    .split("\n")
    .flatMap((line) => spokenLine(line) ?? []);
  const text = lines
    .map((line) => line.replace(/\s+/g, " ").trim())
    .join("\n")
    .replace(/\n{2,}/g, "\n")
    .trim();
  return cut(text, most);
}
