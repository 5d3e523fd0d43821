import { expect } from "chai";
import { characterHref } from "./links.ts";

describe("where a character is found", () => {
  it("is the conversation for one that chats, and the workbench for one that makes something", () => {
    expect(characterHref(4n, "Chat")).to.equal("/c/4");
    expect(characterHref(12n, "Voice")).to.equal("/studio/12");
  });

  it("is the page that leads on while it is not known what it makes", () => {
    expect(characterHref("4", undefined)).to.equal("/c/4");
  });
});
