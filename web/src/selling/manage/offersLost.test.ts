import type { OfferView } from "@stelai/sdk";
import { expect } from "chai";
import { zeroAddress, zeroHash } from "viem";
import { again, lostOffers, offersAfter } from "./offersLost.ts";

const OPERATOR = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

const offer = (offerId: bigint, values: Partial<OfferView> = {}): OfferView => ({
  ...{ offerId, workId: 1n, tier: "Personal", price: 5n, supply: 0, sold: 0, duration: 0n },
  ...{ attestor: zeroAddress, termsHash: zeroHash, isKnownAttestor: true, state: "void" },
  ...values,
});

describe("offers that were voided", () => {
  it("are made again with the same terms, what is left of their number, and who delivers now", () => {
    expect(again(offer(3n, { supply: 10, sold: 4 }), OPERATOR)).to.deep.equal({
      ...{ tier: "Personal", price: 5n, supply: 6, duration: 0n, attestor: OPERATOR, termsHash: zeroHash },
    });
    expect(again(offer(3n, { sold: 4 }), OPERATOR).supply).to.equal(0);
  });

  it("are lost only while nothing newer of the same tier and length stands in their place", () => {
    const ids = (offers: OfferView[]) => lostOffers(offers).map(({ offerId }) => offerId);
    expect(ids([offer(2n), offer(1n)])).to.deep.equal([2n]);
    expect(ids([offer(3n, { state: "open" }), offer(1n)])).to.deep.equal([]);
    expect(ids([offer(3n, { state: "closed" }), offer(1n)])).to.deep.equal([]);
    expect(ids([offer(3n, { state: "open", tier: "Commercial" }), offer(1n)])).to.deep.equal([1n]);
    expect(ids([offer(3n, { state: "open", duration: 172_800n }), offer(1n)])).to.deep.equal([1n]);
    expect(ids([offer(1n, { supply: 2, sold: 2 })])).to.deep.equal([]);
    expect(ids([offer(2n, { duration: 172_800n }), offer(1n, { duration: 172_799n })])).to.deep.equal([2n]);
  });

  it("are made again with a new payee where they can still be bought", () => {
    const open = offer(4n, { state: "open", price: 9n });
    const others = [offer(3n, { state: "soldOut" }), offer(2n, { state: "open", duration: 60n })];
    expect(offersAfter([open, ...others], OPERATOR)).to.deep.equal([again(open, OPERATOR)]);
  });
});
