import { expect } from "chai";
import { clockOf, formatLeft } from "./clock.ts";

const HOUR = 3_600n;

describe("the clock of an order", () => {
  it("refunds what was not delivered within a day, the last second still the operator’s", () => {
    const order = { status: "Escrowed", since: 1_000n } as const;
    const last = 1_000n + 24n * HOUR;
    expect(clockOf(order, 1_000n)).to.include({ decides: "Refunded", deadline: last, isDue: false });
    expect(clockOf(order, last)).to.include({ left: 1n, isDue: false });
    expect(clockOf(order, last + 1n)).to.include({ left: 0n, isDue: true });
  });

  it("pays the seller three days after delivery, and refunds a dispute nobody decided after seven", () => {
    const delivered = clockOf({ status: "Delivered", since: 0n }, 0n);
    expect(delivered).to.include({ decides: "Released", deadline: 72n * HOUR });
    expect(clockOf({ status: "Disputed", since: 0n }, 0n)).to.include({ decides: "Refunded", deadline: 168n * HOUR });
  });

  it("stands still once the order came to its end", () => {
    for (const status of ["None", "Released", "Refunded"] as const) {
      expect(clockOf({ status, since: 0n }, 10n ** 9n), status).to.equal(undefined);
    }
  });
});

describe("what is left of a time", () => {
  it("never says more than there is", () => {
    expect(formatLeft(72n * HOUR - 1n)).to.equal("71 hours");
    expect(formatLeft(72n * HOUR)).to.equal("72 hours");
    expect(formatLeft(7n * 24n * HOUR - 1n)).to.equal("6 days");
    expect(formatLeft(2n * HOUR - 1n)).to.equal("119 minutes");
    expect(formatLeft(59n)).to.equal("59 seconds");
    expect(formatLeft(0n)).to.equal("0 seconds");
  });
});
