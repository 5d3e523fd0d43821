import { expect } from "chai";
import { decimal, parseDecimal } from "./decimal.ts";
import { formatCredits, formatEther, formatUsd, UNKNOWN, WEI_PER_MICROCREDIT, worth } from "./money.ts";

const credits = (text: string) => {
  const wei = parseDecimal(text, 18);
  if (wei === undefined) throw new Error(`not a number: ${text}`);
  return wei;
};

describe("money as text", () => {
  it("writes an integer of smallest units as an exact decimal, and reads it back", () => {
    expect(decimal(1n, 18)).to.equal("0.000000000000000001");
    expect(decimal(-1_250_000n, 6)).to.equal("-1.250000");
    expect(decimal(7n, 0)).to.equal("7");
    expect(parseDecimal("1.25", 6)).to.equal(1_250_000n);
    expect(parseDecimal(".5", 6)).to.equal(500_000n);
  });

  it("refuses what is no amount or is finer than the unit", () => {
    for (const text of ["", ".", "1e3", "-1", "1,5", "0x10", "1.0000001"]) {
      expect(parseDecimal(text, 6), text).to.equal(undefined);
    }
  });

  it("keeps every digit of an amount that a float cannot hold", () => {
    expect(formatCredits(credits("9007199254740993"))).to.equal("9,007,199,254,740,993");
  });

  it("shows fewer decimals the larger the amount", () => {
    expect(formatCredits(credits("12.4"))).to.equal("12.4");
    expect(formatCredits(credits("1000"))).to.equal("1,000");
    expect(formatCredits(credits("123.4567"))).to.equal("123.46");
    expect(formatCredits(12_500n * WEI_PER_MICROCREDIT)).to.equal("0.0125");
  });

  it("rounds a balance down and a charge up", () => {
    expect(formatCredits(credits("999.999"), { rounding: "down" })).to.equal("999.99");
    expect(formatCredits(credits("999.991"), { rounding: "up" })).to.equal("1,000");
  });

  it("never shows something as nothing", () => {
    expect(formatCredits(1n)).to.equal("<\u00a00.000001");
    expect(formatCredits(0n)).to.equal("0");
    expect(formatUsd(1n)).to.equal("$0.000001");
  });

  it("shows what is not known as a dash, never as zero", () => {
    expect(formatCredits(undefined)).to.equal(UNKNOWN);
    expect(formatUsd(undefined)).to.equal(UNKNOWN);
    expect(worth(undefined, 10_000n)).to.equal(undefined);
    expect(worth(1n, undefined)).to.equal(undefined);
  });

  it("shows dollars with cents, and small ones with two significant digits", () => {
    expect(formatUsd(9_900_000n)).to.equal("$9.90");
    expect(formatUsd(124_000n)).to.equal("$0.12");
    expect(formatUsd(1_234n)).to.equal("$0.0012");
    expect(formatUsd(40_000n)).to.equal("$0.04");
    expect(formatUsd(0n)).to.equal("$0.00");
  });

  it("values credits at the rate of one credit", () => {
    expect(worth(credits("12.4"), 10_000n)).to.equal(124_000n);
  });

  it("shows a network fee with four significant digits, rounded up", () => {
    expect(formatEther(123_456_789_000_000n)).to.equal("0.0001235");
    expect(formatEther(1n)).to.equal("0.000000001");
  });
});
