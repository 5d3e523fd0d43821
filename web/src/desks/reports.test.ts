import type { QueuedReport } from "@stelai/sdk";
import { expect } from "chai";
import { casesOf, keyOf, openOf, subjectOf } from "./reports.ts";

const ADA = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const report = (id: string, values: Partial<QueuedReport>): QueuedReport => ({
  ...{ id, characterId: null, workId: null, reviewBy: null, reason: "stolen", details: "", excerpt: null },
  ...{ reportedAt: "2026-11-20T10:00:00.000Z", open: 1, state: "open", closedBy: null, closedAt: null, note: null },
  ...values,
});

describe("the moderators' queue", () => {
  it("tells a work from a review of it", () => {
    expect(subjectOf(report("a", { workId: 7n }))).to.include({ kind: "work", of: "work", id: 7n });
    const review = subjectOf(report("a", { workId: 7n, reviewBy: ADA }));
    expect(review).to.include({ kind: "review", of: "work", author: ADA });
    expect(review && keyOf(review)).to.equal(`work-7-${ADA.toLowerCase()}`);
    expect(subjectOf(report("a", {}))).to.equal(undefined);
  });

  it("gathers the reports about one thing, the oldest first", () => {
    const later = report("b", { workId: 7n, reportedAt: "2026-11-21T10:00:00.000Z" });
    const earlier = report("a", { workId: 7n });
    const [found, ...others] = casesOf([later, earlier], "oldest");
    expect(others).to.be.empty;
    expect(found?.reports.map(({ id }) => id)).to.deep.equal(["a", "b"]);
    expect(found?.since).to.equal(earlier.reportedAt);
  });

  it("puts first what is reported most, or what waits longest", () => {
    const once = report("a", { workId: 1n, reportedAt: "2026-11-19T10:00:00.000Z" });
    const often = report("b", { workId: 2n, open: 5 });
    const keys = (order: "most" | "oldest") => casesOf([often, once], order).map(({ key }) => key);
    expect(keys("most")).to.deep.equal(["work-2", "work-1"]);
    expect(keys("oldest")).to.deep.equal(["work-1", "work-2"]);
  });

  it("counts the open ones that are on other pages", () => {
    const [found] = casesOf(
      [report("a", { workId: 1n, open: 4 }), report("b", { workId: 1n, state: "acted" })],
      "most",
    );
    expect(found && openOf(found)).to.equal(4);
  });
});
