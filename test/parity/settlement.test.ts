import {
  decodeSettled,
  encodeBatch,
  hashLines,
  hashVoucher,
  type Line,
  type MeterReference,
  type SettledRow,
  type SettlementRow,
  signMeter,
  type Voucher,
} from "@stelai/sdk";
import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import fc from "fast-check";
import type { Hex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { ethers, networkHelpers, type World, withCredits } from "../fixtures.ts";
import { bytes32, CASES, uint, withCases } from "./random.ts";

/** Rows a batch: many in one transaction, fewer than a block's gas. */
const BATCH = 50;
const CAP = 4_000_000_000n;

/** Rows that are settled one after the other on one tab, some of them spoilt. */
const rows = fc.record({
  receipts: bytes32,
  spoilt: fc.constantFrom("", "", "", "", "signature", "lines", "seal"),
  lines: fc.array(
    fc.record({
      characterId: uint(48),
      // All rows together stay below the cap.
      amount: fc.bigInt({ min: 0n, max: CAP / BigInt(CASES) / 16n }),
      inferences: uint(24),
      milliunits: uint(48),
    }),
    { minLength: 1, maxLength: 16 },
  ),
});

type Row = { receipts: Hex; spoilt: string; lines: Line[] };

describe("What the SDK packs, the meter settles and the SDK reads back", () => {
  const session = privateKeyToAccount(generatePrivateKey());
  const operator = privateKeyToAccount(generatePrivateKey());
  const stranger = privateKeyToAccount(generatePrivateKey());

  async function withTab() {
    const w = await networkHelpers.loadFixture(withCredits);
    const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
    const opening = { operator: operator.address, sessionKey: session.address, cap: CAP, expiry };
    await w.stelai.connect(w.alice).approve(w.meter.target, CAP * 10n ** 12n);
    await w.meter.connect(w.alice).open(opening);
    await networkHelpers.impersonateAccount(operator.address);
    await networkHelpers.setBalance(operator.address, 10n ** 20n);
    return w;
  }

  for (const isSealed of [false, true]) {
    it(`line by line, with what was skipped and why, ${isSealed ? "sealed" : "by the operator"}`, async () => {
      await withCases(rows, (all) => roundTrip(all, isSealed));
    });
  }

  async function roundTrip(all: Row[], isSealed: boolean): Promise<void> {
    const w: World = await networkHelpers.loadFixture(withTab);
    const { chainId, contracts } = w.deployment;
    const meter: MeterReference = { chainId, inferenceMeter: contracts.InferenceMeter };
    const expected: SettledRow[] = [];
    const packed: SettlementRow[] = [];
    let base = 0n;
    for (const { lines, receipts, spoilt } of all) {
      const amount = lines.reduce((sum, line) => sum + line.amount, 0n);
      const cumulative = base + amount;
      const voucher = { operator: operator.address, tabId: 1n, base, cumulative, lines: hashLines(lines), receipts };
      const { row, outcome } = await make(meter, voucher, lines, spoilt, isSealed);
      packed.push(row);
      expected.push(outcome === "Paid" ? { tabId: 1n, outcome, cumulative, receipts, lines } : { tabId: 1n, outcome });
      if (outcome === "Paid") base = cumulative;
    }

    const found: SettledRow[] = [];
    const sender = isSealed ? w.bob : await ethers.getSigner(operator.address);
    for (let from = 0; from < packed.length; from += BATCH) {
      const batch = encodeBatch(packed.slice(from, from + BATCH));
      const sent = isSealed
        ? await w.meter.connect(sender).settleSealed(operator.address, batch)
        : await w.meter.connect(sender).settle(batch);
      found.push(...readRows(w, await sent.wait()));
    }
    expect(found).to.deep.equal(expected);
    expect(new Set(found.map(({ outcome }) => outcome)).size).to.be.greaterThan(2);
    const { spent } = await w.meter.tabOf(operator.address, 1n);
    expect(spent).to.equal(base);
  }

  /** A row, and what must become of it. */
  async function make(
    meter: MeterReference,
    voucher: Voucher,
    lines: Line[],
    spoilt: string,
    isSealed: boolean,
  ): Promise<{ row: SettlementRow; outcome: SettledRow["outcome"] }> {
    const { tabId, cumulative, receipts } = voucher;
    const signer = spoilt === "signature" ? stranger : session;
    const sealer = spoilt === "seal" ? stranger : operator;
    const signature: Hex = await signMeter(signer, meter, "Voucher", voucher);
    const sealSignature = isSealed
      ? await signMeter(sealer, meter, "Seal", { voucher: hashVoucher(voucher) })
      : undefined;
    const [first, ...others] = lines;
    const shown = spoilt === "lines" && first ? [{ ...first, amount: first.amount + 1n }, ...others] : lines;
    const row = { tabId, cumulative, receipts, lines: shown, signature, sealSignature };
    if (cumulative === voucher.base) return { row, outcome: "NotAbove" };
    if (spoilt === "lines") return { row, outcome: "LinesDiffer" };
    if (spoilt === "signature") return { row, outcome: "BadSignature" };
    if (spoilt === "seal" && isSealed) return { row, outcome: "BadSeal" };
    return { row, outcome: "Paid" };
  }

  function readRows(w: World, receipt: ContractTransactionReceipt | null): SettledRow[] {
    const logs = receipt?.logs.map((log) => w.meter.interface.parseLog(log)) ?? [];
    const event = logs.find((log) => log?.name === "Settled");
    return decodeSettled(event?.args.rows as Hex);
  }
});
