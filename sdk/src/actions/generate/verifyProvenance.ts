import { type Address, type Hash, isAddressEqual, keccak256, stringToBytes } from "viem";
import { isMeterSignature, type MeterReference } from "../../payment.ts";
import { costUp, QUALITIES, type Terms } from "../../pricing.ts";
import type { Provenance } from "../../wire.ts";

const WORDS = {
  "content-hash": "The file is not the one that the record is of",
  size: "The file has another length than the record says",
  "prompt-hash": "The prompt is not the one that the record, by the operator's word alone, is of",
  chain: "The record is of another chain",
  operator: "The receipt is another operator's than the record says",
  "operator-unlisted": "The tool's owner does not list this operator",
  "receipt-missing": "The record has no receipt: nobody paid for it, or it was under a pass",
  "receipt-signature": "The receipt is not signed by the operator",
  response: "The receipt is of another file",
  character: "The receipt pays another tool than the record names",
  "terms-version": "The receipt names another version of the terms than the record",
  "terms-unknown": "The chain does not have the version of the terms that the record names",
  quality: "The receipt is of another quality than the record names",
  amount: "The receipt charges something else than the tool's terms come to",
} as const;

/** What can be wrong with where a thing is said to come from. */
export type ProvenanceFindingKind = keyof typeof WORDS;

/** One thing that does not fit. */
export type ProvenanceFinding = {
  kind: ProvenanceFindingKind;
  expected: unknown;
  found: unknown;
  /** All of it in words. */
  message: string;
};

export type VerifyProvenanceParameters = {
  /** The file. */
  bytes: Uint8Array;
  /** From {@link getRecord}, or as it came with an export, with its integers as bigint. */
  record: Provenance;
  /** Checked against the record where it is known. Nobody signed the record's hash of it. */
  prompt?: string | undefined;
  /** Which meter on which chain, from the deployment: never from the record. */
  meter: MeterReference;
  /**
   * From the chain: whom the tool's owner lets serve it. Not checked when absent, and then nothing is vouched for: anyone
   * can make a key, call it an operator and sign with it.
   */
  operators?: readonly Address[] | undefined;
  /**
   * From the chain: the tool's terms at the record's version, or null when it never had that version. Not checked when
   * absent.
   */
  terms?: Pick<Terms, "perInference" | "perUnit"> | null | undefined;
  /** Whether one without a receipt is wrong, too. */
  mustBePaid?: boolean | undefined;
};

export type VerifyProvenanceReturnType = {
  /** Whether everything fits together, which a forger can bring about: who signed is in `vouched`. */
  ok: boolean;
  /**
   * Whether everything fits and one of the `operators` signed a receipt of this very file. Never without `operators`, nor
   * without a receipt: what was free or under a pass has the record's word alone.
   */
  vouched: boolean;
  findings: ProvenanceFinding[];
};

/**
 * Checks where a made thing comes from, by its bytes and what the chain says: it hashes to the record's content, the
 * operator signed a receipt of that very file, and the receipt is for the tool, version of the terms and quality that the
 * record names. Asks nobody. Never throws on a mismatch: it is in the result.
 *
 * Signed, in the receipt: the file, the tool, the version of the terms, the quality, how extensive it is, the price and
 * when it was charged. The record's word alone, which nobody signed: the prompt's hash, seed, engine, media type and
 * `madeAt`.
 *
 * @example
 * ```ts
 * const { bytes } = await stelai.generate.getFile({ generation, session });
 * const record = await stelai.generate.getRecord({ id: generation.id, session });
 * const { chainId, contracts } = stelai.client.deployment;
 * const meter = { chainId, inferenceMeter: contracts.InferenceMeter };
 * const { ok, vouched, findings } = await verifyProvenance({ bytes, record, prompt, meter, operators });
 * ```
 */
export async function verifyProvenance(parameters: VerifyProvenanceParameters): Promise<VerifyProvenanceReturnType> {
  const { bytes, record, prompt, meter, operators, terms, mustBePaid = false } = parameters;
  const findings: ProvenanceFinding[] = [];
  const add = (kind: ProvenanceFindingKind, expected: unknown, found: unknown) => {
    const message = `${WORDS[kind]}: expected ${String(expected)}, found ${String(found)}.`;
    findings.push({ kind, expected, found, message });
  };
  const check = (kind: ProvenanceFindingKind, expected: unknown, found: unknown) => {
    if (expected !== found) add(kind, expected, found);
  };
  const content = keccak256(bytes);
  check("content-hash", record.contentHash, content);
  check("size", record.bytes, bytes.length);
  if (prompt !== undefined) check("prompt-hash", record.promptHash, hashOf(prompt));
  check("chain", meter.chainId, record.chainId);
  if (operators && !operators.some((one) => isAddressEqual(one, record.operator))) {
    add("operator-unlisted", operators.join(" or ") || "none", record.operator);
  }
  if (terms === null) add("terms-unknown", "terms on the chain", record.termsVersion);
  if (record.receipt === null) {
    if (mustBePaid) add("receipt-missing", "a receipt", "none");
    return { ok: findings.length === 0, vouched: false, findings };
  }
  const { receipt, signature } = record.receipt;
  check("operator", record.operator.toLowerCase(), receipt.operator.toLowerCase());
  const isSigned = await isMeterSignature(record.operator, meter, "Receipt", receipt, signature);
  if (!isSigned) add("receipt-signature", record.operator, signature);
  check("response", content, receipt.response);
  check("character", record.characterId, receipt.characterId);
  check("terms-version", record.termsVersion, receipt.termsVersion);
  const quality = QUALITIES[receipt.quality];
  check("quality", record.quality, quality ?? receipt.quality);
  if (terms && quality) check("amount", costUp(terms, { milliunits: receipt.milliunits, quality }), receipt.amount);
  const ok = findings.length === 0;
  return { ok, vouched: ok && operators !== undefined, findings };
}

/** keccak256 of a prompt's UTF-8 text, as a record holds it. */
function hashOf(prompt: string): Hash {
  return keccak256(stringToBytes(prompt));
}
