import { expect } from "chai";
import type { MadeModality } from "../../studio/modalities.ts";
import {
  type DraftOffer,
  type DraftStyle,
  emptyOffer,
  emptyPreset,
  emptyStyle,
  seedIn,
  toolProblems,
} from "./draftTool.ts";

const problems = (
  modality: MadeModality,
  { style = {}, offer = {} }: { style?: Partial<DraftStyle>; offer?: Partial<DraftOffer> },
) => toolProblems(modality, { style: { ...emptyStyle(), ...style }, offer: { ...emptyOffer(), ...offer } });

const preset = { ...emptyPreset(), name: "Dusk", prompt: "A lighthouse at dusk" };

describe("problems of a tool", () => {
  it("are none when nothing is said: the operator's engine decides", () => {
    for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
      expect(problems(modality, {})).to.deep.equal({});
    }
  });

  it("are numbers out of their range, of what the modality has alone", () => {
    const style = { grain: "2", pace: "x", pitch: "3", speechPace: "0.1", tempo: "72.5" };
    expect(problems("Image", { style })).to.have.all.keys("grain");
    expect(problems("Video", { style })).to.have.all.keys("grain", "pace");
    expect(problems("Voice", { style })).to.have.all.keys("pitch", "speechPace");
    expect(problems("Music", { style })).to.have.all.keys("tempo");
    expect(problems("Music", { style: { tempo: "72" } })).to.deep.equal({});
  });

  it("are a palette of one colour, and not one of two or of none", () => {
    expect(problems("Image", { style: { palette: ["#000000"] } })).to.have.all.keys("palette");
    expect(problems("Image", { style: { palette: ["#000000", "#ffffff"] } })).to.deep.equal({});
    expect(problems("Voice", { style: { palette: ["#000000"] } })).to.deep.equal({});
  });

  it("are a preset without name or prompt, by its place", () => {
    const presets = [preset, { ...preset, name: " " }, { ...preset, prompt: "" }];
    expect(problems("Image", { offer: { presets } })).to.have.all.keys("preset1", "preset2");
  });

  it("are a preset that asks for what the tool leaves out, unless nothing is left out", () => {
    const asks = [{ ...preset, size: "512x512", quality: "Ultra" }];
    expect(problems("Image", { offer: { presets: asks } })).to.deep.equal({});
    for (const offer of [{ sizes: ["1024x1024"] }, { qualities: ["Draft" as const] }]) {
      expect(problems("Image", { offer: { ...offer, presets: asks } }).preset0?.id).to.equal("tools.problem.leftOut");
    }
    expect(problems("Music", { offer: { sizes: ["1024x1024"], presets: asks } })).to.deep.equal({});
  });

  it("are a preset longer than the longest, and lengths that are none", () => {
    const long = { presets: [{ ...preset, seconds: "30" }] };
    expect(problems("Music", { offer: { ...long, maxSeconds: "30" } })).to.deep.equal({});
    expect(problems("Music", { offer: { ...long, maxSeconds: "20" } }).preset0?.id).to.equal("tools.problem.tooLong");
    expect(problems("Video", { offer: { maxSeconds: "0" } })).to.have.all.keys("maxSeconds");
    expect(problems("Image", { offer: { maxSeconds: "0" } })).to.deep.equal({});
  });

  it("are a seed and a pace that no request takes", () => {
    expect(seedIn("4294967295")).to.equal(4_294_967_295);
    for (const wrong of ["4294967296", "1.5", "-1", "x"]) expect(seedIn(wrong), wrong).to.equal(undefined);
    expect(problems("Voice", { offer: { presets: [{ ...preset, speed: "9" }] } }).preset0?.id).to.equal(
      "tools.problem.speed",
    );
  });
});
