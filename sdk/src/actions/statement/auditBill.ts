import { type Address, type Hex, isAddressEqual, zeroHash } from "viem";
import { hashRequest, isMeterSignature, type MeteredRequest } from "../../payment.ts";
import { costUp, QUALITIES } from "../../pricing.ts";
import { hashLines, hashReceipt, hashVoucher, type Receipt } from "../../voucher.ts";
import type { Seal, Statement, StatementEntry } from "../../wire.ts";
import { type Finding, type FindingKind, finding } from "./findings.ts";
import { type ChainBill, termsKey } from "./readBill.ts";

export type { Finding, FindingKind } from "./findings.ts";

export type AuditBillParameters = {
  statement: Pick<Statement, "entries" | "seals">;
  /** What the chain says, from {@link readBill}. */
  chain: ChainBill;
  onProgress?: ((checked: number, of: number) => void) | undefined;
};

/** What was found about one entry of the statement. */
export type EntryVerdict = {
  entry: StatementEntry;
  /** `charged` and `uncharged` entries in which everything fits, or `mismatch`. */
  verdict: "charged" | "uncharged" | "mismatch";
  findings: Finding[];
};

/** What was found about one seal. */
export type SealVerdict = {
  seal: Seal;
  /** `settled` on the chain, `pending` settlement, or `mismatch`. */
  verdict: "settled" | "pending" | "mismatch";
  findings: Finding[];
};

/** What a bill came to, checked number by number. */
export type Audit = {
  /** Whether every number fits: receipts, seals, and what the chain took. */
  ok: boolean;
  entries: EntryVerdict[];
  seals: SealVerdict[];
  /** Everything that does not fit, in the order of the bill. */
  findings: Finding[];
  /** In microcredits: charged by receipts, sealed by the operator, settled on the chain. */
  totals: { charged: bigint; sealed: bigint; settled: bigint };
};

export type AuditBillReturnType = Audit;

/**
 * Recomputes a bill from its receipts and holds it against the chain (DESIGN section 5, "Audit"): every request's
 * and receipt's signature, that each request is charged once, every cost from the character's terms at that version, the chain of receipts, the lines
 * of every seal, and that the chain settled exactly what was sealed. Never throws on a mismatch: it is in the
 * result, with the receipt, the number expected and the number found.
 *
 * @example
 * ```ts
 * const { ok, findings, totals } = await auditBill({ statement, chain: chainBill });
 * ```
 */
export async function auditBill(parameters: AuditBillParameters): Promise<AuditBillReturnType> {
  const { statement, chain, onProgress } = parameters;
  const entries: EntryVerdict[] = [];
  const charged = statement.entries.filter((entry) => entry.receipt !== null).sort(bySequence);
  const books: Books = {
    head: zeroHash,
    sequence: 0n,
    total: 0n,
    marks: [{ head: zeroHash, total: 0n, count: 0 }],
    charged: new Map(),
  };
  const receipts: Receipt[] = [];
  for (const entry of charged) {
    const findings = await checkEntry(chain, books, entry);
    if (entry.receipt) receipts.push(entry.receipt.receipt);
    entries.push({ entry, verdict: findings.length === 0 ? "charged" : "mismatch", findings });
    onProgress?.(entries.length, charged.length);
  }
  for (const entry of statement.entries.filter(({ receipt }) => receipt === null)) {
    entries.push({ entry, verdict: "uncharged", findings: [] });
  }

  const seals: SealVerdict[] = [];
  let base = 0n;
  for (const seal of [...statement.seals].sort(byBase)) {
    const findings = await checkSeal(chain, books, receipts, base, seal);
    base = seal.voucher.cumulative;
    const settled = base <= chain.spent;
    seals.push({ seal, verdict: findings.length > 0 ? "mismatch" : settled ? "settled" : "pending", findings });
  }

  const findings = [
    ...entries.flatMap((verdict) => verdict.findings),
    ...seals.flatMap((verdict) => verdict.findings),
    ...checkSettled(chain, statement.seals),
  ];
  const totals = { charged: books.total, sealed: base, settled: chain.spent };
  if (chain.spent > books.total) findings.push(finding("settled-total", undefined, books.total, chain.spent));
  return { ok: findings.length === 0, entries, seals, findings, totals };
}

