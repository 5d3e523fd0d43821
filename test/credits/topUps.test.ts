import { expect } from "chai";
import { credits, DAY, ethers, networkHelpers, orderOf, PACKAGES, usd, type World, withDollars } from "../fixtures.ts";
import { announce, isSound, MONTH, NOBODY, permitFor } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;

/** `TopUpStatus` by name. */
const Status = {
  ...{ Due: 0n, NotAgreed: 1n, BalanceEnough: 2n, Paused: 3n, OtherAmount: 4n },
  ...{ PriceAboveMaximum: 5n, CapReached: 6n, BalanceTooLow: 7n, AllowanceTooLow: 8n },
} as const;

/** Below 500 credits 1,000 more, for 10 dollars each and 25 a window. */
const AGREED = { threshold: credits("500"), credits: credits("1000"), maxPrice: usd("10"), cap: usd("25") };

/** {@link withDollars}; Alice agreed to {@link AGREED} and has no credits. */
async function withTopUp() {
  const w = await loadFixture(withDollars);
  await w.plans.connect(w.alice).setTopUp(AGREED);
  return w;
}

const statusOf = (w: World, packageId = 1n, quantity = 1n): Promise<bigint> =>
  w.plans.topUpStatusOf(w.alice.address, packageId, quantity);

/** Anyone tops Alice up. */
const topUp = (w: World, packageId = 1n, quantity = 1n) =>
  w.plans.connect(w.dave).topUp(w.alice.address, packageId, quantity);

/** Alice uses all of her credits. */
const spend = async (w: World) =>
  w.stelai.connect(w.alice).transfer(w.carol.address, await w.stelai.balanceOf(w.alice.address));

async function expectNotDue(w: World, status: bigint, packageId = 1n, quantity = 1n) {
  expect(await statusOf(w, packageId, quantity)).to.equal(status);
  await expect(topUp(w, packageId, quantity))
    .to.be.revertedWithCustomError(w.plans, "TopUpNotDue")
    .withArgs(status);
}

