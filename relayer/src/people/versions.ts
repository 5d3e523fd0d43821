import type { Modality } from "@stelai/sdk";
import type { CharacterVersion } from "@stelai/sdk/wire";
import { and, asc, desc, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Chain } from "../chain/index.ts";
import { type Database, tables } from "../store/index.ts";
import type { ChangeKind } from "../store/schema/social.ts";
import type { Entry, Feed } from "./notifications/feed.ts";

const { characterChanges, engines, passes, talks } = tables;

/** How long who talked to a character hears of its changes. */
const RECENT_MS = 30 * 86_400_000;
/** How long what the catalogue says of a character may be behind. */
const FRESH_MS = 3_000;
const HOUR = 3_600n;

/** What a model's entry says of its changes. */
export type PersonaVersion = { version: number; changedAt: number | null };

type Summary = { published: bigint | undefined; persona: bigint[] };

/** A character whose changes are asked for; what answers chats is no engine of a tool. */
type Changing = { id: bigint; modality: Modality };

/** How characters changed: what the chain says, what they know, and which engine answers chats here. */
export class Versions {
  readonly #db: Database;
  readonly #chain: Pick<Chain, "head">;
  readonly #feed: Pick<Feed, "write">;
  #kept: { summaries: Promise<Map<bigint, Summary>>; engines: Promise<bigint[]>; at: number } | undefined;

  constructor(db: Database, chain: Pick<Chain, "head">, feed: Pick<Feed, "write">) {
    this.#db = db;
    this.#chain = chain;
    this.#feed = feed;
  }

  /** Newest first. An engine counts from when the character was published; the first one is no change. */
  async of({ id: characterId, modality }: Changing): Promise<CharacterVersion[]> {
    const changes = await this.#db
      .select()
      .from(characterChanges)
      .where(eq(characterChanges.characterId, characterId))
      .orderBy(asc(characterChanges.at), asc(characterChanges.id));
    const since = changes.find(({ kind }) => kind === "published")?.at ?? 0n;
    const [, ...later] = await this.#db.select().from(engines).orderBy(asc(engines.id));
    const all = [
      ...changes.map(({ kind, at }) => ({ kind, at, engine: null })),
      ...(modality === "Chat" ? later : [])
        .filter(({ at }) => at > since)
        .map(({ at, engine }) => ({ kind: "engine" as const, at, engine })),
    ].sort((a, b) => Number(a.at - b.at));
    return all.map(({ at, ...rest }, index) => ({ version: index + 1, ...rest, at: Number(at) })).reverse();
  }

