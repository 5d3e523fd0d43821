import type { Stelai } from "@stelai/sdk";
import { expect } from "chai";
import { advance, STEPS } from "./time.ts";

/** A node that notes what it was asked. */
function noting() {
  const calls: unknown[] = [];
  const request = async (call: unknown) => {
    calls.push(call);
  };
  return { calls, stelai: { client: { publicClient: { request } } } as unknown as Stelai };
}

describe("time on a local chain", () => {
  it("moves by an hour, a day, a contract's month and a contract's year", () => {
    expect(STEPS.map(({ seconds }) => seconds)).to.deep.equal([3_600, 86_400, 2_592_000, 31_536_000]);
  });

  it("is moved first and mined after, so that the newest block has it", async () => {
    const { calls, stelai } = noting();
    await advance(stelai, 3_600);
    expect(calls).to.deep.equal([
      { method: "evm_increaseTime", params: [3_600] },
      { method: "evm_mine", params: [] },
    ]);
  });
});
