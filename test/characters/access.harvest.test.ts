import { expect } from "chai";
import { toBeHex } from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf, sharesOf } from "../fixtures.ts";
import {
  ANNUAL_PRICE,
  at,
  DAY,
  LIFETIME_PRICE,
  MONTH,
  MONTHLY_PRICE,
  MONTHLY_RATE,
  midnight,
  PLAN,
  setTerms,
  wei,
  withMonth,
  withPasses,
  withYear,
  YEAR,
} from "./helpers/passes.ts";

const { loadFixture, time } = networkHelpers;
const REMAINDER = MONTHLY_PRICE % 30n;

describe("CharacterAccess: what a month earns", () => {
  it("is a thirtieth with each UTC day that begins, the remainder at once, and all of it after thirty", async () => {
    const w = await withMonth();
    for (const [timestamp, vested] of [
      [w.start, MONTHLY_RATE + REMAINDER],
      [midnight(w.start, 1n) - 1n, MONTHLY_RATE + REMAINDER],
      [midnight(w.start, 1n), 2n * MONTHLY_RATE + REMAINDER],
      [midnight(w.start, 29n) - 1n, 29n * MONTHLY_RATE + REMAINDER],
      [midnight(w.start, 29n), MONTHLY_PRICE],
      [w.until + YEAR, MONTHLY_PRICE],
    ] as const) {
      if (timestamp > w.start) await time.increaseTo(timestamp);
      expect(await w.access.harvestable(w.characterId)).to.equal(vested);
    }
  });

  it("goes to the payee through Payouts, which takes the commission", async () => {
    const w = await withMonth();
    await at(w.start + 9n * DAY);
    const vested = 10n * MONTHLY_RATE + REMAINDER;
    const act = w.access.connect(w.stranger).harvest(w.characterId, 1_000n);
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.access, w.payouts], [-wei(vested), wei(vested)]);
    await expect(act)
      .to.emit(w.access, "Harvested")
      .withArgs(w.characterId, vested, w.start / DAY + 9n);
    await expect(act)
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.creator), w.access, toBeHex(w.characterId, 32), wei(vested), wei(vested) / 10n);
    expect(await w.payouts.claimable(w.creator.address)).to.equal((wei(vested) * 9n) / 10n);
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(wei(vested) / 10n);
    expect(await w.access.connect(w.stranger).harvest.staticCall(w.characterId, 0n)).to.deep.equal([0n, true]);
  });

  it("goes to a split, whose recipients claim their shares", async () => {
    const w = await loadFixture(withPasses);
    const shares = sharesOf([w.creator, 7_000], [w.friend, 3_000]);
    await w.characters.connect(w.creator).create(creationOf({ shares }));
    await w.access.connect(w.holder).buyLifetime(2n, LIFETIME_PRICE, "0x");
    await w.access.harvest(2n, 1n);
    const index = shares.findIndex(({ recipient }) => recipient === payeeOf(w.friend));
    const share = (wei(LIFETIME_PRICE) * 9n * 3n) / 100n;
    const claim = w.payouts.connect(w.friend).claim([{ shares, index }], w.friend.address);
    await expect(claim).to.changeTokenBalance(ethers, w.stelai, w.friend, share);
  });

  it("is taken once a day: of a sale after the day's harvest the day vests anew", async () => {
    const w = await withMonth();
    await w.access.harvest(w.characterId, 10n);
    const first: bigint = await w.stelai.balanceOf(w.payouts.target);
    expect(first).to.equal(wei(MONTHLY_RATE + REMAINDER));
    await w.access.connect(w.friend).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    expect(await w.access.harvestable(w.characterId)).to.equal(MONTHLY_RATE + REMAINDER);
    await w.access.harvest(w.characterId, 10n);
    expect(await w.access.harvestable(w.characterId)).to.equal(0n);
    await time.increaseTo(midnight(w.start, 1n));
    expect(await w.access.harvestable(w.characterId)).to.equal(2n * MONTHLY_RATE);
    await time.increaseTo(w.until + DAY);
    await w.access.harvest(w.characterId, 100n);
    expect(await w.stelai.balanceOf(w.payouts.target)).to.equal(wei(2n * MONTHLY_PRICE));
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });

  it("of a gift that waits begins with the day it begins in", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    await time.increaseTo(midnight(w.start, 30n) - 1n);
    expect(await w.access.harvestable(w.characterId)).to.equal(MONTHLY_PRICE + REMAINDER);
    await time.increaseTo(midnight(w.start, 30n));
    expect(await w.access.harvestable(w.characterId)).to.equal(MONTHLY_PRICE + MONTHLY_RATE + REMAINDER);
  });

  it("is the whole price at once where it is less than a microcredit a day", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { monthly: 29n });
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, 29n, false, "0x");
    expect(await w.access.harvestable(w.characterId)).to.equal(29n);
    expect((await w.passOf(w.holder)).refundable).to.equal(0n);
    await w.access.connect(w.holder).cancelNow(w.characterId, 0n);
    await w.access.harvest(w.characterId, 1n);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });

  it("is whole at the highest price there can be", async () => {
    const w = await loadFixture(withPasses);
    const price = 2n ** 40n - 1n;
    await setTerms(w, { annual: price, monthly: price });
    const cost = 1_200_000n;
    await w.usdc.mint(w.alice.address, 10n ** 14n);
    await w.usdc.connect(w.alice).approve(w.store.target, 10n ** 14n);
    await w.store.connect(w.alice).buy({
      packageId: 1n,
      quantity: (2n * cost) / 1_000n,
      recipient: w.alice.address,
      referrer: ethers.ZeroAddress,
      maxPrice: 10n ** 14n,
    });
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, price, true, "0x");
    const pass = await w.passOf(w.holder);
    expect([pass.mandate, pass.refundable]).to.deep.equal([price, price - (price / 4n + 29n) / 30n]);
    await time.increase(YEAR);
    await w.access.harvest(w.characterId, 10_000n);
    expect(await w.stelai.balanceOf(w.payouts.target)).to.equal(wei(price));
  });
});

