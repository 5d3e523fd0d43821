import { expect } from "chai";
import { voiceToolOf } from "./voice.ts";

describe("the voice of a card", () => {
  it("is the tool that its model id names", () => {
    expect(voiceToolOf({ model: "stelai-12", voice: "narrator" })).to.equal(12n);
  });

  it("is none where the card has none, or names something else", () => {
    expect(voiceToolOf(undefined)).to.equal(undefined);
    for (const model of ["tts-1", "stelai-0", "stelai-", "stelai-1234567890123456", "12"]) {
      expect(voiceToolOf({ model }), model).to.equal(undefined);
    }
  });
});
