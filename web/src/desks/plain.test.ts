import { expect } from "chai";
import { plain } from "./plain.ts";

describe("words that others wrote, at a desk", () => {
  it("lose what would turn or hide them, and keep their lines", () => {
    expect(plain("not \u202Elive\u202C at\u0000 all\u200B\n\tyours")).to.equal("not live at all\n\tyours");
  });

  it("stay as they are otherwise, in every script", () => {
    for (const words of ["<b>bold</b> & [link](javascript:0)", "שלום", "مرحبا", "日本語 🪨"]) {
      expect(plain(words)).to.equal(words);
    }
  });
});
