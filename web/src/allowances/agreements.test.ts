import type { Pass } from "@stelai/sdk";
import { expect } from "chai";
import { mostNow, ofPasses, ofReserve } from "./agreements.ts";

const agreed = { threshold: 1n, credits: 1n, maxPrice: 10n, cap: 50n };
const subscription = { renewalPlanId: 2n, mandate: 9n, end: 100n };
const pass = (values: Partial<Pass>): Pass => ({
  ...{ characterId: 1n, active: true, lifetime: false, since: 1n, until: 90n, plan: "Monthly", mandate: 5n },
  ...{ paid: 5n, refunded: 0n, gifted: false, periods: [] },
  ...values,
});

describe("what takes USDC by itself", () => {
  it("is the renewal of a plan, and what is left of a window of top-ups", () => {
    expect(ofReserve(subscription, { agreed, spent: 20n, windowEnd: 60n }, 50n)).to.deep.equal([
      { kind: "plan", planId: 2n, most: 9n, next: 100n },
      { kind: "topUps", most: 30n, cap: 50n, each: 10n },
    ]);
  });

  it("is a whole window once the last one is over, and never less than nothing", () => {
    const [over] = ofReserve(null, { agreed, spent: 20n, windowEnd: 60n }, 60n);
    expect(over?.most).to.equal(50n);
    const [spent] = ofReserve(null, { agreed, spent: 70n, windowEnd: 60n }, 50n);
    expect(spent?.most).to.equal(0n);
  });

  it("is nothing where nothing renews and nothing tops up", () => {
    const none = { agreed: null, spent: 0n, windowEnd: null };
    expect(ofReserve({ ...subscription, mandate: 0n }, none, 1n)).to.deep.equal([]);
    expect(ofReserve(null, none, 1n)).to.deep.equal([]);
  });
});

describe("what takes credits by itself", () => {
  it("is each pass that renews, not one for a lifetime or that ends", () => {
    const passes = [pass({}), pass({ characterId: 2n, lifetime: true }), pass({ characterId: 3n, mandate: 0n })];
    expect(ofPasses(passes)).to.deep.equal([{ kind: "pass", characterId: 1n, most: 5n, next: 90n }]);
  });
});

describe("the most that can be taken", () => {
  it("is all that was agreed to, as far as the allowance goes", () => {
    const agreements = ofReserve(subscription, { agreed, spent: 0n, windowEnd: null }, 1n);
    expect(mostNow(1_000n, agreements)).to.equal(59n);
    expect(mostNow(40n, agreements)).to.equal(40n);
    expect(mostNow(1_000n, [])).to.equal(0n);
  });
});
