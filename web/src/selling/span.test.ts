import { expect } from "chai";
import { formatSpan } from "./span.ts";

const [MINUTE, HOUR, DAY] = [60n, 3_600n, 86_400n];

describe("how long something still takes", () => {
  it("is told in its two largest units, never more than there is", () => {
    expect(formatSpan(5n * DAY + 3n * HOUR + 59n * MINUTE)).to.equal("5 days 3 hr");
    expect(formatSpan(3n * HOUR + 20n * MINUTE + 59n)).to.equal("3 hr 20 min");
    expect(formatSpan(7n * DAY)).to.equal("7 days");
    expect(formatSpan(1n * DAY + 59n * MINUTE)).to.equal("1 day");
    expect(formatSpan(2n * MINUTE + 5n)).to.equal("2 min");
    expect(formatSpan(40n)).to.equal("40 sec");
  });

  it("is nothing once it is over", () => {
    expect(formatSpan(-5n)).to.equal("0 sec");
  });
});
