/** What can be wrong with a bill. */
export type FindingKind = keyof typeof WORDS;

/** One number of a bill that does not fit. */
export type Finding = {
  kind: FindingKind;
  /** Of which receipt; undefined for seals and settlements. */
  sequence: bigint | undefined;
  /** Total of the seal or settled row it is about, in microcredits. */
  cumulative: bigint | undefined;
  expected: unknown;
  found: unknown;
  /** All of it in words. */
  message: string;
};

const WORDS = {
  operator: "names another operator",
  tab: "is another tab's",
  "receipt-signature": "is not signed by the operator",
  "request-missing": "comes without the request that was signed for it",
  request: "answers another request than was signed",
  "request-twice": "charges a request that an earlier receipt charged already",
  "request-signature": "answers a request that no session key of this tab signed",
  character: "names another character than was asked",
  "terms-version": "names another version of the terms than was agreed to",
  "terms-unknown": "names terms that the chain does not have",
  quality: "names a quality that does not exist",
  maximum: "costs more than the maximum that was signed",
  amount: "costs something else than its terms and usage come to",
  sequence: "does not have the next number: a receipt is missing or doubled",
  link: "does not link to the receipt before it",
  "seal-tab": "seals another tab",
  "seal-base": "does not start where the seal before it ended",
  "seal-lines-hash": "shows other lines than were signed",
  "seal-lines": "pays others than its receipts say",
  "seal-total": "comes to something else than its receipts",
  "seal-receipts": "commits to receipts that are not in the statement",
  "voucher-signature": "is over a voucher that no session key of this tab signed",
  "seal-signature": "is not signed by the operator",
  "settled-unsealed": "was settled without a seal in the statement",
  "settled-receipts": "was settled with other receipts than were sealed",
  "settled-lines": "was settled to others than were sealed",
  "settled-sum": "was settled for something else than its lines come to",
  "settled-total": "The chain took more than the receipts come to",
  spent: "The tab's settled total is not what its settlements come to",
} as const;

/** A finding with its sentence. */
export function finding(
  kind: FindingKind,
  sequence: bigint | undefined,
  expected: unknown,
  found: unknown,
  cumulative?: bigint,
): Finding {
  const subject =
    sequence !== undefined
      ? `Receipt ${sequence} `
      : cumulative !== undefined
        ? `The ${kind.startsWith("settled") ? "settlement" : "seal"} up to ${cumulative} `
        : "";
  const message = `${subject}${WORDS[kind]}: expected ${String(expected)}, found ${String(found)}.`;
  return { kind, sequence, cumulative, expected, found, message };
}
