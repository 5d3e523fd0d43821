import type { Model } from "@stelai/sdk";
import { expect } from "chai";
import { matching, nearest, tagsOf } from "./search.ts";

function model(name: string, card: { tags?: string[]; description?: string; free?: boolean }): Model {
  const { tags = [], description = "", free = false } = card;
  return {
    id: name,
    stelai: { free, card: { name, tagline: "", description, tags, openers: [] } },
  } as unknown as Model;
}

const mason = model("Corbel", { tags: ["stone", "calm"], description: "A mason of few words" });
const keeper = model("Isbél", { tags: ["sea", "calm"], description: "Tells of a mason once", free: true });
const all = [keeper, mason];
const ANY = { query: "", tag: "", free: false };

describe("search of the catalogue", () => {
  it("finds by every word, without regard to case and accents", () => {
    expect(matching(all, { ...ANY, query: "ISBEL mason" })).to.deep.equal([keeper]);
  });

  it("puts a name before a description", () => {
    const named = model("Mason", {});
    expect(matching([mason, named], { ...ANY, query: "mason" })[0]).to.equal(named);
  });

  it("narrows by tag and by price", () => {
    expect(matching(all, { ...ANY, tag: "stone" })).to.deep.equal([mason]);
    expect(matching(all, { ...ANY, free: true })).to.deep.equal([keeper]);
  });

  it("offers those with some of the words when none has all, and all when none has any", () => {
    const query = "corbel violin";
    expect(matching(all, { ...ANY, query })).to.deep.equal([]);
    expect(nearest(all, { ...ANY, query })).to.deep.equal([mason]);
    expect(nearest(all, { ...ANY, query: "violin" })).to.have.length(2);
  });

  it("counts tags, the most used first", () => {
    expect(tagsOf(all)[0]).to.deep.equal({ tag: "calm", count: 2 });
  });
});
