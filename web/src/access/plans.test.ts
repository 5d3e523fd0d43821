import type { CreditPackage } from "@stelai/sdk";
import { expect } from "chai";
import { DAY, plansOf, refillFor, scheduleOf, startOf, useOf } from "./plans.ts";

const NONE = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 1n, perUnit: 0n };
const credit = 10n ** 18n;
const packages: CreditPackage[] = [
  { packageId: 1n, credits: 1_000n * credit, price: 10_000_000n },
  { packageId: 2n, credits: 3_000n * credit, price: 27_000_000n },
];

describe("plans of a pass", () => {
  it("are those with a price, the shortest first", () => {
    expect(plansOf(NONE)).to.deep.equal([]);
    expect(plansOf({ ...NONE, lifetime: 9n, monthly: 1n })).to.deep.equal(["Monthly", "Lifetime"]);
  });

  it("end after thirty days or a year", () => {
    expect(scheduleOf("Monthly", 1_000n)).to.deep.equal({ start: 1_000n, until: 1_000n + 30n * DAY });
    expect(scheduleOf("Annual", 0n).until).to.equal(365n * DAY);
  });

  it("begin at once, or when what is paid for ends", () => {
    expect(startOf(undefined, 5n)).to.equal(5n);
    expect(startOf(4n, 5n)).to.equal(5n);
    expect(startOf(6n, 5n)).to.equal(6n);
  });
});

describe("credits that are missing", () => {
  it("come with the package that covers them for the least, several of it where none is large enough", () => {
    expect(refillFor(packages, 18n * credit)).to.deep.equal({ offer: packages[0], quantity: 1n });
    expect(refillFor(packages, 2_500n * credit)).to.deep.equal({ offer: packages[1], quantity: 1n });
    expect(refillFor(packages, 3_500n * credit)).to.deep.equal({ offer: packages[0], quantity: 4n });
    expect(refillFor(packages, 6_000n * credit)).to.deep.equal({ offer: packages[1], quantity: 2n });
  });

  it("cannot be told before the prices are", () => {
    expect(refillFor(undefined, 1n)).to.equal(undefined);
    expect(refillFor([], 1n)).to.equal(undefined);
  });
});

describe("use of a period", () => {
  const start = 100n * DAY + 3_600n;
  const until = start + 30n * DAY;

  it("counts the day it begins in, also for an hour of it", () => {
    expect(useOf("Monthly", 3_000n, until, start)).to.deep.equal({ days: 30n, begun: 1n, rate: 100n });
    expect(useOf("Monthly", 3_000n, until, start + 22n * 3_600n).begun).to.equal(1n);
    expect(useOf("Monthly", 3_000n, until, start + 23n * 3_600n).begun).to.equal(2n);
  });

  it("is none before it begins, and all of it from its last day on", () => {
    expect(useOf("Monthly", 3_000n, until, start - DAY).begun).to.equal(0n);
    expect(useOf("Monthly", 3_000n, until, until).begun).to.equal(30n);
    expect(useOf("Annual", 3_650n, start + 365n * DAY, start + 400n * DAY)).to.deep.include({ begun: 365n, rate: 10n });
  });
});
