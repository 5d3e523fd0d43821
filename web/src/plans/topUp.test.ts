import { expect } from "chai";
import { readTopUp, topUpsWithin, typedCredits, typedUsd } from "./topUp.ts";

const WEI = 10n ** 18n;
const thousand = { packageId: 1n, credits: 1_000n * WEI, price: 10_000_000n };
const five = { packageId: 3n, credits: 5_000n * WEI, price: 45_000_000n };
const single = { packageId: 4n, credits: WEI, price: 10_500n };
const packages = [thousand, five, single];
const draft = { threshold: "100", credits: "1,000", maxPrice: "10", cap: "$30" };

describe("What is typed of an automatic top-up", () => {
  it("is read as it is agreed to, credits in wei and dollars in reserve units", () => {
    expect(readTopUp(draft, packages)).to.deep.equal({
      agreed: { threshold: 100n * WEI, credits: 1_000n * WEI, maxPrice: 10_000_000n, cap: 30_000_000n },
      problems: {},
      price: 10_000_000n,
    });
  });

  it("is no problem while it is empty, and agrees to nothing", () => {
    const { agreed, problems } = readTopUp({ ...draft, cap: "" }, packages);
    expect([agreed, problems]).to.deep.equal([undefined, {}]);
  });

  it("is refused where the chain would never top up, or take more than was meant", () => {
    expect(readTopUp({ ...draft, threshold: "few" }, packages).problems).to.deep.equal({ threshold: "notNumber" });
    expect(readTopUp({ ...draft, credits: "10.5" }, packages).problems).to.deep.equal({ credits: "notSold" });
    expect(readTopUp({ ...draft, maxPrice: "9.99" }, packages).problems).to.deep.equal({ maxPrice: "belowPrice" });
    expect(readTopUp({ ...draft, cap: "9" }, packages).problems).to.deep.equal({ cap: "belowMaxPrice" });
    expect(readTopUp({ ...draft, cap: "0" }, packages).agreed).to.equal(undefined);
  });

  it("is shown again as it could have been typed, never less than was agreed to", () => {
    expect(typedCredits(1_000n * WEI + WEI / 2n)).to.equal("1000.5");
    expect(typedUsd(10_000_000n)).to.equal("10.00");
    expect(typedUsd(2_625_001n)).to.equal("2.63");
  });

  it("tells how many a window has room for", () => {
    expect(topUpsWithin(30_000_000n, 10_000_000n)).to.equal(3n);
    expect(topUpsWithin(39_999_999n, 10_000_000n)).to.equal(3n);
  });
});
