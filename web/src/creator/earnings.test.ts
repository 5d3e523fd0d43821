import { payeeOf, type Share, sortShares, splitOf } from "@stelai/sdk";
import { expect } from "chai";
import { addWaiting, lastDays, payeeName, shareOf, sumsAsText } from "./earnings.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

const steps = (shares: readonly Share[], to: bigint) =>
  shares.flatMap(({ recipient }, index) => (recipient === to ? [{ shares, index: BigInt(index) }] : []));

describe("share of what a payee is paid", () => {
  it("is all but the commission for the account itself, and nothing for another's", () => {
    expect(shareOf(ME, payeeOf(ME), 1_001n, 1_500, [])).to.equal(851n);
    expect(shareOf(ME, payeeOf(OTHER), 1_001n, 1_500, [])).to.equal(0n);
  });

  it("goes through splits of splits, rounding each step down", () => {
    const inner = sortShares([
      { recipient: payeeOf(ME), bps: 2_500 },
      { recipient: payeeOf(OTHER), bps: 7_500 },
    ]);
    const outer = sortShares([
      { recipient: payeeOf(ME), bps: 6_000 },
      { recipient: splitOf(inner), bps: 4_000 },
    ]);
    const flows = [...steps(outer, payeeOf(ME)), ...steps(outer, splitOf(inner)), ...steps(inner, payeeOf(ME))];
    // 999 after the commission: 599 at once, and a quarter of 399.
    expect(shareOf(ME, splitOf(outer), 1_110n, 1_000, flows)).to.equal(599n + 99n);
  });
});

describe("payee's name in the index", () => {
  it("is an address in lower case, or the 32 bytes of a split", () => {
    expect(payeeName(payeeOf(ME))).to.equal(ME.toLowerCase());
    expect(payeeName(2n ** 255n)).to.equal(`0x8${"0".repeat(63)}`);
  });
});

describe("last days", () => {
  it("are all there in order, those without an earning as zero, older ones left out", () => {
    const days = [
      { date: "2026-11-17", net: 9n },
      { date: "2026-11-19", net: 5n },
      { date: "2026-11-21", net: 7n },
    ];
    const today = Date.parse("2026-11-21T00:00:00Z") / 86_400_000;
    expect(lastDays(days, today, 4).map(({ net }) => net)).to.deep.equal([0n, 5n, 0n, 7n]);
  });
});

describe("sums with what waits in the meter", () => {
  it("keep gross − commission − split = net", () => {
    const collected = { gross: 100n, commission: 10n, split: 20n, net: 70n };
    const sums = addWaiting(collected, 1_001n, 600n, 1_000);
    expect(sums).to.deep.equal({ gross: 1_101n, commission: 110n, split: 321n, net: 670n });
    expect(sums.gross - sums.commission - sums.split).to.equal(sums.net);
  });
});

describe("sums as text", () => {
  it("add up as they stand, where the split is finer than a microcredit", () => {
    const sums = {
      gross: 1_154_500_000_000_000_000n,
      commission: 115_450_000_000_000_000n,
      split: 259_762_500_000_000_000n,
      net: 779_287_500_000_000_000n,
    };
    expect(sumsAsText(sums)).to.deep.equal({
      gross: "1.1545",
      commission: "0.11545",
      split: "0.259763",
      net: "0.779287",
    });
  });

  it("invent no split where there is none", () => {
    const sums = { gross: 10n ** 12n, commission: 15n * 10n ** 10n, split: 0n, net: 85n * 10n ** 10n };
    expect(sumsAsText(sums)).to.deep.equal({ gross: "0.000001", commission: "0.000001", split: "0", net: "0" });
  });
});
