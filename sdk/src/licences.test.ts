import { readFileSync } from "node:fs";
import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import { cidOf, TERMS_HASHES } from "./index.ts";
import { LICENCES, licenceOfTerms } from "./licences.ts";
import { TIERS } from "./wireMarket.ts";

describe("The licences", () => {
  for (const tier of TIERS) {
    const { text, hash, uri, may, mayNot, title } = LICENCES[tier];

    it(`are the ${tier} text of the repository, under its hash and its address`, async () => {
      const file = readFileSync(new URL(`../../licences/${tier.toLowerCase()}.md`, import.meta.url));
      expect(text).to.equal(file.toString("utf8"));
      expect(hash).to.equal(keccak256(stringToBytes(text)));
      expect(hash).to.equal(TERMS_HASHES[tier]);
      expect(uri).to.equal(`ipfs://${await cidOf(new Uint8Array(file))}`);
      expect(licenceOfTerms(hash)).to.include({ tier, title });
    });

    it(`show of the ${tier} text what stands in it, word for word`, () => {
      expect(may.length).to.be.greaterThan(2);
      expect(mayNot.length).to.be.greaterThan(3);
      for (const point of [...may, ...mayNot]) expect(text).to.include(`\n- ${point}\n`);
      expect(text).to.match(/machine-learning/);
      expect(text).to.match(/refunded, the token is burned/);
    });
  }

  it("are none for terms of a seller's own", () => {
    expect(licenceOfTerms(keccak256("0x01"))).to.equal(undefined);
  });
});
