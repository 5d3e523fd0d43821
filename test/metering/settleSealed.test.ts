import { expect } from "chai";
import { concat, hashMessage, id, keccak256, TypedDataEncoder } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { rowOf, sealedRowOf, sealOf } from "./helpers/batches.ts";
import {
  packLines,
  paidRow,
  SEAL_TYPES,
  Skipped,
  skippedRow,
  VOUCHER_TYPES,
  voucherValues,
} from "./helpers/vouchers.ts";
import { withOpenTab } from "./helpers/world.ts";

const { loadFixture, time } = networkHelpers;
const ONE = [{ character: 1n, amount: 100n }];

describe("InferenceMeter: settling what was sealed", () => {
  it("is done by anyone, to the same end as by the operator", async () => {
    const w = await loadFixture(withOpenTab);
    const first = await sealedRowOf(w, [...ONE, { character: 0n, amount: 4n }], { receipts: id("head") });
    const second = await sealedRowOf(w, ONE, { base: 104n });
    await expect(w.meter.connect(w.stranger).settleSealed(w.operator, concat([first.row, second.row])))
      .to.emit(w.meter, "Settled")
      .withArgs(w.operator, concat([paidRow(first.voucher), paidRow(second.voucher)]));
    expect((await w.meter.tabOf(w.operator, w.tabId)).spent).to.equal(204n);
    expect(await w.meter.accruedOf(w.chat)).to.equal(200n);
    expect(await w.meter.accruedFeeOf(w.operator)).to.equal(4n);
    expect(await w.meter.accruedFeeOf(w.stranger)).to.equal(0n);
  });

  it("skips a voucher that the operator did not seal", async () => {
    const w = await loadFixture(withOpenTab);
    const { row } = await rowOf(w, ONE);
    const other = await rowOf(w, [{ character: 2n, amount: 100n }]);
    for (const seal of [
      await sealOf(other.voucher, w.domain, w.operator),
      `0x${"00".repeat(64)}`,
      await sealOf((await rowOf(w, ONE)).voucher, { ...w.domain, chainId: 1n }, w.operator),
      await sealOf((await rowOf(w, ONE)).voucher, w.domain, w.stranger),
      await sealOf((await rowOf(w, ONE)).voucher, w.domain, w.session),
    ]) {
      await expect(w.meter.connect(w.stranger).settleSealed(w.operator, concat([row, seal])))
        .to.emit(w.meter, "Settled")
        .withArgs(w.operator, skippedRow(w.tabId, Skipped.BadSeal));
    }
    expect((await w.meter.tabOf(w.operator, w.tabId)).spent).to.equal(0n);
  });

  it("skips a seal on what the session key did not sign", async () => {
    const w = await loadFixture(withOpenTab);
    const { row } = await sealedRowOf(w, ONE, { key: w.operator });
    await expect(w.meter.settleSealed(w.operator, row))
      .to.emit(w.meter, "Settled")
      .withArgs(w.operator, skippedRow(w.tabId, Skipped.BadSignature));
  });

  it("pays nobody who names themselves the operator", async () => {
    const w = await loadFixture(withOpenTab);
    const { row } = await sealedRowOf(w, [{ character: 0n, amount: 100n }], { sealer: w.stranger });
    await expect(w.meter.connect(w.stranger).settleSealed(w.stranger, row))
      .to.emit(w.meter, "Settled")
      .withArgs(w.stranger, skippedRow(w.tabId, Skipped.AboveCap));
    expect(await w.meter.accruedFeeOf(w.stranger)).to.equal(0n);
  });

  it("is possible through the last second of the thaw, and skipped after", async () => {
    const w = await loadFixture(withOpenTab);
    const thaw: bigint = await w.meter.THAW();
    const first = await sealedRowOf(w, ONE);
    const second = await sealedRowOf(w, ONE, { base: 100n });
    await time.setNextBlockTimestamp(w.expiry + thaw);
    await expect(w.meter.settleSealed(w.operator, first.row))
      .to.emit(w.meter, "Settled")
      .withArgs(w.operator, paidRow(first.voucher));
    await time.setNextBlockTimestamp(w.expiry + thaw + 1n);
    await expect(w.meter.settleSealed(w.operator, second.row))
      .to.emit(w.meter, "Settled")
      .withArgs(w.operator, skippedRow(w.tabId, Skipped.Expired));
  });

  it("cannot read rows without their seals, nor seals cut short", async () => {
    const w = await loadFixture(withOpenTab);
    const { row: bare } = await rowOf(w, ONE);
    const { row } = await sealedRowOf(w, ONE);
    const length = BigInt((row.length - 2) / 2);
    for (const [batch, offset] of [
      ["0x", 0n],
      [bare, 0n],
      [row.slice(0, -2), 0n],
      [concat([row, bare]), length],
      [`${row}00`, length],
    ] as const) {
      await expect(w.meter.settleSealed(w.operator, batch))
        .to.be.revertedWithCustomError(w.meter, "MalformedBatch")
        .withArgs(offset);
    }
  });

  it("knows the digests that wallets compute", async () => {
    const w = await loadFixture(withOpenTab);
    const { voucher } = await rowOf(w, ONE, { base: 5n, receipts: hashMessage("head") });
    const args = [
      voucher.operator,
      voucher.tabId,
      voucher.base,
      voucher.cumulative,
      keccak256(packLines(voucher.lines)),
      voucher.receipts,
    ] as const;
    const values = voucherValues(voucher);
    expect(await w.meter.voucherDigest(...args)).to.equal(TypedDataEncoder.hash(w.domain, VOUCHER_TYPES, values));
    const sealed = { voucher: TypedDataEncoder.hashStruct("Voucher", VOUCHER_TYPES, values) };
    expect(await w.meter.sealDigest(...args)).to.equal(TypedDataEncoder.hash(w.domain, SEAL_TYPES, sealed));
  });
});
