import { expect } from "chai";
import { toBeHex } from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf } from "../fixtures.ts";
import {
  ANNUAL_PRICE,
  at,
  DAY,
  LAPSE,
  MONTH,
  MONTHLY_PRICE,
  type PassWorld,
  PLAN,
  STATUS,
  setTerms,
  suspend,
  unpause,
  wei,
  withMonth,
  withPasses,
  withYear,
  YEAR,
} from "./helpers/passes.ts";

const { loadFixture, time } = networkHelpers;

/** Anyone renews Alice's pass, and the status that was found is what was foretold in the same block. */
async function renew(w: PassWorld): Promise<bigint> {
  const access = w.access.connect(w.stranger);
  const [status] = await access.renew.staticCall([w.idOf(w.holder)]);
  const before = (await w.passOf(w.holder)).until;
  const paid: bigint = await w.stelai.balanceOf(w.holder.address);
  await access.renew([w.idOf(w.holder)]);
  if (status !== STATUS.due) {
    expect((await w.passOf(w.holder)).until).to.equal(before);
    expect(await w.stelai.balanceOf(w.holder.address)).to.equal(paid);
  }
  return status;
}

/** What {@link renew} finds, as all views tell it. */
async function expectRefused(w: PassWorld, status: bigint) {
  expect(await w.access.renewalsOf([w.idOf(w.holder)])).to.deep.equal([status]);
  expect((await w.passOf(w.holder)).renewal).to.equal(status);
  expect(await renew(w)).to.equal(status);
}

describe("CharacterAccess: renewing", () => {
  it("is anyone's to do from the second of the end on, once a period, at the price of now", async () => {
    const w = await withMonth();
    await setTerms(w, { monthly: 4_000_000n });
    await at(w.until - 1n);
    await w.access.connect(w.stranger).renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.equal(w.until);
    await at(w.until);
    const act = w.access.connect(w.stranger).renew([w.idOf(w.holder), w.idOf(w.holder)]);
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.holder, w.access, w.stranger],
      [-wei(4_000_000n), wei(4_000_000n), 0n],
    );
    await expect(act)
      .to.emit(w.access, "PassRenewed")
      .withArgs(w.characterId, w.holder, PLAN.monthly, 4_000_000n, w.until, w.until + MONTH, 4_000_000n);
    const pass = await w.passOf(w.holder);
    expect([pass.until, pass.mandate, pass.renewal]).to.deep.equal([w.until + MONTH, MONTHLY_PRICE, STATUS.notDue]);
  });

  it("starts now when it is late, and charges nothing for the time in between", async () => {
    const w = await withMonth();
    const late = w.until + LAPSE;
    await at(late);
    await expect(w.access.renew([w.idOf(w.holder)])).to.changeTokenBalance(
      ethers,
      w.stelai,
      w.holder,
      -wei(MONTHLY_PRICE),
    );
    expect((await w.passOf(w.holder)).until).to.equal(late + MONTH);
  });

  it("lapses a second later, for good", async () => {
    const w = await withMonth();
    await time.increaseTo(w.until + LAPSE + 1n);
    await expectRefused(w, STATUS.lapsed);
    await expect(w.access.connect(w.holder).setRenewal(w.characterId, PLAN.monthly, MONTHLY_PRICE))
      .to.be.revertedWithCustomError(w.access, "NoPass")
      .withArgs(w.characterId, w.holder);
  });

  it("is not brought back by a gift long after the agreement lapsed", async () => {
    const w = await withMonth();
    const given = w.until + LAPSE + 10n;
    await at(given);
    await expect(w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x"))
      .to.emit(w.access, "RenewalSet")
      .withArgs(w.characterId, w.holder, PLAN.monthly, 0n);
    await time.increaseTo(given + MONTH);
    await expectRefused(w, STATUS.notRenewing);
  });

  it("waits for gifts on top to end, and then goes on", async () => {
    const w = await withMonth();
    await expect(
      w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x"),
    ).not.to.emit(w.access, "RenewalSet");
    await time.increaseTo(w.until);
    await expectRefused(w, STATUS.notDue);
    await at(w.until + MONTH);
    await w.access.renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.equal(w.until + 2n * MONTH);
  });

  it("goes on after a gift within the fortnight", async () => {
    const w = await withMonth();
    const given = w.until + LAPSE;
    await at(given);
    await w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x");
    await at(given + MONTH);
    await w.access.renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.equal(given + 2n * MONTH);
  });

  it("renews as another plan when its holder agrees to that", async () => {
    const w = await withMonth();
    await expect(w.access.connect(w.holder).setRenewal(w.characterId, PLAN.annual, ANNUAL_PRICE))
      .to.emit(w.access, "RenewalSet")
      .withArgs(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE);
    await at(w.until);
    await expect(w.access.renew([w.idOf(w.holder)]))
      .to.emit(w.access, "PassRenewed")
      .withArgs(w.characterId, w.holder, PLAN.annual, ANNUAL_PRICE, w.until, w.until + YEAR, MONTHLY_PRICE);
  });

  it("resumes a month that ended when its holder agrees anew within the fortnight", async () => {
    const w = await withMonth();
    await w.access.connect(w.holder).cancelAtPeriodEnd(w.characterId);
    await time.increaseTo(w.until + DAY);
    await expectRefused(w, STATUS.notRenewing);
    await w.access.connect(w.holder).setRenewal(w.characterId, PLAN.monthly, MONTHLY_PRICE);
    expect(await renew(w)).to.equal(STATUS.due);
  });
});