/** Where the chain of receipts stands, and every place a voucher may have been signed at. */
type Books = {
  head: string;
  sequence: bigint;
  total: bigint;
  marks: { head: string; total: bigint; count: number }[];
  /** Number of the receipt that charges a request, by the request's id and by its hash. */
  charged: Map<Hex, bigint>;
};

async function checkEntry(chain: ChainBill, books: Books, entry: StatementEntry): Promise<Finding[]> {
  const signed = entry.receipt;
  if (signed === null) return [];
  const { receipt, signature } = signed;
  const findings: Finding[] = [];
  const { sequence } = receipt;
  const check = (kind: FindingKind, expected: unknown, found: unknown) => {
    if (expected !== found) findings.push(finding(kind, sequence, expected, found));
  };

  check("operator", chain.operator.toLowerCase(), receipt.operator.toLowerCase());
  check("tab", chain.tabId, receipt.tabId);
  if (!(await isMeterSignature(chain.operator, chain.meter, "Receipt", receipt, signature))) {
    findings.push(finding("receipt-signature", sequence, chain.operator, signature));
  }
  if (entry.request === null) findings.push(finding("request-missing", sequence, receipt.request, "none"));
  else {
    const { signature: requestSignature, ...fields } = entry.request;
    const { operator, tabId } = chain;
    const { requestId: id, characterId } = entry;
    const request: MeteredRequest = { operator, tabId, id, characterId, ...fields };
    check("request", hashRequest(request), receipt.request);
    check("character", characterId, receipt.characterId);
    check("terms-version", fields.termsVersion, receipt.termsVersion);
    if (!(await anySigned(chain.sessionKeys, chain, "Request", request, requestSignature))) {
      findings.push(finding("request-signature", sequence, chain.sessionKeys.join(" or "), requestSignature));
    }
    const total = receipt.amount + receipt.fee;
    if (total > fields.maxCost) findings.push(finding("maximum", sequence, fields.maxCost, total));
  }
  // A repetition is signed anew, with another deadline: the id is what may be charged once.
  const first = books.charged.get(entry.requestId) ?? books.charged.get(receipt.request);
  if (first !== undefined) findings.push(finding("request-twice", sequence, first, sequence));
  else for (const one of [entry.requestId, receipt.request]) books.charged.set(one, sequence);
  const terms = chain.terms.get(termsKey(receipt.characterId, receipt.termsVersion));
  const quality = QUALITIES[receipt.quality];
  if (!terms) findings.push(finding("terms-unknown", sequence, "terms on the chain", receipt.termsVersion));
  if (!quality) findings.push(finding("quality", sequence, QUALITIES.join(", "), receipt.quality));
  if (terms && quality) check("amount", costUp(terms, { milliunits: receipt.milliunits, quality }), receipt.amount);

  check("sequence", books.sequence + 1n, sequence);
  check("link", books.head, receipt.previous);
  books.sequence = sequence;
  books.head = hashReceipt(receipt);
  books.total += receipt.amount + receipt.fee;
  books.marks.push({ head: books.head, total: books.total, count: books.marks.length });
  return findings;
}

