import { expect } from "chai";
import { cheapestOrder } from "./topUps.ts";

const CREDIT = 10n ** 18n;
const packages = [
  { packageId: 1n, credits: 1_000n * CREDIT, price: 10_000_000n },
  { packageId: 2n, credits: 3_000n * CREDIT, price: 28_500_000n },
  { packageId: 4n, credits: CREDIT, price: 10_500n },
];

describe("The cheapest order", () => {
  it("is one package, as often as it takes, at the least price", () => {
    const cheapest = (credits: bigint) => cheapestOrder(packages, credits * CREDIT);
    expect(cheapest(3_000n)).to.deep.equal({ packageId: 2n, quantity: 1n, price: 28_500_000n });
    expect(cheapest(2_000n)).to.deep.equal({ packageId: 1n, quantity: 2n, price: 20_000_000n });
    expect(cheapest(1_234n)).to.deep.equal({ packageId: 4n, quantity: 1_234n, price: 12_957_000n });
  });

  it("is none for an amount that no package comes to", () => {
    expect(cheapestOrder(packages, CREDIT / 2n)).to.equal(undefined);
    expect(cheapestOrder(packages, 0n)).to.equal(undefined);
    expect(cheapestOrder([], CREDIT)).to.equal(undefined);
  });
});
