import { cardSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { changeDraft } from "./draft.ts";
import { changedCard, changedPersona, draftFrom, isSame } from "./edit.ts";

const card = cardSchema.parse({
  ...{ name: "Ferryman", tagline: "Rows you over.", tags: ["river", "old"], greeting: "Hm.", creator: "Ann" },
  ...{ image: "ipfs://picture", openers: ["Where to?", "How deep?", "Who built it?", "And then?"] },
});
const persona = {
  ...{ name: "Ferryman", systemPrompt: "You row people over.", temperature: 0.3, greeting: "Hm." },
  openers: card.openers,
  lore: [{ title: "River", keywords: ["water", "flow"], text: "It is wide." }],
};

describe("a published character that is changed", () => {
  it("comes back as it was when nothing is changed, what no field knows of it included", () => {
    const draft = draftFrom(card, persona);
    expect(isSame(changedCard(card, draft, card.image), card)).to.equal(true);
    expect(changedPersona(persona, draft)).to.deep.equal(persona);
  });

  it("changes in the one place that was typed in", () => {
    const draft = changeDraft(draftFrom(card, persona), { kind: "set", values: { tagline: "Rows." } });
    expect(changedCard(card, draft, card.image)).to.deep.equal({ ...card, tagline: "Rows." });
    expect(isSame(changedPersona(persona, draft), persona)).to.equal(true);
  });

  it("loses what was emptied: greeting, lore and picture", () => {
    const emptied = changeDraft(draftFrom(card, persona), { kind: "set", values: { greeting: " " } });
    const draft = changeDraft(emptied, { kind: "removeLore", at: 0 });
    expect(changedCard(card, draft, undefined)).not.to.have.any.keys("greeting", "image");
    expect(changedPersona(persona, draft)).to.not.have.any.keys("greeting", "lore");
    expect(changedPersona(persona, draft)).to.include({ temperature: 0.3 });
  });
});
