import { hashReceipt } from "@stelai/sdk";
import { expect } from "chai";
import type { Address, Hex } from "viem";
import { proofIn } from "../src/proof.ts";

const ZERO: Hex = `0x${"00".repeat(32)}`;
/** Its capitals are no checksum. */
const ODD: Address = "0xABcdefabcdefABCDEFabcdefabcdefabcdefABCD";
const receipt = {
  ...{ operator: ODD, tabId: 1n, sequence: 1n, request: ZERO, response: ZERO, characterId: 7n, termsVersion: 1n },
  ...{ milliunits: 1n, quality: 1, amount: 1n, fee: 0n, servedAt: 1n, previous: ZERO },
};
const metadata = { provenance: { receipt: { receipt, signature: "0x" } } } as unknown as Parameters<typeof proofIn>[1];

describe("The proof of a work", () => {
  it("is the receipt that hashes to the chain's, however its operator is written", () => {
    const operator = ODD.toLowerCase() as Address;
    const hash = hashReceipt({ ...receipt, operator });
    expect(proofIn({ id: 3n, receipt: hash }, metadata)).to.deep.equal({ workId: 3n, characterId: 7n, operator });
    expect(proofIn({ id: 3n, receipt: ZERO }, metadata)).to.equal(null);
    expect(proofIn({ id: 3n, receipt: null }, metadata)).to.equal(null);
  });
});
