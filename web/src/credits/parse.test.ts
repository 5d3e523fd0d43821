import { expect } from "chai";
import { parseCredits, parseQuantity, parseUsd } from "./parse.ts";

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

describe("dollars as typed", () => {
  it("are read exactly, with their sign or without", () => {
    expect(parseUsd("$20")).to.equal(20_000_000n);
    expect(parseUsd("9.50")).to.equal(9_500_000n);
    expect(parseUsd("$ 1,000.000001")).to.equal(1_000_000_001n);
  });

  it("are refused when they are no number, or finer than USDC", () => {
    for (const text of ["$", "20$", "-5", "1.0000001"]) expect(parseUsd(text), text).to.equal(undefined);
  });
});

describe("how many credits, as typed", () => {
  it("is a whole number above zero", () => {
    expect(parseQuantity("1,250")).to.equal(1_250n);
    for (const text of ["", "0", "1.5", "ten"]) expect(parseQuantity(text), text).to.equal(undefined);
  });
});
