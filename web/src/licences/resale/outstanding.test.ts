import { expect } from "chai";
import { outstandingOf, type SoldOffer } from "./outstanding.ts";

const offer = (offerId: bigint, tier: SoldOffer["tier"], sold: number): SoldOffer => ({ offerId, tier, sold });
const order = (told: Partial<Parameters<typeof outstandingOf>[1][number]> = {}) => ({
  ...{ offerId: 1n, tier: "Personal" as const, status: "Released" as const, expiry: 0n },
  ...told,
});

describe("licences that stand against a work", () => {
  it("are those that were not refunded and have not ended, those being delivered among them", () => {
    const orders = [
      ...[order(), order({ status: "Escrowed" }), order({ status: "Disputed", expiry: 10n })],
      ...[order({ status: "Refunded" }), order({ expiry: 9n })],
    ];
    expect(outstandingOf([offer(1n, "Personal", 4)], orders, 10n)).to.deep.equal({ live: 3, exclusive: 0, unseen: 0 });
  });

  it("tell of exclusive ones, which keep the buyer from selling any other", () => {
    const orders = [order({ offerId: 2n, tier: "Exclusive" }), order({ offerId: 3n, tier: "Exclusive", expiry: 9n })];
    const offers = [offer(2n, "Exclusive", 1), offer(3n, "Exclusive", 1)];
    expect(outstandingOf(offers, orders, 10n)).to.deep.equal({ live: 1, exclusive: 1, unseen: 0 });
  });

  it("include what the chain has sold and the index has not seen", () => {
    const offers = [offer(1n, "Personal", 1), offer(2n, "Exclusive", 1)];
    expect(outstandingOf(offers, [order()], 10n)).to.deep.equal({ live: 2, exclusive: 1, unseen: 1 });
  });

  it("are not fewer where the index has seen a refund later than the chain was read", () => {
    expect(outstandingOf([offer(1n, "Personal", 0)], [order()], 10n).live).to.equal(1);
  });
});
