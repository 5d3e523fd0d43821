import type { Modality, Model } from "@stelai/sdk";
import { expect } from "chai";
import { type Filter, filterFrom, makesOf, matching, nearest, tagsOf, withWords } from "./search.ts";

interface Told {
  tags?: string[];
  description?: string;
  free?: boolean;
  modality?: Modality;
  presets?: { name: string; prompt: string }[];
}

function model(name: string, told: Told): Model {
  const { tags = [], description = "", free = false, modality = "Chat", presets } = told;
  return {
    id: name,
    stelai: {
      ...{ free, modality, card: { name, tagline: "", description, tags, openers: [] } },
      tool: presets ? { presets } : null,
    },
  } as unknown as Model;
}

const mason = model("Corbel", { tags: ["stone", "calm"], description: "A mason of few words" });
const keeper = model("Isbél", { tags: ["sea", "calm"], description: "Tells of a mason once", free: true });
const press = model("Linocut", {
  tags: ["print", "sea"],
  modality: "Image",
  presets: [{ name: "Harbour", prompt: "boats at low tide" }],
});
const all = [keeper, mason];
const ANY: Filter = { query: "", make: undefined, tag: "", free: false };

describe("search of the catalogue", () => {
  it("finds by every word, without regard to case and accents", () => {
    expect(matching(all, { ...ANY, query: "ISBEL mason" })).to.deep.equal([keeper]);
  });

  it("puts a name before a description", () => {
    const named = model("Mason", {});
    expect(matching([mason, named], { ...ANY, query: "mason" })[0]).to.equal(named);
  });

  it("narrows by tag, by price and by what they make", () => {
    expect(matching(all, { ...ANY, tag: "stone" })).to.deep.equal([mason]);
    expect(matching(all, { ...ANY, free: true })).to.deep.equal([keeper]);
    expect(matching([...all, press], { ...ANY, make: "Image" })).to.deep.equal([press]);
  });

  it("finds a tool by its tags, its presets and what it makes", () => {
    for (const query of ["print", "harbour", "low tide", "image"]) {
      expect(matching([...all, press], { ...ANY, query }), query).to.deep.equal([press]);
    }
    expect(matching(all, { ...ANY, query: "chat" })).to.deep.equal([]);
  });

  it("offers those with some of the words when none has all, and all when none has any", () => {
    const query = "corbel violin";
    expect(matching(all, { ...ANY, query })).to.deep.equal([]);
    expect(nearest(all, { ...ANY, query })).to.deep.equal([mason]);
    expect(nearest(all, { ...ANY, query: "violin" })).to.have.length(2);
  });

  it("keeps the index's order, leaves out what is not served here, and adds what the index does not know yet", () => {
    const numbered = all.map((one, at) => ({ ...one, stelai: { ...one.stelai, characterId: BigInt(at + 1) } }));
    const [isbel, corbel] = numbered;
    expect(withWords(numbered, "corbell isbel", ["2", "9", "1"])).to.deep.equal([corbel, isbel]);
    expect(withWords(numbered, "isbel", ["2"])).to.deep.equal([corbel, isbel]);
  });

  it("looks in what is served while the index does not answer", () => {
    expect(withWords(all, "isbel")).to.deep.equal([keeper]);
    expect(withWords(all, "isbell")).to.deep.equal([]);
  });

  it("counts tags, the most used first, and those of one kind when that is chosen", () => {
    expect(tagsOf(all)[0]).to.deep.equal({ tag: "calm", count: 2 });
    expect(tagsOf([...all, press], "Image").map(({ tag }) => tag)).to.deep.equal(["print", "sea"]);
  });

  it("counts what would be left of each kind, in the contracts' order", () => {
    expect(makesOf([press, ...all], { ...ANY, make: "Image", tag: "print" })).to.deep.equal([
      { make: "Chat", count: 2 },
      { make: "Image", count: 1 },
    ]);
    expect(makesOf(all, ANY, [press, ...all])).to.deep.equal([
      { make: "Chat", count: 2 },
      { make: "Image", count: 0 },
    ]);
    expect(makesOf([press, ...all], { ...ANY, free: true })).to.deep.equal([
      { make: "Chat", count: 1 },
      { make: "Image", count: 0 },
    ]);
  });

  it("takes nothing from the address that does not exist", () => {
    expect(filterFrom(new URLSearchParams("make=Smell&free=2"))).to.deep.equal(ANY);
    expect(filterFrom(new URLSearchParams("make=Voice&q=a&tag=b&free=1"))).to.deep.equal({
      ...{ make: "Voice", query: "a", tag: "b", free: true },
    });
  });
});
