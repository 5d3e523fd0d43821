import { expect } from "chai";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import { saleOf } from "./money.ts";

const credits = (text: number) => BigInt(Math.round(text * 1_000_000));

describe("what a sale brings", () => {
  it("is what is paid less the commission, to the microcredit", () => {
    const { paid, commission, kept, parents, others } = saleOf(credits(120), 1_000);
    expect([paid, commission, kept].map((wei) => wei / WEI_PER_MICROCREDIT)).to.deep.equal([
      credits(120),
      credits(12),
      credits(108),
    ]);
    expect([parents, others]).to.deep.equal([0n, 0n]);
  });

  it("leaves the parents their part before it is shared among those who earn", () => {
    const sums = saleOf(credits(100), 1_000, 2_000, 5_000);
    expect(sums.parents / WEI_PER_MICROCREDIT).to.equal(credits(18));
    expect(sums.kept / WEI_PER_MICROCREDIT).to.equal(credits(36));
    expect(sums.others / WEI_PER_MICROCREDIT).to.equal(credits(36));
  });

  it("loses nothing, whatever is rounded", () => {
    for (const [price, commission, parents, mine] of [
      [1n, 1_000, 3_333, 3_333],
      [7n, 999, 1, 9_999],
      [123_456_789n, 3_000, 9_000, 1],
      [5n, 0, 0, 0],
    ] as const) {
      const sums = saleOf(price, commission, parents, mine);
      expect(sums.commission + sums.parents + sums.others + sums.kept).to.equal(sums.paid);
      expect(sums.paid).to.equal(price * WEI_PER_MICROCREDIT);
    }
  });
});
