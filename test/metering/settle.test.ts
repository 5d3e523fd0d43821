import { expect } from "chai";
import { concat, id, TypedDataEncoder, toBeHex, Wallet } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { rowOf } from "./helpers/batches.ts";
import { openingOf, THAW, transferAndOpen, UNIT, wei } from "./helpers/funding.ts";
import { highSignature } from "./helpers/highS.ts";
import { type Line, paidRow, Skipped, skippedRow, VOUCHER_TYPES, voucherValues } from "./helpers/vouchers.ts";
import { type TabWorld, withOpenTab } from "./helpers/world.ts";

const { loadFixture, time } = networkHelpers;

const ONE: readonly Line[] = [{ character: 1n, amount: 100n }];

async function expectSkipped(w: TabWorld, row: string, reason: number): Promise<void> {
  const before = await w.meter.tabOf(w.operator, w.tabId);
  const accrued = await w.meter.accruedOf(w.chat);
  await expect(w.meter.connect(w.operator).settle(row))
    .to.emit(w.meter, "Settled")
    .withArgs(w.operator, skippedRow(w.tabId, reason));
  expect(await w.meter.tabOf(w.operator, w.tabId)).to.deep.equal(before);
  expect(await w.meter.accruedOf(w.chat)).to.equal(accrued);
}

async function expectPaid(w: TabWorld, { voucher, row }: Awaited<ReturnType<typeof rowOf>>): Promise<void> {
  await expect(w.meter.connect(w.operator).settle(row))
    .to.emit(w.meter, "Settled")
    .withArgs(w.operator, paidRow(voucher));
  expect((await w.meter.tabOf(w.operator, voucher.tabId)).spent).to.equal(voucher.cumulative);
}