  /** How often persona and engine changed, from 1, and when last (Unix seconds); for the catalogue. */
  async personaOf({ id: characterId, modality }: Changing): Promise<PersonaVersion> {
    if (this.#kept === undefined || Date.now() - this.#kept.at > FRESH_MS) {
      const kept = { summaries: this.#summaries(), engines: this.#engineChanges(), at: Date.now() };
      this.#kept = kept;
      Promise.all([kept.summaries, kept.engines]).catch(() => {
        if (this.#kept === kept) this.#kept = undefined;
      });
    }
    const { summaries, engines: changed } = this.#kept;
    const summary = (await summaries).get(characterId);
    const later = modality === "Chat" ? (await changed).filter((at) => at > (summary?.published ?? 0n)) : [];
    const times = [...(summary?.persona ?? []), ...later];
    const last = times.reduce<bigint | null>((newest, at) => (newest === null || at > newest ? at : newest), null);
    return { version: 1 + times.length, changedAt: last === null ? null : Number(last) };
  }

  /** Notes a change that an event of the chain made. */
  async note(characterId: bigint, kind: ChangeKind, at: bigint, source: string, db: Database): Promise<void> {
    await db.insert(characterChanges).values({ characterId, kind, at, source }).onConflictDoNothing();
    this.#kept = undefined;
  }

  /** Takes back what an event made. */
  async takeBack(source: string, db: Database): Promise<void> {
    await db.delete(characterChanges).where(eq(characterChanges.source, source));
    this.#kept = undefined;
  }

  /** Notes that what a character knows changed, once an hour, and tells who uses it. */
  async knowledgeChanged(characterId: bigint, owner: Address): Promise<void> {
    const at = this.#chain.head().timestamp;
    const source = `knowledge:${characterId}:${at / HOUR}`;
    await this.note(characterId, "knowledge", at, source, this.#db);
    await this.#feed.write(await this.changed(characterId, owner, { change: "knowledge" }, source, new Date()));
  }

  /** Notes which engine answers chats from now on; when it is another one, users of those of `characters` are told. */
  async engineIs(engine: string, characters: readonly (Changing & { owner: Address })[]): Promise<void> {
    const [last] = await this.#db.select().from(engines).orderBy(desc(engines.id)).limit(1);
    if (last?.engine === engine) return;
    const at = this.#chain.head().timestamp;
    const [now] = await this.#db.insert(engines).values({ engine, at }).returning({ id: engines.id });
    this.#kept = undefined;
    if (last === undefined || now === undefined) return;
    for (const { id, owner } of characters.filter(({ modality }) => modality === "Chat")) {
      const data = { change: "engine", engine };
      await this.#feed.write(await this.changed(id, owner, data, `engine:${now.id}:${id}`, new Date()));
    }
  }

  /** What those who use a character are told of a change: who holds a pass, or talked to it lately, but the owner. */
  async changed(characterId: bigint, owner: Address, data: Entry["data"], source: string, at: Date): Promise<Entry[]> {
    const now = this.#chain.head().timestamp;
    const running = or(eq(passes.lifetime, true), gt(passes.until, now));
    const holders = await this.#db
      .select({ account: passes.account })
      .from(passes)
      .where(and(eq(passes.characterId, characterId), running, ne(passes.account, owner)));
    const talkers = await this.#db
      .select({ account: talks.account })
      .from(talks)
      .where(
        and(
          eq(talks.characterId, characterId),
          gt(talks.lastAt, new Date(Date.now() - RECENT_MS)),
          ne(talks.account, owner),
        ),
      );
    const accounts = new Set([...holders, ...talkers].map(({ account }) => account));
    return [...accounts].map((account) => ({ account, kind: "character_changed", characterId, data, source, at }));
  }

  async #summaries(): Promise<Map<bigint, Summary>> {
    const rows = await this.#db.select().from(characterChanges).where(ne(characterChanges.kind, "knowledge"));
    const summaries = new Map<bigint, Summary>();
    for (const { characterId, kind, at } of rows) {
      const summary = summaries.get(characterId) ?? { published: undefined, persona: [] };
      summaries.set(characterId, summary);
      if (kind === "published") summary.published = at;
      else summary.persona.push(at);
    }
    return summaries;
  }

  async #engineChanges(): Promise<bigint[]> {
    const rows = await this.#db.select({ at: engines.at }).from(engines).orderBy(asc(engines.id));
    return rows.slice(1).map(({ at }) => at);
  }
}

/** Who talked to which character when, by the hour: to tell them of changes. */
export class Talks {
  readonly #db: Database;
  readonly #noted = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes that an account talks to a character; costs nothing but the first time in an hour, and is not waited for. */
  note(characterId: bigint, account: Address, onError: (error: unknown) => void): void {
    const key = `${characterId} ${account}`;
    const now = Date.now();
    if ((this.#noted.get(key) ?? 0) > now - 3_600_000) return;
    this.#noted.delete(key);
    this.#noted.set(key, now);
    if (this.#noted.size > 50_000) {
      const oldest = this.#noted.keys().next().value;
      if (oldest !== undefined) this.#noted.delete(oldest);
    }
    this.#db
      .insert(talks)
      .values({ characterId, account, lastAt: new Date(now) })
      .onConflictDoUpdate({ target: [talks.characterId, talks.account], set: { lastAt: new Date(now) } })
      .catch((error: unknown) => {
        this.#noted.delete(key);
        onError(error);
      });
  }

  /** Characters that an account talked to, and when last. */
  async of(account: Address): Promise<{ characterId: bigint; lastAt: Date }[]> {
    const { characterId, lastAt } = talks;
    return this.#db.select({ characterId, lastAt }).from(talks).where(eq(talks.account, account));
  }

  async forget(account: Address): Promise<void> {
    await this.#db.delete(talks).where(eq(talks.account, account));
    for (const key of this.#noted.keys()) if (key.endsWith(account)) this.#noted.delete(key);
  }

  async prune(): Promise<void> {
    await this.#db.delete(talks).where(sql`${talks.lastAt} < ${new Date(Date.now() - RECENT_MS)}`);
  }
}