describe("CharacterAccess: harvesting in pages", () => {
  it("takes so many days and tells that more wait", async () => {
    const w = await withMonth();
    await time.increaseTo(w.start + 20n * DAY);
    expect(await w.access.harvest.staticCall(w.characterId, 0n)).to.deep.equal([MONTHLY_RATE + REMAINDER, false]);
    await w.access.harvest(w.characterId, 0n);
    await w.access.harvest(w.characterId, 7n);
    expect(await w.stelai.balanceOf(w.payouts.target)).to.equal(wei(8n * MONTHLY_RATE + REMAINDER));
    expect(await w.access.harvestable(w.characterId)).to.equal(13n * MONTHLY_RATE);
    expect(await w.access.harvest.staticCall(w.characterId, 12n)).to.deep.equal([12n * MONTHLY_RATE, false]);
    expect(await w.access.harvest.staticCall(w.characterId, 13n)).to.deep.equal([13n * MONTHLY_RATE, true]);
  });

  it("of five years that nobody harvested: no transfer and no other payee before the pages are turned", async () => {
    const w = await withMonth();
    const renewals = 61n;
    for (let i = 1n; i <= renewals; i++) {
      await at(w.start + i * MONTH);
      await w.access.renew([w.idOf(w.holder)]);
    }
    await time.increase(MONTH);
    const owner = w.characters.connect(w.creator);
    for (const act of [
      () => owner.transferFrom(w.creator.address, w.friend.address, w.characterId),
      () => owner.setPayee(w.characterId, payeeOf(w.friend)),
      () => w.access.harvestAll(w.characterId),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "HarvestPending").withArgs(w.characterId);
    }
    const total = (renewals + 1n) * MONTHLY_PRICE;
    expect(await w.access.harvestable(w.characterId)).to.equal(total);
    for (let page = 0; page < 2; page++) await w.access.connect(w.stranger).harvest(w.characterId, 600n);
    await expect(owner.transferFrom(w.creator.address, w.friend.address, w.characterId)).to.emit(w.access, "Harvested");
    expect(await w.payouts.claimable(w.creator.address)).to.equal((wei(total) * 9n) / 10n);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
    expect(await w.characters.payeeOf(w.characterId)).to.equal(payeeOf(w.friend));
  });

  it("walks through no years in which nothing was sold", async () => {
    const w = await withMonth();
    await time.increase(MONTH);
    await w.access.harvest(w.characterId, 100n);
    await time.increase(5n * YEAR);
    await w.access.connect(w.friend).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, false, "0x");
    await time.increase(MONTH);
    expect(await w.access.harvest.staticCall(w.characterId, 40n)).to.deep.equal([MONTHLY_PRICE, true]);
    await time.increase(5n * YEAR);
    await w.access.harvestAll(w.characterId);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });

  it("changes nothing where nothing was ever sold, and nothing where the character is not", async () => {
    const w = await loadFixture(withPasses);
    await expect(w.access.harvest(w.characterId, 10n)).not.to.emit(w.access, "Harvested");
    await w.access.harvestAll(w.characterId);
    await w.access.harvestAll(99n);
    expect(await w.access.harvest.staticCall(99n, 10n)).to.deep.equal([0n, true]);
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, false, "0x");
    await time.increase(MONTH);
    expect(await w.access.harvestable(w.characterId)).to.equal(MONTHLY_PRICE);
  });
});

