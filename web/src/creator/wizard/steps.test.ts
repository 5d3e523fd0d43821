import { MODALITIES } from "@stelai/sdk";
import { expect } from "chai";
import { emptyDraft, problemsOf } from "../draft.ts";
import { emptyOffer, emptyPreset, emptyStyle } from "../tool/draftTool.ts";
import { neighbours, problemsByStep, stepFrom, stepOf, stepsOf } from "./steps.ts";

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

  it("hold each problem of a tool on one of its own steps", () => {
    const style = { ...emptyStyle(), grain: "x", palette: ["#000000"], pace: "9" };
    const offer = { ...emptyOffer(), maxSeconds: "0", presets: [emptyPreset()] };
    const problems = problemsOf({ ...emptyDraft(), modality: "Video", style, offer, perMessage: "x" });
    const byStep = problemsByStep(problems);
    expect([...byStep.keys()]).to.have.members(["who", "style", "offer", "prices"]);
    expect(byStep.get("style")).to.have.length(3);
    for (const step of byStep.keys()) expect(stepsOf("Video")).to.include(step);
  });

  for (const modality of MODALITIES) {
    it(`lead one after the other, from the first to the last, for ${modality}`, () => {
      const steps = stepsOf(modality);
      expect(neighbours("who", steps).before).to.equal(undefined);
      expect(neighbours("review", steps).after).to.equal(undefined);
      for (const step of steps.slice(0, -1)) {
        const { after } = neighbours(step, steps);
        expect(after && neighbours(after, steps).before).to.equal(step);
      }
    });
  }

  it("are read from an address, the first where it names none, or one of another kind", () => {
    const steps = stepsOf("Chat");
    expect(stepFrom("prices", steps)).to.equal("prices");
    expect(stepFrom("nowhere", steps)).to.equal("who");
    expect(stepFrom("style", steps)).to.equal("who");
    expect(stepFrom("style", stepsOf("Image"))).to.equal("style");
    expect(stepFrom(null, steps)).to.equal("who");
  });
});
