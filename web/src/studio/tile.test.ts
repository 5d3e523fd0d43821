import type { Generation } from "@stelai/sdk";
import { expect } from "chai";
import { generationOf } from "./generation.fixture.ts";
import { causeOf, costOf, isRunning, merged, tileState } from "./tile.ts";

const urls = (expiresAt: number) => ({ content: "/c", preview: "/p", expiresAt });
const none = new Set<string>();
const over = (...known: Generation[]) => new Map(known.map((one) => [one.id, one]));

describe("a tile", () => {
  it("tells how many come before a waiting one, and that one waits for a signature", () => {
    expect(tileState(generationOf())).to.deep.equal({ at: "waiting", ahead: 2 });
    expect(tileState(generationOf({ ahead: null }))).to.deep.equal({ at: "waiting", ahead: undefined });
    expect(tileState(generationOf({ waitsFor: "voucher" }))).to.deep.equal({ at: "signing" });
  });

  it("tells how far one is and how long it takes, in whole seconds and never none", () => {
    const making = generationOf({ status: "in_progress", progress: 40, secondsLeft: 3.2 });
    expect(tileState(making)).to.deep.equal({ at: "making", progress: 40, left: 4 });
    expect(tileState({ ...making, secondsLeft: 0 })).to.deep.equal({ at: "making", progress: 40, left: 1 });
    expect(tileState({ ...making, secondsLeft: null })).to.deep.equal({ at: "making", progress: 40, left: undefined });
  });

  it("tells how one ended, and why", () => {
    expect(tileState(generationOf({ status: "completed" }))).to.deep.equal({ at: "done" });
    expect(tileState(generationOf({ status: "cancelled" }))).to.deep.equal({ at: "cancelled" });
    const error = { code: "upstream_failed", message: "It broke." };
    expect(tileState(generationOf({ status: "failed", error }))).to.deep.equal({ at: "failed", ...error });
    expect(isRunning(generationOf())).to.equal(true);
    expect(isRunning(generationOf({ status: "failed" }))).to.equal(false);
  });

  it("has words of ours for the causes of the protocol, and leaves others to the operator", () => {
    expect(causeOf("upstream_refused")).to.equal("refused");
    expect(causeOf("storage_full")).to.equal("storage");
    expect(causeOf("unavailable")).to.equal(undefined);
    expect(causeOf("toString")).to.equal(undefined);
  });

  it("costs nothing when it failed or nobody paid, and is not known before its receipt", () => {
    expect(costOf(generationOf({ status: "failed" }))).to.equal(0n);
    expect(costOf(generationOf({ status: "completed", requestId: null }))).to.equal(0n);
    expect(costOf(generationOf({ status: "completed" }))).to.equal(undefined);
  });
});

describe("the gallery", () => {
  it("shows the newest first, each once", () => {
    const [older, newer] = [generationOf({ id: "a" }), generationOf({ id: "b", created_at: 2_000 })];
    expect(merged([older, newer, older], over(newer), none).map(({ id }) => id)).to.deep.equal(["b", "a"]);
  });

  it("adds what was begun here and is not listed yet, and leaves out what was deleted", () => {
    const begun = generationOf({ id: "c", created_at: 3_000 });
    expect(merged([generationOf()], over(begun), none).map(({ id }) => id)).to.deep.equal(["c", "gen_1"]);
    expect(merged([generationOf()], over(begun), new Set(["gen_1"])).map(({ id }) => id)).to.deep.equal(["c"]);
  });

  it("prefers the later news of one, wherever it comes from", () => {
    const made = generationOf({ status: "completed", urls: urls(100) });
    const making = generationOf({ status: "in_progress", progress: 40 });
    const show = (listed: Generation, live: Generation) => merged([listed], over(live), none)[0];
    expect(show(making, made), "followed to its end").to.equal(made);
    expect(show(made, making), "listed after its end").to.equal(made);
    expect(show(generationOf({ status: "in_progress", progress: 20 }), making)).to.equal(making);
    const again = generationOf({ status: "completed", urls: urls(500) });
    expect(show(made, again), "with a new address").to.equal(again);
    expect(show(again, made)).to.equal(again);
  });
});
