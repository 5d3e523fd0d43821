import type { Tool } from "@stelai/sdk";
import { expect } from "chai";
import { earningsOf } from "../price.ts";
import { emptyOffer } from "./draftTool.ts";
import { exampleCost, exampleOf } from "./example.ts";

const able: Tool = {
  ...{ sizes: ["1280x720"], qualities: ["Standard", "High"], voices: [], formats: [], maxPrompt: 100, presets: [] },
  seconds: { min: 1, max: 60, step: 1, default: 8 },
};

describe("the example of a price", () => {
  it("is what the tool offers first, within its longest, at Standard where it has that", () => {
    expect(exampleOf("Video", emptyOffer(), able)).to.deep.equal({ quality: "Standard", size: "1280x720", seconds: 8 });
    const offer = { ...emptyOffer(), sizes: ["512x512"], qualities: ["High" as const], maxSeconds: "5" };
    expect(exampleOf("Video", offer, able)).to.deep.equal({ quality: "High", size: "512x512", seconds: 5 });
    expect(exampleOf("Voice", emptyOffer(), able)).to.deep.equal({ quality: "Standard", characters: 500 });
  });

  it("costs what the SDK's quote says, and what is kept of it is net of the commission", () => {
    const terms = { perInference: 100_000n, perUnit: 1_000_000n };
    const cost = exampleCost("Image", terms, 200_000n, { quality: "High", size: "1000x1000" });
    expect(cost).to.include({ amount: 2_100_000n, fee: 400_000n });
    const { paid, fee, commission, kept } = earningsOf(cost, 500, 0);
    expect(paid).to.equal(2_500_000n * 10n ** 12n);
    expect(kept).to.equal(1_995_000n * 10n ** 12n);
    expect(paid).to.equal(fee + commission + kept);
  });

  it("counts a voice by the letters that are spoken, and music by its seconds", () => {
    const terms = { perInference: 0n, perUnit: 1_000_000n };
    expect(exampleCost("Voice", terms, 0n, { quality: "Standard", characters: 500 }).total).to.equal(500_000n);
    expect(exampleCost("Music", terms, 0n, { quality: "Draft", seconds: 8 }).total).to.equal(4_000_000n);
  });
});
