import { expect } from "chai";
import { afterLook } from "./lastVisit.ts";

const HOUR = 3_600;

describe("what came in since the last visit", () => {
  it("is nothing at the first visit", () => {
    const first = afterLook(undefined, 100, 7n);
    expect(first.net - first.sinceNet).to.equal(0n);
  });

  it("is what was earned between the end of the visit before and now", () => {
    const first = afterLook(undefined, 100, 7n);
    const later = afterLook(afterLook(first, 200, 8n), 200 + 9 * HOUR, 20n);
    expect(later).to.deep.equal({ since: 200, sinceNet: 8n, at: 200 + 9 * HOUR, net: 20n });
  });

  it("stays told through the visit, however often the page is looked at", () => {
    const before = afterLook(undefined, 0, 5n);
    const begun = afterLook(before, 10 * HOUR, 9n);
    expect(afterLook(begun, 10 * HOUR + 60, 10n)).to.include({ since: 0, sinceNet: 5n, net: 10n });
  });
});
