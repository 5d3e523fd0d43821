import { expect } from "chai";
import { fromField, readBonus, readOffer, readPercent, toField } from "./form.ts";

const CREDIT = 10n ** 18n;
const FLOOR = 8_000n;

describe("an offer as it is typed", () => {
  it("is read in wei and reserve units", () => {
    const read = readOffer({ credits: "1,000", price: "$10.50" }, FLOOR);
    expect(read).to.deep.equal({ credits: 1_000n * CREDIT, price: 10_500_000n });
  });

  it("is refused below the floor, and only there", () => {
    expect(readOffer({ credits: "1000", price: "7.999999" }, FLOOR)).to.equal("floor");
    expect(readOffer({ credits: "1000", price: "8" }, FLOOR)).to.deep.include({ price: 8_000_000n });
  });

  it("is refused where it is no amount, or nothing", () => {
    expect(readOffer({ credits: "some", price: "8" }, FLOOR)).to.equal("credits");
    expect(readOffer({ credits: "0", price: "8" }, FLOOR)).to.equal("credits");
    expect(readOffer({ credits: "0.0000001", price: "8" }, FLOOR)).to.equal("credits");
    expect(readOffer({ credits: "1000", price: "" }, FLOOR)).to.equal("price");
    expect(readOffer({ credits: "1000", price: "0" }, undefined)).to.equal("price");
  });
});

describe("percent as it is typed", () => {
  it("is read in basis points, up to the most", () => {
    expect(readPercent("2.5", 3_000)).to.equal(250);
    expect(readPercent("30", 3_000)).to.equal(3_000);
    expect(readPercent("30.01", 3_000)).to.equal(undefined);
    expect(readPercent("2.555", 3_000)).to.equal(undefined);
    expect(readPercent("", 3_000)).to.equal(undefined);
  });
});

describe("bonus credits as they are typed", () => {
  it("are read in microcredits, none of them less than one", () => {
    expect(readBonus("1.5")).to.equal(1_500_000n);
    expect(readBonus("0")).to.equal(undefined);
    expect(readBonus("0.0000001")).to.equal(undefined);
  });
});

describe("a moment in a field", () => {
  it("comes back as it was, to the minute", () => {
    expect(fromField(toField(1_790_000_040n))).to.equal(1_790_000_040n);
    expect(fromField("soon")).to.equal(undefined);
  });
});
