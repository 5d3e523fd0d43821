import { expect } from "chai";
import fc from "fast-check";
import { costUp, isFree, QUALITIES, QUALITY_BPS, quoteUp } from "./pricing.ts";

const uint40 = fc.bigInt({ min: 0n, max: 2n ** 40n - 1n });
const prices = fc.record({ perInference: uint40, perUnit: uint40 });
const usage = fc.record({
  milliunits: fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
  quality: fc.constantFrom(...QUALITIES),
});

describe("The price of an inference", () => {
  it("is the formula of DESIGN section 6, rounded up and never by a whole microcredit", () => {
    fc.assert(
      fc.property(prices, usage, (price, used) => {
        const scaled = (costUp(price, used) - price.perInference) * 10_000_000n;
        const exact = used.milliunits * price.perUnit * QUALITY_BPS[used.quality];
        expect(scaled >= exact && scaled - exact < 10_000_000n).to.equal(true);
      }),
    );
  });

  it("never falls when more is used or a better quality is asked for", () => {
    fc.assert(
      fc.property(prices, usage, fc.bigInt({ min: 0n, max: 10n ** 9n }), (price, used, more) => {
        const cost = costUp(price, used);
        expect(costUp(price, { ...used, milliunits: used.milliunits + more }) >= cost).to.equal(true);
        const better = QUALITIES[QUALITIES.indexOf(used.quality) + 1];
        if (better) expect(costUp(price, { ...used, quality: better }) >= cost).to.equal(true);
      }),
    );
  });

  it("is split into what the character earns and what the operator takes, and nothing is lost", () => {
    fc.assert(
      fc.property(prices, uint40, usage, (price, feePerUnit, used) => {
        const { amount, fee, total } = quoteUp(price, feePerUnit, used);
        expect(total).to.equal(amount + fee);
        expect(amount).to.equal(costUp(price, used));
        expect(fee).to.equal(costUp({ perInference: 0n, perUnit: feePerUnit }, used));
      }),
    );
  });

  it("is free only when neither the inference nor the unit has a price", () => {
    expect(isFree({ perInference: 0n, perUnit: 0n })).to.equal(true);
    expect(isFree({ perInference: 1n, perUnit: 0n })).to.equal(false);
    expect(isFree({ perInference: 0n, perUnit: 1n })).to.equal(false);
  });
});
