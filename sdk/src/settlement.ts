import { bytesToBigInt, bytesToHex, concatHex, type Hex, hexToBytes, numberToHex } from "viem";
import { toCompactSignature } from "./internal/signature.ts";
import { type Line, MAX_LINES, packLines } from "./voucher.ts";

export { fromCompactSignature, toCompactSignature } from "./internal/signature.ts";

/** One row of a batch: a voucher, its lines, and for `settleSealed` the operator's seal. */
export type SettlementRow = {
  tabId: bigint;
  cumulative: bigint;
  receipts: Hex;
  lines: readonly Line[];
  /** The session key's signature, 64 or 65 bytes. */
  signature: Hex;
  /** The operator's signature over the seal; only `settleSealed` reads it. */
  sealSignature?: Hex | undefined;
};

/** Why a row was skipped, in the order of `IInferenceMeter.Skipped`; `Paid` is a row that was not. */
export const ROW_OUTCOMES = [
  "Paid",
  "NotAbove",
  "AboveCap",
  "Expired",
  "LinesDiffer",
  "BadSignature",
  "BadSeal",
] as const;
/** What became of one row of a settlement: one of {@link ROW_OUTCOMES}. */
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** One row of a `Settled` event. */
export type SettledRow =
  | { tabId: bigint; outcome: "Paid"; cumulative: bigint; receipts: Hex; lines: Line[] }
  | { tabId: bigint; outcome: Exclude<RowOutcome, "Paid"> };

/** Thrown when the packed rows of a `Settled` event cannot be read. */
export class MalformedRowsError extends Error {
  override readonly name = "MalformedRowsError";
  readonly offset: number;
  constructor(offset: number) {
    super(`The packed rows cannot be read at byte ${offset}: this event is not InferenceMeter's.`);
    this.offset = offset;
  }
}

/** One packed row, as `IInferenceMeter.settle` documents it; with its seal when it has one. */
export function encodeRow(row: SettlementRow): Hex {
  if (row.lines.length < 1 || row.lines.length > MAX_LINES) {
    throw new RangeError(`A row has 1 to ${MAX_LINES} lines, not ${row.lines.length}.`);
  }
  return concatHex([
    numberToHex(row.tabId, { size: 8 }),
    numberToHex(row.cumulative, { size: 5 }),
    row.receipts,
    toCompactSignature(row.signature),
    numberToHex(row.lines.length, { size: 1 }),
    packLines(row.lines),
    ...(row.sealSignature === undefined ? [] : [toCompactSignature(row.sealSignature)]),
  ]);
}

/**
 * The argument of `settle` (no row has a `sealSignature`) or of `settleSealed` (every row has one).
 * @throws RangeError when some rows have a seal and others do not, or when there is none.
 */
export function encodeBatch(rows: readonly SettlementRow[]): Hex {
  const sealed = rows.filter((row) => row.sealSignature !== undefined).length;
  if (rows.length === 0) throw new RangeError("A batch has at least one row.");
  if (sealed !== 0 && sealed !== rows.length) throw new RangeError("Either every row of a batch is sealed or none.");
  return concatHex(rows.map(encodeRow));
}

/**
 * The rows of a `Settled` event.
 * @throws MalformedRowsError when they are cut off or name an unknown outcome.
 */
export function decodeSettled(rows: Hex): SettledRow[] {
  const bytes = hexToBytes(rows);
  let offset = 0;
  const take = (size: number): Uint8Array => {
    if (offset + size > bytes.length) throw new MalformedRowsError(offset);
    offset += size;
    return bytes.subarray(offset - size, offset);
  };
  const integer = (size: number) => bytesToBigInt(take(size));

  const decoded: SettledRow[] = [];
  while (offset < bytes.length) {
    const tabId = integer(8);
    const at = offset;
    const outcome = ROW_OUTCOMES[Number(integer(1))];
    if (outcome === undefined) throw new MalformedRowsError(at);
    if (outcome !== "Paid") {
      decoded.push({ tabId, outcome });
      continue;
    }
    const cumulative = integer(5);
    const receipts = bytesToHex(take(32));
    const count = Number(integer(1));
    const lines = Array.from({ length: count }, () => ({
      characterId: integer(6),
      amount: integer(5),
      inferences: integer(3),
      milliunits: integer(6),
    }));
    decoded.push({ tabId, outcome, cumulative, receipts, lines });
  }
  return decoded;
}