describe("InferenceMeter: settling", () => {
  describe("a good row", () => {
    it("raises the settled total and credits each line's character, and the operator for character 0", async () => {
      const w = await loadFixture(withOpenTab);
      const lines = [
        { character: 0n, amount: 7n, inferences: 2n, milliunits: 2_500n },
        { character: w.chat, amount: 100n, inferences: 2n, milliunits: 1_500n },
        { character: w.image, amount: 50n },
        { character: w.chat, amount: 3n },
      ];
      await expectPaid(w, await rowOf(w, lines, { receipts: id("head") }));
      expect(await w.meter.accruedFeeOf(w.operator)).to.equal(7n);
      expect(await w.meter.accruedOf(w.chat)).to.equal(103n);
      expect(await w.meter.accruedOf(w.image)).to.equal(50n);
      expect(await w.meter.accruedOf(0n)).to.equal(0n);
    });

    it("may spend exactly the cap, and not one more", async () => {
      const w = await loadFixture(withOpenTab);
      await expectSkipped(w, (await rowOf(w, [{ character: 1n, amount: w.cap + 1n }])).row, Skipped.AboveCap);
      await expectPaid(w, await rowOf(w, [{ character: 1n, amount: w.cap }]));
    });

    it("may hold lines of zero", async () => {
      const w = await loadFixture(withOpenTab);
      await expectPaid(
        w,
        await rowOf(w, [
          { character: 0n, amount: 0n },
          { character: w.chat, amount: 0n },
          { character: w.image, amount: 1n },
        ]),
      );
      expect(await w.meter.accruedOf(w.image)).to.equal(1n);
    });

    it("may hold sixteen lines of the widest values", async () => {
      const w = await loadFixture(withOpenTab);
      const most = 2n ** 40n - 1n;
      await w.stelai.connect(w.payer).approve(w.meter, wei(most));
      await w.meter.connect(w.payer).topUp(w.operator, w.tabId, most - w.cap);
      const lines = Array.from({ length: 16 }, (_, i) => ({
        character: 2n ** 48n - 1n - BigInt(i),
        amount: i === 0 ? most - 15n : 1n,
        inferences: 2n ** 24n - 1n,
        milliunits: 2n ** 48n - 1n,
      }));
      await expectPaid(w, await rowOf(w, lines, { receipts: `0x${"ff".repeat(32)}` }));
      expect(await w.meter.accruedOf(2n ** 48n - 1n)).to.equal(most - 15n);
    });

    it("settles several vouchers of one tab in the order of their bases", async () => {
      const w = await loadFixture(withOpenTab);
      const first = await rowOf(w, ONE);
      const second = await rowOf(w, ONE, { base: 100n });
      await expect(w.meter.connect(w.operator).settle(concat([first.row, second.row])))
        .to.emit(w.meter, "Settled")
        .withArgs(w.operator, concat([paidRow(first.voucher), paidRow(second.voucher)]));
      expect((await w.meter.tabOf(w.operator, w.tabId)).spent).to.equal(200n);
    });

    it("goes on while opening is paused", async () => {
      const w = await loadFixture(withOpenTab);
      await w.meter.connect(w.guardian).pause();
      await expectPaid(w, await rowOf(w, ONE));
    });
  });

  describe("a row that pays nothing", () => {
    it("is skipped as not above: a replay, a lower total, an equal one", async () => {
      const w = await loadFixture(withOpenTab);
      const good = await rowOf(w, [{ character: w.chat, amount: 500n }]);
      await expectPaid(w, good);
      await expectSkipped(w, good.row, Skipped.NotAbove);
      await expectSkipped(w, (await rowOf(w, ONE)).row, Skipped.NotAbove);
      await expectSkipped(w, (await rowOf(w, ONE, { base: 500n, cumulative: 500n })).row, Skipped.NotAbove);
    });

    it("is skipped as not above or above the cap where there is no tab", async () => {
      const w = await loadFixture(withOpenTab);
      for (const [cumulative, reason] of [
        [0n, Skipped.NotAbove],
        [1n, Skipped.AboveCap],
      ] as const) {
        const { row } = await rowOf(w, [{ character: 1n, amount: cumulative }], { tabId: 99n });
        await expect(w.meter.connect(w.operator).settle(row))
          .to.emit(w.meter, "Settled")
          .withArgs(w.operator, skippedRow(99n, reason));
      }
    });

    it("is skipped as expired from the first second after expiry and thaw", async () => {
      const w = await loadFixture(withOpenTab);
      const { row } = await rowOf(w, ONE);
      const good = await rowOf(w, ONE);
      await time.setNextBlockTimestamp(w.expiry + THAW);
      await expectPaid(w, good);
      await time.setNextBlockTimestamp(w.expiry + THAW + 1n);
      await expectSkipped(w, (await rowOf(w, ONE, { base: 100n })).row, Skipped.Expired);
      await expectSkipped(w, row, Skipped.NotAbove);
    });

    it("is skipped as expired after a requested close and its thaw", async () => {
      const w = await loadFixture(withOpenTab);
      const epoch: bigint = await w.meter.EPOCH();
      await time.setNextBlockTimestamp(epoch + UNIT - 5n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      await time.setNextBlockTimestamp(epoch + UNIT + THAW);
      await expectPaid(w, await rowOf(w, ONE));
      await time.setNextBlockTimestamp(epoch + UNIT + THAW + 1n);
      await expectSkipped(w, (await rowOf(w, ONE, { base: 100n })).row, Skipped.Expired);
    });

    it("is skipped where the lines come to less or more than the total rises by", async () => {
      const w = await loadFixture(withOpenTab);
      for (const cumulative of [99n, 101n]) {
        await expectSkipped(w, (await rowOf(w, ONE, { cumulative })).row, Skipped.LinesDiffer);
      }
    });

    it("is skipped where amounts would come to the rise only by overflowing 40 bits", async () => {
      const w = await loadFixture(withOpenTab);
      const lines = [
        { character: w.chat, amount: 2n ** 40n - 1n },
        { character: w.image, amount: 101n },
      ];
      await expectSkipped(w, (await rowOf(w, lines, { cumulative: 100n })).row, Skipped.LinesDiffer);
    });

    it("is skipped where the voucher stood on another base", async () => {
      const w = await loadFixture(withOpenTab);
      const ahead = await rowOf(w, ONE, { base: 50n, cumulative: 100n });
      await expectSkipped(w, ahead.row, Skipped.BadSignature);
      await expectPaid(w, await rowOf(w, ONE));
      const stale = await rowOf(w, ONE, { base: 0n, cumulative: 200n });
      await expectSkipped(w, stale.row, Skipped.BadSignature);
    });

    it("is skipped where another key signed, or the voucher is another operator's or tab's", async () => {
      const w = await loadFixture(withOpenTab);
      for (const fields of [
        { key: w.payer },
        { key: w.operator },
        { key: w.otherSession },
        { operator: w.stranger.address },
      ]) {
        await expectSkipped(w, (await rowOf(w, ONE, fields)).row, Skipped.BadSignature);
      }
      const { voucher } = await rowOf(w, ONE, { tabId: w.otherTabId });
      const other = await rowOf(w, ONE, { tabId: w.otherTabId });
      expect(voucher.tabId).to.equal(w.otherTabId);
      await expectSkipped(w, concat([toBeHex(w.tabId, 8), `0x${other.row.slice(18)}`]), Skipped.BadSignature);
    });

    it("is skipped where an operator settles what was signed for another operator", async () => {
      const w = await loadFixture(withOpenTab);
      const opening = await openingOf(w, { operator: w.stranger.address });
      await transferAndOpen(w, w.payer, wei(opening.cap), opening);
      const { row } = await rowOf(w, ONE);
      await expect(w.meter.connect(w.stranger).settle(row))
        .to.emit(w.meter, "Settled")
        .withArgs(w.stranger, skippedRow(1n, Skipped.BadSignature));
    });

    it("is skipped where the domain is another chain's, contract's, name's or version's", async () => {
      const w = await loadFixture(withOpenTab);
      for (const bent of [
        { chainId: 1n },
        { verifyingContract: w.stranger.address },
        { name: "Another meter" },
        { version: "2" },
      ]) {
        const { row } = await rowOf(w, ONE, { domain: { ...w.domain, ...bent } });
        await expectSkipped(w, row, Skipped.BadSignature);
      }
    });

    it("is skipped where the receipts, or whom a line pays, are not what was signed", async () => {
      const w = await loadFixture(withOpenTab);
      const { voucher, row } = await rowOf(w, ONE, { receipts: id("signed") });
      await expectSkipped(w, row.replace(id("signed").slice(2), id("sent").slice(2)), Skipped.BadSignature);
      for (const bent of [{ character: w.image }, { inferences: 2n }, { milliunits: 1n }]) {
        const sentLines = voucher.lines.map((line) => ({ ...line, ...bent }));
        await expectSkipped(w, (await rowOf(w, ONE, { sentLines })).row, Skipped.BadSignature);
      }
    });

    it("is skipped where s is high, though its low form is good", async () => {
      const w = await loadFixture(withOpenTab);
      const { voucher } = await rowOf(w, ONE);
      const digest = TypedDataEncoder.hash(w.domain, VOUCHER_TYPES, voucherValues(voucher));
      const { key, high, low } = highSignature(digest);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, key.address);
      await expectSkipped(w, (await rowOf(w, ONE, { signature: high })).row, Skipped.BadSignature);
      await expectPaid(w, await rowOf(w, ONE, { signature: low }));
    });

    it("is skipped where the signature recovers to nobody, even before any rotation", async () => {
      const w = await loadFixture(withOpenTab);
      expect((await w.meter.tabOf(w.operator, w.tabId)).previousKey).to.equal(`0x${"00".repeat(20)}`);
      for (const signature of [
        `0x${"00".repeat(64)}`,
        `0x${"ff".repeat(64)}`,
        concat([toBeHex(0, 32), toBeHex(1, 32)]),
      ]) {
        await expectSkipped(w, (await rowOf(w, ONE, { signature })).row, Skipped.BadSignature);
      }
    });
  });

  describe("after a rotation", () => {
    it("takes the new key, and the old one through the last second of its thaw", async () => {
      const w = await loadFixture(withOpenTab);
      const next = new Wallet(id("next"));
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, next.address);
      const until: bigint = (await w.meter.tabOf(w.operator, w.tabId)).previousKeyUntil;
      await expectPaid(w, await rowOf(w, ONE));
      await expectPaid(w, await rowOf(w, ONE, { base: 100n, key: next }));
      await time.setNextBlockTimestamp(until);
      await expectPaid(w, await rowOf(w, ONE, { base: 200n }));
      await time.setNextBlockTimestamp(until + 1n);
      await expectSkipped(w, (await rowOf(w, ONE, { base: 300n })).row, Skipped.BadSignature);
      await expectPaid(w, await rowOf(w, ONE, { base: 300n, key: next }));
    });

    it("takes the key before the last one no more", async () => {
      const w = await loadFixture(withOpenTab);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, new Wallet(id("second")).address);
      await time.increase(THAW + 1n);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, new Wallet(id("third")).address);
      await expectSkipped(w, (await rowOf(w, ONE)).row, Skipped.BadSignature);
      await expectPaid(w, await rowOf(w, ONE, { key: new Wallet(id("second")) }));
    });
  });

  describe("a batch", () => {
    it("pays its good rows and reports its bad ones, in their order", async () => {
      const w = await loadFixture(withOpenTab);
      const good = await rowOf(w, ONE, { receipts: id("one") });
      const aboveCap = await rowOf(w, [{ character: w.chat, amount: w.cap }], { base: 100n });
      const differing = await rowOf(w, ONE, { base: 100n, cumulative: 300n });
      const forged = await rowOf(w, ONE, { base: 100n, key: w.operator });
      const other = await rowOf(w, [{ character: w.image, amount: 5n }], { tabId: w.otherTabId, key: w.otherSession });
      const second = await rowOf(w, ONE, { base: 100n });
      const rows = [good, aboveCap, differing, good, forged, other, second].map(({ row }) => row);
      await expect(w.meter.connect(w.operator).settle(concat(rows)))
        .to.emit(w.meter, "Settled")
        .withArgs(
          w.operator,
          concat([
            paidRow(good.voucher),
            skippedRow(w.tabId, Skipped.AboveCap),
            skippedRow(w.tabId, Skipped.LinesDiffer),
            skippedRow(w.tabId, Skipped.NotAbove),
            skippedRow(w.tabId, Skipped.BadSignature),
            paidRow(other.voucher),
            paidRow(second.voucher),
          ]),
        );
      expect(await w.meter.accruedOf(w.chat)).to.equal(200n);
      expect(await w.meter.accruedOf(w.image)).to.equal(5n);
    });

    it("of different tabs comes to the same in any order", async () => {
      const w = await loadFixture(withOpenTab);
      const a = await rowOf(w, ONE);
      const b = await rowOf(w, [{ character: 0n, amount: 9n }], { tabId: w.otherTabId, key: w.otherSession });
      const totals: unknown[] = [];
      for (const rows of [
        [a, b],
        [b, a],
      ]) {
        const snapshot = await networkHelpers.takeSnapshot();
        await w.meter.connect(w.operator).settle(concat(rows.map(({ row }) => row)));
        totals.push([
          (await w.meter.tabOf(w.operator, w.tabId)).spent,
          (await w.meter.tabOf(w.operator, w.otherTabId)).spent,
          await w.meter.accruedOf(w.chat),
          await w.meter.accruedFeeOf(w.operator),
        ]);
        await snapshot.restore();
      }
      expect(totals[0]).to.deep.equal([100n, 9n, 100n, 9n]);
      expect(totals[1]).to.deep.equal(totals[0]);
    });

    it("that is empty, truncated, or has no or too many lines reverts as a whole and names the row", async () => {
      const w = await loadFixture(withOpenTab);
      const { row } = await rowOf(w, ONE);
      const length = BigInt((row.length - 2) / 2);
      const settle = w.meter.connect(w.operator).settle;
      const seventeen = Array.from({ length: 17 }, () => ({ character: 1n, amount: 1n }));
      for (const [batch, offset] of [
        ["0x", 0n],
        ["0x00", 0n],
        [row.slice(0, -2), 0n],
        [`0x${row.slice(2, 2 + 109 * 2)}`, 0n],
        [`0x${row.slice(2, 2 + 110 * 2)}`, 0n],
        [`${row}00`, length],
        [concat([row, row.slice(0, -2)]), length],
        [(await rowOf(w, ONE, { lineCount: 0 })).row, 0n],
        [(await rowOf(w, ONE, { lineCount: 2 })).row, 0n],
        [(await rowOf(w, seventeen)).row, 0n],
        [concat([row, (await rowOf(w, seventeen)).row]), length],
      ] as const) {
        await expect(settle(batch)).to.be.revertedWithCustomError(w.meter, "MalformedBatch").withArgs(offset);
      }
      expect((await w.meter.tabOf(w.operator, w.tabId)).spent).to.equal(0n);
    });
  });
});
