import { expect } from "chai";
import { ethers, networkHelpers } from "../fixtures.ts";
import {
  ANNUAL_PRICE,
  ANNUAL_RATE,
  at,
  DAY,
  LIFETIME_PRICE,
  MONTH,
  MONTHLY_PRICE,
  MONTHLY_RATE,
  midnight,
  type PassWorld,
  PLAN,
  STATUS,
  setTerms,
  suspend,
  wei,
  withMonth,
  withPasses,
  withYear,
  YEAR,
} from "./helpers/passes.ts";

const { loadFixture, time } = networkHelpers;

/** Alice cancels at `timestamp`; what she gets is what the pass showed in that block, and what the event tells. */
async function expectRefund(w: PassWorld, timestamp: bigint, refund: bigint, kept: bigint) {
  await time.increaseTo(timestamp);
  expect((await w.passOf(w.holder)).refundable).to.equal(refund);
  await at(timestamp + 0n === BigInt(await time.latest()) ? timestamp + 1n : timestamp);
  const act = w.access.connect(w.holder).cancelNow(w.characterId, 0n);
  await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.holder, w.access], [wei(refund), -wei(refund)]);
  await expect(act).to.emit(w.access, "PassCancelled").withArgs(w.characterId, w.holder, refund, kept);
  const pass = await w.passOf(w.holder);
  expect([pass.active, pass.mandate, pass.refundable]).to.deep.equal([false, 0n, 0n]);
  expect(pass.renewal).to.equal(STATUS.notRenewing);
}

/** After all days, what the passes hold goes to the creator to the last microcredit. */
async function expectNothingLeft(w: PassWorld) {
  await time.increase(6n * YEAR);
  await w.access.harvest(w.characterId, 10_000n);
  expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
}

describe("CharacterAccess: cancelling a month now", () => {
  it("within the hour costs the day that has begun", async () => {
    const w = await withMonth();
    await expectRefund(w, w.start + 3_599n, 29n * MONTHLY_RATE, 0n);
    expect((await w.passOf(w.holder)).until).to.equal(BigInt(await time.latest()));
    await expectNothingLeft(w);
  });

  it("is refused when less would come back than was shown, because a day has begun meanwhile", async () => {
    const w = await withMonth();
    const shown = (await w.passOf(w.holder)).refundable;
    await time.increaseTo(w.start + BigInt(DAY));
    const late = w.access.connect(w.holder).cancelNow(w.characterId, shown);
    await expect(late)
      .to.be.revertedWithCustomError(w.access, "RefundBelowMinimum")
      .withArgs(shown - MONTHLY_RATE, shown);
    expect((await w.passOf(w.holder)).active).to.equal(true);
    await w.access.connect(w.holder).cancelNow(w.characterId, shown - MONTHLY_RATE);
  });

  it("in the second of the purchase costs the same", async () => {
    const w = await loadFixture(withPasses);
    await ethers.provider.send("evm_setAutomine", [false]);
    const holder = w.access.connect(w.holder);
    await holder.subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x", { gasLimit: 1_000_000 });
    await holder.cancelNow(w.characterId, 0n, { gasLimit: 1_000_000 });
    await ethers.provider.send("evm_mine", []);
    await ethers.provider.send("evm_setAutomine", [true]);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(wei(MONTHLY_PRICE - 29n * MONTHLY_RATE));
    expect((await w.passOf(w.holder)).active).to.equal(false);
    await expectNothingLeft(w);
  });

  it("costs a day more from midnight UTC on", async () => {
    const w = await withMonth();
    const secondDay = midnight(w.start, 1n);
    await time.increaseTo(secondDay - 1n);
    expect((await w.passOf(w.holder)).refundable).to.equal(29n * MONTHLY_RATE);
    await time.increaseTo(secondDay);
    expect((await w.passOf(w.holder)).refundable).to.equal(28n * MONTHLY_RATE);
  });

  it("pays one day back until the last whole day begins, and nothing from then to the last second", async () => {
    const w = await withMonth();
    const lastDay = midnight(w.start, 29n);
    await time.increaseTo(lastDay - 1n);
    expect((await w.passOf(w.holder)).refundable).to.equal(MONTHLY_RATE);
    await time.increaseTo(lastDay);
    expect((await w.passOf(w.holder)).refundable).to.equal(0n);
    await expectRefund(w, w.until - 2n, 0n, 0n);
  });

  it("pays what was paid, never what it costs now", async () => {
    for (const monthly of [1n, 2n * MONTHLY_PRICE, 0n]) {
      const w = await withMonth();
      await setTerms(w, { monthly });
      await expectRefund(w, w.start + 10n * DAY, 19n * MONTHLY_RATE, 0n);
    }
  });

  it("after it ended pays nothing, ends its agreement, and can be said again", async () => {
    const w = await withMonth();
    await expectRefund(w, w.until + DAY, 0n, 0n);
    expect((await w.passOf(w.holder)).until).to.equal(w.until);
    await w.access.connect(w.holder).cancelNow(w.characterId, 0n);
    await w.access.renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.equal(w.until);
  });

  it("is refused to who never had one", async () => {
    const w = await withMonth();
    const friend = w.access.connect(w.friend);
    for (const act of [() => friend.cancelNow(w.characterId, 0n), () => friend.cancelAtPeriodEnd(w.characterId)]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "NoPass").withArgs(w.characterId, w.friend);
    }
  });

  it("leaves the holder free to subscribe again in the same day", async () => {
    const w = await withMonth();
    const holder = w.access.connect(w.holder);
    await holder.cancelNow(w.characterId, 0n);
    await holder.subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await expectRefund(w, w.start + 60n, 29n * MONTHLY_RATE, 0n);
    await expectNothingLeft(w);
  });
});

