import type { QueuedReport } from "@stelai/sdk";

/** What a report is about: a character, a work, or somebody's review of one. */
export interface Subject {
  readonly kind: "character" | "work" | "review";
  /** Of the character or work, a review's too. */
  readonly of: "character" | "work";
  readonly id: bigint;
  /** Of a review. */
  readonly author: QueuedReport["reviewBy"];
}

/** All reports about one thing, the oldest first. */
export interface ReportCase {
  readonly key: string;
  readonly subject: Subject;
  readonly reports: readonly QueuedReport[];
  /** When the oldest came, ISO 8601. */
  readonly since: string;
}

export type QueueOrder = "most" | "oldest";

/** What a report is about; undefined for one that names nothing. */
export function subjectOf({ characterId, workId, reviewBy }: QueuedReport): Subject | undefined {
  const id = workId ?? characterId;
  if (id === null) return undefined;
  const of = workId === null ? "character" : "work";
  return { kind: reviewBy === null ? of : "review", of, id: BigInt(id), author: reviewBy };
}

/** A subject as it stands in an address: `work-7`, `character-3-0x…`. */
export function keyOf({ of, id, author }: Subject): string {
  return author === null ? `${of}-${id}` : `${of}-${id}-${author.toLowerCase()}`;
}

/** How many reports of a case the operator counts as open, those on other pages too. */
export function openOf({ reports }: ReportCase): number {
  return Math.max(reports.filter(({ state }) => state === "open").length, ...reports.map(({ open }) => open));
}

/** Reports by what they are about: the most reported first, or the one that waits longest. */
export function casesOf(reports: readonly QueuedReport[], order: QueueOrder): ReportCase[] {
  const byKey = new Map<string, { subject: Subject; reports: QueuedReport[] }>();
  for (const report of reports) {
    const subject = subjectOf(report);
    if (!subject) continue;
    const key = keyOf(subject);
    const found = byKey.get(key) ?? { subject, reports: [] };
    found.reports.push(report);
    byKey.set(key, found);
  }
  const cases = [...byKey].map(([key, { subject, reports: all }]): ReportCase => {
    const sorted = all.toSorted((a, b) => a.reportedAt.localeCompare(b.reportedAt));
    return { key, subject, reports: sorted, since: sorted[0]?.reportedAt ?? "" };
  });
  const older = (a: ReportCase, b: ReportCase) => a.since.localeCompare(b.since);
  return cases.sort((a, b) => (order === "most" ? openOf(b) - openOf(a) || older(a, b) : older(a, b)));
}
