import { expect } from "chai";
import { draftOf, hostOf, linksIn, problemsOf, updateOf } from "./edit.ts";

const DRAFT = { name: "Ann", bio: "Carves.", links: "https://ann.example/work\nann.example" };

describe("a profile while it is edited", () => {
  it("is saved as it was typed, with whole links", () => {
    expect(problemsOf(DRAFT)).to.deep.equal({});
    expect(updateOf({ ...DRAFT, name: " Ann " }, "ipfs://a")).to.deep.equal({
      name: "Ann",
      bio: "Carves.",
      picture: "ipfs://a",
      links: ["https://ann.example/work", "https://ann.example"],
    });
  });

  it("comes back the same from what was saved", () => {
    const saved = { name: "Ann", bio: "Carves.", links: ["https://a.example", "https://b.example"] };
    expect(updateOf(draftOf(saved), null)).to.deep.equal({ ...saved, picture: null });
  });

  it("needs a name, of at most 40 letters", () => {
    expect(problemsOf({ ...DRAFT, name: "  " }).name).to.equal("profile.problem.noName");
    expect(problemsOf({ ...DRAFT, name: "a".repeat(41) }).name).to.equal("profile.problem.longName");
    expect(problemsOf({ ...DRAFT, name: "a".repeat(40) })).to.deep.equal({});
  });

  it("takes at most 500 letters about oneself", () => {
    expect(problemsOf({ ...DRAFT, bio: "a".repeat(501) }).bio).to.equal("profile.problem.longBio");
  });

  for (const link of ["javascript:alert(1)", "http://ann.example", "data:text/html,x", "https://", "https://ann"]) {
    it(`refuses ${link} as a link`, () => {
      expect(problemsOf({ ...DRAFT, links: link }).links).to.equal("profile.problem.link");
    });
  }

  it("takes at most five links", () => {
    expect(problemsOf({ ...DRAFT, links: "a.io b.io c.io d.io e.io" })).to.deep.equal({});
    expect(problemsOf({ ...DRAFT, links: "a.io b.io c.io d.io e.io f.io" }).links).to.equal(
      "profile.problem.manyLinks",
    );
  });

  it("shows where a link leads, whatever stands before the host", () => {
    expect(hostOf("https://bank.example@evil.example/a")).to.equal("evil.example");
    expect(linksIn("  ")).to.deep.equal([]);
  });
});
