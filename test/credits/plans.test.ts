import { expect } from "chai";
import { credits, DAY, ethers, networkHelpers, orderOf, usd, withDollars } from "../fixtures.ts";
import { announce, isSound, MONTH, NOBODY, permitFor, Renewal, renewalOf, withPlan } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;
const UNTIL_NEVER = 2n ** 96n - 1n;

describe("CreditPlans: subscribing and changing", () => {
  describe("subscribe", () => {
    it("takes a cycle's price through the store's allowance and grants all of its credits at once", async () => {
      const w = await loadFixture(withDollars);
      const act = w.plans.connect(w.alice).subscribe(2n, usd("27"), usd("30"), w.bob.address);
      await expect(act).to.changeTokenBalances(ethers, w.usdc, [w.alice, w.store], [-usd("27"), usd("27")]);
      await expect(act).to.changeTokenBalance(ethers, w.stelai, w.alice, credits("3000"));
      const start = BigInt(await time.latest());
      const end = start + BigInt(MONTH);
      await expect(act)
        .to.emit(w.plans, "Subscribed")
        .withArgs(w.alice.address, 2n, credits("3000"), usd("27"), start, end);
      await expect(act).to.emit(w.plans, "RenewalSet").withArgs(w.alice.address, 2n, usd("30"));
      const { alice, bob } = w;
      await expect(act)
        .to.emit(w.store, "Purchased")
        .withArgs(alice.address, alice.address, bob.address, 0n, 1n, credits("3000"), usd("27"));
      const expected = [2n, 2n, start, end, credits("3000"), usd("27"), usd("30")];
      expect(await w.plans.subscriptionOf(w.alice.address)).to.deep.equal(expected);
      expect(await isSound(w)).to.equal(true);
    });

    it("binds the buyer to who sent it, when it is the first purchase", async () => {
      const w = await loadFixture(withDollars);
      await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), 0n, w.bob.address);
      expect(await w.rewards.referrerOf(w.alice.address)).to.deep.equal([w.bob.address, true]);
      expect((await w.rewards.bonusOf(w.bob.address)).balance).to.equal(credits("50"));
      expect((await w.rewards.bonusOf(w.alice.address)).balance).to.equal(credits("50"));
      expect(await isSound(w)).to.equal(true);
    });

    it("does not renew without a mandate", async () => {
      const w = await loadFixture(withDollars);
      await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), 0n, NOBODY);
      await time.increase(MONTH);
      expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotRenewing);
    });

    it("is refused above what the caller agreed to pay, of an unknown plan, and of one that is not offered", async () => {
      const w = await loadFixture(withDollars);
      const enact = await announce(w, w.plans, "setPlanPrice", [3n, 0n]);
      const by = w.plans.connect(w.alice);
      await expect(by.subscribe(1n, usd("9.5") - 1n, 0n, NOBODY))
        .to.be.revertedWithCustomError(w.plans, "PriceAboveMaximum")
        .withArgs(usd("9.5"), usd("9.5") - 1n);
      for (const planId of [0n, 5n, 2n ** 32n + 1n]) {
        await expect(by.subscribe(planId, UNTIL_NEVER, 0n, NOBODY))
          .to.be.revertedWithCustomError(w.plans, "UnknownPlan")
          .withArgs(planId);
        await expect(w.plans.planOf(planId)).to.be.revertedWithCustomError(w.plans, "UnknownPlan").withArgs(planId);
      }
      await time.increase(2 * DAY);
      await enact();
      await expect(by.subscribe(3n, UNTIL_NEVER, 0n, NOBODY))
        .to.be.revertedWithCustomError(w.plans, "PlanNotOffered")
        .withArgs(3n);
    });

    it("is refused while a cycle runs, to its last second, and begins another once it ended", async () => {
      const w = await loadFixture(withPlan);
      const by = w.plans.connect(w.alice);
      await time.setNextBlockTimestamp(w.end - 1);
      await expect(by.subscribe(2n, usd("27"), 0n, NOBODY))
        .to.be.revertedWithCustomError(w.plans, "AlreadySubscribed")
        .withArgs(1n, w.end);
      await time.setNextBlockTimestamp(w.end);
      await by.subscribe(2n, usd("27"), usd("27"), NOBODY);
      expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotDue);
      expect((await w.plans.subscriptionOf(w.alice.address)).planId).to.equal(2n);
    });

    it("leaves nothing behind without an allowance, without the money, and while sales are stopped", async () => {
      const w = await loadFixture(withDollars);
      await expect(w.plans.connect(w.bob).subscribe(1n, usd("9.5"), 0n, NOBODY))
        .to.be.revertedWithCustomError(w.usdc, "ERC20InsufficientAllowance")
        .withArgs(w.store.target, 0n, usd("9.5"));
      await w.usdc.connect(w.bob).approve(w.store.target, usd("9.5"));
      await expect(w.plans.connect(w.bob).subscribe(1n, usd("9.5"), 0n, NOBODY))
        .to.be.revertedWithCustomError(w.usdc, "ERC20InsufficientBalance")
        .withArgs(w.bob.address, 0n, usd("9.5"));
      await w.store.connect(w.guardian).pause();
      await expect(w.plans.connect(w.alice).subscribe(1n, usd("9.5"), 0n, NOBODY)).to.be.revertedWithCustomError(
        w.store,
        "EnforcedPause",
      );
      for (const account of [w.alice, w.bob]) {
        expect((await w.plans.subscriptionOf(account.address)).planId).to.equal(0n);
      }
    });
  });

  describe("subscribeWithPermit", () => {
    it("needs no allowance beforehand, and bears that someone sent the permit first", async () => {
      const w = await loadFixture(withDollars);
      for (const isFrontRun of [false, true]) {
        const account = isFrontRun ? w.bob : w.carol;
        await w.usdc.mint(account.address, usd("20"));
        const permit = await permitFor(w, account, usd("20"));
        if (isFrontRun) {
          const [allowance, ...signature] = permit;
          await w.usdc.connect(w.dave).permit(account.address, w.store.target, allowance, ...signature);
        }
        const act = w.plans.connect(account).subscribeWithPermit(1n, usd("9.5"), usd("9.5"), NOBODY, ...permit);
        await expect(act).to.changeTokenBalance(ethers, w.stelai, account, credits("1000"));
        expect(await w.usdc.allowance(account.address, w.store.target)).to.equal(usd("10.5"));
      }
    });

    it("is refused with a permit that is not the caller's own and no allowance", async () => {
      const w = await loadFixture(withDollars);
      const permit = await permitFor(w, w.alice, usd("20"));
      await w.usdc.mint(w.bob.address, usd("20"));
      await expect(w.plans.connect(w.bob).subscribeWithPermit(1n, usd("9.5"), 0n, NOBODY, ...permit))
        .to.be.revertedWithCustomError(w.usdc, "ERC20InsufficientAllowance")
        .withArgs(w.store.target, 0n, usd("9.5"));
    });
  });

  describe("upgrade", () => {
    it("pays the difference, grants the difference, and keeps the end", async () => {
      const w = await loadFixture(withPlan);
      await time.increase(10 * DAY);
      expect(await w.plans.upgradeQuote(w.alice.address, 2n)).to.deep.equal([usd("17.5"), credits("2000")]);
      const act = w.plans.connect(w.alice).upgrade(2n, usd("17.5"), usd("27"));
      await expect(act).to.changeTokenBalances(ethers, w.usdc, [w.alice, w.store], [-usd("17.5"), usd("17.5")]);
      await expect(act).to.changeTokenBalance(ethers, w.stelai, w.alice, credits("2000"));
      await expect(act).to.emit(w.plans, "Upgraded").withArgs(w.alice.address, 2n, 1n, credits("2000"), usd("17.5"));
      await expect(act).to.emit(w.plans, "RenewalSet").withArgs(w.alice.address, 2n, usd("27"));
      const expected = [2n, 2n, BigInt(w.start), BigInt(w.end), credits("3000"), usd("27"), usd("27")];
      expect(await w.plans.subscriptionOf(w.alice.address)).to.deep.equal(expected);
    });

    it("never costs less than the floor of what it adds, though the surplus was swept in between", async () => {
      const w = await loadFixture(withPlan);
      const by = w.plans.connect(w.alice);
      await w.store.sweepSurplus();
      await by.upgrade(2n, usd("17.5"), 0n);
      await w.store.sweepSurplus();
      // 42.5 less the 27 paid is 15.5; 2,000 credits are redeemed for 16.
      expect(await w.plans.upgradeQuote(w.alice.address, 3n)).to.deep.equal([usd("16"), credits("2000")]);
      await expect(by.upgrade(3n, usd("16") - 1n, 0n))
        .to.be.revertedWithCustomError(w.plans, "PriceAboveMaximum")
        .withArgs(usd("16"), usd("16") - 1n);
      await by.upgrade(3n, usd("16"), 0n);
      expect((await w.plans.subscriptionOf(w.alice.address)).paid).to.equal(usd("43"));
      expect(await isSound(w)).to.equal(true);
    });

    it("is refused to a plan that grants no more, of another period, unknown or not offered", async () => {
      const w = await loadFixture(withPlan);
      const enact = await announce(w, w.plans, "setPlanPrice", [3n, 0n]);
      const by = w.plans.connect(w.alice);
      await expect(by.upgrade(1n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "NotAnUpgrade")
        .withArgs(1n, 1n);
      await expect(by.upgrade(4n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "NotAnUpgrade")
        .withArgs(4n, 1n);
      await by.upgrade(2n, UNTIL_NEVER, 0n);
      await expect(by.upgrade(1n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "NotAnUpgrade")
        .withArgs(1n, 2n);
      await expect(by.upgrade(9n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "UnknownPlan")
        .withArgs(9n);
      await time.increase(2 * DAY);
      await enact();
      await expect(by.upgrade(3n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "PlanNotOffered")
        .withArgs(3n);
    });

    it("is refused to who never subscribed, and once the cycle ended", async () => {
      const w = await loadFixture(withPlan);
      await expect(w.plans.connect(w.bob).upgrade(2n, UNTIL_NEVER, 0n))
        .to.be.revertedWithCustomError(w.plans, "NotSubscribed")
        .withArgs(w.bob.address);
      await time.increaseTo(w.end);
      await expect(w.plans.upgradeQuote(w.alice.address, 2n))
        .to.be.revertedWithCustomError(w.plans, "NotSubscribed")
        .withArgs(w.alice.address);
    });

    it("takes nothing and changes nothing when the money is not there", async () => {
      const w = await loadFixture(withPlan);
      await w.usdc.connect(w.alice).approve(w.store.target, usd("17.5") - 1n);
      const before = await w.plans.subscriptionOf(w.alice.address);
      await expect(w.plans.connect(w.alice).upgrade(2n, UNTIL_NEVER, UNTIL_NEVER)).to.be.revertedWithCustomError(
        w.usdc,
        "ERC20InsufficientAllowance",
      );
      expect(await w.plans.subscriptionOf(w.alice.address)).to.deep.equal(before);
    });
  });

  describe("setRenewal and cancel", () => {
    it("downgrade at the renewal and not before; what was granted stays", async () => {
      const w = await loadFixture(withDollars);
      const by = w.plans.connect(w.alice);
      await by.subscribe(3n, usd("42.5"), usd("42.5"), NOBODY);
      await expect(by.setRenewal(1n, usd("9.5")))
        .to.emit(w.plans, "RenewalSet")
        .withArgs(w.alice.address, 1n, usd("9.5"));
      const { planId, renewalPlanId, granted } = await w.plans.subscriptionOf(w.alice.address);
      expect([planId, renewalPlanId, granted]).to.deep.equal([3n, 1n, credits("5000")]);
      await time.increase(MONTH);
      const act = w.plans.connect(w.dave).renew([w.alice.address]);
      await expect(act).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("9.5"));
      expect(await w.stelai.balanceOf(w.alice.address), "all that was not used rolls over").to.equal(credits("6000"));
      expect((await w.plans.subscriptionOf(w.alice.address)).planId).to.equal(1n);
    });

    it("change the period at the renewal", async () => {
      const w = await loadFixture(withPlan);
      await w.plans.connect(w.alice).setRenewal(4n, usd("300"));
      await time.increaseTo(w.end);
      await w.plans.renew([w.alice.address]);
      const { start, end } = await w.plans.subscriptionOf(w.alice.address);
      expect(end - start).to.equal(365n * BigInt(DAY));
    });

    it("upgrade, downgrade, then cancel: the larger cycle runs to its end and is the last", async () => {
      const w = await loadFixture(withPlan);
      const by = w.plans.connect(w.alice);
      await by.upgrade(3n, UNTIL_NEVER, usd("42.5"));
      await by.setRenewal(1n, usd("9.5"));
      await expect(by.cancel()).to.emit(w.plans, "RenewalSet").withArgs(w.alice.address, 1n, 0n);
      await time.increaseTo(w.end);
      const paid = await w.usdc.balanceOf(w.alice.address);
      await w.plans.renew([w.alice.address]);
      expect(await w.usdc.balanceOf(w.alice.address)).to.equal(paid);
      expect(await renewalOf(w, w.alice)).to.equal(Renewal.NotRenewing);
      expect(await w.stelai.balanceOf(w.alice.address)).to.equal(credits("5000"));
    });

    it("cancel works while sales are stopped, twice over and long after the end", async () => {
      const w = await loadFixture(withPlan);
      await w.store.connect(w.guardian).pause();
      const by = w.plans.connect(w.alice);
      await by.cancel();
      await by.cancel();
      await time.increase(400 * DAY);
      await by.cancel();
      expect((await w.plans.subscriptionOf(w.alice.address)).mandate).to.equal(0n);
    });

    it("are refused to who never subscribed; of an unknown plan; and once nothing is left to renew", async () => {
      const w = await loadFixture(withPlan);
      for (const act of [w.plans.connect(w.bob).cancel(), w.plans.connect(w.bob).setRenewal(1n, 1n)]) {
        await expect(act).to.be.revertedWithCustomError(w.plans, "NotSubscribed").withArgs(w.bob.address);
      }
      const by = w.plans.connect(w.alice);
      await expect(by.setRenewal(5n, 1n)).to.be.revertedWithCustomError(w.plans, "UnknownPlan").withArgs(5n);
      await time.setNextBlockTimestamp(w.end + 14 * DAY);
      await by.setRenewal(1n, usd("9.5"));
      await time.setNextBlockTimestamp(w.end + 14 * DAY + 1);
      await expect(by.setRenewal(1n, usd("9.5")))
        .to.be.revertedWithCustomError(w.plans, "NotSubscribed")
        .withArgs(w.alice.address);
    });
  });

  it("keeps credits from a plan, a package and a top-up in one balance, which redeems as a whole", async () => {
    const w = await loadFixture(withPlan);
    await w.store.connect(w.alice).buy(orderOf(w.alice.address));
    const redeemed = w.store.connect(w.alice).redeem(credits("2000"), w.alice.address, usd("16"));
    await expect(redeemed).to.changeTokenBalance(ethers, w.usdc, w.alice, usd("16"));
    expect(await w.stelai.totalSupply()).to.equal(0n);
  });
});
