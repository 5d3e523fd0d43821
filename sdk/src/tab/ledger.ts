import {
  afterSeal,
  applyReceipt,
  hashReceipt,
  type Receipt,
  type TabState,
  type Voucher,
  voucherOf,
} from "../voucher.ts";

/**
 * A tab's books on the client's side: where its base stands (`anchor`), what was served since (`receipts`), and
 * what both come to (`state`). The receipts are kept because a seal may arrive after more was served on top of it.
 */
export type Ledger = {
  readonly anchor: TabState;
  readonly receipts: readonly Receipt[];
  readonly state: TabState;
};

/** A ledger from its anchor and receipts. @throws ReceiptOutOfOrderError when they do not link. */
export function ledgerOf(anchor: TabState, receipts: readonly Receipt[] = []): Ledger {
  return { anchor, receipts, state: receipts.reduce(applyReceipt, anchor) };
}

/**
 * The ledger with one more receipt.
 * @throws ReceiptOutOfOrderError when it does not follow; TooManyLinesError when a seal must come first.
 */
export function withReceipt(ledger: Ledger, receipt: Receipt): Ledger {
  const state = applyReceipt(ledger.state, receipt);
  return { anchor: ledger.anchor, receipts: [...ledger.receipts, receipt], state };
}

/**
 * The ledger on the base that a seal made, what was served on top of it kept; undefined when the sealed voucher is
 * none that these receipts come to.
 */
export function withSeal(ledger: Ledger, sealed: Voucher): Ledger | undefined {
  let state = ledger.anchor;
  for (let count = 0; ; count++) {
    if (isVoucherOf(state, sealed)) return ledgerOf(afterSeal(state, sealed), ledger.receipts.slice(count));
    const next = ledger.receipts[count];
    if (next === undefined) return undefined;
    state = applyReceipt(state, next);
  }
}

/** Whether the ledger holds exactly this receipt since its base. */
export function holdsReceipt(ledger: Ledger, receipt: Receipt): boolean {
  const hash = hashReceipt(receipt);
  return ledger.receipts.some((known) => hashReceipt(known) === hash);
}

function isVoucherOf(state: TabState, sealed: Voucher): boolean {
  if (state.cumulative !== sealed.cumulative || state.base !== sealed.base || state.head !== sealed.receipts) {
    return false;
  }
  return voucherOf(state).lines === sealed.lines;
}
