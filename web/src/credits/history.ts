/** How an account's credits are told of, change by change. */
import { CREDIT_ENTRY_KINDS } from "@stelai/sdk";
import type { MessageId } from "../locales/en/index.ts";

/** The sentence that says what an entry was; one that a newer index tells of is called a change. */
export function sentenceOf(kind: string): MessageId {
  const known = CREDIT_ENTRY_KINDS.find((one) => one === kind);
  return known ? `history.kind.${known}` : "history.kind.other";
}

/** A signed amount: its sign as a word of its own, so that it is a minus and not a hyphen. Nothing where it is zero. */
export function signed(amount: bigint, format: (size: bigint) => string): string {
  if (amount === 0n) return "";
  return amount > 0n ? `+${format(amount)}` : `−${format(-amount)}`;
}

/** Whether the days of a statement make sense: both optional, `YYYY-MM-DD`, the first not after the last. */
export function isSpan(from: string, to: string): boolean {
  return from === "" || to === "" || from <= to;
}

/** The file's name: whose, and over which days. */
export function statementName(account: string, from: string, to: string): string {
  return `${["stelai", account.slice(0, 10).toLowerCase(), from || "first", to || "today"].join("-")}.csv`;
}
