import type { Notification, NotificationKind, Notifications } from "@stelai/sdk/wire";
import { and, count, desc, eq, gte, lt, lte, sql } from "drizzle-orm";
import type { Address } from "viem";
import { InvalidRequestError } from "../../errors.ts";
import { type Database, tables } from "../../store/index.ts";
import type { NotificationData, PayoutShare } from "../../store/schema/social.ts";
import type { Notice, Notices } from "../notices.ts";

const { notifications, accounts } = tables;

const DAY_MS = 86_400_000;
/** How long a notification is kept. */
const KEPT_MS = 90 * DAY_MS;
/** What is older when it becomes known is in the feed, and is not sent any more. */
const FRESH_MS = DAY_MS;
const MICRO = 1_000_000_000_000n;

type Row = typeof notifications.$inferSelect;

/** One entry to be written: `source` is what it came of, `at` when that was. */
export type Entry = {
  account: Address;
  kind: NotificationKind;
  characterId: bigint | null;
  /** The work it is about, if it is about one. */
  workId?: bigint | null;
  data: NotificationData;
  source: string;
  at: Date;
  /**
   * Told once however often it comes, ever or in a UTC day: about this character or work, and the account in its data if
   * there is one.
   */
  once?: "ever" | "day";
};

/** What accounts are told, each in a feed of its own. */
export class Feed implements Notices {
  readonly #db: Database;
  /** Called when there may be something to send. */
  onWritten: () => void = () => {};

  constructor(db: Database) {
    this.#db = db;
  }

  /** Writes a notice, once for each key. */
  async tell({ key, account, kind, characterId, workId, data }: Notice): Promise<void> {
    await this.write([
      { account, kind, characterId, workId: workId ?? null, data: { ...data }, source: key, at: new Date() },
    ]);
  }

