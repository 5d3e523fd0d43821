import { expect } from "chai";
import { WEI_PER_CREDIT as CREDIT } from "../format/money.ts";
import { openingCost } from "./opening.ts";

const MICRO = 1_000_000n;
const FEE = CREDIT / 5n;

describe("Opening a tab", () => {
  it("takes its cap and the fee from paid credits where there is no bonus", () => {
    expect(openingCost(20n * CREDIT, 0n, FEE, 100n * CREDIT)).to.deep.equal({
      bonus: 0n,
      fee: FEE,
      paid: 20n * CREDIT + FEE,
      isShort: false,
    });
  });

  it("takes bonus first, and only the rest from paid credits", () => {
    const { bonus, paid, isShort } = openingCost(20n * CREDIT, 15n * MICRO, FEE, 6n * CREDIT);
    expect([bonus, paid, isShort]).to.deep.equal([15n * MICRO, 5n * CREDIT + FEE, false]);
  });

  it("takes no more bonus than its cap", () => {
    const { bonus, paid } = openingCost(20n * CREDIT, 500n * MICRO, FEE, CREDIT);
    expect([bonus, paid]).to.deep.equal([20n * MICRO, FEE]);
  });

  it("costs nothing where it is all bonus and paid credits do not cover the fee", () => {
    expect(openingCost(20n * CREDIT, 20n * MICRO, FEE, FEE - 1n)).to.include({ fee: 0n, paid: 0n, isShort: false });
    expect(openingCost(20n * CREDIT, 19n * MICRO, FEE, FEE - 1n)).to.include({ fee: FEE, isShort: true });
  });

  it("is not called short while the fee or the balance is not known", () => {
    expect(openingCost(20n * CREDIT, 0n, undefined, 0n)).to.include({ paid: undefined, isShort: false });
    expect(openingCost(20n * CREDIT, 0n, FEE, undefined).isShort).to.equal(false);
  });
});
