import { expect } from "chai";
import { exactUsd } from "./exactUsd.ts";

describe("dollars to the last digit", () => {
  it("show cents always, and what is finer where there is any", () => {
    expect(exactUsd(10_750_000n)).to.equal("$10.75");
    expect(exactUsd(10_500n)).to.equal("$0.0105");
    expect(exactUsd(1n)).to.equal("$0.000001");
    expect(exactUsd(1_234_000_000n)).to.equal("$1,234.00");
  });
});
