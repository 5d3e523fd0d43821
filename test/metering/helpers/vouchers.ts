import {
  concat,
  keccak256,
  Signature,
  type Signer,
  type TypedDataDomain,
  type TypedDataField,
  toBeHex,
  ZeroHash,
} from "ethers";

/** One packed line of a voucher; amount in microcredits. */
export interface Line {
  readonly character: bigint;
  readonly amount: bigint;
  readonly inferences?: bigint;
  readonly milliunits?: bigint;
}

/** What a row of a batch says, and what its voucher signs. */
export interface Voucher {
  readonly operator: string;
  readonly tabId: bigint;
  readonly base: bigint;
  readonly cumulative: bigint;
  readonly lines: readonly Line[];
  readonly receipts: string;
}

/** 64 bytes, r and vs (ERC-2098). */
export type Compact = string;

export const VOUCHER_TYPES: Record<string, TypedDataField[]> = {
  Voucher: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "base", type: "uint40" },
    { name: "cumulative", type: "uint40" },
    { name: "lines", type: "bytes32" },
    { name: "receipts", type: "bytes32" },
  ],
};
export const SEAL_TYPES: Record<string, TypedDataField[]> = { Seal: [{ name: "voucher", type: "bytes32" }] };
export const CLOSE_TYPES: Record<string, TypedDataField[]> = {
  Close: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "total", type: "uint40" },
  ],
};

/** The meter's EIP-712 domain. */
export function meterDomain(verifyingContract: string, chainId: bigint): TypedDataDomain {
  return { name: "Stelai InferenceMeter", version: "1", chainId, verifyingContract };
}

/** Lines as the contract reads them: character 6 bytes, amount 5, inferences 3, milliunits 6. */
export function packLines(lines: readonly Line[]): string {
  return concat(
    lines.flatMap(({ character, amount, inferences = 1n, milliunits = 1_000n }) => [
      toBeHex(character, 6),
      toBeHex(amount, 5),
      toBeHex(inferences, 3),
      toBeHex(milliunits, 6),
    ]),
  );
}

/** What the lines come to. */
export function sumOf(lines: readonly Line[]): bigint {
  return lines.reduce((total, line) => total + line.amount, 0n);
}

/** A voucher whose total rises by what its lines come to. */
export function voucherOf(fields: Partial<Voucher> & Pick<Voucher, "operator" | "tabId" | "lines">): Voucher {
  const base = fields.base ?? 0n;
  return { receipts: ZeroHash, ...fields, base, cumulative: fields.cumulative ?? base + sumOf(fields.lines) };
}

/** The values that EIP-712 hashes. */
export function voucherValues(voucher: Voucher): Record<string, unknown> {
  return { ...voucher, lines: keccak256(packLines(voucher.lines)) };
}

/** The session key's signature. */
export async function signVoucher(domain: TypedDataDomain, key: Signer, voucher: Voucher): Promise<Compact> {
  return Signature.from(await key.signTypedData(domain, VOUCHER_TYPES, voucherValues(voucher))).compactSerialized;
}

/** A row of a `settle` batch. */
export function packRow(voucher: Voucher, signature: Compact, lineCount = voucher.lines.length): string {
  return concat([
    toBeHex(voucher.tabId, 8),
    toBeHex(voucher.cumulative, 5),
    voucher.receipts,
    signature,
    toBeHex(lineCount, 1),
    packLines(voucher.lines),
  ]);
}

/** A row of `Settled` for a paid voucher. */
export function paidRow(voucher: Voucher): string {
  return concat([
    toBeHex(voucher.tabId, 8),
    "0x00",
    toBeHex(voucher.cumulative, 5),
    voucher.receipts,
    toBeHex(voucher.lines.length, 1),
    packLines(voucher.lines),
  ]);
}

/** A row of `Settled` for a skipped voucher. */
export function skippedRow(tabId: bigint, reason: number): string {
  return concat([toBeHex(tabId, 8), toBeHex(reason, 1)]);
}

/** Why a row was skipped, as in `IInferenceMeter.Skipped`. */
export const Skipped = {
  Paid: 0,
  NotAbove: 1,
  AboveCap: 2,
  Expired: 3,
  LinesDiffer: 4,
  BadSignature: 5,
  BadSeal: 6,
} as const;