describe("CharacterAccess: what stops a renewal", () => {
  it("is a cancellation, at any time before", async () => {
    const w = await withMonth();
    await at(w.until - 1n);
    await expect(w.access.connect(w.holder).cancelAtPeriodEnd(w.characterId))
      .to.emit(w.access, "RenewalSet")
      .withArgs(w.characterId, w.holder, PLAN.monthly, 0n);
    await time.increaseTo(w.until);
    await expectRefused(w, STATUS.notRenewing);
  });

  it("is a price above the mandate, to the microcredit", async () => {
    const w = await withMonth();
    await setTerms(w, { monthly: MONTHLY_PRICE + 1n });
    await time.increaseTo(w.until);
    await expectRefused(w, STATUS.priceAboveMandate);
    await w.access.connect(w.holder).setRenewal(w.characterId, PLAN.monthly, MONTHLY_PRICE + 1n);
    await expect(w.access.renew([w.idOf(w.holder)])).to.changeTokenBalance(
      ethers,
      w.stelai,
      w.holder,
      -wei(MONTHLY_PRICE + 1n),
    );
  });

  it("is a plan that is not sold any more", async () => {
    const w = await withMonth();
    await setTerms(w, { monthly: 0n });
    await time.increaseTo(w.until);
    await expectRefused(w, STATUS.notOffered);
  });

  it("is a balance or an allowance that is gone; it goes through once both are there", async () => {
    const w = await withMonth();
    await time.increaseTo(w.until);
    const balance: bigint = await w.stelai.balanceOf(w.holder.address);
    await w.stelai.connect(w.holder).transfer(w.friend.address, balance - wei(MONTHLY_PRICE) + 1n);
    await w.stelai.connect(w.holder).approve(w.access.target, wei(MONTHLY_PRICE) - 1n);
    await expectRefused(w, STATUS.balanceTooLow);
    await w.stelai.connect(w.friend).transfer(w.holder.address, 1n);
    await expectRefused(w, STATUS.allowanceTooLow);
    await w.stelai.connect(w.holder).approve(w.access.target, wei(MONTHLY_PRICE));
    expect(await renew(w)).to.equal(STATUS.due);
    expect(await w.stelai.balanceOf(w.holder.address)).to.equal(0n);
    expect(await w.stelai.allowance(w.holder.address, w.access.target)).to.equal(0n);
  });

  it("is a suspension, an empty place on a private character's list, or a pause; each until it ends", async () => {
    const w = await withMonth();
    await time.increaseTo(w.until);
    await w.characters.connect(w.creator).setVisibility(w.characterId, 2);
    await expectRefused(w, STATUS.notAllowed);
    await suspend(w);
    await expectRefused(w, STATUS.suspended);
    await w.access.connect(w.guardian).pause();
    await expectRefused(w, STATUS.paused);
    await unpause(w);
    await suspend(w, false);
    await w.characters.connect(w.creator).setAllowed(w.characterId, [w.holder.address], true);
    expect(await renew(w)).to.equal(STATUS.due);
  });

  it("is never a transfer of the character: the new owner's price counts, up to the mandate", async () => {
    const w = await withMonth();
    await w.characters.connect(w.creator).transferFrom(w.creator.address, w.friend.address, w.characterId);
    await time.increaseTo(w.until);
    expect(await renew(w)).to.equal(STATUS.due);
    await time.increase(2n * MONTH);
    // What vested on the first day went to the creator with the transfer.
    const earned = 2n * MONTHLY_PRICE - MONTHLY_PRICE / 30n - (MONTHLY_PRICE % 30n);
    await expect(w.access.harvest(w.characterId, 1_000n))
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.friend), w.access, toBeHex(w.characterId, 32), wei(earned), wei(earned) / 10n);
  });

  it("is that there never was a pass, or that it is for good", async () => {
    const w = await loadFixture(withPasses);
    expect(
      await w.access.renewalsOf([w.idOf(w.holder), { characterId: 77n, account: w.holder.address }]),
    ).to.deep.equal([STATUS.notRenewing, STATUS.notRenewing]);
    await expect(w.access.connect(w.holder).setRenewal(w.characterId, PLAN.monthly, 1n))
      .to.be.revertedWithCustomError(w.access, "NoPass")
      .withArgs(w.characterId, w.holder);
  });
});

