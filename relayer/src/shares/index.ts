import { randomBytes } from "node:crypto";
import type { SharedCreation, ShareKind, ShareRequest } from "@stelai/sdk/wire";
import { and, desc, eq } from "drizzle-orm";
import type { Address } from "viem";
import type { Config } from "../config.ts";
import { NotFoundError, RelayerError } from "../errors.ts";
import type { Moderation } from "../people/moderation.ts";
import type { Quotas } from "../people/quotas.ts";
import { type Database, tables } from "../store/index.ts";
import type { Showcase, Shown } from "./showcase.ts";

const { shares } = tables;

/** A share as it is kept. */
export type ShareRow = typeof shares.$inferSelect;

/** What an account's list shows at most. */
const MOST_LISTED = 500;

export type SharesOptions = {
  db: Database;
  operator: Address;
  config: Pick<Config, "publicUrl" | "SHARES_PER_DAY">;
  showcase: Showcase;
  quotas: Pick<Quotas, "take">;
  blocklist: Pick<Moderation, "isAccountBlocked">;
};

/** What people show around: pages with a picture that everybody who has their address can open. */
export class Shares {
  readonly #options: SharesOptions;

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  /**
   * Shares something; the same again is the same share. Of a generation only its maker, whose preview everybody with the
   * address can see from then on.
   * @throws DailyLimitError, and what {@link Showcase.of} throws when it may not be shown.
   */
  async add(account: Address, request: ShareRequest): Promise<{ id: string; url: string }> {
    const { db, operator, config, showcase, quotas } = this.#options;
    const subject = subjectOf(request);
    await showcase.of({ ...subject, account });
    const known = await this.#find(account, subject);
    if (known !== undefined) return { id: known.id, url: this.urlOf(known.id) };
    await quotas.take(
      [{ scope: "shares", subject: account, amount: 1n, limit: BigInt(config.SHARES_PER_DAY) }],
      "You have shared as much as one account may in a day. Try again tomorrow.",
    );
    const id = randomBytes(12).toString("base64url");
    await db
      .insert(shares)
      .values({ id, operator, account, ...subject, sharedAt: new Date() })
      .onConflictDoNothing();
    const row = await this.#find(account, subject);
    if (row === undefined) throw new NotFoundError("It was taken back while it was shared. Share it again.");
    return { id: row.id, url: this.urlOf(row.id) };
  }

  /** @throws NotFoundError when the account has no such share. */
  async remove(account: Address, id: string): Promise<void> {
    const { db, operator } = this.#options;
    const gone = await db
      .delete(shares)
      .where(and(eq(shares.operator, operator), eq(shares.id, id), eq(shares.account, account)))
      .returning({ id: shares.id });
    if (gone.length === 0) throw new NotFoundError("There is no such share of yours here.");
  }

  /** What an account shares, the newest first; what may not be shown any more says so as its title. */
  async own(account: Address): Promise<SharedCreation[]> {
    const rows = await this.ofAccount(account);
    return Promise.all(
      rows.map(async ({ id, kind, subject, sharedAt }) => ({
        ...{ id, url: this.urlOf(id), kind, subject, sharedAt: sharedAt.toISOString() },
        title: await this.#titleOf({ kind, subject, account }),
      })),
    );
  }

  /**
   * A share as everybody sees it.
   * @throws NotFoundError when there is none, or it may not be shown any more.
   */
  async show(id: string): Promise<Shown> {
    const { db, operator, showcase, blocklist } = this.#options;
    const [row] = await db
      .select()
      .from(shares)
      .where(and(eq(shares.operator, operator), eq(shares.id, id)));
    if (row === undefined || (await blocklist.isAccountBlocked(row.account))) throw new NotSharedError();
    try {
      return await showcase.of(row);
    } catch (error) {
      throw isGone(error) ? new NotSharedError() : error;
    }
  }

  /** All of an account's, the newest first. */
  ofAccount(account: Address): Promise<ShareRow[]> {
    const { db, operator } = this.#options;
    return db
      .select()
      .from(shares)
      .where(and(eq(shares.operator, operator), eq(shares.account, account)))
      .orderBy(desc(shares.sharedAt), desc(shares.id))
      .limit(MOST_LISTED);
  }

  async forget(account: Address): Promise<void> {
    await this.#options.db.delete(shares).where(eq(shares.account, account));
  }

  /** Where a share is. */
  urlOf(id: string): string {
    return `${this.#options.config.publicUrl}/share/${id}`;
  }

  async #titleOf(shared: Pick<ShareRow, "kind" | "subject" | "account">): Promise<string> {
    try {
      return (await this.#options.showcase.of(shared)).title;
    } catch (error) {
      if (isGone(error)) return "Not shown any more";
      throw error;
    }
  }

  async #find(account: Address, { kind, subject }: Subject): Promise<ShareRow | undefined> {
    const { db, operator } = this.#options;
    const isIt = [eq(shares.account, account), eq(shares.kind, kind), eq(shares.subject, subject)];
    const [row] = await db
      .select()
      .from(shares)
      .where(and(eq(shares.operator, operator), ...isIt));
    return row;
  }
}

/** The same whatever the reason: who comes by a link is told nothing of what is hidden. */
class NotSharedError extends NotFoundError {
  constructor() {
    super("This is not shared, or not any more.");
  }
}

/** Whether it may not be shown (4xx), and not only now (5xx). */
function isGone(error: unknown): boolean {
  return error instanceof RelayerError && error.status < 500;
}

type Subject = { kind: ShareKind; subject: string };

function subjectOf(request: ShareRequest): Subject {
  if ("generationId" in request) return { kind: "generation", subject: request.generationId };
  if ("workId" in request) return { kind: "work", subject: String(request.workId) };
  return { kind: "character", subject: String(request.characterId) };
}
