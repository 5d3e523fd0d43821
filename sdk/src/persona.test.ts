import { expect } from "chai";
import fc from "fast-check";
import { concatHex, keccak256, stringToHex } from "viem";
import { canonicalJson, personaHash } from "./persona.ts";

describe("A persona's hash", () => {
  const salt = `0x${"5a".repeat(32)}` as const;

  it("is keccak256 of the salt and the canonical JSON", () => {
    const expected = keccak256(concatHex([salt, stringToHex('{"a":[1,{"c":"é","d":null}],"b":true}')]));
    expect(personaHash(salt, { b: true, a: [1, { d: null, c: "é" }] })).to.equal(expected);
  });

  it("is another one under another salt", () => {
    expect(personaHash(`0x${"5b".repeat(32)}`, { a: 1 })).to.not.equal(personaHash(salt, { a: 1 }));
  });

  it("does not depend on the order in which fields were written, numbers as names included", () => {
    expect(canonicalJson({ b: 1, 10: 2, 9: 3, a: undefined })).to.equal('{"10":2,"9":3,"b":1}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (persona) => {
        const reversed = Object.fromEntries(Object.entries(persona).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(persona));
        expect(JSON.parse(canonicalJson(persona))).to.deep.equal(JSON.parse(JSON.stringify(persona)));
      }),
    );
  });
});
