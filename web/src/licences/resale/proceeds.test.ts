import { expect } from "chai";
import { parseListingPrice, proceedsOf } from "./proceeds.ts";

const MICRO = 10n ** 12n;

describe("what a resale brings", () => {
  it("takes the royalty first, then the commission of the rest", () => {
    const { price, royalty, commission, kept } = proceedsOf(120_000_000n, 500, 2_000);
    expect(price).to.equal(120n * 10n ** 18n);
    expect(royalty).to.equal(6n * 10n ** 18n);
    expect(commission).to.equal((114n * 10n ** 18n) / 5n);
    expect(kept).to.equal(price - royalty - commission);
  });

  it("divides the smallest price without a wei too many or too few, the royalty in whole microcredits", () => {
    for (const price of [1n, 19n, 20n, 333_333n, 2n ** 64n - 1n]) {
      const parts = proceedsOf(price, 999, 1_234);
      expect(parts.royalty % MICRO).to.equal(0n);
      expect(parts.royalty).to.equal(((price * 999n) / 10_000n) * MICRO);
      expect(parts.royalty + parts.commission + parts.kept).to.equal(price * MICRO);
    }
  });
});

describe("the price of a listing as typed", () => {
  it("is read exactly, with or without separators", () => {
    expect(parseListingPrice("1,200.5")).to.equal(1_200_500_000n);
    expect(parseListingPrice(" 0.000001 ")).to.equal(1n);
  });

  it("is refused when it is nothing, no number, or more than the chain holds", () => {
    expect(parseListingPrice(" ")).to.equal("empty");
    for (const text of ["0", "-1", "1e3", "0.0000001", "abc"]) {
      expect(parseListingPrice(text), text).to.equal("unreadable");
    }
    expect(parseListingPrice("18446744073709.551615")).to.equal(2n ** 64n - 1n);
    expect(parseListingPrice("18446744073709.551616")).to.equal("tooHigh");
  });
});
