import { BUDGET_KEY_STATES, type BudgetKey } from "@stelai/sdk/wire";
import { expect } from "chai";
import { isCurrent, leftOf } from "./states.ts";

describe("An API key's state", () => {
  it("is in use while it pays, would with more credits, or waits for its budget", () => {
    const current = BUDGET_KEY_STATES.filter((state) => isCurrent({ state }));
    expect(current).to.deep.equal(["unfunded", "active", "spent"]);
  });

  it("leaves what is not spent of its cap, and is not known where it has none", () => {
    const tab = { cap: 5_000_000n, spent: 1_250_000n, reserved: 7n } as NonNullable<BudgetKey["tab"]>;
    expect(leftOf({ tab })).to.equal(3_750_000n);
    expect(leftOf({ tab: null })).to.equal(undefined);
  });
});
