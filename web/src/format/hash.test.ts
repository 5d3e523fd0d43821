import { expect } from "chai";
import { shorten } from "./hash.ts";

describe("shortened hashes", () => {
  it("keep both ends", () => {
    expect(shorten("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")).to.equal("0xf39F…2266");
  });

  it("leave alone what is short already", () => {
    expect(shorten("0x1234abcd")).to.equal("0x1234abcd");
  });
});
