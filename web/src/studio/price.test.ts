import { quoteMedia } from "@stelai/sdk";
import { expect } from "chai";
import { breakdownOf, type Priced, priceAt, priceOf } from "./price.ts";

const terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 100_000n, perUnit: 1_500_000n };
const IMAGE: Priced = {
  modality: "Image",
  agreed: { terms, feePerUnit: 200_000n },
  settings: { quality: "High", size: "1024x1024" },
  text: "a fern",
};

describe("the price on the button", () => {
  it("is the one that the SDK quotes", () => {
    const quote = quoteMedia({ modality: "Image", terms, feePerUnit: 200_000n, quality: "High", size: "1024x1024" });
    expect(priceOf(IMAGE)).to.deep.equal(quote);
    expect(priceAt(IMAGE, "Draft")).to.equal(
      quoteMedia({ modality: "Image", terms, feePerUnit: 200_000n, quality: "Draft", size: "1024x1024" }).total,
    );
  });

  it("counts a voice's text as it is sent, without the spaces around it", () => {
    const voice: Priced = { ...IMAGE, modality: "Voice", settings: { quality: "Standard" }, text: "  Hélló 🙂 " };
    expect(priceOf(voice)?.milliunits).to.equal(7n);
  });

  it("is not known while there is nothing to speak, or no size to paint", () => {
    expect(priceOf({ ...IMAGE, modality: "Voice", text: " " })).to.equal(undefined);
    expect(priceOf({ ...IMAGE, settings: { quality: "High" } })).to.equal(undefined);
    expect(breakdownOf({ ...IMAGE, settings: { quality: "High" } })).to.equal(undefined);
  });

  it("comes apart into units, factor and parts that add up", () => {
    const parts = breakdownOf(IMAGE);
    expect(parts).to.include({ units: "1.049", factor: "2", perUnit: 1_500_000n, perInference: 100_000n });
    expect(parts && parts.amount + parts.feeAmount).to.equal(parts?.total);
    expect(breakdownOf({ ...IMAGE, settings: { quality: "Draft", size: "1000x1000" } })).to.include({
      units: "1",
      factor: "0.5",
    });
  });
});
