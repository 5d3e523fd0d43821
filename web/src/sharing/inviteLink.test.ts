import { expect } from "chai";
import { inviteIn, inviteLink } from "./inviteLink.ts";

describe("link of an invite", () => {
  it("leads to the character, and holds the invite where no server sees it", () => {
    const link = new URL(inviteLink("https://stelai.example", 7n, "abc-_9"));
    expect(link.pathname).to.equal("/c/7");
    expect(link.search).to.equal("");
    expect(inviteIn(link.hash)).to.equal("abc-_9");
  });

  it("is none with another fragment, or with nothing in it", () => {
    expect(inviteIn("")).to.equal(undefined);
    expect(inviteIn("#top")).to.equal(undefined);
    expect(inviteIn("#invite=")).to.equal(undefined);
  });
});
