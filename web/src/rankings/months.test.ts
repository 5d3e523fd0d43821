import { expect } from "chai";
import { changeOf, monthAt, monthAway, monthFrom, monthsListed } from "./months.ts";

describe("months of the rankings", () => {
  it("begin and end in UTC", () => {
    expect(monthAt(BigInt(Date.UTC(2026, 10, 1) / 1_000))).to.equal("2026-11");
    expect(monthAt(BigInt(Date.UTC(2026, 10, 1) / 1_000) - 1n)).to.equal("2026-10");
  });

  it("lead over the turn of a year in both directions", () => {
    expect(monthAway("2026-12", 1)).to.equal("2027-01");
    expect(monthAway("2026-01", -1)).to.equal("2025-12");
    expect(monthAway("2026-03", -14)).to.equal("2025-01");
  });

  it("are the current one where an address names none, nonsense, or one to come", () => {
    expect(monthFrom("2026-09", "2026-11")).to.equal("2026-09");
    for (const wrong of [null, "", "2026-13", "2026-9", "2026-12", "1999-01", "2026-09-01"]) {
      expect(monthFrom(wrong, "2026-11"), String(wrong)).to.equal("2026-11");
    }
  });

  it("are listed newest first, an older one that an address names too", () => {
    const listed = monthsListed("2026-02", "2026-01");
    expect(listed.slice(0, 3)).to.deep.equal(["2026-02", "2026-01", "2025-12"]);
    expect(listed).to.have.length(12);
    expect(monthsListed("2026-02", "2024-05").at(-1)).to.equal("2024-05");
  });
});

describe("the change of a rank", () => {
  it("is up when the number became smaller, down when it grew, and new without one before", () => {
    expect(changeOf(2, 5)).to.deep.equal({ kind: "up", places: 3 });
    expect(changeOf(5, 2)).to.deep.equal({ kind: "down", places: 3 });
    expect(changeOf(1, 1)).to.deep.equal({ kind: "same" });
    expect(changeOf(1, null)).to.deep.equal({ kind: "new" });
  });
});
