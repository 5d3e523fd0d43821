import { expect } from "chai";
import { allowanceAfter, neededForYear, neededNext } from "./allowance.ts";

describe("What the credit store may take", () => {
  it("is made for a year of renewals and of top-ups together", () => {
    expect(neededForYear({ mandate: 10n, cadence: "month", cap: 0n })).to.equal(120n);
    expect(neededForYear({ mandate: 300n, cadence: "year", cap: 30n })).to.equal(300n + 360n);
    expect(neededNext({ mandate: 10n, cadence: "month", cap: 30n })).to.equal(40n);
  });

  it("stays as it is while that is enough, and is never lowered", () => {
    expect(allowanceAfter(50n, { enough: 40n, wanted: 120n })).to.equal(50n);
    expect(allowanceAfter(40n, { enough: 40n, wanted: 120n })).to.equal(40n);
    expect(allowanceAfter(39n, { enough: 40n, wanted: 120n })).to.equal(120n);
  });
});
