import { cardSchema, styleSchema, toolCardSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { cardOf, personaOf } from "../compose.ts";
import { changeDraft, type Draft, emptyDraft } from "../draft.ts";
import { changedCard, changedPersona, draftFrom } from "../edit.ts";
import { offerFrom, styleFrom, styleOf, toolCardOf } from "./composeTool.ts";
import { emptyOffer, emptyPreset, emptyStyle } from "./draftTool.ts";

const offer = {
  ...emptyOffer(),
  sizes: ["1280x720", "512x512"],
  qualities: ["High", "Draft"] as const,
  voices: ["warm"],
  maxSeconds: "12",
  presets: [
    {
      ...emptyPreset(),
      ...{ name: " Dusk ", prompt: " A lighthouse ", quality: "High", size: "512x512", seconds: "6" },
      ...{ voice: "warm", speed: "0.9", seed: "7", format: "wav" },
    },
  ],
};
const style = {
  ...emptyStyle(),
  ...{ instructions: " In fog. ", palette: ["#0b6557", "#f3d9a4"], grain: "0.4", pace: "0.5" },
  ...{ voice: "warm", pitch: "0.9", speechPace: "1.1", tempo: "72", mode: "dorian" },
};
const draft: Draft = { ...emptyDraft(), name: " Foglamp ", greeting: "Hm.", openers: ["What?"], style, offer };

describe("what is published of a tool", () => {
  for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
    it(`is a card and a style that the relayer's schemas take, for ${modality}`, () => {
      const card = cardOf({ ...draft, modality }, undefined);
      expect(() => cardSchema.strict().parse(card)).not.to.throw();
      expect(toolCardSchema.strict().parse(card.tool)).to.deep.equal(card.tool);
      expect(styleSchema.parse(personaOf({ ...draft, modality }))).to.include({
        name: "Foglamp",
        instructions: "In fog.",
      });
    });

    it(`comes back as it was typed, for ${modality}`, () => {
      const [card, made] = [toolCardOf(modality, offer), styleOf(modality, "Foglamp", style)];
      expect(toolCardOf(modality, offerFrom(card))).to.deep.equal(card);
      expect(styleOf(modality, "Foglamp", styleFrom(made))).to.deep.equal(made);
    });
  }

  it("is only what the modality has", () => {
    expect(toolCardOf("Image", offer)).to.deep.equal({
      sizes: ["1280x720", "512x512"],
      qualities: ["High", "Draft"],
      presets: [
        {
          name: "Dusk",
          prompt: "A lighthouse",
          settings: { quality: "High", size: "512x512", format: "wav", seed: 7 },
        },
      ],
    });
    expect(toolCardOf("Voice", offer).presets[0]?.settings).to.deep.equal({
      ...{ quality: "High", voice: "warm", speed: 0.9, format: "wav", seed: 7 },
    });
    expect(styleOf("Music", "Foglamp", style)).to.deep.equal({
      ...{ kind: "style", name: "Foglamp", instructions: "In fog." },
      score: { genre: "ambient", tempo: 72, mode: "dorian" },
    });
    expect(styleOf("Video", "Foglamp", style)).to.have.all.keys("kind", "name", "instructions", "look", "motion");
  });

  it("has nothing on its card that only one who talks has, whatever was typed before", () => {
    const card = cardOf({ ...draft, modality: "Image", voiceModel: "stelai-3" }, undefined);
    expect(card).not.to.have.any.keys("greeting", "voice");
    expect(card.openers).to.deep.equal([]);
  });

  it("leaves out nothing of the operator's when nothing was chosen", () => {
    expect(toolCardOf("Video", emptyOffer())).to.deep.equal({ presets: [] });
  });
});

describe("the voice of one who talks", () => {
  it("is on its card, with which of the tool's voices where one was chosen", () => {
    const talker = { ...draft, voiceModel: "stelai-3" };
    expect(cardOf(talker, undefined).voice).to.deep.equal({ model: "stelai-3" });
    expect(cardOf({ ...talker, voice: "warm" }, undefined).voice).to.deep.equal({ model: "stelai-3", voice: "warm" });
    expect(cardOf(talker, undefined)).not.to.have.any.keys("tool");
  });

  it("stays when something else is changed, and goes when none is chosen", () => {
    const card = cardSchema.parse({ name: "Ferryman", voice: { model: "stelai-3", voice: "warm" } });
    const before = draftFrom(card, {});
    expect(changedCard(card, before, undefined).voice).to.deep.equal(card.voice);
    const without = changeDraft(before, { kind: "set", values: { voiceModel: "", voice: "" } });
    expect(changedCard(card, without, undefined)).not.to.have.any.keys("voice");
  });
});

describe("a published tool that is changed", () => {
  it("keeps everything but the one thing that was typed", () => {
    const card = cardSchema.parse({ ...cardOf({ ...draft, modality: "Image" }, "ipfs://picture"), creator: "Ann" });
    const persona = personaOf({ ...draft, modality: "Image" });
    const before = draftFrom(card, persona, "Image");
    expect(changedCard(card, before, card.image)).to.deep.equal(card);
    expect(changedPersona(persona, before)).to.deep.equal(persona);
    const after = changeDraft(before, { kind: "style", values: { scene: "city" } });
    expect(changedCard(card, after, card.image)).to.deep.equal(card);
    expect(changedPersona(persona, after)).to.have.nested.property("look.scene", "city");
  });

  it("has the sizes of another kind no more once it becomes one, and what was typed still", () => {
    const image = { ...draft, modality: "Image" as const };
    const video = changeDraft(image, { kind: "set", values: { modality: "Video" } });
    expect(video.offer.sizes).to.deep.equal([]);
    expect(video.offer.presets[0]).to.include({ prompt: " A lighthouse ", size: "" });
    expect(changeDraft(image, { kind: "set", values: { name: "x" } }).offer).to.equal(image.offer);
  });
});
