import { expect } from "chai";
import fc from "fast-check";
import { type Hex, zeroHash } from "viem";
import { ledgerOf, withReceipt, withSeal } from "./tab/ledger.ts";
import {
  applyReceipt,
  hashReceipt,
  initialTabState,
  MAX_LINES,
  packLines,
  type Receipt,
  ReceiptOutOfOrderError,
  type TabState,
  TooManyLinesError,
  voucherOf,
} from "./voucher.ts";

const operator = "0x00000000000000000000000000000000000000a1";
const start = initialTabState(operator, 7n);

/** The receipt that follows a state. */
function next(state: TabState, served: { characterId: bigint; amount: bigint; fee: bigint }): Receipt {
  return {
    ...served,
    operator,
    tabId: state.tabId,
    sequence: state.sequence + 1n,
    request: `0x${"01".repeat(32)}`,
    response: `0x${"02".repeat(32)}`,
    termsVersion: 1n,
    milliunits: 10n,
    quality: 1,
    servedAt: 1_800_000_000n,
    previous: state.head,
  };
}

const served = fc.record({
  characterId: fc.bigInt({ min: 1n, max: 9n }),
  amount: fc.bigInt({ min: 0n, max: 1_000_000n }),
  fee: fc.bigInt({ min: 0n, max: 1_000n }),
});
const history = fc.array(served, { maxLength: 30 });

const apply = (state: TabState, items: { characterId: bigint; amount: bigint; fee: bigint }[]) =>
  items.reduce((at, item) => applyReceipt(at, next(at, item)), state);

describe("The state of a tab", () => {
  it("pays in its lines exactly what its total rises by, one ascending line a character", () => {
    fc.assert(
      fc.property(history, (items) => {
        const state = apply(start, items);
        expect(state.lines.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(state.cumulative - state.base);
        const ids = state.lines.map(({ characterId }) => characterId);
        expect(ids).to.deep.equal([...new Set(ids)].sort((a, b) => Number(a - b)));
        expect((packLines(state.lines).length - 2) / 2).to.equal(20 * state.lines.length);
      }),
    );
  });

  it("has as its head the hash of the newest receipt, and zero before the first", () => {
    expect(start.head).to.equal(zeroHash);
    const receipt = next(start, { characterId: 1n, amount: 5n, fee: 1n });
    expect(applyReceipt(start, receipt).head).to.equal(hashReceipt(receipt));
  });

  it("refuses a receipt that does not follow", () => {
    const receipt = next(start, { characterId: 1n, amount: 5n, fee: 1n });
    expect(() => applyReceipt(start, { ...receipt, sequence: 2n })).to.throw(ReceiptOutOfOrderError);
    expect(() => applyReceipt(start, { ...receipt, previous: `0x${"09".repeat(32)}` })).to.throw(
      ReceiptOutOfOrderError,
    );
  });

  it("refuses a seventeenth line", () => {
    let state = start;
    for (let id = 1n; id <= BigInt(MAX_LINES); id++) {
      state = applyReceipt(state, next(state, { characterId: id, amount: 1n, fee: 0n }));
    }
    expect(() => applyReceipt(state, next(state, { characterId: 99n, amount: 1n, fee: 0n }))).to.throw(
      TooManyLinesError,
    );
  });
});

describe("A ledger", () => {
  it("comes to the same state wherever a seal fell among its receipts", () => {
    fc.assert(
      fc.property(history, fc.nat(), (items, position) => {
        let ledger = ledgerOf(start);
        const states = [ledger.state];
        for (const item of items) {
          ledger = withReceipt(ledger, next(ledger.state, item));
          states.push(ledger.state);
        }
        const sealedAt = states[position % states.length] ?? start;
        const rebased = withSeal(ledger, voucherOf(sealedAt));
        expect(rebased?.state.cumulative).to.equal(ledger.state.cumulative);
        expect(rebased?.state.head).to.equal(ledger.state.head);
        expect(rebased?.state.base).to.equal(sealedAt.cumulative);
        const rest = rebased?.state.lines.reduce((sum, { amount }) => sum + amount, 0n) ?? -1n;
        expect(rest).to.equal(ledger.state.cumulative - sealedAt.cumulative);
      }),
    );
  });

  it("does not know a voucher that its receipts do not come to", () => {
    const ledger = ledgerOf(start, [next(start, { characterId: 1n, amount: 5n, fee: 1n })]);
    const voucher = voucherOf(ledger.state);
    for (const wrong of [{ cumulative: 7n }, { base: 1n }, { receipts: zeroHash }, { lines: zeroHash as Hex }]) {
      expect(withSeal(ledger, { ...voucher, ...wrong })).to.equal(undefined);
    }
  });
});
