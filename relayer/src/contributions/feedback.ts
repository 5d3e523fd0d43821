import { randomUUID } from "node:crypto";
import { deedOf } from "@stelai/sdk";
import type {
  FeedbackDecision,
  FeedbackQueue,
  FeedbackRequest,
  FeedbackState,
  Feedback as WireFeedback,
} from "@stelai/sdk/wire";
import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { Config } from "../config.ts";
import { NotFoundError } from "../errors.ts";
import { feedbackDecided, type Notices } from "../people/notices.ts";
import type { Quotas } from "../people/quotas.ts";
import { type Database, tables } from "../store/index.ts";
import { FeedbackPaidError } from "./errors.ts";
import { type DeedSource, found, READY, refused, tooEarly, type Verdict } from "./types.ts";

const { feedback, grants } = tables;

/** Feedback as it is kept. */
export type FeedbackRow = typeof feedback.$inferSelect;

const MOST_OWN = 200;

type Options = {
  db: Database;
  config: Pick<Config, "FEEDBACK_PER_DAY">;
  quotas: Pick<Quotas, "take" | "addressKey">;
  notices: Notices;
};

/** What people tell the operator, and what moderators make of it. */
export class Feedback {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Keeps what an account says. @returns its id.
   * @throws DailyLimitError when the account, or its network, has said as much as is taken in a day.
   */
  async send(account: Address, { text, about }: FeedbackRequest, networkAddress: string): Promise<string> {
    const { db, config, quotas } = this.#options;
    const limit = BigInt(config.FEEDBACK_PER_DAY);
    await quotas.take(
      [
        { scope: "feedback.account", subject: account, amount: 1n, limit },
        { scope: "feedback.address", subject: quotas.addressKey(networkAddress), amount: 1n, limit },
      ],
      "You have sent as much feedback as we take in a day. Try again tomorrow.",
    );
    const id = randomUUID();
    await db.insert(feedback).values({ id, account, text, about, sentAt: new Date() });
    return id;
  }

  /** An account's own, the newest first. */
  async own(account: Address): Promise<WireFeedback[]> {
    return (await this.ofAccount(account)).map(seen);
  }

  /** The moderators' queue: of one state or of all, the newest first. */
  async queue(page: { state: FeedbackState | undefined; limit: number; before: string | undefined }) {
    const { state, limit, before } = page;
    const { db } = this.#options;
    const last = before === undefined ? [] : await db.select().from(feedback).where(eq(feedback.id, before));
    const at = last[0]?.sentAt;
    const isOlder =
      at === undefined || before === undefined
        ? undefined
        : or(lt(feedback.sentAt, at), and(eq(feedback.sentAt, at), lt(feedback.id, before)));
    const rows = await db
      .select()
      .from(feedback)
      .where(and(state === undefined ? undefined : eq(feedback.state, state), isOlder))
      .orderBy(desc(feedback.sentAt), desc(feedback.id))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const answer: FeedbackQueue = {
      feedback: shown.map((row) => ({ ...seen(row), account: row.account, decidedBy: row.decidedBy })),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
    return answer;
  }

  /**
   * Accepts or declines it, and tells who sent it. A decision can be changed until bonus credits were granted for it.
   * @throws NotFoundError, FeedbackPaidError
   */
  async decide(id: string, { accepted, note, moderator }: FeedbackDecision & { moderator: Address }): Promise<void> {
    const { db, notices } = this.#options;
    const state = accepted ? "accepted" : "declined";
    const decided = { state, note: note === "" ? null : note, decidedBy: moderator, decidedAt: new Date() } as const;
    const row = await db.transaction(async (tx) => {
      await lockFeedback(tx, id);
      const [before] = await tx.select().from(feedback).where(eq(feedback.id, id));
      if (before === undefined) throw new NotFoundError("There is no such feedback; it may have been taken back.");
      const [paid] = await tx
        .select({ deed: grants.deed })
        .from(grants)
        .where(eq(grants.deed, deedOf("feedback", id)));
      if (paid !== undefined && before.state !== state) throw new FeedbackPaidError();
      await tx.update(feedback).set(decided).where(eq(feedback.id, id));
      return before;
    });
    await notices.tell(feedbackDecided(row.account, { id, state, note }));
  }

  /** Accepted feedback counts, whatever it is about. */
  readonly deeds: DeedSource = async (account, only) =>
    (only === undefined ? await this.ofAccount(account) : await this.#ofDeed(account, only)).map((row) => {
      const at = Math.floor(row.sentAt.getTime() / 1_000);
      return found({ kind: "feedback", subject: row.id, title: titleOf(row), at, verdict: verdictOf(row) });
    });

  /** An account's, the newest first, and so many of it. */
  ofAccount(account: Address): Promise<FeedbackRow[]> {
    return this.#options.db
      .select()
      .from(feedback)
      .where(eq(feedback.account, account))
      .orderBy(desc(feedback.sentAt), desc(feedback.id))
      .limit(MOST_OWN);
  }

  async #ofDeed(account: Address, deed: Hex): Promise<FeedbackRow[]> {
    const { db } = this.#options;
    const ids = await db.select({ id: feedback.id }).from(feedback).where(eq(feedback.account, account));
    const found = ids.filter(({ id }) => deedOf("feedback", id) === deed).map(({ id }) => id);
    return db.select().from(feedback).where(inArray(feedback.id, found));
  }

  /** Forgets what an account said, and its name on what it decided. */
  async forget(account: Address): Promise<void> {
    const { db } = this.#options;
    await db.delete(feedback).where(eq(feedback.account, account));
    await db.update(feedback).set({ decidedBy: null }).where(eq(feedback.decidedBy, account));
  }
}

/** Until the transaction ends, nobody else decides this feedback or grants for it. */
export async function lockFeedback(tx: Database, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`feedback ${id}`}, 0))`);
}

function seen({ id, text, about, state, note, sentAt, decidedAt }: FeedbackRow): WireFeedback {
  const decided = decidedAt?.toISOString() ?? null;
  return { id, text, about, state, note, sentAt: sentAt.toISOString(), decidedAt: decided };
}

function titleOf({ text }: FeedbackRow): string {
  const letters = [...text.replace(/\s+/gu, " ")];
  return letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : letters.join("");
}

function verdictOf({ state, note }: FeedbackRow): Verdict {
  if (state === "accepted") return READY;
  if (state === "open") return tooEarly("A moderator has not read it yet. You are told when one has.");
  return refused(note === null ? "It was read, and not taken up." : `It was read, and not taken up: ${note}`);
}