describe("CharacterAccess: cancelling a year now", () => {
  it("after a month is priced as a month was when it was paid", async () => {
    const w = await withYear();
    // 30 days have begun on the 30th day.
    const refund = ANNUAL_PRICE - MONTHLY_PRICE;
    const kept = 335n * ANNUAL_RATE - refund;
    await expectRefund(w, w.start + 29n * DAY, refund, kept);
    await expectNothingLeft(w);
  });

  it("prices each day that has begun as a thirtieth of the month, rounded up", async () => {
    const w = await withYear();
    const cost = (7n * MONTHLY_PRICE + 29n) / 30n;
    expect(cost * 30n).to.be.greaterThan(7n * MONTHLY_PRICE);
    await expectRefund(w, w.start + 6n * DAY, ANNUAL_PRICE - cost, 358n * ANNUAL_RATE - (ANNUAL_PRICE - cost));
  });

  it("prices a month at a tenth of the year where none was sold", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { monthly: 0n });
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, false, "0x");
    await setTerms(w, {});
    const refund = ANNUAL_PRICE - ANNUAL_PRICE / 10n;
    await expectRefund(w, w.noon + 29n * DAY, refund, 335n * ANNUAL_RATE - refund);
  });

  it("prices a month at a quarter of the year at most: no price set just before takes the refund away", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { monthly: 2n ** 40n - 1n });
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, false, "0x");
    const refund = (ANNUAL_PRICE * 3n) / 4n;
    await expectRefund(w, w.noon + 29n * DAY, refund, 335n * ANNUAL_RATE - refund);
  });

  it("rests on the monthly price of then, whatever a month costs now", async () => {
    for (const monthly of [1n, 12_000_000n, 0n]) {
      const w = await withYear();
      await setTerms(w, { monthly, annual: 0n });
      const refund = ANNUAL_PRICE - MONTHLY_PRICE;
      await expectRefund(w, w.start + 29n * DAY, refund, 335n * ANNUAL_RATE - refund);
    }
  });

  it("pays nothing once the months that passed cost more than the year", async () => {
    const w = await withYear();
    // 48 credits are used up by 288 days at a sixth of a credit.
    await time.increaseTo(w.start + 286n * DAY);
    expect((await w.passOf(w.holder)).refundable).to.be.greaterThan(0n);
    await expectRefund(w, w.start + 287n * DAY, 0n, 77n * ANNUAL_RATE);
    await expectNothingLeft(w);
  });

  it("pays all days that have not begun while the character is suspended", async () => {
    const w = await withYear();
    await suspend(w);
    await expectRefund(w, w.start + 29n * DAY, 335n * ANNUAL_RATE, 0n);
    await expectNothingLeft(w);
  });

  it("costs nothing of a year that has not begun", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE, "0x");
    await expectRefund(w, w.start + 5n * DAY, 24n * MONTHLY_RATE + 365n * ANNUAL_RATE, 0n);
    await expectNothingLeft(w);
  });

  it("is never paid more than its days are worth, however cheap a month was", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { monthly: 1n });
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, false, "0x");
    await expectRefund(w, w.noon + 29n * DAY, 335n * ANNUAL_RATE, 0n);
  });
});

