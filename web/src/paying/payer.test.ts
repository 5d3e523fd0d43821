import { expect } from "chai";
import { currentUse, payerOf } from "./payer.ts";

const NOW = 1_000n;
const use = (remaining: number, resetsAt = 2_000) => ({ limit: 200, remaining, resetsAt });
const facts = { free: false, hasPass: true, isSignedIn: true, use: undefined, now: NOW };

describe("who pays for a message", () => {
  it("is a running pass before a tab, also where nobody signed in yet", () => {
    expect(payerOf(facts)).to.equal("pass");
    expect(payerOf({ ...facts, isSignedIn: false })).to.equal("pass");
    expect(payerOf({ ...facts, use: use(187) })).to.equal("pass");
  });

  it("is the tab without a pass, and when today's use of it is over", () => {
    expect(payerOf({ ...facts, hasPass: false })).to.equal("tab");
    expect(payerOf({ ...facts, use: use(0) })).to.equal("tab");
  });

  it("is the pass again once its use starts anew", () => {
    expect(payerOf({ ...facts, use: use(0, 1_000) })).to.equal("pass");
    expect(currentUse(use(3, 1_000), NOW)).to.equal(undefined);
    expect(currentUse(use(3), NOW)?.remaining).to.equal(3);
  });

  it("is nobody for a free character; its pass counts only for who is signed in anyway", () => {
    expect(payerOf({ ...facts, free: true, hasPass: false })).to.equal("free");
    expect(payerOf({ ...facts, free: true, isSignedIn: false })).to.equal("free");
    expect(payerOf({ ...facts, free: true })).to.equal("pass");
    expect(payerOf({ ...facts, free: true, use: use(0) })).to.equal("free");
  });
});
