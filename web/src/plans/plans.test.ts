import type { CreditPlan } from "@stelai/sdk";
import { expect } from "chai";
import { type Cycle, cadenceOf, choiceOf, GRACE, offeredPlans, priceEach, savedPercent, standingOf } from "./plans.ts";

const WEI = 10n ** 18n;
const MONTH = 30 * 86_400;
const END = BigInt(MONTH);
const plan = (planId: bigint, credits: bigint, price: bigint, period = MONTH): CreditPlan => ({
  planId,
  credits: credits * WEI,
  price,
  period,
});
const small = plan(1n, 1_000n, 9_500_000n);
const middle = plan(2n, 3_000n, 27_000_000n);
const large = plan(3n, 5_000n, 42_500_000n);
const year = plan(4n, 36_000n, 300_000_000n, 365 * 86_400);
const plans = [small, middle, large, year];

const cycle: Cycle = {
  planId: 2n,
  renewalPlanId: 2n,
  end: END,
  granted: middle.credits,
  mandate: middle.price,
};
const choices = (over: Partial<Cycle> = {}, now = 5n) =>
  plans.map((one) =>
    choiceOf(
      one,
      { ...cycle, ...over },
      plans.find(({ planId }) => planId === (over.planId ?? 2n)),
      now,
    ),
  );

describe("Plans", () => {
  it("are compared by what a credit costs, and by how much less that is than bought singly", () => {
    expect(priceEach(small)).to.equal(9_500n);
    expect(priceEach(year)).to.equal(8_334n);
    expect(savedPercent(small, { credits: 1_000n * WEI, price: 10_000_000n })).to.equal(5n);
    expect(savedPercent(year, { credits: 1_000n * WEI, price: 10_000_000n })).to.equal(16n);
    expect(savedPercent({ credits: WEI, price: 10_500n }, small)).to.equal(0n);
  });

  it("are by the month or by the year", () => {
    expect(plans.map(cadenceOf)).to.deep.equal(["month", "month", "month", "year"]);
  });

  it("are listed with months before years, the smallest first, and without what is not offered", () => {
    const gone = { ...large, price: 0n };
    expect(offeredPlans([year, gone, middle, small], null)).to.deep.equal([small, middle, year]);
    expect(offeredPlans([year, gone, middle, small], { ...cycle, planId: 3n })).to.deep.equal([
      small,
      middle,
      gone,
      year,
    ]);
  });
});

describe("Choosing a plan", () => {
  it("subscribes without a cycle, after one that ended, and in its grace", () => {
    expect(plans.map((one) => choiceOf(one, null, undefined, 5n))).to.deep.equal(Array(4).fill("subscribe"));
    expect(choices({}, END + 1n)).to.deep.equal(Array(4).fill("subscribe"));
    expect(choices({}, END + GRACE + 1n)).to.deep.equal(Array(4).fill("subscribe"));
  });

  it("upgrades a running cycle to what grants more in the same period; what is smaller or by the year follows it", () => {
    expect(choices()).to.deep.equal(["follow", "current", "upgrade", "follow"]);
  });

  it("counts what a cycle granted, not what its plan grants: an upgrade is not paid for twice", () => {
    expect(choices({ granted: large.credits })).to.deep.equal(["follow", "current", "follow", "follow"]);
  });

  it("takes back that it ends, or that another follows", () => {
    expect(choices({ mandate: 0n })).to.deep.equal(["follow", "resume", "upgrade", "follow"]);
    expect(choices({ renewalPlanId: 1n })).to.deep.equal(["next", "follow", "upgrade", "follow"]);
  });
});

describe("A subscription", () => {
  it("runs until its end, and can be renewed for 14 days more if it was agreed to", () => {
    expect(standingOf(cycle, END - 1n)).to.equal("running");
    expect(standingOf(cycle, END)).to.equal("grace");
    expect(standingOf(cycle, END + GRACE)).to.equal("grace");
    expect(standingOf(cycle, END + GRACE + 1n)).to.equal("ended");
    expect(standingOf({ ...cycle, mandate: 0n }, END)).to.equal("ended");
  });

  it("never was where the chain has none", () => {
    expect(standingOf(null, 0n)).to.equal("none");
  });
});
