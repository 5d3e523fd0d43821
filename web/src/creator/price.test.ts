import { expect } from "chai";
import { parsePercent, parsePrice, previewEarnings, previewPass, priceText, priceWarnings } from "./price.ts";

const CREDIT = 10n ** 18n;

describe("price as typed", () => {
  it("is read to the microcredit, without passing through a float", () => {
    expect(parsePrice("0.3")).to.equal(300_000n);
    expect(parsePrice(" 1099511.627775 ")).to.equal(2n ** 40n - 1n);
    expect(parsePrice("0.000001")).to.equal(1n);
    expect(parsePrice(".5")).to.equal(500_000n);
  });

  it("is nothing when nothing is typed", () => {
    expect(parsePrice("  ")).to.equal(0n);
  });

  it("is refused when it is no number, negative, or finer than a microcredit", () => {
    for (const text of ["0,3", "-1", "1e3", "0.0000001", "."]) expect(parsePrice(text), text).to.equal("unreadable");
  });

  it("is refused when the chain could not hold it", () => {
    expect(parsePrice("1099511.627776")).to.equal("tooHigh");
  });

  it("is written back as it would be typed", () => {
    for (const text of ["0.3", "12", "0.000001", "1000", "0"])
      expect(priceText(parsePrice(text) as bigint)).to.equal(text);
  });
});

describe("another person's percentage", () => {
  it("is read as ten-thousandths", () => {
    expect(parsePercent("50")).to.equal(5_000);
    expect(parsePercent("0.01")).to.equal(1);
    expect(parsePercent("99.99")).to.equal(9_999);
  });

  it("is refused when it leaves one of the two with nothing, or is finer than the chain", () => {
    for (const text of ["0", "100", "12.345", "-1", "", "half"]) expect(parsePercent(text), text).to.equal(undefined);
  });
});

describe("preview of earnings", () => {
  it("says what forty messages bring, every part of what is paid accounted for", () => {
    // 40 × (0.3 + 0.1 × 0.5) paid to the character, 40 × 0.1 × 0.5 to the operator.
    const earned = previewEarnings({ perInference: 300_000n, perUnit: 500_000n }, 500_000n, 1_500, 0);
    expect(earned).to.deep.equal({
      paid: 16n * CREDIT,
      fee: 2n * CREDIT,
      commission: (21n * CREDIT) / 10n,
      partner: 0n,
      kept: (119n * CREDIT) / 10n,
    });
  });

  it("gives another person their part of what is left after the commission, never of the gross", () => {
    const { commission, partner, kept } = previewEarnings({ perInference: 1_000_000n, perUnit: 0n }, 0n, 2_000, 2_500);
    expect([commission, partner, kept]).to.deep.equal([8n * CREDIT, 8n * CREDIT, 24n * CREDIT]);
  });

  it("adds up to the wei where nothing divides evenly", () => {
    const { paid, fee, commission, partner, kept } = previewEarnings(
      { perInference: 333_333n, perUnit: 77_777n },
      12_345n,
      1_234,
      3_333,
      7n,
    );
    expect(fee + commission + partner + kept).to.equal(paid);
    expect(kept > partner).to.equal(true);
  });
});

describe("preview of a pass", () => {
  it("says what a day of a month brings: 0.15 of 5 credits, when a tenth is commission", () => {
    const { paid, kept, commission, keptPerDay } = previewPass("monthly", 5_000_000n, 1_000, 0);
    expect([paid, commission, kept]).to.deep.equal([5n * CREDIT, CREDIT / 2n, (9n * CREDIT) / 2n]);
    expect(keptPerDay).to.equal((15n * CREDIT) / 100n);
  });

  it("spreads a year over its 365 days, and a lifetime over none", () => {
    expect(previewPass("annual", 365_000_000n, 0, 0).keptPerDay).to.equal(CREDIT);
    expect(previewPass("lifetime", 5_000_000n, 0, 0).keptPerDay).to.equal(undefined);
  });

  it("gives another person their part of what is left, to the wei", () => {
    const { paid, commission, partner, kept } = previewPass("annual", 7_777_777n, 1_234, 3_333);
    expect(commission + partner + kept).to.equal(paid);
    expect(kept > partner).to.equal(true);
  });
});

describe("warnings about prices", () => {
  const terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 1n, perUnit: 0n };
  const warned = (values: Partial<typeof terms>) => priceWarnings({ ...terms, ...values }, "Chat");

  it("are none about prices that make sense together", () => {
    expect(warned({ monthly: 5n, annual: 60n, lifetime: 61n })).to.deep.equal([]);
    expect(warned({})).to.deep.equal([]);
  });

  it("tell of a year dearer than twelve months, and of one that makes months pointless", () => {
    expect(warned({ monthly: 5n, annual: 61n })).to.deep.equal(["publish.warn.dearYear"]);
    expect(warned({ monthly: 5n, annual: 5n })).to.deep.equal(["publish.warn.cheapYear"]);
  });

  it("tell of a lifetime that makes the rest pointless", () => {
    expect(warned({ annual: 60n, lifetime: 60n })).to.deep.equal(["publish.warn.cheapLifetime"]);
  });

  it("tell that a pass is worth nothing where talking is free", () => {
    expect(warned({ perInference: 0n, monthly: 5n })).to.deep.equal(["publish.warn.freeAnyway"]);
  });
});
