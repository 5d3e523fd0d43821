import { applyReceipt, initialTabState, MAX_LINES, type Receipt } from "@stelai/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { zeroAddress, zeroHash } from "viem";
import { structHash } from "./digest.ts";
import { addReceipt, loadLines } from "./lines.ts";

const uint = (bits: number) => fc.bigInt(0n, (1n << BigInt(bits)) - 1n);
const entry = fc.record({
  characterId: fc.bigInt(1n, BigInt(MAX_LINES) - 1n),
  milliunits: uint(20),
  amount: fc.oneof(fc.constant(0n), uint(30)),
  fee: fc.oneof(fc.constant(0n), uint(30)),
});

describe("The ledger's lines and heads", () => {
  it("equal what the SDK makes of the same receipts", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        let state = initialTabState(zeroAddress, 1n);
        let lines: Parameters<typeof addReceipt>[0] = [];
        for (const one of entries) {
          const receipt: Receipt = {
            ...{
              operator: zeroAddress,
              tabId: 1n,
              request: zeroHash,
              response: zeroHash,
              termsVersion: 1n,
              quality: 1,
            },
            ...{ servedAt: 1n, sequence: state.sequence + 1n, previous: state.head },
            ...one,
          };
          state = applyReceipt(state, receipt);
          lines = addReceipt(lines, receipt);
          expect(structHash("Receipt", receipt)).to.equal(state.head);
        }
        expect(loadLines(lines)).to.deep.equal(state.lines);
      }),
      { numRuns: 300 },
    );
  });
});
