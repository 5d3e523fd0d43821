import { expect } from "chai";
import { createRounds } from "./rounds.ts";

/** Rounds that end when the test says so. */
function held() {
  const ends: (() => void)[] = [];
  const errors: unknown[] = [];
  const begun: (() => void)[] = [];
  let count = 0;
  const rounds = createRounds({
    intervalMs: 3_600_000,
    round: () => {
      count += 1;
      begun.shift()?.();
      return new Promise((resolve) => ends.push(resolve));
    },
    onError: (error) => errors.push(error),
  });
  const next = () => new Promise<void>((resolve) => begun.push(resolve));
  return { rounds, ends, errors, next, count: () => count };
}

describe("Rounds", () => {
  it("run one at a time: who asks while one runs gets the one after it, and all who ask get the same", async () => {
    const { rounds, ends, next, count } = held();
    const begun = next();
    const first = rounds.work();
    await begun;
    const both = [rounds.work(), rounds.work()];
    expect(count()).to.equal(1);
    const second = next();
    ends[0]?.();
    await first;
    await second;
    expect(count()).to.equal(2);
    ends[1]?.();
    await Promise.all(both);
    expect(count()).to.equal(2);
    await rounds.stop();
  });

  it("follow at once when they are nudged, also while one runs", async () => {
    const { rounds, ends, next } = held();
    const first = next();
    rounds.nudge();
    await first;
    rounds.nudge();
    const second = next();
    ends[0]?.();
    await second;
    ends[1]?.();
    await rounds.stop();
  });

  it("go on after one that failed, which is told", async () => {
    const errors: unknown[] = [];
    let count = 0;
    let done: () => void = () => {};
    const third = new Promise<void>((resolve) => {
      done = resolve;
    });
    const rounds = createRounds({
      intervalMs: 1,
      round: async () => {
        count += 1;
        if (count === 3) done();
        if (count === 1) throw new Error("out of reach");
      },
      onError: (error) => errors.push(error),
    });
    rounds.start(0);
    await third;
    await rounds.stop();
    expect(errors).to.have.length(1);
  });

  it("stop after the one that runs, and none is begun any more", async () => {
    const { rounds, ends, next, count } = held();
    const first = next();
    rounds.start(0);
    await first;
    const stopped = rounds.stop();
    rounds.nudge();
    ends[0]?.();
    await stopped;
    rounds.nudge();
    expect(count()).to.equal(1);
  });
});
