import { expect } from "chai";
import fc from "fast-check";
import { costUp } from "./pricing.ts";
import { chatUpperBound, quoteChat } from "./quote.ts";

describe("A quote for a chat", () => {
  it("counts at least one token for every UTF-8 byte, four a message, three a reply, and the token limit", () => {
    expect(chatUpperBound([{ role: "user", content: "né" }], 100)).to.equal(3n + 100n + 4n + 3n);
    expect(
      chatUpperBound([{ role: "user", content: [{ type: "text", text: "né" }, { type: "image_url" }] }], 0),
    ).to.equal(10n);
  });

  it("is never below what any smaller use of the same prices costs", () => {
    const price = fc.bigInt({ min: 0n, max: 2n ** 40n - 1n });
    fc.assert(
      fc.property(
        price,
        price,
        price,
        fc.string(),
        fc.nat(5_000),
        fc.nat(5_000),
        (perInference, perUnit, feePerUnit, content, limit, used) => {
          const terms = { perInference, perUnit };
          const { total, milliunits } = quoteChat({
            terms,
            feePerUnit,
            messages: [{ role: "user", content }],
            maxTokens: limit,
          });
          const usage = {
            milliunits: BigInt(used) < milliunits ? BigInt(used) : milliunits,
            quality: "Standard",
          } as const;
          expect(costUp(terms, usage) + costUp({ perInference: 0n, perUnit: feePerUnit }, usage) <= total).to.equal(
            true,
          );
        },
      ),
    );
  });
});
