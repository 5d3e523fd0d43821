import { expect } from "chai";
import { mediaMilliunits, quoteMedia, sizeOf } from "./quoteMedia.ts";

describe("A generation's price", () => {
  const terms = { perInference: 100_000n, perUnit: 40_000n };

  it("counts an image's megapixels, rounded up to a thousand pixels", () => {
    expect(mediaMilliunits("Image", { size: "1024x1024" })).to.equal(1_049n);
    expect(mediaMilliunits("Image", { size: "10x10" })).to.equal(1n);
    expect(mediaMilliunits("Image", { size: "9x1" })).to.equal(1n);
  });

  it("counts seconds of video and music, and characters of text as people count them", () => {
    expect(mediaMilliunits("Video", { seconds: 4 })).to.equal(4_000n);
    expect(mediaMilliunits("Music", { seconds: 0.0005 })).to.equal(1n);
    expect(mediaMilliunits("Voice", { text: "a🦜b" })).to.equal(3n);
  });

  it("multiplies the unit price by the quality, the price per generation not, and adds the operator's fee", () => {
    const quote = quoteMedia({ modality: "Video", terms, feePerUnit: 10_000n, quality: "High", seconds: 3 });
    expect(quote).to.deep.equal({ milliunits: 3_000n, amount: 340_000n, fee: 60_000n, total: 400_000n });
  });

  it("refuses what does not say how extensive it is", () => {
    expect(() => mediaMilliunits("Image", { seconds: 3 })).to.throw(RangeError);
    expect(() => mediaMilliunits("Chat", { text: "hi" })).to.throw(RangeError);
    for (const none of ["big", "0x10", "10x-1", "undefinedx10", "1.5x10"])
      expect(() => sizeOf(none)).to.throw(RangeError);
  });
});
