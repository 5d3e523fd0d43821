import { expect } from "chai";
import { canCompare, differing, stillThere, toggle } from "./compare.ts";

describe("choosing what to compare", () => {
  it("takes one in and out, in the order of choosing", () => {
    expect(toggle(toggle([], "a"), "b")).to.deep.equal(["a", "b"]);
    expect(toggle(["a", "b"], "a")).to.deep.equal(["b"]);
  });

  it("lets a fifth take the place of the first", () => {
    expect(toggle(["a", "b", "c", "d"], "e")).to.deep.equal(["b", "c", "d", "e"]);
  });

  it("needs two that are still there", () => {
    expect(canCompare(["a"])).to.equal(false);
    expect(canCompare(["a", "b"])).to.equal(true);
    expect(stillThere(["a", "b"], new Set(["b"]))).to.deep.equal(["b"]);
    const all = ["a"];
    expect(stillThere(all, new Set(["a"])), "nothing changed").to.equal(all);
  });

  it("tells which settings differ, absent ones too", () => {
    const [one, two] = [
      { quality: "High", seed: 1 },
      { quality: "High", seed: 2, size: "1x1" },
    ];
    expect([...differing<object>([one, two])]).to.deep.equal(["seed", "size"]);
    expect(differing([one, one]).size).to.equal(0);
  });
});
