import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { ethers, networkHelpers } from "../fixtures.ts";
import {
  ANNUAL_PRICE,
  at,
  DAY,
  LIFETIME_PRICE,
  MONTH,
  MONTHLY_PRICE,
  PLAN,
  purchaseOf,
  STATUS,
  setTerms,
  suspend,
  transferAndBuy,
  wei,
  withMonth,
  withPasses,
  YEAR,
} from "./helpers/passes.ts";

const { loadFixture } = networkHelpers;

describe("CharacterAccess: subscribing", () => {
  it("gives a month's pass from now on, paid by allowance, that renews at the price agreed to", async () => {
    const w = await loadFixture(withPasses);
    const start = w.noon + 10n;
    await at(start);
    const act = w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, 6_000_000n, true, "0x");
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.holder, w.access],
      [-wei(MONTHLY_PRICE), wei(MONTHLY_PRICE)],
    );
    await expect(act)
      .to.emit(w.access, "PassBought")
      .withArgs(w.characterId, w.holder, w.holder, PLAN.monthly, MONTHLY_PRICE, start, start + MONTH, MONTHLY_PRICE);
    await expect(act).to.emit(w.access, "RenewalSet").withArgs(w.characterId, w.holder, PLAN.monthly, 6_000_000n);
    const pass = await w.passOf(w.holder);
    expect(pass.toObject()).to.deep.include({
      active: true,
      lifetime: false,
      until: start + MONTH,
      renewalPlan: PLAN.monthly,
      mandate: 6_000_000n,
      renewal: STATUS.notDue,
    });
    expect(await w.access.everHeld(w.characterId, w.holder)).to.equal(true);
    expect(await w.access.everHeld(w.characterId, w.friend)).to.equal(false);
  });

  it("gives a year's pass of 365 days that does not renew unless it is asked to", async () => {
    const w = await loadFixture(withPasses);
    const act = w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, false, "0x");
    await expect(act).not.to.emit(w.access, "RenewalSet");
    const pass = await w.passOf(w.holder);
    expect(pass.until).to.equal(BigInt(await networkHelpers.time.latest()) + YEAR);
    expect([pass.mandate, pass.renewal]).to.deep.equal([0n, STATUS.notRenewing]);
  });

  it("gives access until the last second and not after", async () => {
    const w = await withMonth();
    await networkHelpers.time.increaseTo(w.until - 1n);
    expect((await w.passOf(w.holder)).active).to.equal(true);
    await networkHelpers.time.increaseTo(w.until);
    expect((await w.passOf(w.holder)).active).to.equal(false);
    expect(await w.access.everHeld(w.characterId, w.holder)).to.equal(true);
  });

  it("keeps a pass in one slot, read back field by field", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE, "0x");
    const most = 2n ** 40n - 1n;
    await w.access.connect(w.holder).setRenewal(w.characterId, PLAN.annual, most);
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.renewalPlan, pass.mandate]).to.deep.equal([w.until + YEAR, PLAN.annual, most]);
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.lifetime, LIFETIME_PRICE, "0x");
    const forGood = await w.passOf(w.holder);
    expect([forGood.until, forGood.lifetime, forGood.mandate]).to.deep.equal([w.until + YEAR, true, 0n]);
  });

  it("is refused twice while the first renews: nobody pays two subscriptions by accident", async () => {
    const w = await withMonth();
    for (const [plan, price] of [
      [PLAN.monthly, MONTHLY_PRICE],
      [PLAN.annual, ANNUAL_PRICE],
    ]) {
      await expect(w.access.connect(w.holder).subscribe(w.characterId, plan, price, true, "0x"))
        .to.be.revertedWithCustomError(w.access, "AlreadySubscribed")
        .withArgs(w.characterId, w.until);
    }
  });

  it("can be paid early once it does not renew; the next period begins when the first ends", async () => {
    const w = await withMonth();
    await w.access.connect(w.holder).cancelAtPeriodEnd(w.characterId);
    await expect(w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, false, "0x"))
      .to.emit(w.access, "PassBought")
      .withArgs(
        ...[w.characterId, w.holder, w.holder, PLAN.monthly, MONTHLY_PRICE],
        ...[w.until, w.until + MONTH, MONTHLY_PRICE],
      );
    expect((await w.passOf(w.holder)).until).to.equal(w.until + MONTH);
  });

  it("takes five periods ahead and no sixth, and again one when the first is over", async () => {
    const w = await withMonth();
    const buy = () => w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    for (let i = 0; i < 4; i++) await buy();
    await expect(buy()).to.be.revertedWithCustomError(w.access, "TooManyPeriods").withArgs(w.characterId, w.holder);
    await at(w.until - 1n);
    await expect(buy()).to.be.revertedWithCustomError(w.access, "TooManyPeriods");
    await at(w.until);
    await buy();
    await at(w.until + 3n * MONTH);
    for (let i = 0; i < 3; i++) await buy();
    await expect(buy()).to.be.revertedWithCustomError(w.access, "TooManyPeriods");
    expect((await w.passOf(w.holder)).until).to.equal(w.until + 8n * MONTH);
  });

  it("starts anew after a gap, and drops what was agreed to long ago", async () => {
    const w = await withMonth();
    const late = w.until + 100n * DAY;
    await at(late);
    await expect(w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, false, "0x"))
      .to.emit(w.access, "RenewalSet")
      .withArgs(w.characterId, w.holder, PLAN.monthly, 0n);
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate]).to.deep.equal([late + YEAR, 0n]);
  });
});

