import type { Provenance, ProvenanceFindingKind, VerifyProvenanceReturnType } from "@stelai/sdk";

/** What was looked at, as a person asks for it. */
export const CHECKS = ["file", "prompt", "chain", "operator", "signature", "tool", "price"] as const;
export type Check = (typeof CHECKS)[number];

/** Which check a finding of the SDK belongs to. */
const CHECK_OF: Record<ProvenanceFindingKind, Check> = {
  "content-hash": "file",
  size: "file",
  response: "file",
  "prompt-hash": "prompt",
  chain: "chain",
  operator: "operator",
  "operator-unlisted": "operator",
  "receipt-missing": "signature",
  "receipt-signature": "signature",
  character: "tool",
  "terms-version": "price",
  "terms-unknown": "price",
  quality: "price",
  amount: "price",
};

/** These need a receipt, which what was free does not have. */
const NEEDS_RECEIPT: ReadonlySet<Check> = new Set(["signature", "tool", "price"]);

export interface Checked {
  readonly check: Check;
  /** `none`: there is nothing to hold it against. */
  readonly result: "fits" | "wrong" | "none";
  /** What does not fit, in the SDK's words. */
  readonly findings: readonly string[];
}

/** The checks one by one, from what the SDK found. */
export function checksOf(record: Provenance, { findings }: Pick<VerifyProvenanceReturnType, "findings">): Checked[] {
  return CHECKS.map((check) => {
    const wrong = findings.filter(({ kind }) => CHECK_OF[kind] === check);
    const isBare = record.receipt === null && NEEDS_RECEIPT.has(check);
    return {
      check,
      result: wrong.length > 0 ? "wrong" : isBare ? "none" : "fits",
      findings: wrong.map(({ message }) => message),
    };
  });
}