  /** Writes entries, each once for its account and source. */
  async write(entries: readonly Entry[], db: Database = this.#db): Promise<void> {
    const now = Date.now();
    const kept: Omit<Entry, "once">[] = [];
    for (const { once, ...entry } of entries) {
      if (entry.at.getTime() <= now - KEPT_MS) continue;
      if (once !== undefined && (await this.#wasTold(entry, once, db))) continue;
      kept.push(entry);
    }
    for (let from = 0; from < kept.length; from += 500) {
      const rows = kept
        .slice(from, from + 500)
        .map((entry) => ({ ...entry, isSent: entry.at.getTime() < now - FRESH_MS }));
      await db.insert(notifications).values(rows).onConflictDoNothing();
    }
    if (kept.length > 0) this.onWritten();
  }

  async #wasTold(entry: Omit<Entry, "once">, once: "ever" | "day", db: Database): Promise<boolean> {
    const { account, kind, characterId, workId, data, at } = entry;
    const day = new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
    const inDay = [gte(notifications.at, day), lt(notifications.at, new Date(day.getTime() + DAY_MS))];
    const [told] = await db
      .select({ id: notifications.id })
      .from(notifications)
      .where(
        and(
          ...[eq(notifications.account, account), eq(notifications.kind, kind)],
          sql`${notifications.characterId} is not distinct from ${characterId}`,
          sql`${notifications.workId} is not distinct from ${workId ?? null}`,
          sql`${notifications.data} ->> 'account' is not distinct from ${data.account ?? null}::text`,
          ...(once === "day" ? inDay : []),
        ),
      )
      .limit(1);
    return told !== undefined;
  }

  /** Adds an earning to what the account is told of its day. `amount` is in wei. */
  async addPayout({ source, account, amount }: PayoutShare, day: string, at: Date, db: Database): Promise<void> {
    const now = Date.now();
    if (at.getTime() <= now - KEPT_MS) return;
    const data = { day, wei: amount, amount: String(BigInt(amount) / MICRO) };
    const isSent = at.getTime() < now - FRESH_MS;
    await db
      .insert(notifications)
      .values({ account, kind: "payout", characterId: null, data, source, at, isSent })
      .onConflictDoUpdate({ target: [notifications.account, notifications.source], set: { data: summed(amount) } });
    this.onWritten();
  }

  /** Takes an earning off again. */
  async removePayout({ source, account, amount }: PayoutShare, db: Database): Promise<void> {
    const mine = and(eq(notifications.account, account), eq(notifications.source, source));
    await db
      .update(notifications)
      .set({ data: summed(`-${amount}`) })
      .where(mine);
    await db.delete(notifications).where(and(mine, sql`(${notifications.data} ->> 'wei')::numeric <= 0`));
  }

  /** Takes back what came of a source. */
  async takeBack(source: string, db: Database): Promise<void> {
    await db.delete(notifications).where(eq(notifications.source, source));
  }

  /** A page of the feed, newest first. @throws InvalidRequestError when `before` is no id. */
  async list(account: Address, limit: number, before?: string): Promise<Notifications> {
    const older = before === undefined ? undefined : lt(notifications.id, idIn(before, "before"));
    const rows = await this.#db
      .select()
      .from(notifications)
      .where(and(eq(notifications.account, account), older))
      .orderBy(desc(notifications.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const [unread] = await this.#db
      .select({ n: count() })
      .from(notifications)
      .where(and(eq(notifications.account, account), eq(notifications.isRead, false)));
    const last = page.at(-1);
    return {
      notifications: page.map(notificationOf),
      unread: unread?.n ?? 0,
      next: rows.length > limit && last !== undefined ? idOf(last.id) : null,
    };
  }

  /** Marks as read what is not newer than `upTo`. @throws InvalidRequestError when that is no id. */
  async markRead(account: Address, upTo: string): Promise<void> {
    await this.#db
      .update(notifications)
      .set({ isRead: true })
      .where(
        and(
          eq(notifications.account, account),
          lte(notifications.id, idIn(upTo, "upTo")),
          eq(notifications.isRead, false),
        ),
      );
  }

  /** Kinds that are not sent by push and mail. */
  async setMuted(account: Address, kinds: readonly NotificationKind[]): Promise<void> {
    // Another process may have forgotten the account since this one saw it.
    const now = new Date();
    const muted = [...new Set(kinds)];
    await this.#db
      .insert(accounts)
      .values({ account, firstSeen: now, lastSeen: now, muted })
      .onConflictDoUpdate({ target: accounts.account, set: { muted } });
  }

  /** Takes what is to be sent, oldest first: whoever gets it sends it, and nobody else. */
  async takeUnsent(limit: number): Promise<Row[]> {
    const waiting = this.#db
      .select({ id: notifications.id })
      .from(notifications)
      .where(eq(notifications.isSent, false))
      .orderBy(notifications.id)
      .limit(limit)
      .for("update", { skipLocked: true });
    const rows = await this.#db
      .update(notifications)
      .set({ isSent: true })
      .where(sql`${notifications.id} in (${waiting})`)
      .returning();
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Everything an account was told. */
  async all(account: Address): Promise<Notification[]> {
    const rows = await this.#db.select().from(notifications).where(eq(notifications.account, account));
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(notificationOf);
  }

  async forget(account: Address): Promise<void> {
    await this.#db.delete(notifications).where(eq(notifications.account, account));
  }

  async prune(): Promise<void> {
    await this.#db.delete(notifications).where(lt(notifications.at, new Date(Date.now() - KEPT_MS)));
  }
}

/** A notification as it travels. */
export function notificationOf({ id, kind, characterId, workId, data, at, isRead }: Row): Notification {
  return { id: idOf(id), kind, characterId, workId, data, at: at.toISOString(), read: isRead };
}

/** Numbers of one length, so that they sort as text. */
function idOf(id: bigint): string {
  return String(id).padStart(18, "0");
}

function idIn(text: string, where: string): bigint {
  if (/^[0-9]{1,18}$/.test(text)) return BigInt(text);
  throw new InvalidRequestError(`${where}: must be the id of a notification.`, where);
}

/** The data of a day's earnings with this many wei more. */
function summed(wei: string) {
  const total = sql`(${notifications.data} ->> 'wei')::numeric + ${wei}::numeric`;
  return sql`${notifications.data} || jsonb_build_object('wei', (${total})::text, 'amount', trunc((${total}) / 1000000000000)::text)`;
}
