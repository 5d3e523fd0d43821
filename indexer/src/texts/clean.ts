/** Text of strangers, made fit to show: what makes it look like other text goes, its words stay. */

/** Controls but tab and line feed, what overrides or isolates the direction of text, invisible blanks, line separators. */
const UNFIT = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** Without what {@link UNFIT} names; half surrogate pairs become U+FFFD. */
export function cleanString(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .replace(UNFIT, (one) => (one === "\n" || one === "\t" ? one : one === "\u2028" || one === "\u2029" ? "\n" : ""));
}

/** On one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** JSON whose strings are clean. @throws SyntaxError when it is none, RangeError when it is nested too deeply. */
export function parseClean(bytes: Uint8Array): unknown {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return JSON.parse(text, (_key, value) => (typeof value === "string" ? cleanString(value) : value));
}
