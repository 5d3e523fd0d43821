import { expect } from "chai";
import fc from "fast-check";
import { concatHex, type Hex, hexToBytes, numberToHex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import {
  decodeSettled,
  encodeBatch,
  encodeRow,
  fromCompactSignature,
  MalformedRowsError,
  ROW_OUTCOMES,
  toCompactSignature,
} from "./settlement.ts";
import { packLines } from "./voucher.ts";

const integer = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`);
const line = fc.record({
  characterId: integer(48),
  amount: integer(40),
  inferences: integer(24),
  milliunits: integer(48),
});
const paid = fc.record({
  tabId: integer(64),
  outcome: fc.constant("Paid" as const),
  cumulative: integer(40),
  receipts: hash,
  lines: fc.array(line, { minLength: 1, maxLength: 16 }),
});
const skipped = fc.record({ tabId: integer(64), outcome: fc.constantFrom(...ROW_OUTCOMES.slice(1)) });

/** A row of the event, packed as IInferenceMeter documents it. */
function pack(row: { tabId: bigint; outcome: string; cumulative?: bigint; receipts?: Hex; lines?: never[] }): Hex {
  const head = [
    numberToHex(row.tabId, { size: 8 }),
    numberToHex(ROW_OUTCOMES.indexOf(row.outcome as "Paid"), { size: 1 }),
  ];
  if (row.outcome !== "Paid") return concatHex(head);
  const lines = row.lines ?? [];
  return concatHex([
    ...head,
    numberToHex(row.cumulative ?? 0n, { size: 5 }),
    row.receipts ?? "0x",
    numberToHex(lines.length, { size: 1 }),
    packLines(lines),
  ]);
}

describe("The rows of a Settled event", () => {
  it("are read as they were packed, paid and skipped ones", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(paid, skipped), { maxLength: 8 }), (rows) => {
        const packed = concatHex(["0x", ...rows.map((row) => pack(row as Parameters<typeof pack>[0]))]);
        expect(decodeSettled(packed)).to.deep.equal(rows);
      }),
    );
  });

  it("are refused when they are cut off or name an outcome that does not exist", () => {
    const row = pack({ tabId: 1n, outcome: "Paid", cumulative: 5n, receipts: `0x${"07".repeat(32)}`, lines: [] });
    expect(() => decodeSettled(row.slice(0, -4) as Hex)).to.throw(MalformedRowsError);
    expect(() => decodeSettled("0x000000000000000109")).to.throw(MalformedRowsError);
  });
});

describe("A batch", () => {
  const lines = [{ characterId: 3n, amount: 5n, inferences: 1n, milliunits: 9n }];
  const receipts: Hex = `0x${"07".repeat(32)}`;

  it("holds for each row 110 bytes and 20 a line, and 64 more when it is sealed", async () => {
    const signature = await privateKeyToAccount(generatePrivateKey()).sign({ hash: receipts });
    const row = { tabId: 2n, cumulative: 5n, receipts, lines, signature };
    expect(hexToBytes(encodeRow(row))).to.have.length(130);
    expect(hexToBytes(encodeBatch([row, row]))).to.have.length(260);
    expect(hexToBytes(encodeBatch([{ ...row, sealSignature: signature }]))).to.have.length(194);
  });

  it("is either sealed as a whole or not at all, and never empty", async () => {
    const signature = await privateKeyToAccount(generatePrivateKey()).sign({ hash: receipts });
    const row = { tabId: 2n, cumulative: 5n, receipts, lines, signature };
    expect(() => encodeBatch([])).to.throw(RangeError);
    expect(() => encodeBatch([row, { ...row, sealSignature: signature }])).to.throw(RangeError);
    expect(() => encodeRow({ ...row, lines: [] })).to.throw(RangeError);
  });
});

describe("A compact signature", () => {
  it("is the same signature in 64 bytes", async () => {
    for (let round = 0; round < 20; round++) {
      const signature = await privateKeyToAccount(generatePrivateKey()).sign({ hash: `0x${"0b".repeat(32)}` });
      const compact = toCompactSignature(signature);
      expect(hexToBytes(compact)).to.have.length(64);
      expect(fromCompactSignature(compact)).to.equal(signature);
      expect(toCompactSignature(compact)).to.equal(compact);
      expect(fromCompactSignature(signature)).to.equal(signature);
    }
  });
});
