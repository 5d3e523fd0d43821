import { expect } from "chai";
import { stepsOf } from "./steps.ts";

const event = (kind: "Bought" | "Delivered" | "Disputed" | "Resolved" | "Released" | "Refunded", at: bigint) => ({
  kind,
  at,
  transactionHash: `0x${at.toString(16).padStart(64, "0")}` as const,
});
const words = (steps: ReturnType<typeof stepsOf>) => steps.map(({ kind, at }) => `${kind} ${at}`);

describe("the steps of an order", () => {
  it("wait for delivery after the payment", () => {
    const steps = stepsOf({ status: "Escrowed", since: 5n }, [event("Bought", 5n)]);
    expect(words(steps)).to.deep.equal(["Paid done", "Delivered now", "Released ahead"]);
    expect(steps[0]).to.include({ time: 5n, transaction: event("Bought", 5n).transactionHash });
  });

  it("wait for the buyer, or for time, after delivery", () => {
    const steps = stepsOf({ status: "Delivered", since: 9n }, [event("Bought", 5n), event("Delivered", 9n)]);
    expect(words(steps)).to.deep.equal(["Paid done", "Delivered done", "Released now"]);
  });

  it("wait for a decision after a dispute", () => {
    const steps = stepsOf({ status: "Disputed", since: 12n }, []);
    expect(words(steps)).to.deep.equal(["Paid done", "Delivered done", "Disputed done", "Decided now"]);
  });

  it("follow the chain where the index lags, with the time that the chain knows", () => {
    const steps = stepsOf({ status: "Delivered", since: 9n }, [event("Bought", 5n)]);
    expect(words(steps)).to.deep.equal(["Paid done", "Delivered done", "Released now"]);
    expect(steps[1]).to.include({ time: 9n });
    expect(steps[1]?.transaction).to.equal(undefined);
  });

  it("tell by which way an order came to its end", () => {
    const disputed = [event("Bought", 1n), event("Delivered", 2n), event("Disputed", 3n)];
    expect(
      words(stepsOf({ status: "Released", since: 4n }, [...disputed, event("Resolved", 4n), event("Released", 4n)])),
    ).to.deep.equal(["Paid done", "Delivered done", "Disputed done", "Decided done", "Released done"]);
    expect(words(stepsOf({ status: "Refunded", since: 9n }, [...disputed, event("Refunded", 9n)]))).to.deep.equal([
      "Paid done",
      "Delivered done",
      "Disputed done",
      "Refunded done",
    ]);
    expect(
      words(stepsOf({ status: "Refunded", since: 9n }, [event("Bought", 1n), event("Refunded", 9n)])),
    ).to.deep.equal(["Paid done", "Refunded done"]);
  });

  it("wait for the end that time has decided", () => {
    const due = (status: "Escrowed" | "Delivered" | "Disputed") =>
      words(stepsOf({ status, since: 1n }, [], true)).at(-1);
    expect(due("Escrowed")).to.equal("Refunded now");
    expect(due("Delivered")).to.equal("Released now");
    expect(due("Disputed")).to.equal("Refunded now");
  });

  it("are none of a licence that does not exist", () => {
    expect(stepsOf({ status: "None", since: 0n }, [])).to.deep.equal([]);
  });
});
