import type { Pass } from "@stelai/sdk";
import { expect } from "chai";
import { DAY } from "./plans.ts";
import { refundLines } from "./refundLines.ts";

const start = 100n * DAY;
const period = (plan: "Monthly" | "Annual", price: bigint, from: bigint, days: bigint): Pass["periods"][number] => ({
  ...{ plan, price, start: from, until: from + days * DAY, payer: "0x", transaction: "0x" },
});
const month = period("Monthly", 3_000n, start, 30n);
const year = period("Annual", 36_500n, start, 365n);

describe("how a refund comes about", () => {
  it("is the days that have not begun, for a month; what is over counts no more", () => {
    const past = period("Monthly", 9_000n, start - 30n * DAY, 30n);
    const lines = refundLines([past, month], { refund: 2_900n, suspended: false, now: start + 60n });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({ kind: "byDay", begun: 1n, days: 30n, rate: 100n, back: 2_900n });
  });

  it("is what the chain says for a year that began, less than its days; by its days when suspended", () => {
    const now = start + 30n * DAY;
    const [repriced] = refundLines([year], { refund: 32_000n, suspended: false, now });
    expect(repriced).to.include({ kind: "repriced", begun: 31n, back: 32_000n });
    const [byDay] = refundLines([year], { refund: 33_400n, suspended: true, now });
    expect(byDay).to.include({ kind: "byDay", back: 33_400n });
  });

  it("adds up over what waits behind it", () => {
    const waiting = { ...month, start: year.until, until: year.until + 30n * DAY };
    const lines = refundLines([year, waiting], { refund: 35_000n, suspended: false, now: start });
    expect(lines.map(({ kind }) => kind)).to.deep.equal(["repriced", "waiting"]);
    expect(lines.reduce((sum, { back }) => sum + back, 0n)).to.equal(35_000n);
  });
});