describe("CharacterAccess: buying for good", () => {
  it("gives a pass without end, and earns its price at once", async () => {
    const w = await loadFixture(withPasses);
    const start = w.noon + 5n;
    await at(start);
    await expect(w.access.connect(w.holder).buyLifetime(w.characterId, LIFETIME_PRICE, "0x"))
      .to.emit(w.access, "PassBought")
      .withArgs(w.characterId, w.holder, w.holder, PLAN.lifetime, LIFETIME_PRICE, start, 0n, MONTHLY_PRICE);
    expect(await w.access.harvestable(w.characterId)).to.equal(LIFETIME_PRICE);
    await networkHelpers.time.increase(100n * YEAR);
    const pass = await w.passOf(w.holder);
    expect([pass.active, pass.lifetime, pass.until, pass.mandate]).to.deep.equal([true, true, 0n, 0n]);
    expect(pass.renewal).to.equal(STATUS.notRenewing);
    expect(await w.access.everHeld(w.characterId, w.holder)).to.equal(true);
  });

  it("pays back what a running month has left, in the same call", async () => {
    const w = await withMonth();
    await at(w.start + 10n * DAY);
    const refund = (MONTHLY_PRICE / 30n) * 19n;
    const act = w.access.connect(w.holder).buyLifetime(w.characterId, LIFETIME_PRICE, "0x");
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.holder, wei(refund - LIFETIME_PRICE));
    await expect(act).to.emit(w.access, "PassCancelled").withArgs(w.characterId, w.holder, refund, 0n);
    const pass = await w.passOf(w.holder);
    expect([pass.lifetime, pass.mandate, pass.refundable]).to.deep.equal([true, 0n, 0n]);
  });

  it("is refused to whom has it, by any plan and from anyone", async () => {
    const w = await loadFixture(withPasses);
    await w.access.connect(w.holder).buyLifetime(w.characterId, LIFETIME_PRICE, "0x");
    const [holder, friend] = [w.access.connect(w.holder), w.access.connect(w.friend)];
    for (const act of [
      () => holder.buyLifetime(w.characterId, LIFETIME_PRICE, "0x"),
      () => holder.subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x"),
      () => holder.switchPlan(w.characterId, PLAN.annual, ANNUAL_PRICE, true),
      () => friend.gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x"),
      () => friend.gift(w.characterId, w.holder, PLAN.lifetime, LIFETIME_PRICE, "0x"),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "AlreadyLifetime").withArgs(w.characterId, w.holder);
    }
  });

  it("cannot be cancelled, and nothing agrees to its renewal", async () => {
    const w = await loadFixture(withPasses);
    const holder = w.access.connect(w.holder);
    await holder.buyLifetime(w.characterId, LIFETIME_PRICE, "0x");
    for (const act of [
      () => holder.cancelNow(w.characterId, 0n),
      () => holder.cancelAtPeriodEnd(w.characterId),
      () => holder.setRenewal(w.characterId, PLAN.monthly, 1n),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "NoPass").withArgs(w.characterId, w.holder);
    }
  });

  it("given on top of a month, leaves the month refundable and ends its renewal", async () => {
    const w = await withMonth();
    await expect(w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.lifetime, LIFETIME_PRICE, "0x"))
      .to.emit(w.access, "RenewalSet")
      .withArgs(w.characterId, w.holder, PLAN.monthly, 0n);
    const pass = await w.passOf(w.holder);
    expect([pass.lifetime, pass.mandate, pass.until]).to.deep.equal([true, 0n, w.until]);
    expect(pass.refundable).to.equal((MONTHLY_PRICE / 30n) * 29n);
    expect(pass.renewal).to.equal(STATUS.notRenewing);
    await expect(w.access.connect(w.holder).cancelNow(w.characterId, 0n)).to.changeTokenBalance(
      ethers,
      w.stelai,
      w.holder,
      wei(pass.refundable),
    );
    expect((await w.passOf(w.holder)).active).to.equal(true);
    await expect(w.access.connect(w.holder).setRenewal(w.characterId, PLAN.monthly, MONTHLY_PRICE))
      .to.be.revertedWithCustomError(w.access, "NoPass")
      .withArgs(w.characterId, w.holder);
    await networkHelpers.time.increaseTo(w.until);
    await w.access.renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.be.lessThan(w.until);
  });
});

