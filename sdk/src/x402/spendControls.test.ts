import { expect } from "chai";
import { zeroAddress } from "viem";
import type { Deployment } from "../deployments.ts";
import { x402SpendControls } from "./spendControls.ts";

describe("What an x402 client may spend", () => {
  const deployment = { chainId: 8453, contracts: { Stelai: zeroAddress } } as unknown as Deployment;

  it("is STELAI of the deployment alone, and at most so much at once, in wei", () => {
    expect(x402SpendControls(deployment, 5_000_000n)).to.deep.equal({
      allowedAssets: [{ network: "eip155:8453", asset: zeroAddress, maxAmountPerPayment: "5000000000000000000" }],
    });
  });

  it("is refused without a limit: by the compiler, and in JavaScript", () => {
    // @ts-expect-error The most of one payment must be said.
    expect(() => x402SpendControls(deployment)).to.throw(RangeError, "microcredits");
    // @ts-expect-error Money is a bigint.
    expect(() => x402SpendControls(deployment, 5_000_000)).to.throw(RangeError);
    for (const none of [0n, -1n]) expect(() => x402SpendControls(deployment, none)).to.throw(RangeError);
  });
});
