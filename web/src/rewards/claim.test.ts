import { CodeRefusedError, RateLimitedError, RelayerUnreachableError, SponsorRefusedError } from "@stelai/sdk";
import { expect } from "chai";
import { canSendOneself } from "./claim.ts";

const body = (code: string) => ({ code, message: "no" });

describe("a claim that the operator did not send", () => {
  it("can be sent from the wallet where the operator refuses, is asked too often, or cannot be reached", () => {
    expect(canSendOneself(new SponsorRefusedError(body("sponsor_refused"), 422))).to.equal(true);
    expect(canSendOneself(new RateLimitedError(body("rate_limited"), 429))).to.equal(true);
    expect(canSendOneself(new RelayerUnreachableError("http://127.0.0.1:1", new Error("refused")))).to.equal(true);
  });

  it("cannot where the chain refuses it from anyone, or something else broke", () => {
    expect(canSendOneself(new CodeRefusedError("Claimed"))).to.equal(false);
    expect(canSendOneself(new Error("network"))).to.equal(false);
  });
});
