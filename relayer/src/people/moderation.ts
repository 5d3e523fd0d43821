import { randomUUID } from "node:crypto";
import type { reportSchema } from "@stelai/sdk/wire";
import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { type Address, getAddress } from "viem";
import type * as z from "zod";
import { type Database, tables } from "../store/index.ts";

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

function characterSubject(characterId: bigint): string {
  return `character:${characterId}`;
}

function accountSubject(account: Address): string {
  return `account:${account.toLowerCase()}`;
}
