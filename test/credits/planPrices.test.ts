import { expect } from "chai";
import { credits, DAY, ethers, FLOOR, networkHelpers, PLANS, usd, withDollars } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import { MONTH, NOBODY, priced, withPlan } from "./plansWorld.ts";

const { loadFixture } = networkHelpers;
const PLAN = { credits: credits("100"), price: usd("1"), period: MONTH };

describe("CreditPlans: what is for sale", () => {
  it("grows by plans that were announced two days before, and keeps those there are", async () => {
    const w = await loadFixture(withDollars);
    const added = await expectDelayed(w, w.plans, w.pricing, "addPlans", [[PLAN]], 2 * DAY);
    await expect(added).to.emit(w.plans, "PlanAdded").withArgs(5n, PLAN.credits, PLAN.price, PLAN.period);
    expect(await w.plans.planCount()).to.equal(5n);
    expect(await w.plans.planOf(5n)).to.deep.equal([PLAN.credits, PLAN.price, BigInt(PLAN.period)]);
    expect(await w.plans.planOf(1n)).to.deep.equal([credits("1000"), usd("9.5"), BigInt(MONTH)]);
  });

  it("takes a plan at the floor, and none below it, without credits, without a price or of another period", async () => {
    const w = await loadFixture(withDollars);
    const atFloor = { ...PLAN, credits: credits("1000"), price: 1_000n * FLOOR };
    for (const bad of [
      { ...atFloor, price: atFloor.price - 1n },
      { ...atFloor, credits: atFloor.credits + 1n },
      { ...PLAN, credits: 0n },
      { ...PLAN, price: 0n },
      { ...PLAN, period: MONTH + 1 },
      { ...PLAN, period: 0 },
    ]) {
      await expect(priced(w, "addPlans", [[PLAN, bad]]))
        .to.be.revertedWithCustomError(w.plans, "InvalidPlan")
        .withArgs(1n);
    }
    await priced(w, "addPlans", [[atFloor, { ...atFloor, period: 365 * DAY }]]);
    expect(await w.plans.planCount()).to.equal(BigInt(PLANS.length) + 2n);
  });

  it("takes the largest numbers that fit", async () => {
    const w = await loadFixture(withDollars);
    const most = { credits: 2n ** 128n - 1n, price: 2n ** 96n - 1n, period: MONTH };
    await priced(w, "addPlans", [[most]]);
    await expect(w.plans.connect(w.alice).subscribe(5n, most.price, most.price, NOBODY)).to.be.revertedWithCustomError(
      w.usdc,
      "ERC20InsufficientBalance",
    );
  });

  it("has a plan's price set, to the floor at least, and taken off by a price of zero", async () => {
    const w = await loadFixture(withDollars);
    const set = await expectDelayed(w, w.plans, w.pricing, "setPlanPrice", [1n, usd("8")], 2 * DAY);
    await expect(set).to.emit(w.plans, "PlanPriceSet").withArgs(1n, usd("8"));
    await expect(priced(w, "setPlanPrice", [1n, usd("8") - 1n]))
      .to.be.revertedWithCustomError(w.plans, "PriceBelowFloor")
      .withArgs(1n);
    await expect(priced(w, "setPlanPrice", [5n, usd("8")]))
      .to.be.revertedWithCustomError(w.plans, "UnknownPlan")
      .withArgs(5n);
    await priced(w, "setPlanPrice", [1n, 0n]);
    expect((await w.plans.planOf(1n)).price).to.equal(0n);
    await priced(w, "setPlanPrice", [1n, usd("9")]);
    await w.plans.connect(w.alice).subscribe(1n, usd("9"), 0n, NOBODY);
  });

  it("protects who is buying while the price is raised: they pay what they agreed to, or nothing", async () => {
    const w = await loadFixture(withDollars);
    await priced(w, "setPlanPrice", [1n, usd("9.6")]);
    await expect(w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY))
      .to.be.revertedWithCustomError(w.plans, "PriceAboveMaximum")
      .withArgs(usd("9.6"), usd("9.5"));
  });

  it("counts an upgrade from what the cycle cost, whatever the plans cost since", async () => {
    const w = await loadFixture(withPlan);
    await priced(w, "setPlanPrice", [1n, usd("26")]);
    expect(await w.plans.upgradeQuote(w.alice.address, 2n)).to.deep.equal([usd("17.5"), credits("2000")]);
    await priced(w, "setPlanPrice", [2n, usd("24")]);
    expect(await w.plans.upgradeQuote(w.alice.address, 2n), "the floor of 2,000").to.deep.equal([
      usd("16"),
      credits("2000"),
    ]);
  });

  it("is deployed with an authority and a credit store only", async () => {
    const w = await loadFixture(withDollars);
    for (const parts of [
      [ethers.ZeroAddress, w.store.target],
      [w.manager.target, ethers.ZeroAddress],
    ]) {
      await expect(ethers.deployContract("CreditPlans", parts)).to.be.revertedWithCustomError(
        w.plans,
        "InvalidConfiguration",
      );
    }
  });
});
