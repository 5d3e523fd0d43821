import { expect } from "chai";
import { toBeHex, ZeroHash } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { rowOf } from "./helpers/batches.ts";
import { wei } from "./helpers/funding.ts";
import { withOpenTab } from "./helpers/world.ts";

const { loadFixture } = networkHelpers;

describe("InferenceMeter: collecting", () => {
  it("moves what a character earned to its payee in Payouts, less the commission, called by anyone", async () => {
    const w = await loadFixture(withOpenTab);
    const { row } = await rowOf(w, [{ character: w.chat, amount: 300n }]);
    await w.meter.connect(w.operator).settle(row);
    const act = w.meter.connect(w.stranger).collect(w.chat);
    await expect(act).to.changeTokenBalances(w.ethers, w.stelai, [w.meter, w.payouts], [-wei(300n), wei(300n)]);
    await expect(act)
      .to.emit(w.meter, "Collected")
      .withArgs(w.chat, `0x${"00".repeat(20)}`, 300n);
    await expect(act)
      .to.emit(w.payouts, "Earned")
      .withArgs(BigInt(w.creator.address), w.meter, toBeHex(w.chat, 32), wei(300n), wei(30n));
    expect(await w.payouts.claimable(w.creator)).to.equal(wei(270n));
    expect(await w.meter.accruedOf(w.chat)).to.equal(0n);
  });

  it("moves an operator's fee to the operator in Payouts, called by anyone", async () => {
    const w = await loadFixture(withOpenTab);
    const { row } = await rowOf(w, [{ character: 0n, amount: 40n }]);
    await w.meter.connect(w.operator).settle(row);
    const act = w.meter.connect(w.stranger).collectFee(w.operator);
    await expect(act).to.emit(w.meter, "Collected").withArgs(0n, w.operator, 40n);
    await expect(act)
      .to.emit(w.payouts, "Earned")
      .withArgs(BigInt(w.operator.address), w.meter, ZeroHash, wei(40n), wei(4n));
    expect(await w.payouts.claimable(w.operator)).to.equal(wei(36n));
    expect(await w.meter.accruedFeeOf(w.operator)).to.equal(0n);
  });

  it("tells the amount, and zero is no error, not even for a character that does not exist", async () => {
    const w = await loadFixture(withOpenTab);
    await w.meter.connect(w.operator).settle((await rowOf(w, [{ character: w.chat, amount: 300n }])).row);
    expect(await w.meter.collect.staticCall(w.chat)).to.equal(300n);
    for (const act of [w.meter.collect(w.image), w.meter.collect(99n), w.meter.collectFee(w.stranger)]) {
      await expect(act).not.to.emit(w.meter, "Collected");
    }
  });

  it("waits for a character that does not exist yet", async () => {
    const w = await loadFixture(withOpenTab);
    await w.meter.connect(w.operator).settle((await rowOf(w, [{ character: 99n, amount: 300n }])).row);
    await expect(w.meter.collect(99n))
      .to.be.revertedWithCustomError(w.characters, "ERC721NonexistentToken")
      .withArgs(99n);
    expect(await w.meter.accruedOf(99n)).to.equal(300n);
  });

  it("pays the old payee before a new one takes over", async () => {
    const w = await loadFixture(withOpenTab);
    await w.meter.connect(w.operator).settle((await rowOf(w, [{ character: w.chat, amount: 300n }])).row);
    await w.characters.connect(w.creator).setPayee(w.chat, BigInt(w.stranger.address));
    expect(await w.payouts.claimable(w.creator)).to.equal(wei(270n));
    expect(await w.payouts.claimable(w.stranger)).to.equal(0n);
  });
});