describe("CreditPlans: topping up", () => {
  it("buys the agreed credits at the package's price when the balance is below the threshold, whoever calls", async () => {
    const w = await loadFixture(withTopUp);
    const act = topUp(w);
    await expect(act).to.changeTokenBalances(ethers, w.usdc, [w.alice, w.store, w.dave], [-usd("10"), usd("10"), 0n]);
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.alice, w.dave], [credits("1000"), 0n]);
    const windowEnd = BigInt((await time.latest()) + MONTH);
    await expect(act)
      .to.emit(w.plans, "ToppedUp")
      .withArgs(w.alice.address, credits("1000"), usd("10"), usd("10"), windowEnd);
    await expect(act)
      .to.emit(w.store, "Purchased")
      .withArgs(w.alice.address, w.alice.address, NOBODY, 0n, 1n, credits("1000"), usd("10"));
    expect(await w.plans.topUpOf(w.alice.address)).to.deep.equal([Object.values(AGREED), usd("10"), windowEnd]);
    expect(await isSound(w)).to.equal(true);
  });

  it("tops up to the cap of a window and no further, and goes on in the next", async () => {
    const w = await loadFixture(withTopUp);
    await topUp(w);
    const { windowEnd } = await w.plans.topUpOf(w.alice.address);
    await spend(w);
    await topUp(w);
    await spend(w);
    await expectNotDue(w, Status.CapReached);
    await time.setNextBlockTimestamp(Number(windowEnd) - 1);
    await expect(topUp(w)).to.be.revertedWithCustomError(w.plans, "TopUpNotDue").withArgs(Status.CapReached);
    await time.setNextBlockTimestamp(Number(windowEnd));
    await expect(topUp(w)).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("10"));
    expect((await w.plans.topUpOf(w.alice.address)).spent).to.equal(usd("10"));
  });

  it("reaches the cap exactly", async () => {
    const w = await loadFixture(withTopUp);
    await w.plans.connect(w.alice).setTopUp({ ...AGREED, cap: usd("20") });
    await topUp(w);
    await spend(w);
    await topUp(w);
    await spend(w);
    await expectNotDue(w, Status.CapReached);
  });

  it("knows no way around the cap by agreeing anew or by ending the agreement in between", async () => {
    const w = await loadFixture(withTopUp);
    await topUp(w);
    await spend(w);
    const by = w.plans.connect(w.alice);
    await by.setTopUp({ threshold: 0n, credits: 0n, maxPrice: 0n, cap: 0n });
    await expectNotDue(w, Status.NotAgreed);
    await by.setTopUp({ ...AGREED, cap: usd("15") });
    expect((await w.plans.topUpOf(w.alice.address)).spent).to.equal(usd("10"));
    await expectNotDue(w, Status.CapReached);
    await by.setTopUp({ ...AGREED, maxPrice: usd("5"), cap: usd("5") });
    await expectNotDue(w, Status.PriceAboveMaximum);
    await by.setTopUp(AGREED);
    await topUp(w);
    expect((await w.plans.topUpOf(w.alice.address)).spent).to.equal(usd("20"));
  });

  it("shows no window once it is over", async () => {
    const w = await loadFixture(withTopUp);
    await topUp(w);
    await time.increase(MONTH);
    const { spent, windowEnd } = await w.plans.topUpOf(w.alice.address);
    expect([spent, windowEnd]).to.deep.equal([0n, 0n]);
  });

  it("is not due at the threshold, and is one wei below it", async () => {
    const w = await loadFixture(withTopUp);
    await w.store.connect(w.alice).buy(orderOf(w.alice.address));
    await w.stelai.connect(w.alice).transfer(w.carol.address, credits("500"));
    await expectNotDue(w, Status.BalanceEnough);
    await w.stelai.connect(w.alice).transfer(w.carol.address, 1n);
    await topUp(w);
    await expectNotDue(w, Status.BalanceEnough);
  });

  it("buys no other amount than was agreed to, and nothing that is not for sale", async () => {
    const w = await loadFixture(withTopUp);
    const none: [bigint, bigint][] = [
      [2n, 1n],
      [1n, 2n],
      [1n, 0n],
      [0n, 1n],
      [4n, 1n],
      [1n, ethers.MaxUint256],
    ];
    for (const [packageId, quantity] of none) await expectNotDue(w, Status.OtherAmount, packageId, quantity);
    await w.plans
      .connect(w.alice)
      .setTopUp({ ...AGREED, credits: credits("3000"), maxPrice: usd("30"), cap: usd("30") });
    expect(await statusOf(w, 1n, 3n), "three small ones").to.equal(Status.Due);
    await expect(topUp(w, 2n, 1n), "one of 3,000").to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("28.5"));
  });

  it("never pays more than was agreed to, though a table is replaced in between and a stranger picks the package", async () => {
    const w = await loadFixture(withTopUp);
    const table = [
      { credits: credits("1000"), price: usd("10") + 1n },
      { credits: credits("1"), price: usd("0.01") },
    ];
    const enact = await announce(w, w.store, "setPackages", [table]);
    await time.increase(2 * DAY);
    await enact();
    await expectNotDue(w, Status.OtherAmount);
    await expectNotDue(w, Status.PriceAboveMaximum, 4n);
    await expect(topUp(w, 5n, 1_000n)).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("10"));
  });

  it("says why it cannot be, in the order of the reasons", async () => {
    const w = await loadFixture(withTopUp);
    await w.usdc.connect(w.alice).approve(w.store.target, usd("10") - 1n);
    await expectNotDue(w, Status.AllowanceTooLow);
    await w.usdc.connect(w.alice).transfer(w.bob.address, usd("9990") + 1n);
    await expectNotDue(w, Status.BalanceTooLow);
    await w.store.connect(w.guardian).pause();
    await expectNotDue(w, Status.Paused);
    await w.stelai.connect(w.alice).approve(w.bob.address, 1n);
    await expect(w.plans.topUp(w.bob.address, 1n, 1n))
      .to.be.revertedWithCustomError(w.plans, "TopUpNotDue")
      .withArgs(Status.NotAgreed);
  });

  describe("the agreement", () => {
    it("is said, changed and ended by its account alone, also while sales are stopped", async () => {
      const w = await loadFixture(withDollars);
      await w.store.connect(w.guardian).pause();
      const by = w.plans.connect(w.alice);
      await expect(by.setTopUp(AGREED))
        .to.emit(w.plans, "TopUpSet")
        .withArgs(w.alice.address, ...Object.values(AGREED));
      await by.setTopUp({ ...AGREED, credits: 0n });
      expect((await w.plans.topUpOf(w.alice.address)).agreed.credits).to.equal(0n);
      expect((await w.plans.topUpOf(w.bob.address)).agreed).to.deep.equal([0n, 0n, 0n, 0n]);
    });

    it("is refused without a highest price, and with a cap below it", async () => {
      const w = await loadFixture(withDollars);
      for (const bad of [{ maxPrice: 0n }, { cap: usd("10") - 1n }, { maxPrice: 0n, cap: 0n }]) {
        await expect(w.plans.connect(w.alice).setTopUp({ ...AGREED, ...bad })).to.be.revertedWithCustomError(
          w.plans,
          "InvalidTopUp",
        );
      }
      const most = 2n ** 96n - 1n;
      await w.plans.connect(w.alice).setTopUp({ ...AGREED, maxPrice: most, cap: most });
      await topUp(w);
      await spend(w);
      await topUp(w);
    });

    it("comes with a permit, which may be used already or be wrong without stopping it", async () => {
      const w = await loadFixture(withDollars);
      await w.usdc.mint(w.bob.address, usd("10"));
      const permit = await permitFor(w, w.bob, usd("25"));
      const [allowance, ...signature] = permit;
      await w.usdc.connect(w.dave).permit(w.bob.address, w.store.target, allowance, ...signature);
      await w.plans.connect(w.bob).setTopUpWithPermit(AGREED, ...permit);
      await w.plans.topUp(w.bob.address, 1n, 1n);
      await w.plans.connect(w.carol).setTopUpWithPermit(AGREED, ...permit);
      expect(await w.usdc.allowance(w.carol.address, w.store.target)).to.equal(0n);
      await w.plans.connect(w.bob).setTopUpWithPermit(AGREED, ...(await permitFor(w, w.bob, usd("7"))));
      expect(await w.usdc.allowance(w.bob.address, w.store.target)).to.equal(usd("7"));
    });
  });

  it("shares the allowance with plans, and neither counts against the other's agreement", async () => {
    const w = await loadFixture(withTopUp);
    await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
    await spend(w);
    await topUp(w);
    await time.increase(MONTH);
    await w.plans.renew([w.alice.address]);
    expect(await w.usdc.balanceOf(w.alice.address)).to.equal(usd("10000") - usd("29"));
    expect(PACKAGES[0]?.credits).to.equal(AGREED.credits);
  });
});
