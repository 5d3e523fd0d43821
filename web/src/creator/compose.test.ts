import { payeeOf, splitOf } from "@stelai/sdk";
import { cardSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { cardOf, personaOf, sharesOf, termsOf } from "./compose.ts";
import { emptyDraft } from "./draft.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

const draft = {
  ...emptyDraft(),
  name: " Ferryman ",
  tags: "river, old",
  openers: ["Where to?", " ", ""],
  systemPrompt: "You row people over.",
  lore: [{ title: "River", keywords: "water, flow", text: "It is wide." }],
};

describe("what is published of a draft", () => {
  it("is a card that the relayer's schema takes, without the persona", () => {
    const card = cardOf(draft, "ipfs://picture");
    expect(cardSchema.strict().parse(card)).to.deep.include({
      name: "Ferryman",
      tags: ["river", "old"],
      openers: ["Where to?"],
      image: "ipfs://picture",
    });
    expect(JSON.stringify(card)).not.to.contain("row people");
  });

  it("is a persona with prompt and lore, what is empty left out", () => {
    expect(personaOf(draft)).to.deep.equal({
      name: "Ferryman",
      systemPrompt: "You row people over.",
      openers: ["Where to?"],
      lore: [{ title: "River", keywords: ["water", "flow"], text: "It is wide." }],
    });
  });

  it("costs nothing when it is free, whatever was typed before", () => {
    const none = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 0n, perUnit: 0n };
    expect(termsOf({ ...draft, isFree: true, perMessage: "7", monthly: "9" })).to.deep.equal(none);
    expect(termsOf({ ...draft, perMessage: "7", perThousand: "" })).to.deep.equal({
      ...none,
      perInference: 7_000_000n,
    });
    expect(termsOf({ ...draft, perMessage: "seven" })).to.equal(undefined);
  });

  it("costs any mix of prices, each where the chain has it", () => {
    const typed = { perMessage: "1", perThousand: "2", monthly: "3", annual: "4", lifetime: "5" };
    expect(termsOf({ ...draft, ...typed })).to.deep.equal({
      ...{ perInference: 1_000_000n, perUnit: 2_000_000n },
      ...{ monthly: 3_000_000n, annual: 4_000_000n, lifetime: 5_000_000n },
    });
    expect(termsOf({ ...draft, annual: "many" })).to.equal(undefined);
  });

  it("is a split that the chain takes, whichever address is larger", () => {
    for (const [me, other] of [
      [ME, OTHER],
      [OTHER, ME],
    ] as const) {
      const shares = sharesOf({ ...draft, isShared: true, partner: other, partnerPercent: "12.5" }, me) ?? [];
      expect(() => splitOf(shares)).not.to.throw();
      expect(shares).to.deep.include({ recipient: payeeOf(other), bps: 1_250 });
      expect(shares).to.deep.include({ recipient: payeeOf(me), bps: 8_750 });
    }
    expect(sharesOf(draft, ME)).to.equal(undefined);
  });
});
