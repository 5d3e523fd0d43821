import { expect } from "chai";
import { lapseOf } from "./lapse.ts";

const NOW = 1_800_000_000n;
const DAY = 86_400n;

describe("when a bonus lapses", () => {
  it("is said as a date while it is far, and with what is left from two weeks before on", () => {
    expect(lapseOf(5n, NOW + 15n * DAY, NOW)).to.deep.equal({ is: "later", at: NOW + 15n * DAY });
    expect(lapseOf(5n, NOW + 14n * DAY, NOW)).to.deep.equal({ is: "soon", at: NOW + 14n * DAY, left: 14n * DAY });
    expect(lapseOf(5n, NOW + 1n, NOW)).to.deep.equal({ is: "soon", at: NOW + 1n, left: 1n });
  });

  it("is not said of none, nor of one that has lapsed and is not burned yet", () => {
    expect(lapseOf(0n, NOW + DAY, NOW)).to.deep.equal({ is: "none" });
    expect(lapseOf(0n, 0n, NOW)).to.deep.equal({ is: "none" });
    expect(lapseOf(5n, NOW, NOW)).to.deep.equal({ is: "none" });
    expect(lapseOf(5n, NOW - 1n, NOW)).to.deep.equal({ is: "none" });
  });
});
