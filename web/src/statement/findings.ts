import type { FindingKind } from "@stelai/sdk";
import { isHex } from "viem";
import type { MessageId } from "../locales/en/index.ts";

/** What one can do about a finding. */
export type NextStep = "receipt" | "chain" | "seal" | "settled";

interface Wording {
  /** What does not fit. */
  readonly what: MessageId;
  readonly next: NextStep;
  /** Whether its integers are microcredits; counts and versions otherwise. */
  readonly money?: true;
}

/** Every kind of finding in words of the catalogue. */
export const FINDINGS: Readonly<Record<FindingKind, Wording>> = {
  operator: { what: "statement.finding.operator", next: "receipt" },
  tab: { what: "statement.finding.tab", next: "receipt" },
  "receipt-signature": { what: "statement.finding.receiptSignature", next: "receipt" },
  "request-missing": { what: "statement.finding.requestMissing", next: "receipt" },
  request: { what: "statement.finding.request", next: "receipt" },
  "request-twice": { what: "statement.finding.requestTwice", next: "receipt" },
  "request-signature": { what: "statement.finding.requestSignature", next: "receipt" },
  character: { what: "statement.finding.character", next: "receipt" },
  "terms-version": { what: "statement.finding.termsVersion", next: "receipt" },
  "terms-unknown": { what: "statement.finding.termsUnknown", next: "receipt" },
  quality: { what: "statement.finding.quality", next: "receipt" },
  maximum: { what: "statement.finding.maximum", next: "receipt", money: true },
  amount: { what: "statement.finding.amount", next: "receipt", money: true },
  sequence: { what: "statement.finding.sequence", next: "chain" },
  link: { what: "statement.finding.link", next: "chain" },
  "seal-tab": { what: "statement.finding.sealTab", next: "seal" },
  "seal-base": { what: "statement.finding.sealBase", next: "seal", money: true },
  "seal-lines-hash": { what: "statement.finding.sealLinesHash", next: "seal" },
  "seal-lines": { what: "statement.finding.sealLines", next: "seal" },
  "seal-total": { what: "statement.finding.sealTotal", next: "seal", money: true },
  "seal-receipts": { what: "statement.finding.sealReceipts", next: "seal" },
  "voucher-signature": { what: "statement.finding.voucherSignature", next: "seal" },
  "seal-signature": { what: "statement.finding.sealSignature", next: "seal" },
  "settled-unsealed": { what: "statement.finding.settledUnsealed", next: "settled", money: true },
  "settled-receipts": { what: "statement.finding.settledReceipts", next: "settled" },
  "settled-lines": { what: "statement.finding.settledLines", next: "settled" },
  "settled-sum": { what: "statement.finding.settledSum", next: "settled", money: true },
  "settled-total": { what: "statement.finding.settledTotal", next: "settled", money: true },
  spent: { what: "statement.finding.spent", next: "settled", money: true },
};

/** What the check says of a value that is no number and no hash. */
const PHRASES: Readonly<Record<string, MessageId>> = {
  none: "statement.value.none",
  "a seal": "statement.value.seal",
  "terms on the chain": "statement.value.terms",
  "the head of these receipts": "statement.value.head",
};

/** An expected or found value of a finding, ready to be shown. */
export type Shown =
  | { readonly as: "credits"; readonly micro: bigint }
  | { readonly as: "count"; readonly count: bigint }
  | { readonly as: "hashes"; readonly hashes: readonly string[] }
  | { readonly as: "message"; readonly id: MessageId }
  | { readonly as: "text"; readonly text: string };

/** How to show a value of a finding: amounts as credits, hashes shortened, phrases in the reader's language. */
export function shownValue(kind: FindingKind, value: unknown): Shown {
  if (typeof value === "bigint") {
    return FINDINGS[kind].money ? { as: "credits", micro: value } : { as: "count", count: value };
  }
  const text = String(value);
  const id = PHRASES[text];
  if (id) return { as: "message", id };
  const parts = text.split(" or ");
  return parts.every((part) => isHex(part)) ? { as: "hashes", hashes: parts } : { as: "text", text };
}
