import { expect } from "chai";
import { keccak256, stringToHex } from "viem";
import { codeKey, deedOf, newCode, normalCode, reviewSubject } from "./codes.ts";

describe("A code", () => {
  it("is the same however it is written down", () => {
    for (const written of ["ab12-cd34", " AB12 CD34\n", "Ab12–cd34", "a b-1 2CD34"]) {
      expect(normalCode(written)).to.equal("AB12CD34");
      expect(codeKey(written)).to.equal(keccak256(stringToHex("stelai:code:AB12CD34")));
    }
    expect(codeKey("AB12CD35")).to.not.equal(codeKey("AB12CD34"));
  });

  it("is made of 16 letters that are not taken for others, never the same", () => {
    const codes = Array.from({ length: 200 }, newCode);
    for (const code of codes) expect(code).to.match(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).to.equal(codes.length);
  });
});

describe("A deed", () => {
  it("is named by its kind and subject", () => {
    const account = "0x00000000000000000000000000000000000000Ab";
    const subject = reviewSubject("0x00000000000000000000000000000000000000Cd", 7n, account);
    expect(subject).to.equal("0x00000000000000000000000000000000000000cd:7:0x00000000000000000000000000000000000000ab");
    expect(deedOf("review", subject)).to.equal(keccak256(stringToHex(`stelai:deed:review:${subject}`)));
    expect(deedOf("share", subject)).to.not.equal(deedOf("review", subject));
  });
});
