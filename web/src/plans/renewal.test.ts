import { expect } from "chai";
import { en } from "../locales/en/index.ts";
import { mendOf, PROBLEMS } from "./renewal.ts";

describe("Reasons against a plan's renewal", () => {
  it("each have words, and so has what mends them", () => {
    for (const problem of PROBLEMS) {
      expect(en).to.have.property(`plan.why.${problem}`);
      const mend = mendOf(problem);
      if (mend) expect(en).to.have.property(`plan.mend.${mend}`);
    }
  });

  it("have a button wherever the account can do something about it", () => {
    expect(PROBLEMS.filter((problem) => mendOf(problem) === undefined)).to.deep.equal(["Paused"]);
  });
});
