import { expect } from "chai";
import { sumOfTabs } from "./tabs.ts";

describe("What stands in tabs", () => {
  it("is what is not spent yet, with the bonus of each spent first", () => {
    const tabs = [
      { cap: "100", spent: "30", bonus: "50" },
      { cap: "100", spent: "60", bonus: "50" },
      { cap: "10", spent: "0", bonus: "0" },
    ];
    expect(sumOfTabs(tabs)).to.deep.equal({ left: 120n, bonus: 20n });
  });

  it("is nothing without one", () => {
    expect(sumOfTabs([])).to.deep.equal({ left: 0n, bonus: 0n });
  });
});
