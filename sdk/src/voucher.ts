import { type Address, concatHex, type Hex, hashStruct, keccak256, numberToHex, type TypedData, zeroHash } from "viem";
import { meterTypes } from "./typedData.ts";

/** What a voucher pays one character (0: the operator's fee) since its base. */
export type Line = {
  characterId: bigint;
  /** Microcredits. */
  amount: bigint;
  inferences: bigint;
  milliunits: bigint;
};

/** The session key's promise: the tab's running total, and where what it rises by goes. */
export type Voucher = {
  operator: Address;
  tabId: bigint;
  /** The total of the voucher sealed before, or what is settled on-chain. */
  base: bigint;
  cumulative: bigint;
  /** keccak256 of {@link packLines}. */
  lines: Hex;
  /** Head of the receipt chain. */
  receipts: Hex;
};

/** The operator's record of one inference; its {@link hashReceipt} is the chain's head after it. */
export type Receipt = {
  operator: Address;
  tabId: bigint;
  /** Counts from 1 within the tab. */
  sequence: bigint;
  /** Struct hash of the session key's `Request`. */
  request: Hex;
  /** keccak256 of the answer's UTF-8 text, or of the media's bytes. */
  response: Hex;
  characterId: bigint;
  termsVersion: bigint;
  milliunits: bigint;
  /** Index into `QUALITIES`. */
  quality: number;
  /** What the character earns, in microcredits. */
  amount: bigint;
  /** What the operator takes for compute, in microcredits. */
  fee: bigint;
  /** Unix seconds of the chain's time. */
  servedAt: bigint;
  /** The head before, or 32 zero bytes. */
  previous: Hex;
};

/** The most lines a voucher has (DESIGN section 5). */
export const MAX_LINES = 16;

/** Where a tab stands in metering, by the receipts since its base; both sides compute it alike. */
export type TabState = {
  operator: Address;
  tabId: bigint;
  base: bigint;
  cumulative: bigint;
  /** Ascending by character. */
  lines: readonly Line[];
  head: Hex;
  /** The newest receipt's number; 0 before the first. */
  sequence: bigint;
};

/** Thrown when a receipt does not follow the state it is applied to. */
export class ReceiptOutOfOrderError extends Error {
  override readonly name = "ReceiptOutOfOrderError";
  readonly expectedSequence: bigint;
  readonly expectedPrevious: Hex;
  constructor(state: TabState, receipt: Receipt) {
    super(
      `Receipt ${receipt.sequence} does not follow receipt ${state.sequence} of tab ${state.tabId}: ` +
        "fetch the receipts in between from the operator first.",
    );
    this.expectedSequence = state.sequence + 1n;
    this.expectedPrevious = state.head;
  }
}

/** Thrown when a receipt would need a seventeenth line: the operator must seal first. */
export class TooManyLinesError extends Error {
  override readonly name = "TooManyLinesError";
  constructor(tabId: bigint) {
    super(`Tab ${tabId} already pays ${MAX_LINES} characters since its last seal: the operator must seal it first.`);
  }
}

/** Lines as they are hashed and settled: character 6 bytes, amount 5, inferences 3, milliunits 6 each. */
export function packLines(lines: readonly Line[]): Hex {
  return concatHex(
    lines.flatMap((line) => [
      numberToHex(line.characterId, { size: 6 }),
      numberToHex(line.amount, { size: 5 }),
      numberToHex(line.inferences, { size: 3 }),
      numberToHex(line.milliunits, { size: 6 }),
    ]),
  );
}

/** The voucher's `lines` field. */
export function hashLines(lines: readonly Line[]): Hex {
  return keccak256(packLines(lines));
}

/** EIP-712 struct hash of a voucher: what a seal names. */
export function hashVoucher(voucher: Voucher): Hex {
  return structHash("Voucher", voucher);
}

/** EIP-712 struct hash of a receipt: the head of the receipt chain after it. */
export function hashReceipt(receipt: Receipt): Hex {
  return structHash("Receipt", receipt);
}

/** The state of a tab that nothing was served on, or that starts anew from what is settled. */
export function initialTabState(operator: Address, tabId: bigint, base = 0n): TabState {
  return { operator, tabId, base, cumulative: base, lines: [], head: zeroHash, sequence: 0n };
}

/**
 * The state after one more receipt.
 * @throws ReceiptOutOfOrderError when it does not link to the state's head.
 * @throws TooManyLinesError when the voucher would need more than {@link MAX_LINES} lines.
 */
export function applyReceipt(state: TabState, receipt: Receipt): TabState {
  if (receipt.sequence !== state.sequence + 1n || receipt.previous !== state.head) {
    throw new ReceiptOutOfOrderError(state, receipt);
  }
  let lines = state.lines;
  if (receipt.amount > 0n) lines = addToLine(lines, receipt.characterId, receipt.amount, receipt.milliunits);
  if (receipt.fee > 0n) lines = addToLine(lines, 0n, receipt.fee, receipt.milliunits);
  if (lines.length > MAX_LINES) throw new TooManyLinesError(state.tabId);
  return {
    ...state,
    cumulative: state.cumulative + receipt.amount + receipt.fee,
    lines,
    head: hashReceipt(receipt),
    sequence: receipt.sequence,
  };
}

/** The state after its newest voucher was sealed: a new base, no lines. */
export function afterSeal(state: TabState, sealed: Voucher): TabState {
  return { ...state, base: sealed.cumulative, lines: [] };
}

/** The voucher to sign for a state. */
export function voucherOf(state: TabState): Voucher {
  return {
    operator: state.operator,
    tabId: state.tabId,
    base: state.base,
    cumulative: state.cumulative,
    lines: hashLines(state.lines),
    receipts: state.head,
  };
}

// viem types integers up to 48 bits as `number`; money is bigint here, and viem encodes both alike.
function structHash(primaryType: "Voucher" | "Receipt", data: Record<string, unknown>): Hex {
  return hashStruct({ types: meterTypes as TypedData, primaryType, data });
}

function addToLine(lines: readonly Line[], characterId: bigint, amount: bigint, milliunits: bigint): Line[] {
  const found = lines.find((line) => line.characterId === characterId);
  const next: Line = {
    characterId,
    amount: (found?.amount ?? 0n) + amount,
    inferences: (found?.inferences ?? 0n) + 1n,
    milliunits: (found?.milliunits ?? 0n) + milliunits,
  };
  const others = lines.filter((line) => line.characterId !== characterId);
  return [...others, next].sort((a, b) => (a.characterId < b.characterId ? -1 : 1));
}
