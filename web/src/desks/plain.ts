/** What turns the direction of the text around it, or cannot be seen: marks, embeddings, overrides, isolates, controls. */
const UNSEEN = /[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Somebody's words without what would have them read otherwise than they are written; lines and tabs stay. */
export function plain(text: string): string {
  return text.replace(UNSEEN, (mark) => (mark === "\n" || mark === "\t" ? mark : ""));
}