async function checkSeal(
  chain: ChainBill,
  books: Books,
  receipts: readonly Receipt[],
  base: bigint,
  seal: Seal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { voucher } = seal;
  const sealed = voucher.cumulative;
  const check = (kind: FindingKind, expected: unknown, found: unknown) => {
    if (expected !== found) findings.push(finding(kind, undefined, expected, found, sealed));
  };
  check(
    "seal-tab",
    `${chain.operator}/${chain.tabId}`.toLowerCase(),
    `${voucher.operator}/${voucher.tabId}`.toLowerCase(),
  );
  check("seal-base", base, voucher.base);
  check("seal-lines-hash", hashLines(seal.lines), voucher.lines);
  if (!(await anySigned(chain.sessionKeys, chain, "Voucher", voucher, seal.signature))) {
    findings.push(finding("voucher-signature", undefined, chain.sessionKeys.join(" or "), seal.signature, sealed));
  }
  const message = { voucher: hashVoucher(voucher) };
  if (!(await isMeterSignature(chain.operator, chain.meter, "Seal", message, seal.sealSignature))) {
    findings.push(finding("seal-signature", undefined, chain.operator, seal.sealSignature, sealed));
  }
  const to = books.marks.find(({ head }) => head === voucher.receipts);
  const from = [...books.marks].reverse().find(({ total }) => total === base);
  if (!to) findings.push(finding("seal-receipts", undefined, "the head of these receipts", voucher.receipts, sealed));
  else {
    check("seal-total", to.total, sealed);
    const lines = linesOf(receipts.slice(from?.count ?? 0, to.count));
    check("seal-lines", hashLines(lines), voucher.lines);
  }
  return findings;
}

/** The chain must have settled the seals, in their order and nothing else. */
function checkSettled(chain: ChainBill, seals: readonly Seal[]): Finding[] {
  const findings: Finding[] = [];
  const byTotal = new Map(seals.map((seal) => [seal.voucher.cumulative, seal]));
  let total = 0n;
  for (const row of chain.settled) {
    const seal = byTotal.get(row.cumulative);
    if (!seal) findings.push(finding("settled-unsealed", undefined, "a seal", row.cumulative, row.cumulative));
    else {
      if (row.receipts !== seal.voucher.receipts) {
        findings.push(finding("settled-receipts", undefined, seal.voucher.receipts, row.receipts, row.cumulative));
      }
      const lines = hashLines(row.lines);
      if (lines !== seal.voucher.lines) {
        findings.push(finding("settled-lines", undefined, seal.voucher.lines, lines, row.cumulative));
      }
    }
    const sum = row.lines.reduce((all, { amount }) => all + amount, total);
    if (sum !== row.cumulative) findings.push(finding("settled-sum", undefined, sum, row.cumulative, row.cumulative));
    total = row.cumulative;
  }
  if (total !== chain.spent) findings.push(finding("spent", undefined, total, chain.spent));
  return findings;
}

function linesOf(receipts: readonly Receipt[]) {
  const lines = new Map<bigint, { characterId: bigint; amount: bigint; inferences: bigint; milliunits: bigint }>();
  const add = (characterId: bigint, amount: bigint, milliunits: bigint) => {
    if (amount === 0n) return;
    const line = lines.get(characterId) ?? { characterId, amount: 0n, inferences: 0n, milliunits: 0n };
    lines.set(characterId, {
      characterId,
      amount: line.amount + amount,
      inferences: line.inferences + 1n,
      milliunits: line.milliunits + milliunits,
    });
  };
  for (const receipt of receipts) {
    add(receipt.characterId, receipt.amount, receipt.milliunits);
    add(0n, receipt.fee, receipt.milliunits);
  }
  return [...lines.values()].sort((a, b) => (a.characterId < b.characterId ? -1 : 1));
}

async function anySigned(
  keys: readonly Address[],
  chain: ChainBill,
  type: "Request" | "Voucher",
  message: object,
  signature: Seal["signature"],
): Promise<boolean> {
  for (const key of unique(keys)) if (await isMeterSignature(key, chain.meter, type, message, signature)) return true;
  return false;
}

function unique(keys: readonly Address[]): Address[] {
  return keys.filter((key, index) => keys.findIndex((other) => isAddressEqual(other, key)) === index);
}

function bySequence(a: StatementEntry, b: StatementEntry): number {
  return Number((a.receipt?.receipt.sequence ?? 0n) - (b.receipt?.receipt.sequence ?? 0n));
}

function byBase(a: Seal, b: Seal): number {
  return Number(a.voucher.base - b.voucher.base);
}
