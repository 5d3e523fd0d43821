import type { Tool } from "@stelai/sdk";
import { expect } from "chai";
import { fit, mayReplace, parseSeed, settingsReducer, shapeOf, variationOf } from "./settings.ts";

const TOOL: Tool = {
  sizes: ["1024x1024", "1216x832"],
  seconds: { min: 2, max: 8, step: 0.5, default: 4 },
  qualities: ["Standard", "Draft", "High"],
  voices: [
    { id: "ada", name: "Ada" },
    { id: "tom", name: "Tom" },
  ],
  formats: ["png", "jpeg"],
  maxPrompt: 100,
  presets: [],
};
const STILL: Tool = { ...TOOL, seconds: null };

describe("settings of a tool", () => {
  it("are its own first ones when nothing is said", () => {
    expect(fit("Image", STILL, {})).to.deep.equal({ quality: "Standard", size: "1024x1024", format: "png" });
    expect(fit("Video", TOOL, {})).to.include({ size: "1024x1024", seconds: 4 });
    expect(fit("Voice", STILL, {})).to.include({ voice: "ada", speed: 1 });
  });

  it("leave out what its kind does not know", () => {
    expect(fit("Voice", STILL, { size: "1216x832" })).not.to.have.property("size");
    expect(fit("Image", STILL, { voice: "tom", speed: 2, seconds: 5 })).to.have.all.keys("quality", "size", "format");
  });

  it("keep what is wanted where it is allowed, and take the first where it is not", () => {
    const wanted = fit("Image", STILL, { size: "1216x832", quality: "High", format: "webp" });
    expect(wanted).to.deep.equal({ quality: "High", size: "1216x832", format: "png" });
    expect(fit("Image", STILL, { quality: "Ultra", size: "64x64" })).to.include({
      quality: "Standard",
      size: "1024x1024",
    });
  });

  it("stay within the length, on its steps", () => {
    expect(fit("Video", TOOL, { seconds: 100 }).seconds).to.equal(8);
    expect(fit("Video", TOOL, { seconds: 0 }).seconds).to.equal(2);
    expect(fit("Video", TOOL, { seconds: 3.7 }).seconds).to.equal(3.5);
    expect(fit("Music", { ...TOOL, seconds: { min: 0.1, max: 1, step: 0.1, default: 0.3 } }, {}).seconds).to.equal(0.3);
  });

  it("change by what is set, and forget a seed that is unlocked", () => {
    const locked = settingsReducer("Image", STILL, fit("Image", STILL, {}), { type: "set", values: { seed: 7 } });
    expect(locked.seed).to.equal(7);
    expect(settingsReducer("Image", STILL, locked, { type: "set", values: { quality: "High" } }).seed).to.equal(7);
    expect(settingsReducer("Image", STILL, locked, { type: "set", values: { seed: undefined } })).not.to.have.property(
      "seed",
    );
  });

  it("become a preset's over the tool's own, with the seed as it was", () => {
    const before = fit("Image", STILL, { quality: "High", size: "1216x832", seed: 7 });
    const preset = { name: "Draft", prompt: "a draft", settings: { quality: "Draft" as const } };
    expect(settingsReducer("Image", STILL, before, { type: "preset", preset })).to.deep.equal({
      quality: "Draft",
      size: "1024x1024",
      format: "png",
      seed: 7,
    });
  });

  it("become what something was made with, seed and all; a variation leaves the seed out", () => {
    const made = { quality: "High" as const, size: "1216x832", format: "png", seed: 3 };
    const before = fit("Image", STILL, {});
    expect(settingsReducer("Image", STILL, before, { type: "reuse", settings: made })).to.deep.equal(made);
    expect(variationOf(made)).to.deep.equal({ quality: "High", size: "1216x832", format: "png" });
  });
});

describe("a seed typed by hand", () => {
  it("is a whole number of 32 bits, or none", () => {
    expect(parseSeed(" 42 ")).to.equal(42);
    expect(parseSeed("4294967295")).to.equal(0xffff_ffff);
    for (const wrong of ["", "-1", "1.5", "4294967296", "seed", "99999999999"]) {
      expect(parseSeed(wrong), wrong).to.equal(undefined);
    }
  });
});

describe("the shape of a size", () => {
  it("is told by its sides", () => {
    expect(shapeOf("512x512").kind).to.equal("square");
    expect(shapeOf("1216x832").kind).to.equal("wide");
    expect(shapeOf("832x1216")).to.deep.equal({ ratio: 832 / 1216, kind: "tall" });
  });
});

describe("a preset's prompt", () => {
  it("takes the place of nothing and of another preset's, never of a person's own words", () => {
    expect(mayReplace("  ", [])).to.equal(true);
    expect(mayReplace("a fern ", ["a fern"])).to.equal(true);
    expect(mayReplace("my own fern", ["a fern"])).to.equal(false);
  });
});
