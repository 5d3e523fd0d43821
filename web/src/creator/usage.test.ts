import { payeeOf, splitOf } from "@stelai/sdk";
import { expect } from "chai";
import { daysOfUse, unitsText } from "./usage.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const day = { day: 20_000, generations: 3n, milliunits: 3_146n, paid: 1_000_000n, payers: 2, sold: 9n, refunded: 0n };

describe("the days of a character's use", () => {
  it("bring what was paid, net of the commission, and nothing of passes", () => {
    expect(daysOfUse({ days: [day] }, ME, payeeOf(ME), 500, [])).to.deep.equal([
      { day: 20_000, uses: 3n, milliunits: 3_146n, users: 2, paid: 10n ** 18n, net: 95n * 10n ** 16n },
    ]);
  });

  it("bring one's own part of a split, and nothing where another is paid", () => {
    const shares = [
      { recipient: payeeOf(ME), bps: 2_500 },
      { recipient: payeeOf(OTHER), bps: 7_500 },
    ].sort((one, other) => (one.recipient < other.recipient ? -1 : 1));
    const flows = [{ shares, index: BigInt(shares.findIndex(({ recipient }) => recipient === payeeOf(ME))) }];
    expect(daysOfUse({ days: [day] }, ME, splitOf(shares), 0, flows)[0]?.net).to.equal(25n * 10n ** 16n);
    expect(daysOfUse({ days: [day] }, ME, payeeOf(OTHER), 0, [])[0]?.net).to.equal(0n);
  });
});

describe("units", () => {
  it("are counted one by one where they are letters or tokens, and in units otherwise", () => {
    expect(unitsText("Chat", 1_200n)).to.equal("1,200");
    expect(unitsText("Voice", 1_200n)).to.equal("1,200");
    expect(unitsText("Image", 3_146n)).to.equal("3.1");
    expect(unitsText("Music", 20_000n)).to.equal("20");
  });
});
