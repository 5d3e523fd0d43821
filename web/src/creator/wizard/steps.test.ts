import { expect } from "chai";
import { emptyDraft, problemsOf } from "../draft.ts";
import { neighbours, problemsByStep, STEPS, stepFrom, stepOf } from "./steps.ts";

describe("steps of publishing", () => {
  it("hold each problem of a draft, so that none is left where nobody looks", () => {
    const broken = {
      ...emptyDraft(),
      ...{ perMessage: "x", lifetime: "y", isShared: true, lore: [{ title: "", keywords: "", text: "" }] },
    };
    const problems = problemsOf(broken);
    const byStep = problemsByStep(problems);
    expect([...byStep.keys()]).to.have.members(["who", "mind", "knowledge", "prices"]);
    expect([...byStep.values()].flat()).to.have.length(Object.keys(problems).length);
    expect(stepOf("lore12")).to.equal("knowledge");
  });

  it("lead one after the other, from the first to the last", () => {
    expect(neighbours("who").before).to.equal(undefined);
    expect(neighbours("review").after).to.equal(undefined);
    for (const step of STEPS.slice(0, -1)) {
      const { after } = neighbours(step);
      expect(after && neighbours(after).before).to.equal(step);
    }
  });

  it("are read from an address, the first where it names none", () => {
    expect(stepFrom("prices")).to.equal("prices");
    expect(stepFrom("nowhere")).to.equal("who");
    expect(stepFrom(null)).to.equal("who");
  });
});