describe("CharacterAccess: what was given", () => {
  it("begins when what runs ends, and what comes back of all goes to the holder", async () => {
    const w = await withMonth();
    await at(w.start + 3n * DAY);
    const act = w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE, "0x");
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.friend, w.holder], [-wei(ANNUAL_PRICE), 0n]);
    await expect(act)
      .to.emit(w.access, "PassBought")
      .withArgs(
        ...[w.characterId, w.holder, w.friend, PLAN.annual, ANNUAL_PRICE],
        ...[w.until, w.until + YEAR, MONTHLY_PRICE],
      );
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate]).to.deep.equal([w.until + YEAR, MONTHLY_PRICE]);
    await expectRefund(
      w,
      w.until + 29n * DAY,
      ANNUAL_PRICE - MONTHLY_PRICE,
      335n * ANNUAL_RATE - ANNUAL_PRICE + MONTHLY_PRICE,
    );
    await expectNothingLeft(w);
  });

  it("begins now for who has nothing", async () => {
    const w = await loadFixture(withPasses);
    await at(w.noon + 7n);
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate, pass.active]).to.deep.equal([w.noon + 7n + MONTH, 0n, true]);
    await expectRefund(w, w.noon + DAY, 28n * MONTHLY_RATE, 0n);
  });

  it("cannot be cancelled by who gave it", async () => {
    const w = await loadFixture(withPasses);
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    await expect(w.access.connect(w.friend).cancelNow(w.characterId, 0n)).to.be.revertedWithCustomError(
      w.access,
      "NoPass",
    );
  });

  it("cannot keep the holder from ending it, replacing it or owning for good, however much is given", async () => {
    const w = await withMonth();
    for (let i = 0; i < 4; i++) {
      await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    }
    await w.access.connect(w.holder).switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true);
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate]).to.deep.equal([BigInt(await time.latest()) + YEAR, ANNUAL_PRICE]);
    for (let i = 0; i < 4; i++) {
      await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    }
    await w.access.connect(w.holder).buyLifetime(w.characterId, LIFETIME_PRICE, "0x");
    expect((await w.passOf(w.holder)).lifetime).to.equal(true);
    await expectNothingLeft(w);
  });
});

describe("CharacterAccess: switching plans", () => {
  it("from month to year refunds the month and takes the rest, in one call", async () => {
    const w = await withMonth();
    const time = w.start + 9n * DAY;
    await at(time);
    const refund = 20n * MONTHLY_RATE;
    const act = w.access.connect(w.holder).switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true);
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.holder, wei(refund - ANNUAL_PRICE));
    await expect(act).to.emit(w.access, "PassCancelled").withArgs(w.characterId, w.holder, refund, 0n);
    await expect(act).to.emit(w.access, "RenewalSet").withArgs(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE);
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.renewalPlan, pass.mandate]).to.deep.equal([time + YEAR, PLAN.annual, ANNUAL_PRICE]);
    await expectRefund(
      w,
      time + DAY,
      ANNUAL_PRICE - (2n * MONTHLY_PRICE + 29n) / 30n,
      363n * ANNUAL_RATE - ANNUAL_PRICE + (2n * MONTHLY_PRICE + 29n) / 30n,
    );
    await expectNothingLeft(w);
  });

  it("and back pays out what the year is worth above the month", async () => {
    const w = await withYear();
    await at(w.start + 29n * DAY);
    const refund = ANNUAL_PRICE - MONTHLY_PRICE;
    const act = w.access.connect(w.holder).switchPlan(w.characterId, PLAN.monthly, MONTHLY_PRICE, false);
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.holder, w.access],
      [wei(refund - MONTHLY_PRICE), wei(MONTHLY_PRICE - refund)],
    );
    await expect(act).not.to.emit(w.access, "RenewalSet");
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate]).to.deep.equal([w.start + 29n * DAY + MONTH, 0n]);
    await expectNothingLeft(w);
  });

  it("there and back in one day costs the days that began twice, and the books hold", async () => {
    const w = await withMonth();
    const holder = w.access.connect(w.holder);
    for (let i = 0; i < 3; i++) {
      await holder.switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true);
      await holder.switchPlan(w.characterId, PLAN.monthly, MONTHLY_PRICE, true);
    }
    await w.access.harvest(w.characterId, 10n);
    await holder.switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true);
    await holder.cancelNow(w.characterId, 0n);
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(wei(await w.access.harvestable(w.characterId)));
    await expectNothingLeft(w);
  });

  it("of what has ended, or never was, is a purchase", async () => {
    const w = await withMonth();
    await at(w.until);
    await expect(w.access.connect(w.holder).switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true)).not.to.emit(
      w.access,
      "PassCancelled",
    );
    await w.access.connect(w.friend).switchPlan(w.characterId, PLAN.monthly, MONTHLY_PRICE, true);
    expect((await w.passOf(w.friend)).active).to.equal(true);
  });
});

describe("CharacterAccess while paused", () => {
  it("lets every exit be used: cancelling now and later, agreeing, harvesting, changing the payee, transferring", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, true, "0x");
    await w.access.connect(w.guardian).pause();
    await time.increase(5n * DAY);
    await w.access.connect(w.holder).setRenewal(w.characterId, PLAN.annual, ANNUAL_PRICE);
    await w.access.connect(w.holder).cancelAtPeriodEnd(w.characterId);
    await expect(w.access.harvest(w.characterId, 100n)).to.emit(w.access, "Harvested");
    await w.access.connect(w.holder).cancelNow(w.characterId, 0n);
    await w.access.connect(w.friend).cancelNow(w.characterId, 0n);
    await w.characters.connect(w.creator).setPayee(w.characterId, BigInt(w.stranger.address));
    await w.characters.connect(w.creator).transferFrom(w.creator.address, w.friend.address, w.characterId);
    await suspend(w);
    await expectNothingLeft(w);
  });
});
