import { randomUUID } from "node:crypto";
import type { QueuedReport, reportSchema } from "@stelai/sdk/wire";
import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { type Address, getAddress } from "viem";
import type * as z from "zod";
import { NotFoundError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";
import type { ReportState } from "../store/schema/people.ts";

const { reports, blocks } = tables;

/** A report as it is kept. */
export type StoredReport = typeof reports.$inferSelect;

/** A character or an account that this operator refuses, and why. */
export type Block = { kind: "character" | "account"; id: string; reason: string; blockedAt: Date };

/** How long another instance's change may go unseen. */
const FRESH_MS = 5_000;

/** Reports by people, and what the operator refuses because of them. */
export class Moderation {
  readonly #db: Database;
  readonly #retentionMs: number;
  #blocked: { subjects: ReadonlySet<string>; at: number } | undefined;

  /** @param retentionDays After how many days reports are forgotten. */
  constructor(db: Database, retentionDays: number) {
    this.#db = db;
    this.#retentionMs = retentionDays * 86_400_000;
  }

  /** Keeps a report. `reporter` is the account that is signed in, if one is. */
  async report(report: z.output<typeof reportSchema>, reporter: Address | undefined): Promise<string> {
    const id = randomUUID();
    await this.#db.insert(reports).values({
      id,
      characterId: report.characterId ?? null,
      workId: report.workId ?? null,
      reviewBy: report.reviewBy === undefined ? null : getAddress(report.reviewBy),
      reason: report.reason,
      details: report.details,
      excerpt: report.excerpt ?? null,
      reporter: reporter ?? null,
      reportedAt: new Date(),
    });
    return id;
  }

  /** Reports, the newest first; `before` is the id of the last one seen. */
  async reports(limit: number, before?: string): Promise<StoredReport[]> {
    const last = before === undefined ? [] : await this.#db.select().from(reports).where(eq(reports.id, before));
    const at = last[0]?.reportedAt;
    const isOlder =
      at === undefined || before === undefined
        ? undefined
        : or(lt(reports.reportedAt, at), and(eq(reports.reportedAt, at), lt(reports.id, before)));
    return this.#db
      .select()
      .from(reports)
      .where(isOlder)
      .orderBy(desc(reports.reportedAt), desc(reports.id))
      .limit(limit);
  }

  /** The moderators' queue: reports of one state or of all, the newest first, without who sent them. */
  async queue(page: { state: ReportState | undefined; limit: number; before: string | undefined }): Promise<{
    reports: QueuedReport[];
    next: string | null;
  }> {
    const { state, limit, before } = page;
    const last = before === undefined ? [] : await this.#db.select().from(reports).where(eq(reports.id, before));
    const at = last[0]?.reportedAt;
    const isOlder =
      at === undefined || before === undefined
        ? undefined
        : or(lt(reports.reportedAt, at), and(eq(reports.reportedAt, at), lt(reports.id, before)));
    const open = sql<number>`(select count(*)::int from relayer.reports same where same.state = 'open'
      and same.character_id is not distinct from relayer.reports.character_id
      and same.work_id is not distinct from relayer.reports.work_id
      and same.review_by is not distinct from relayer.reports.review_by)`;
    const rows = await this.#db
      .select({ report: reports, open })
      .from(reports)
      .where(and(state === undefined ? undefined : eq(reports.state, state), isOlder))
      .orderBy(desc(reports.reportedAt), desc(reports.id))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return {
      reports: shown.map(({ report, open }) => queued(report, open)),
      next: rows.length > limit ? (shown.at(-1)?.report.id ?? null) : null,
    };
  }

  /** Closes a report, or opens it again. @throws NotFoundError */
  async decide(
    id: string,
    { state, note, moderator }: { state: ReportState; note: string; moderator: Address },
  ): Promise<void> {
    const isOpen = state === "open";
    const changed = await this.#db
      .update(reports)
      .set({
        ...{ state, closedBy: isOpen ? null : moderator, closedAt: isOpen ? null : new Date() },
        note: note === "" ? null : note,
      })
      .where(eq(reports.id, id))
      .returning({ id: reports.id });
    if (changed.length === 0) throw new NotFoundError("There is no such report; it may have passed its time.");
  }

  /** Takes an account's name off what it reported and what it decided. */
  async forget(account: Address): Promise<void> {
    await this.#db.update(reports).set({ reporter: null }).where(eq(reports.reporter, account));
    await this.#db.update(reports).set({ closedBy: null }).where(eq(reports.closedBy, account));
  }

  /** Refuses a character from now on. */
  blockCharacter(characterId: bigint, reason: string): Promise<void> {
    return this.#block(characterSubject(characterId), reason);
  }

  /** Refuses an account from now on. */
  blockAccount(account: Address, reason: string): Promise<void> {
    return this.#block(accountSubject(account), reason);
  }

  /** @returns whether it was blocked. */
  unblockCharacter(characterId: bigint): Promise<boolean> {
    return this.#unblock(characterSubject(characterId));
  }

  /** @returns whether it was blocked. */
  unblockAccount(account: Address): Promise<boolean> {
    return this.#unblock(accountSubject(account));
  }

  async blocks(): Promise<Block[]> {
    const rows = await this.#db.select().from(blocks).orderBy(desc(blocks.blockedAt), blocks.subject);
    return rows.map(({ subject, reason, blockedAt }) => {
      const [kind, id = ""] = subject.split(":");
      return { kind: kind === "account" ? "account" : "character", id, reason, blockedAt };
    });
  }

  async isCharacterBlocked(characterId: bigint): Promise<boolean> {
    return (await this.#subjects()).has(characterSubject(characterId));
  }

  async isAccountBlocked(account: Address): Promise<boolean> {
    return (await this.#subjects()).has(accountSubject(account));
  }

  /** Forgets reports older than the retention. */
  async prune(now = Date.now()): Promise<void> {
    await this.#db.delete(reports).where(lt(reports.reportedAt, new Date(now - this.#retentionMs)));
  }

  /** The whole list in memory: it is asked for with every request. */
  async #subjects(): Promise<ReadonlySet<string>> {
    if (this.#blocked !== undefined && Date.now() - this.#blocked.at < FRESH_MS) return this.#blocked.subjects;
    const at = Date.now();
    const rows = await this.#db.select({ subject: blocks.subject }).from(blocks);
    const subjects = new Set(rows.map(({ subject }) => subject));
    this.#blocked = { subjects, at };
    return subjects;
  }

  async #block(subject: string, reason: string): Promise<void> {
    await this.#db
      .insert(blocks)
      .values({ subject, reason, blockedAt: new Date() })
      .onConflictDoUpdate({ target: blocks.subject, set: { reason: sql`excluded.reason` } });
    this.#blocked = undefined;
  }

  async #unblock(subject: string): Promise<boolean> {
    const gone = await this.#db
      .delete(blocks)
      .where(eq(blocks.subject, subject))
      .returning({ subject: blocks.subject });
    this.#blocked = undefined;
    return gone.length > 0;
  }
}

/** A report without who sent it. */
function queued({ reporter: _, ...report }: StoredReport, open: number): QueuedReport {
  return {
    ...report,
    open,
    reportedAt: report.reportedAt.toISOString(),
    closedAt: report.closedAt?.toISOString() ?? null,
  };
}

function characterSubject(characterId: bigint): string {
  return `character:${characterId}`;
}

function accountSubject(account: Address): string {
  return `account:${account.toLowerCase()}`;
}
