import type { OfferView } from "@stelai/sdk";
import { expect } from "chai";
import { cheapest, checkOffer, deliveredBy, leftOf, lengthOf, percentText, successorOf, tiersOf } from "./offers.ts";

const HASH = `0x${"ab".repeat(32)}` as const;
let next = 100n;

function offer(told: Partial<OfferView>): OfferView {
  next -= 1n;
  return {
    ...{ offerId: next, workId: 1n, tier: "Personal", price: 20_000_000n, supply: 0, sold: 0, duration: 0n },
    ...{ attestor: `0x${"11".repeat(20)}`, isKnownAttestor: true, termsHash: HASH, state: "open" },
    ...told,
  };
}

describe("a work's offers", () => {
  it("stand by tier, from the least to the most, the cheapest of a tier first", () => {
    const dear = offer({ tier: "Commercial", price: 120_000_000n });
    const cheap = offer({ tier: "Commercial", price: 90_000_000n, duration: 2_592_000n });
    const exclusive = offer({ tier: "Exclusive", price: 900_000_000n });
    const personal = offer({});
    expect(tiersOf([exclusive, dear, cheap, personal])).to.deep.equal([
      { tier: "Personal", offers: [personal] },
      { tier: "Commercial", offers: [cheap, dear] },
      { tier: "Exclusive", offers: [exclusive] },
    ]);
  });

  it("leave out what was closed or voided beside what is open, and tell of it where nothing is", () => {
    const [open, closed] = [offer({}), offer({ state: "closed" })];
    expect(tiersOf([closed, open])).to.deep.equal([{ tier: "Personal", offers: [open] }]);
    expect(tiersOf([closed])).to.deep.equal([{ tier: "Personal", offers: [closed] }]);
  });

  it("tell of what is taken or sold out before what was only closed", () => {
    const [closed, taken] = [offer({ state: "closed" }), offer({ state: "taken" })];
    expect(tiersOf([closed, taken])[0]?.offers).to.deep.equal([taken]);
  });

  it("have a cheapest only among those that can be bought", () => {
    const taken = offer({ price: 1n, state: "taken" });
    const open = offer({ price: 50n });
    expect(cheapest([taken, offer({ price: 60n }), open])).to.equal(open);
    expect(cheapest([taken])).to.equal(undefined);
  });

  it("say how long and how many are left", () => {
    expect(lengthOf(0n)).to.deep.equal({ unit: "ever", count: 0 });
    expect(lengthOf(2_592_000n)).to.deep.equal({ unit: "days", count: 30 });
    expect(lengthOf(90_000n)).to.deep.equal({ unit: "hours", count: 25 });
    expect(lengthOf(1n)).to.deep.equal({ unit: "hours", count: 1 });
    expect(leftOf({ supply: 0, sold: 9 })).to.equal(undefined);
    expect(leftOf({ supply: 10, sold: 9 })).to.equal(1);
    expect(leftOf({ supply: 1, sold: 2 })).to.equal(0);
  });

  it("say shares exactly", () => {
    expect(percentText(1_250)).to.equal("12.5%");
    expect(percentText(1)).to.equal("0.01%");
  });
});

describe("what a sheet shows of an offer", () => {
  const agreed = offer({});
  const current = { ...agreed, state: "open" } as const;

  it("may be paid for once the chain says the same, and not before", () => {
    expect(checkOffer(agreed, current, false)).to.deep.equal({ state: "agreed" });
    expect(checkOffer(agreed, undefined, false)).to.deep.equal({ state: "reading" });
    expect(checkOffer(agreed, current, true)).to.deep.equal({ state: "unread" });
  });

  it("is agreed to again when the price is another, in either direction", () => {
    for (const price of [agreed.price - 1n, agreed.price + 1n]) {
      expect(checkOffer(agreed, { ...current, price }, false)).to.deep.equal({ state: "changed", price });
    }
  });

  it("is not paid for under other terms", () => {
    const termsHash = `0x${"cd".repeat(32)}` as const;
    expect(checkOffer(agreed, { ...current, termsHash }, false)).to.deep.equal({ state: "termsChanged" });
  });

  it("is not paid for when it is of another work, tier, length or attestor than was shown, even if it is gone", () => {
    const others = { workId: 2n, tier: "Exclusive", duration: 60n, attestor: `0x${"22".repeat(20)}` } as const;
    for (const what of ["workId", "tier", "duration", "attestor"] as const) {
      const other = { ...current, [what]: others[what] };
      expect(checkOffer(agreed, other, false), what).to.deep.equal({ state: "differs", what });
      expect(checkOffer(agreed, { ...other, state: "closed" }, false)).to.deep.equal({ state: "differs", what });
    }
    const upper = agreed.attestor.toUpperCase().replace("0X", "0x") as `0x${string}`;
    expect(checkOffer(agreed, { ...current, attestor: upper }, false)).to.deep.equal({ state: "agreed" });
  });

  it("is gone when it was closed, voided, sold out or suspended meanwhile", () => {
    for (const state of ["closed", "void", "soldOut", "suspended"] as const) {
      expect(checkOffer(agreed, { ...current, state }, false)).to.deep.equal({ state: "gone", why: state });
    }
  });
});

describe("who delivers an offer", () => {
  const operator = `0x${"ab".repeat(20)}` as const;

  it("is this page's operator, somebody else, or not known while the operator does not say who it is", () => {
    const upper = `0x${"AB".repeat(20)}` as const;
    expect(deliveredBy(upper, operator)).to.equal("here");
    expect(deliveredBy(`0x${"11".repeat(20)}`, operator)).to.equal("other");
    expect(deliveredBy(operator, undefined)).to.equal("unknown");
  });
});

describe("what takes the place of an offer", () => {
  const gone = offer({ offerId: 7n });

  it("is the newest open one of its tier that runs as long", () => {
    const newest = offer({ offerId: 12n, price: 30_000_000n });
    const others = [
      offer({ offerId: 13n, state: "closed" }),
      offer({ offerId: 11n, tier: "Commercial" }),
      offer({ offerId: 10n, duration: 86_400n }),
    ];
    expect(successorOf(gone, [...others, newest, offer({ offerId: 9n }), gone])).to.equal(newest);
  });

  it("is nothing that was there before", () => {
    expect(successorOf(gone, [gone, offer({ offerId: 3n })])).to.equal(undefined);
  });
});
