import { expect } from "chai";
import { nextPhase, type Phase, type PhaseEvent } from "./phase.ts";

const after = (...events: PhaseEvent[]) => events.reduce<Phase>(nextPhase, { at: "terms" });

const asked = (run: number): PhaseEvent => ({ kind: "asked", run, now: run });

describe("phases of an act that needs a signature", () => {
  it("go from the terms to the wallet, to sending, to done", () => {
    expect(after(asked(1)).at).to.equal("wallet");
    expect(after(asked(1), { kind: "signed", run: 1, now: 2 })).to.deep.equal({ at: "sending", run: 1, since: 2 });
    expect(after(asked(1), { kind: "signed", run: 1, now: 2 }, { kind: "finished", run: 1 }).at).to.equal("done");
  });

  it("return to the terms when stopped in the wallet, and what is signed later changes nothing", () => {
    expect(after(asked(1), { kind: "stopped" }, { kind: "signed", run: 1, now: 2 })).to.deep.equal({ at: "terms" });
  });

  it("cannot be stopped once signed", () => {
    expect(after(asked(1), { kind: "signed", run: 1, now: 2 }, { kind: "stopped" }).at).to.equal("sending");
  });

  it("follow only the newest time the wallet was asked", () => {
    const again = after(asked(1), asked(2), { kind: "failed", run: 1, error: "old" });
    expect(again).to.deep.equal({ at: "wallet", run: 2, since: 2 });
    expect(nextPhase(again, { kind: "finished", run: 2 }).at).to.equal("done");
  });

  it("keep the error until the wallet is asked again", () => {
    const failed = after(asked(1), { kind: "failed", run: 1, error: "why" });
    expect(failed).to.deep.equal({ at: "failed", error: "why" });
    expect(nextPhase(failed, asked(2)).at).to.equal("wallet");
  });

  it("begin anew in a sheet that was closed after success or failure, not while something is under way", () => {
    const sending = after(asked(1), { kind: "signed", run: 1, now: 2 });
    expect(nextPhase(sending, { kind: "closed" })).to.equal(sending);
    expect(after(asked(1), { kind: "finished", run: 1 }, { kind: "closed" }).at).to.equal("terms");
    expect(after(asked(1), { kind: "failed", run: 1, error: "why" }, { kind: "closed" }).at).to.equal("terms");
  });
});
