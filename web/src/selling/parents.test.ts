import { expect } from "chai";
import { changedShares, parentRefusal, workIdFrom } from "./parents.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const work = { workId: 7n, owner: OTHER, allowsDerivatives: true, derivativeBps: 1_000, depth: 0 } as const;
const parent = (workId: number, bps = 1_000) => ({ workId: String(workId), title: "", bps });

describe("works to build on", () => {
  it("are named by a link, a path or a number, and by nothing else", () => {
    for (const text of ["7", "#7", "/works/7", "https://stelai.example/works/7?tier=Personal", " /works/7/manage "]) {
      expect(workIdFrom(text), text).to.equal(7n);
    }
    for (const text of ["", "seven", "7 samurai", "0", "https://stelai.example/c/7", "1e3"]) {
      expect(workIdFrom(text), text).to.equal(undefined);
    }
  });

  it("are taken when their owner allows it, or when they are one's own", () => {
    expect(parentRefusal(work, [], ME)).to.equal(undefined);
    const closed = { ...work, allowsDerivatives: false };
    expect(parentRefusal(closed, [], ME)?.id).to.equal("sell.parents.notAllowed");
    expect(parentRefusal(closed, [], undefined)?.id).to.equal("sell.parents.notAllowed");
    expect(parentRefusal({ ...closed, owner: ME }, [], ME)).to.equal(undefined);
  });

  it("are refused twice, at the end of the longest line, as a ninth, and above nine tenths", () => {
    expect(parentRefusal(work, [parent(7)], ME)?.id).to.equal("sell.parents.already");
    expect(parentRefusal({ ...work, depth: 4 }, [], ME)?.id).to.equal("sell.parents.tooDeep");
    expect(parentRefusal({ ...work, depth: 3 }, [], ME)).to.equal(undefined);
    const eight = Array.from({ length: 8 }, (_, at) => parent(at + 10, 0));
    expect(parentRefusal(work, eight, ME)?.id).to.equal("sell.problem.parents");
    expect(parentRefusal(work, [parent(1, 8_000)], ME)).to.equal(undefined);
    expect(parentRefusal(work, [parent(1, 8_001)], ME)?.id).to.equal("sell.problem.owedTooMuch");
  });

  it("are asked about again when one asks for more or less than was shown, and only then", () => {
    const shown = [parent(7, 1_000), parent(8, 500)];
    const now = (seven: number, eight: number) =>
      new Map([
        ["7", seven],
        ["8", eight],
      ]);
    expect(changedShares(shown, now(1_000, 500))).to.deep.equal([]);
    expect(changedShares(shown, now(1_000, 700))).to.deep.equal([{ workId: "8", title: "", before: 500, now: 700 }]);
    // The sum is the same, what each takes is not.
    expect(changedShares(shown, now(900, 600)).map(({ now }) => now)).to.deep.equal([900, 600]);
    expect(changedShares(shown, new Map())).to.deep.equal([]);
  });
});
