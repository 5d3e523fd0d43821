import { expect } from "chai";
import { en } from "../locales/en/index.ts";
import { isProblem, mendOf, PROBLEMS, whyOf } from "./renewal.ts";

describe("reasons against a renewal", () => {
  it("each have words", () => {
    for (const problem of PROBLEMS) expect(en).to.have.property(whyOf(problem));
  });

  it("have a button where the holder can do something about it", () => {
    expect(PROBLEMS.filter((problem) => mendOf(problem) === undefined)).to.deep.equal([
      "Paused",
      "Suspended",
      "NotAllowed",
      "NotOffered",
    ]);
    expect(mendOf("PriceAboveMandate")).to.equal("accept");
  });

  it("are not: that it is due, or not yet", () => {
    expect(isProblem("Due")).to.equal(false);
    expect(isProblem("NotDue")).to.equal(false);
    expect(isProblem(null)).to.equal(false);
    expect(isProblem("Lapsed")).to.equal(true);
  });
});
