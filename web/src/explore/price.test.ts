import type { Model } from "@stelai/sdk";
import { expect } from "chai";
import { typicalUse } from "../access/typicalUse.ts";
import { typicalCost, unitPrice } from "./price.ts";

const TOOL = { sizes: ["1000x500"], seconds: null, qualities: ["Standard"], voices: [], formats: ["png"], presets: [] };

function model(modality: string, perUnit: bigint, perInference: bigint, tool: object | null = null): Model {
  const terms = { perUnit, perInference, monthly: 0n, annual: 0n, lifetime: 0n };
  return { id: "stelai-1", stelai: { modality, terms, feePerUnit: 50_000n, tool } } as unknown as Model;
}

describe("prices as cards and passes tell them", () => {
  it("are a unit's with the operator's fee for a tool, and nothing of the kind for a character that chats", () => {
    expect(unitPrice(model("Image", 1_000_000n, 20_000n))).to.deep.equal({
      ...{ modality: "Image", perUnit: 1_050_000n, each: 20_000n },
    });
    expect(unitPrice(model("Chat", 1n, 1n))).to.equal(undefined);
  });

  it("are what a tool's first settings cost where a pass is held against them", () => {
    expect(typicalUse(model("Image", 1_000_000n, 20_000n, TOOL))).to.equal(20_000n + 525_000n);
    const chat = model("Chat", 200_000n, 50_000n);
    expect(typicalUse(chat)).to.equal(typicalCost(chat));
  });

  it("are nothing where the operator offers no size to ask for", () => {
    expect(typicalUse(model("Image", 1_000_000n, 20_000n, { ...TOOL, sizes: [] }))).to.equal(0n);
  });
});
