import { expect } from "chai";
import { parseCredits } from "./parse.ts";

describe("credits as typed", () => {
  it("are read exactly, to the last of 18 decimals", () => {
    expect(parseCredits("12.5")).to.equal(12_500_000_000_000_000_000n);
    expect(parseCredits("0.000000000000000001")).to.equal(1n);
    expect(parseCredits(" 1,000 ")).to.equal(1_000n * 10n ** 18n);
    expect(parseCredits(".5")).to.equal(5n * 10n ** 17n);
  });

  it("are refused when they are no number, or finer than a wei", () => {
    for (const text of ["", ".", "-1", "1e3", "1,00", "1.2.3", "1.0000000000000000001", "0x1"]) {
      expect(parseCredits(text), text).to.equal(undefined);
    }
  });
});
