import { expect } from "chai";
import { isAlreadyAsking, isRejected } from "./errors.ts";

describe("errors of wallets", () => {
  it("are known by their code however deep a library wrapped them", () => {
    const wallet = Object.assign(new Error("no"), { code: 4001 });
    expect(isRejected(wallet)).to.equal(true);
    expect(isRejected(new Error("outer", { cause: new Error("inner", { cause: wallet }) }))).to.equal(true);
    expect(isAlreadyAsking({ code: -32002 })).to.equal(true);
  });

  it("are not taken for one another", () => {
    expect(isRejected({ code: -32002 })).to.equal(false);
    expect(isRejected("4001")).to.equal(false);
    expect(isRejected(undefined)).to.equal(false);
  });

  it("are looked for only so deep, so that a circle ends", () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(isRejected(circle)).to.equal(false);
  });
});
