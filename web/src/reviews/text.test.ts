import { expect } from "chai";
import { shareOf, starsText } from "./text.ts";

describe("stars", () => {
  it("are told with one decimal", () => {
    expect(starsText(460)).to.equal("4.6");
    expect(starsText(500)).to.equal("5.0");
    expect(starsText(467)).to.equal("4.7");
  });

  it("are drawn against the most frequent, and as nothing where there are none", () => {
    expect(shareOf(2, [0, 0, 1, 2, 4])).to.equal(50);
    expect(shareOf(0, [0, 0, 0, 0, 0])).to.equal(0);
  });
});