describe("CharacterAccess: what is not sold", () => {
  it("is a plan without a price", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { lifetime: 0n, monthly: 0n, annual: 0n });
    const holder = w.access.connect(w.holder);
    const most = 2n ** 40n - 1n;
    for (const [plan, act] of [
      [PLAN.lifetime, () => holder.buyLifetime(w.characterId, most, "0x")],
      [PLAN.monthly, () => holder.subscribe(w.characterId, PLAN.monthly, most, true, "0x")],
      [PLAN.annual, () => holder.subscribe(w.characterId, PLAN.annual, most, true, "0x")],
    ] as const) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "NotOffered").withArgs(w.characterId, plan);
    }
  });

  it("is what costs more than the buyer agreed to: a price raised just before changes nothing", async () => {
    const w = await loadFixture(withPasses);
    await setTerms(w, { monthly: MONTHLY_PRICE + 1n });
    await expect(w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x"))
      .to.be.revertedWithCustomError(w.access, "PriceAboveMaximum")
      .withArgs(MONTHLY_PRICE + 1n, MONTHLY_PRICE);
  });

  it("is a suspended character, a private one to strangers, and one that does not exist", async () => {
    const w = await loadFixture(withPasses);
    const buy = (characterId: bigint) =>
      w.access.connect(w.holder).subscribe(characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await suspend(w);
    await expect(buy(w.characterId))
      .to.be.revertedWithCustomError(w.access, "CharacterSuspended")
      .withArgs(w.characterId);
    await suspend(w, false);
    await w.characters.connect(w.creator).setVisibility(w.characterId, 2);
    await expect(buy(w.characterId))
      .to.be.revertedWithCustomError(w.access, "NotAllowed")
      .withArgs(w.characterId, w.holder);
    await expect(buy(9n)).to.be.revertedWithCustomError(w.characters, "ERC721NonexistentToken").withArgs(9n);
  });

  it("is a purchase that contradicts itself", async () => {
    const w = await loadFixture(withPasses);
    const forFriend = { account: w.friend.address };
    for (const purchase of [
      purchaseOf(w, { ...forFriend, renews: true }),
      purchaseOf(w, { ...forFriend, replaces: true }),
      purchaseOf(w, { plan: PLAN.lifetime, maxPrice: LIFETIME_PRICE, renews: true }),
      purchaseOf(w, { account: ZeroAddress }),
    ]) {
      await expect(transferAndBuy(w, w.holder, LIFETIME_PRICE, purchase)).to.be.revertedWithCustomError(
        w.access,
        "InvalidPurchase",
      );
    }
    await w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, false, "0x");
    await expect(
      w.access.connect(w.holder).setRenewal(w.characterId, PLAN.lifetime, LIFETIME_PRICE),
    ).to.be.revertedWithCustomError(w.access, "InvalidPurchase");
  });

  it("is anything while sales are paused, which is the guardian's to say", async () => {
    const w = await loadFixture(withPasses);
    await expect(w.access.connect(w.creator).pause()).to.be.revertedWithCustomError(
      w.access,
      "AccessManagedUnauthorized",
    );
    await w.access.connect(w.guardian).pause();
    const holder = w.access.connect(w.holder);
    for (const act of [
      () => holder.buyLifetime(w.characterId, LIFETIME_PRICE, "0x"),
      () => holder.subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x"),
      () => holder.switchPlan(w.characterId, PLAN.monthly, MONTHLY_PRICE, true),
      () => holder.gift(w.characterId, w.friend, PLAN.monthly, MONTHLY_PRICE, "0x"),
      () => transferAndBuy(w, w.holder, MONTHLY_PRICE, purchaseOf(w)),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "EnforcedPause");
    }
  });

  it("is what the buyer cannot pay", async () => {
    const w = await loadFixture(withPasses);
    await w.stelai.connect(w.holder).approve(w.access.target, wei(MONTHLY_PRICE) - 1n);
    const buy = () => w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await expect(buy()).to.be.revertedWithCustomError(w.stelai, "ERC20InsufficientAllowance");
    await w.stelai.connect(w.holder).approve(w.access.target, wei(MONTHLY_PRICE));
    await w.stelai.connect(w.holder).transfer(w.friend.address, await w.stelai.balanceOf(w.holder.address));
    await expect(buy()).to.be.revertedWithCustomError(w.stelai, "ERC20InsufficientBalance");
  });
});
