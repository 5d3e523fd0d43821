import { expect } from "chai";
import { cheaperThan, lowness, priceTable } from "./packages.ts";

const WEI = 10n ** 18n;
const thousand = { packageId: 1n, credits: 1_000n * WEI, price: 10_000_000n };
const three = { packageId: 2n, credits: 3_000n * WEI, price: 28_500_000n };
const single = { packageId: 4n, credits: WEI, price: 10_500n };
const table = priceTable([three, single, thousand]);

describe("The price table", () => {
  it("shows packages as cards, the smallest first, and the single credit as any amount", () => {
    expect(table).to.deep.equal({ cards: [thousand, three], single });
    expect(priceTable([thousand]).single).to.equal(undefined);
  });

  it("says where packages bring more for less than what was typed", () => {
    expect(cheaperThan(table, 1_000n)).to.deep.equal({ offer: thousand, quantity: 1n });
    expect(cheaperThan(table, 2_900n)).to.deep.equal({ offer: three, quantity: 1n });
    expect(cheaperThan(table, 960n)).to.deep.equal({ offer: thousand, quantity: 1n });
  });

  it("says nothing where the amount as typed is cheapest", () => {
    expect(cheaperThan(table, 250n)).to.equal(undefined);
    expect(cheaperThan(table, 952n)).to.equal(undefined);
    expect(cheaperThan(priceTable([thousand]), 1_000n)).to.equal(undefined);
  });
});

describe("A balance", () => {
  it("is low below what a tab of middling size needs, and nothing only at zero", () => {
    expect(lowness(0n)).to.equal("none");
    expect(lowness(1n)).to.equal("low");
    expect(lowness(20n * WEI - 1n)).to.equal("low");
    expect(lowness(20n * WEI)).to.equal(undefined);
  });
});
