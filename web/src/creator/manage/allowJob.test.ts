import { expect } from "chai";
import { numberToHex } from "viem";
import { type AllowJob, afterBatch, stepsOf } from "./allowJob.ts";

const accounts = Array.from({ length: 450 }, (_, at) => numberToHex(at + 1, { size: 20 }));

describe("change of an allow list", () => {
  it("goes on where it stopped, batch by batch, until nothing is left", () => {
    let job: AllowJob = { allowed: true, accounts, total: accounts.length };
    const seen: [number, number][] = [];
    while (job.accounts.length > 0) {
      seen.push([stepsOf(job).step, job.accounts.length]);
      expect(stepsOf(job).count).to.equal(3);
      job = afterBatch(job);
    }
    expect(seen).to.deep.equal([
      [1, 450],
      [2, 250],
      [3, 50],
    ]);
    expect(stepsOf(job).left).to.equal(0);
  });
});
