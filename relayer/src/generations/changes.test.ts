import { expect } from "chai";
import { Changes } from "./changes.ts";

describe("Waiting for a change of a generation", () => {
  const never = new AbortController().signal;

  it("ends after a part of a millisecond too: what is left of a wait is seldom a whole number", async () => {
    expect(await new Changes().next("gen", 1.25, never)).to.equal(undefined);
  });

  it("ends with a change of that one, and not of another", async () => {
    const changes = new Changes();
    let ended = false;
    const changed = changes.next("gen", 60_000, never).then(() => {
      ended = true;
    });
    changes.tell("other");
    await Promise.resolve();
    expect(ended).to.equal(false);
    changes.tell("gen");
    await changed;
  });

  it("ends when nobody waits any more", async () => {
    const gone = new AbortController();
    const changed = new Changes().next("gen", 60_000, gone.signal);
    gone.abort();
    await changed;
  });
});
