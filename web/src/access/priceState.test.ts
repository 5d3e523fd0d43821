import { expect } from "chai";
import { priceState } from "./priceState.ts";

describe("The price on a sheet", () => {
  it("is signed for only when the chain says the same", () => {
    expect(priceState(30n, 30n, false)).to.equal("agreed");
    expect(priceState(30n, undefined, false)).to.equal("reading");
    expect(priceState(30n, undefined, true)).to.equal("unread");
  });

  it("that moved, up or down, is asked about again", () => {
    expect(priceState(30n, 31n, false)).to.equal("changed");
    expect(priceState(30n, 29n, false)).to.equal("changed");
  });

  it("that is none any more is not signed for, not even where none was shown", () => {
    expect(priceState(30n, 0n, false)).to.equal("notSold");
    expect(priceState(0n, 0n, false)).to.equal("notSold");
  });
});
