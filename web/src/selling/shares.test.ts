import { payeeOf } from "@stelai/sdk";
import { expect } from "chai";
import { emptySellDraft, type SellDraft } from "./draft.ts";
import { shareProblems } from "./problems.ts";
import { bpsOf, findPerson, restOfShares, sharesOf, sumOfShares } from "./shares.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const ADA = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const BEN = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const KNOWN = [
  { address: ADA, name: "Ada" },
  { address: BEN, name: "Ben" },
  { address: ME, name: "ben" },
] as const;

const shared = (mine: string, earners: SellDraft["earners"]): SellDraft => ({
  ...emptySellDraft(),
  isShared: true,
  mine,
  earners,
});

describe("who earns with a work", () => {
  it("is the seller alone unless it is shared", () => {
    expect(sharesOf(emptySellDraft(), ME, [])).to.deep.equal([{ recipient: payeeOf(ME), bps: 10_000 }]);
  });

  it("is a split in the order of the chain, with people by address or by name", () => {
    const draft = shared("40", [
      { who: "ada", percent: "35.5" },
      { who: BEN, percent: "24.5" },
    ]);
    expect(sharesOf(draft, ME, KNOWN)).to.deep.equal([
      { recipient: payeeOf(ME), bps: 4_000 },
      { recipient: payeeOf(BEN), bps: 2_450 },
      { recipient: payeeOf(ADA), bps: 3_550 },
    ]);
  });

  it("is without the seller when the seller takes nothing", () => {
    expect(sharesOf(shared("0", [{ who: ADA, percent: "100" }]), ME, [])).to.deep.equal([
      { recipient: payeeOf(ADA), bps: 10_000 },
    ]);
  });

  it("is nobody unless the shares are 100 % together", () => {
    for (const mine of ["39.99", "40.01", "", "x"]) {
      expect(sharesOf(shared(mine, [{ who: ADA, percent: "60" }]), ME, []), mine).to.equal(undefined);
    }
    const problems = shareProblems(shared("30", [{ who: ADA, percent: "60" }]), [], ME);
    expect(problems.shares).to.deep.equal({ id: "sell.problem.sum", values: { sum: "90" } });
  });

  it("is told apart when somebody is unknown, twice there, or the seller", () => {
    const rows = ["Cleo", ADA, "Ada", ME].map((who) => ({ who, percent: "25" }));
    const problems = shareProblems(shared("0", rows), KNOWN.slice(0, 1), ME);
    expect(problems.earner0?.id).to.equal("sell.problem.who");
    expect(problems.earner1).to.equal(undefined);
    expect(problems.earner2?.id).to.equal("sell.problem.twice");
    expect(problems.earner3?.id).to.equal("sell.problem.self");
  });

  it("does not guess whom a name means that several have", () => {
    expect(findPerson("BEN", KNOWN)).to.equal("ambiguous");
    expect(findPerson("Ada ", KNOWN)).to.deep.equal({ address: ADA });
    expect(findPerson("0x0000000000000000000000000000000000000000", KNOWN)).to.equal("unknown");
  });

  it("adds up exactly, and says what is left", () => {
    const earners = [
      { who: "", percent: "33.33" },
      { who: "", percent: "33.33" },
    ];
    expect(sumOfShares({ mine: "33.34", earners })).to.equal(10_000);
    expect(restOfShares(earners)).to.equal("33.34");
    expect(restOfShares([{ who: "", percent: "101" }])).to.equal(undefined);
    expect(bpsOf("33.333")).to.equal(undefined);
  });
});