describe("CharacterAccess: whose a day is", () => {
  it("is the payee's of when it began: the day of the change is the old one's", async () => {
    const w = await withMonth();
    await at(w.start + 9n * DAY);
    await w.characters.connect(w.creator).setPayee(w.characterId, payeeOf(w.friend));
    const old = wei(10n * MONTHLY_RATE + REMAINDER);
    expect(await w.payouts.claimable(w.creator.address)).to.equal((old * 9n) / 10n);
    await time.increaseTo(w.until);
    await w.access.harvest(w.characterId, 100n);
    expect(await w.payouts.claimable(w.creator.address)).to.equal((old * 9n) / 10n);
    expect(await w.payouts.claimable(w.friend.address)).to.equal(((wei(MONTHLY_PRICE) - old) * 9n) / 10n);
  });

  it("is the old owner's through the day of a transfer, and passes stay good", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, true, "0x");
    await at(w.start + 9n * DAY);
    await w.characters.connect(w.creator).transferFrom(w.creator.address, w.stranger.address, w.characterId);
    const old = wei(10n * (MONTHLY_RATE + ANNUAL_PRICE / 365n) + REMAINDER + (ANNUAL_PRICE % 365n));
    expect(await w.payouts.claimable(w.creator.address)).to.equal((old * 9n) / 10n);
    expect((await w.passOf(w.holder)).active).to.equal(true);
    const { refundable } = await w.passOf(w.holder);
    expect(refundable).to.equal(20n * MONTHLY_RATE);
    await w.access.connect(w.holder).cancelNow(w.characterId, 0n);
    await time.increase(2n * YEAR);
    await w.access.harvest(w.characterId, 1_000n);
    const rest = wei(MONTHLY_PRICE + ANNUAL_PRICE - refundable) - old;
    expect(await w.payouts.claimable(w.stranger.address)).to.equal((rest * 9n) / 10n);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });

  it("of a cancellation after the day's harvest stays with the payee", async () => {
    const w = await withYear();
    await w.access.harvest(w.characterId, 10n);
    const earned: bigint = await w.stelai.balanceOf(w.payouts.target);
    expect(earned).to.equal(wei(ANNUAL_PRICE / 365n + (ANNUAL_PRICE % 365n)));
    // A day of a year ended early costs a thirtieth of a month, which is more than it vested.
    const refund = ANNUAL_PRICE - (MONTHLY_PRICE + 29n) / 30n;
    const act = w.access.connect(w.holder).cancelNow(w.characterId, 0n);
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.holder, wei(refund));
    const kept: bigint = await w.access.harvestable(w.characterId);
    expect(wei(kept + refund) + earned).to.equal(wei(ANNUAL_PRICE));
    await w.access.harvest(w.characterId, 0n);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });
});
