import { expect } from "chai";
import { middle } from "./typical.ts";

describe("What characters ask", () => {
  it("is told by the one in the middle, the cheaper of two", () => {
    expect(middle([900n, 1n, 5n])).to.equal(5n);
    expect(middle([5n, 1n])).to.equal(1n);
  });

  it("is not told where there is none", () => {
    expect(middle([])).to.equal(undefined);
  });
});
