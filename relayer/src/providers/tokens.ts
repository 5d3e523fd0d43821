import { createRequire } from "node:module";
import type * as O200kBase from "gpt-tokenizer/encoding/o200k_base";
import type { ChatMessage } from "./provider.ts";

/** The one tokenizer that counts when an upstream sends no usage (DESIGN section 6). */
export const TOKENIZER_NAME = "o200k_base";

/** Tokens that frame one message (start, role, separator), and that prime the reply, in OpenAI's own counting. */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_REPLY = 3;

/**
 * Longest unbroken run that is merged in one go. Byte-pair merging is quadratic in the length of such a run, so
 * 100 kB of one letter would hold the process for seconds; a longer run is counted piece by piece.
 */
const LONGEST_RUN = 256;
const LONG_RUN = /\S{257,}|\s{257,}/gu;

/** Text that looks like a special token is ordinary text here: nobody's message steers the template. */
const ORDINARY = { disallowedSpecial: new Set<string>() };

const require = createRequire(import.meta.url);
let loaded: typeof O200kBase | undefined;

/** Loads the merge table (about 0.2 s, once). Call it at start so that the first request does not wait for it. */
export function loadTokenizer(): typeof O200kBase {
  loaded ??= require("gpt-tokenizer/encoding/o200k_base") as typeof O200kBase;
  return loaded;
}

/** Number of o200k_base tokens in `text`; runs without a break longer than 256 code units are counted in pieces. */
export function countTokens(text: string): number {
  const tokenizer = loadTokenizer();
  let count = 0;
  for (const piece of pieces(text)) count += tokenizer.encode(piece, ORDINARY).length;
  return count;
}

/** Tokens of a conversation as sent: contents plus the frame of each message and of the reply. */
export function countMessages(messages: readonly ChatMessage[]): number {
  return sumMessages(messages, countTokens);
}

/**
 * A bound that `countTokens` never exceeds: every byte-pair token stands for at least one byte, so there are at most
 * as many tokens as UTF-8 bytes. Reads the text once and loads no table.
 */
export function upperBoundTokens(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** The bound for a conversation: `countMessages(m) <= upperBoundMessages(m)` for any `m`. */
export function upperBoundMessages(messages: readonly ChatMessage[]): number {
  return sumMessages(messages, upperBoundTokens);
}

/**
 * The longest beginning of `text` that is at most `maxTokens` tokens long, cut at a whole character.
 * @returns the beginning, and whether anything was left off.
 */
export function takeTokens(text: string, maxTokens: number): { text: string; truncated: boolean } {
  const tokenizer = loadTokenizer();
  let left = Math.max(0, Math.floor(maxTokens));
  let kept = "";
  for (const piece of pieces(text)) {
    const tokens = tokenizer.encode(piece, ORDINARY);
    if (tokens.length > left) {
      return { text: kept + commonPrefix(piece, tokenizer.decode(tokens.slice(0, left))), truncated: true };
    }
    left -= tokens.length;
    kept += piece;
  }
  return { text: kept, truncated: false };
}

function sumMessages(messages: readonly ChatMessage[], count: (text: string) => number): number {
  let sum = TOKENS_PER_REPLY;
  for (const message of messages) sum += TOKENS_PER_MESSAGE + count(message.content);
  return sum;
}

/** The text itself, or its parts where a run is too long; never cuts a surrogate pair. */
function* pieces(text: string): Generator<string> {
  let from = 0;
  for (const match of text.matchAll(LONG_RUN)) {
    if (match.index > from) yield text.slice(from, match.index);
    yield* cutRun(match[0]);
    from = match.index + match[0].length;
  }
  if (from < text.length) yield text.slice(from);
}

function* cutRun(run: string): Generator<string> {
  for (let from = 0; from < run.length; ) {
    let to = Math.min(run.length, from + LONGEST_RUN);
    const last = run.charCodeAt(to - 1);
    if (to < run.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    yield run.slice(from, to);
    from = to;
  }
}

/** A cut inside a character decodes to a replacement mark: keep only what the original begins with. */
function commonPrefix(original: string, decoded: string): string {
  let length = 0;
  while (length < decoded.length && original[length] === decoded[length]) length += 1;
  const last = length > 0 ? original.charCodeAt(length - 1) : 0;
  return original.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
