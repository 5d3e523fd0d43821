import { expect } from "chai";
import { type Activity, isDecided, isOpen, type Observation, observe, UNSEEN_AFTER_SECONDS } from "./activity.ts";

const HASH = `0x${"aa".repeat(32)}` as const;
const OTHER = `0x${"bb".repeat(32)}` as const;
const SENDER = `0x${"01".repeat(20)}` as const;

const begun: Activity = { id: "1", intent: { id: "app.name" }, state: "wallet", startedAt: 100, seenAt: 100 };

const after = (...seen: Observation[]) => seen.reduce(observe, begun);

const sent: Observation = { kind: "sent", hash: HASH, fromBlock: 10n, at: 101 };
const pending: Observation = {
  kind: "pending",
  sender: SENDER,
  nonce: 4,
  call: { to: SENDER, input: "0x", value: 0n },
  at: 102,
};
const mined: Observation = { kind: "mined", blockNumber: 11n, success: true, at: 103 };

describe("activity", () => {
  it("goes from the wallet to sent, confirmed and final", () => {
    expect(after().state).to.equal("wallet");
    expect(after(sent)).to.include({ state: "sent", hash: HASH, fromBlock: 10n });
    expect(after(sent, pending)).to.include({ state: "sent", sender: SENDER, nonce: 4 });
    expect(after(sent, pending, mined)).to.include({ state: "confirmed", blockNumber: 11n });
    expect(after(sent, mined, { kind: "head", blockNumber: 12n, finalityBlocks: 2 }).state).to.equal("confirmed");
    expect(after(sent, mined, { kind: "head", blockNumber: 13n, finalityBlocks: 2 }).state).to.equal("final");
  });

  it("fails when it reverted", () => {
    expect(after(sent, { ...mined, success: false }).state).to.equal("failed");
  });

  it("is replaced when the same act was sent again under its nonce, and final in its turn", () => {
    const replaced = after(sent, pending, {
      kind: "replaced",
      by: OTHER,
      sameAct: true,
      success: true,
      blockNumber: 12n,
    });
    expect(replaced).to.include({ state: "replaced", replacedBy: OTHER });
    expect(observe(replaced, { kind: "head", blockNumber: 20n, finalityBlocks: 2 }).state).to.equal("final");
  });

  it("is confirmed when its replacement is itself", () => {
    const by = HASH.toUpperCase().replace("0X", "0x") as typeof HASH;
    const same = after(sent, { kind: "replaced", by, sameAct: true, success: true, blockNumber: 12n });
    expect(same).to.include({ state: "confirmed", replacedBy: undefined });
  });

  it("is cancelled when something else took its nonce, and failed when the same act did and reverted", () => {
    const replaced = { kind: "replaced", by: OTHER, blockNumber: 12n } as const;
    expect(after(sent, { ...replaced, sameAct: false, success: true }).state).to.equal("cancelled");
    expect(after(sent, { ...replaced, sameAct: true, success: false }).state).to.equal("failed");
  });

  it("is unseen only after the node has not known it for two minutes, and seen again when it does", () => {
    const early = after(sent, { kind: "missing", at: 101 + UNSEEN_AFTER_SECONDS - 1 });
    expect(early.state).to.equal("sent");
    const late = observe(early, { kind: "missing", at: 101 + UNSEEN_AFTER_SECONDS });
    expect(late.state).to.equal("unseen");
    expect(observe(late, pending).state).to.equal("sent");
    expect(observe(late, mined).state).to.equal("confirmed");
  });

  it("goes back to sent when its block is reorganised away", () => {
    const confirmed = after(sent, mined);
    expect(observe(confirmed, pending)).to.include({ state: "sent", blockNumber: undefined });
    expect(observe(confirmed, { kind: "missing", at: 200 })).to.include({ state: "sent", seenAt: 200 });
  });

  it("stays the same object when nothing changed, so that nothing is drawn or written again", () => {
    const confirmed = after(sent, mined);
    expect(observe(confirmed, mined)).to.equal(confirmed);
    expect(observe(confirmed, { kind: "head", blockNumber: 11n, finalityBlocks: 2 })).to.equal(confirmed);
  });

  it("is watched until final, failed or cancelled, and decided once mined", () => {
    const states = [begun, after(sent), after(sent, mined), after(sent, { ...mined, success: false })];
    expect(states.map(isOpen)).to.deep.equal([false, true, true, false]);
    expect(states.map(isDecided)).to.deep.equal([false, false, true, true]);
  });
});
