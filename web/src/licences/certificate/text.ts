/**
 * Signs that say nothing by themselves or turn the reading around: controls, and the marks that override direction. What
 * joins letters (ZWJ, ZWNJ) stays, since scripts and emoji need it.
 */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

/** Somebody's words in one line, so that they can neither break the page nor pretend to be part of it. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
}

/** What every face of ours has: Latin with its accents, and the signs that sentences here use. */
const DRAWN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff–—‘’“”…•€™]*$/u;

/** Whether the faces that are put into the document can write a text; anything else is drawn as a picture of it. */
export function isWritable(text: string): boolean {
  return DRAWN.test(text);
}
