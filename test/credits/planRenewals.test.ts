import { expect } from "chai";
import { credits, DAY, ethers, networkHelpers, usd } from "../fixtures.ts";
import { announce, GRACE, isSound, MONTH, NOBODY, Renewal, renewalOf, withPlan } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;

describe("CreditPlans: renewing", () => {
  it("pays another cycle when the former has ended, whoever calls, once", async () => {
    const w = await loadFixture(withPlan);
    await time.setNextBlockTimestamp(w.end - 1);
    await expect(w.plans.connect(w.dave).renew([w.alice.address])).not.to.emit(w.plans, "Renewed");
    await time.setNextBlockTimestamp(w.end);
    const act = w.plans.connect(w.dave).renew([w.alice.address, w.alice.address]);
    await expect(act).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("9.5"));
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.alice, credits("1000"));
    await expect(act)
      .to.emit(w.plans, "Renewed")
      .withArgs(w.alice.address, 1n, credits("1000"), usd("9.5"), w.end, w.end + MONTH);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotDue);
    expect(await isSound(w)).to.equal(true);
  });

  it("tells of each account in a batch what was found, and skips what cannot be", async () => {
    const w = await loadFixture(withPlan);
    await time.increaseTo(w.end);
    const batch = [w.bob.address, w.alice.address, w.alice.address];
    const due = await w.plans.getFunction("renew").staticCall(batch);
    expect(due).to.deep.equal([Renewal.NotRenewing, Renewal.Due, Renewal.NotDue]);
    expect(await w.plans.renewalsOf(batch)).to.deep.equal([Renewal.NotRenewing, Renewal.Due, Renewal.Due]);
    await w.plans.renew(batch);
    await w.plans.renew([]);
  });

  it("begins a late cycle now, charges no arrears, and stops after the grace period", async () => {
    const w = await loadFixture(withPlan);
    await time.setNextBlockTimestamp(w.end + GRACE);
    await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("9.5"));
    const { start, end } = await w.plans.subscriptionOf(w.alice.address);
    expect([start, end]).to.deep.equal([BigInt(w.end + GRACE), BigInt(w.end + GRACE + MONTH)]);
    await time.increaseTo(Number(end) + GRACE + 1);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.Lapsed);
    await expect(w.plans.renew([w.alice.address])).not.to.emit(w.plans, "Renewed");
  });

  it("never charges more than the mandate when the price is raised while renewals are due", async () => {
    const w = await loadFixture(withPlan);
    await time.increaseTo(w.end - 2 * DAY);
    const enact = await announce(w, w.plans, "setPlanPrice", [1n, usd("9.5") + 1n]);
    await time.increaseTo(w.end);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.Due);
    await enact();
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.PriceAboveMandate);
    await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, 0n);
    await w.plans.connect(w.alice).setRenewal(1n, usd("9.5") + 1n);
    await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("9.5") - 1n);
  });

  it("charges the price of the day, not the mandate, when it was lowered", async () => {
    const w = await loadFixture(withPlan);
    const enact = await announce(w, w.plans, "setPlanPrice", [1n, usd("8")]);
    await time.increase(2 * DAY);
    await enact();
    await time.increaseTo(w.end);
    await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("8"));
    expect(await isSound(w)).to.equal(true);
  });

  it("says why it cannot be, in the order of the reasons", async () => {
    const w = await loadFixture(withPlan);
    await time.increaseTo(w.end - 2 * DAY);
    const enact = await announce(w, w.plans, "setPlanPrice", [1n, 0n]);
    await time.increaseTo(w.end);
    await w.usdc.connect(w.alice).approve(w.store.target, usd("9.5") - 1n);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.AllowanceTooLow);
    const balance: bigint = await w.usdc.balanceOf(w.alice.address);
    await w.usdc.connect(w.alice).transfer(w.bob.address, balance - usd("9.5") + 1n);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.BalanceTooLow);
    await enact();
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotOffered);
    await w.store.connect(w.guardian).pause();
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.Paused);
    await expect(w.plans.renew([w.alice.address])).not.to.emit(w.plans, "Renewed");
    await time.increaseTo(w.end + GRACE + 1);
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.Lapsed);
    await w.plans.connect(w.alice).cancel();
    expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotRenewing);
  });

  it("comes back after a cancel within the grace period, and by a new subscription later", async () => {
    const w = await loadFixture(withPlan);
    const by = w.plans.connect(w.alice);
    await by.cancel();
    await time.increaseTo(w.end + DAY);
    await by.setRenewal(2n, usd("27"));
    await w.plans.renew([w.alice.address]);
    expect((await w.plans.subscriptionOf(w.alice.address)).planId).to.equal(2n);
    await time.increase(MONTH + GRACE + 1);
    await by.subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
    expect((await w.plans.subscriptionOf(w.alice.address)).granted).to.equal(credits("1000"));
  });

  it("is charged once when subscriber and keeper act in the same moment, in either order", async () => {
    const w = await loadFixture(withPlan);
    await time.increaseTo(w.end);
    const snapshot = await networkHelpers.takeSnapshot();
    await w.plans.renew([w.alice.address]);
    await expect(w.plans.connect(w.alice).subscribe(1n, usd("9.5"), 0n, NOBODY)).to.be.revertedWithCustomError(
      w.plans,
      "AlreadySubscribed",
    );
    await snapshot.restore();
    await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
    await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, 0n);
  });

  it("goes on, and rewards who sent the subscriber, though what that one had has lapsed", async () => {
    const w = await loadFixture(withPlan);
    await w.usdc.mint(w.carol.address, usd("400"));
    await w.usdc.connect(w.carol).approve(w.store.target, ethers.MaxUint256);
    await w.plans.connect(w.carol).subscribe(4n, usd("300"), usd("300"), w.bob.address);
    const first = (await w.rewards.bonusOf(w.bob.address)).balance;
    expect(first).to.be.greaterThan(0n);
    await w.plans.connect(w.carol).setRenewal(1n, usd("9.5"));
    await time.increase(365 * DAY);
    expect((await w.rewards.bonusOf(w.bob.address)).balance).to.equal(0n);
    const act = w.plans.renew([w.carol.address]);
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.bob.address, first);
    await expect(act).to.emit(w.store, "Retired").withArgs(w.rewards.target, first);
    expect((await w.rewards.bonusOf(w.bob.address)).balance).to.equal(credits("50"));
    expect(await isSound(w)).to.equal(true);
  });
});