describe("CharacterAccess: a batch of renewals", () => {
  it("renews those that can be, and tells of each of the others why not", async () => {
    const w = await withMonth();
    await w.access.connect(w.friend).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await w.access.connect(w.stranger).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await time.increaseTo(w.until + DAY);
    await w.stelai.connect(w.friend).approve(w.access.target, 0n);
    const batch = [w.friend, w.holder, w.holder, w.creator, w.stranger].map((account) => w.idOf(account));
    const expected = [STATUS.allowanceTooLow, STATUS.due, STATUS.notDue, STATUS.notRenewing, STATUS.due];
    expect(await w.access.renew.staticCall(batch)).to.deep.equal(expected);
    const act = w.access.renew(batch);
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.friend, w.holder, w.stranger, w.access],
      [0n, -wei(MONTHLY_PRICE), -wei(MONTHLY_PRICE), wei(2n * MONTHLY_PRICE)],
    );
  });

  it("takes no more than a balance that is enough for one of an account's two", async () => {
    const w = await withMonth();
    await w.characters.connect(w.creator).create(creationOf({ payee: payeeOf(w.creator) }));
    await w.access.connect(w.holder).subscribe(2n, PLAN.monthly, MONTHLY_PRICE, true, "0x");
    await time.increaseTo(w.until + DAY);
    await w.stelai.connect(w.holder).approve(w.access.target, wei(2n * MONTHLY_PRICE) - 1n);
    const batch = [w.idOf(w.holder), { characterId: 2n, account: w.holder.address }];
    expect(await w.access.renew.staticCall(batch)).to.deep.equal([STATUS.due, STATUS.allowanceTooLow]);
    await w.access.renew(batch);
    expect(await w.stelai.allowance(w.holder.address, w.access.target)).to.equal(wei(MONTHLY_PRICE) - 1n);
  });

  it("does nothing with an empty one", async () => {
    const w = await withYear();
    expect(await w.access.renew.staticCall([])).to.deep.equal([]);
  });
});
