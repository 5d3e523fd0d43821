import { randomUUID } from "node:crypto";
import type { KnowledgeFile } from "@stelai/sdk/wire";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Address } from "viem";
import { InvalidRequestError, NotFoundError } from "../../errors.ts";
import { analyze } from "../../providers/language.ts";
import type { ChatMessage } from "../../providers/provider.ts";
import { type KnownPassage, known, PassageIndex } from "../../providers/retrieval.ts";
import { type Database, tables } from "../../store/index.ts";
import type { Vault } from "../vault.ts";
import { type KnowledgeType, readDocument } from "./documents.ts";

const { knowledgeFiles } = tables;

/** How many files, and how many bytes of them, a character may be given. */
const MAX_FILES = 20;
const MAX_BYTES = 10_485_760;
/** What is searched at each message: passages of all files of a character, and bytes of their text in UTF-8. */
const MAX_PASSAGES = 5_000;
const MAX_TEXT_BYTES = 2_097_152;

const MAX_FOUND = 6;
const MAX_FOUND_CHARACTERS = 6_000;
/** Messages of the person whose words choose the passages. */
const RECENT = 3;
/** How long another process's change may go unseen. */
const FRESH_MS = 5_000;
/** What is kept at hand to be searched: a passage takes some ten kilobytes with its words. */
const MAX_KEPT = 200;
const MAX_KEPT_PASSAGES = 20_000;
/** Passages that are read before others get their turn: each takes about a millisecond. */
const AT_ONCE = 10;

/** What of a file is encrypted. */
type Content = { name: string; mediaType: KnowledgeType; passages: KnownPassage[] };
type Row = typeof knowledgeFiles.$inferSelect;
type Kept = { ids: string; index: PassageIndex | undefined; at: number };

export type KnowledgeOptions = {
  db: Database;
  vault: Vault;
  /** Called after a character's files changed. */
  onChange: (characterId: bigint, owner: Address) => Promise<void>;
};

/** Files that characters were given to know, encrypted at rest; bound to the character and to who owns it. */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #kept = new Map<string, Kept>();
  #keptPassages = 0;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
  }

  /**
   * Reads and keeps a file.
   * @throws UnsupportedFileError, UnreadableFileError; InvalidRequestError when the character has too many already, or too much to search.
   */
  async add(characterId: bigint, owner: Address, name: string, bytes: Uint8Array): Promise<KnowledgeFile> {
    await this.#requireRoom(this.#options.db, characterId, owner, bytes.length);
    const { mediaType, passages } = await readDocument(bytes, titleOf(name));
    await this.#requireShort(this.#options.db, characterId, owner, passages);
    const read: KnownPassage[] = [];
    for (const { title, text } of passages) {
      read.push(known(title, text));
      if (read.length % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const id = randomUUID();
    const content: Content = { name, mediaType, passages: read };
    const row = {
      ...{ id, characterId, owner, size: bytes.length, passages: read.length },
      ...this.#options.vault.seal(JSON.stringify(content), contextOfFile(id, characterId, owner)),
      addedAt: new Date(),
    };
    await this.#options.db.transaction(async (tx) => {
      // Of two uploads at once, the second one sees the first.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge ${characterId}`}, 0))`);
      await this.#requireRoom(tx, characterId, owner, bytes.length);
      await this.#requireShort(tx, characterId, owner, passages);
      await tx.insert(knowledgeFiles).values(row);
    });
    this.#drop(keyOf(characterId, owner));
    await this.#options.onChange(characterId, owner);
    return fileOf(row, content);
  }

  /** The files that this owner gave, oldest first. */
  async list(characterId: bigint, owner: Address): Promise<KnowledgeFile[]> {
    const rows = await this.#rows(characterId, owner);
    return rows.map((row) => fileOf(row, this.#open(row)));
  }

  /** @throws NotFoundError when this owner gave the character no such file. */
  async delete(characterId: bigint, owner: Address, id: string): Promise<void> {
    const gone = await this.#options.db
      .delete(knowledgeFiles)
      .where(and(ofOwner(characterId, owner), eq(sql`${knowledgeFiles.id}::text`, id)))
      .returning({ id: knowledgeFiles.id });
    if (gone.length === 0) throw new NotFoundError("This character has no such file.");
    this.#drop(keyOf(characterId, owner));
    await this.#options.onChange(characterId, owner);
  }

  /** Passages of the owner's files that the last messages touch, best first; undefined when there are none. */
  async find(
    { id, owner }: { id: bigint; owner: Address },
    messages: readonly ChatMessage[],
  ): Promise<KnownPassage[] | undefined> {
    const index = await this.#indexOf(id, owner);
    if (index === undefined) return undefined;
    const said = messages.filter(({ role }) => role === "user").map(({ content }) => content);
    const found: KnownPassage[] = [];
    let left = MAX_FOUND_CHARACTERS;
    const take = (text: string) => {
      for (const { passage } of index.search(analyze(text))) {
        if (found.length === MAX_FOUND) return;
        const size = passage.title.length + passage.text.length;
        if (size > left || found.includes(passage)) continue;
        left -= size;
        found.push(passage);
      }
    };
    // What is asked now comes first; "and at night?" is understood by what was asked before.
    take(said.at(-1) ?? "");
    if (found.length < MAX_FOUND) take(said.slice(-RECENT).join("\n"));
    return found.length === 0 ? undefined : found;
  }

  async #indexOf(characterId: bigint, owner: Address): Promise<PassageIndex | undefined> {
    const key = keyOf(characterId, owner);
    const kept = this.#kept.get(key);
    if (kept !== undefined && Date.now() - kept.at < FRESH_MS) return kept.index;
    const at = Date.now();
    const rows = await this.#options.db
      .select({ id: knowledgeFiles.id })
      .from(knowledgeFiles)
      .where(ofOwner(characterId, owner))
      .orderBy(asc(knowledgeFiles.id));
    const ids = rows.map(({ id }) => id).join(" ");
    const index = kept?.ids === ids ? kept.index : ids === "" ? undefined : await this.#build(characterId, owner);
    this.#drop(key);
    this.#kept.set(key, { ids, index, at });
    this.#keptPassages += index?.size ?? 0;
    while (this.#kept.size > MAX_KEPT || this.#keptPassages > MAX_KEPT_PASSAGES) {
      const oldest = this.#kept.keys().next().value;
      if (oldest === undefined) break;
      this.#drop(oldest);
    }
    return index;
  }

  #drop(key: string): void {
    this.#keptPassages -= this.#kept.get(key)?.index?.size ?? 0;
    this.#kept.delete(key);
  }

  async #build(characterId: bigint, owner: Address): Promise<PassageIndex> {
    const rows = await this.#rows(characterId, owner);
    return new PassageIndex(rows.flatMap((row) => this.#open(row).passages));
  }

  #rows(characterId: bigint, owner: Address, db: Database = this.#options.db): Promise<Row[]> {
    return db
      .select()
      .from(knowledgeFiles)
      .where(ofOwner(characterId, owner))
      .orderBy(asc(knowledgeFiles.addedAt), asc(knowledgeFiles.id));
  }

  #open(row: Row): Content {
    const text = this.#options.vault.open(row, contextOfFile(row.id, row.characterId, row.owner));
    return JSON.parse(text) as Content;
  }

  async #requireRoom(db: Database, characterId: bigint, owner: Address, size: number): Promise<void> {
    const [now] = await db
      .select({
        files: sql<number>`count(*)::integer`,
        bytes: sql<number>`coalesce(sum(${knowledgeFiles.size}), 0)::integer`,
      })
      .from(knowledgeFiles)
      .where(ofOwner(characterId, owner));
    if ((now?.files ?? 0) >= MAX_FILES) {
      throw new InvalidRequestError(`A character may have ${MAX_FILES} files. Delete one first.`);
    }
    if ((now?.bytes ?? 0) + size > MAX_BYTES) {
      throw new InvalidRequestError("The files of a character may be 10 MB together. Delete one first.");
    }
  }

  /** Every message of everybody is searched for in all of it. */
  async #requireShort(
    db: Database,
    characterId: bigint,
    owner: Address,
    passages: readonly { text: string }[],
  ): Promise<void> {
    let count = passages.length;
    let bytes = bytesOf(passages);
    for (const row of await this.#rows(characterId, owner, db)) {
      count += row.passages;
      bytes += bytesOf(this.#open(row).passages);
    }
    if (count > MAX_PASSAGES || bytes > MAX_TEXT_BYTES) {
      throw new InvalidRequestError(
        `What a character knows may be 2 MB of text in ${MAX_PASSAGES} passages together. Shorten it or delete a file.`,
      );
    }
  }
}

function bytesOf(passages: readonly { text: string }[]): number {
  return passages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
}

function ofOwner(characterId: bigint, owner: Address) {
  return and(eq(knowledgeFiles.characterId, characterId), eq(knowledgeFiles.owner, owner));
}

function keyOf(characterId: bigint, owner: Address): string {
  return `${characterId} ${owner}`;
}

/** What a file that a character knows is sealed for. */
export function contextOfFile(id: string, characterId: bigint, owner: Address): string {
  return `${id} ${characterId} ${owner.toLowerCase()}`;
}

function fileOf(row: Pick<Row, "id" | "size" | "addedAt">, { name, mediaType, passages }: Content): KnowledgeFile {
  const { id, size, addedAt } = row;
  return { id, name, mediaType, size, passages: passages.length, addedAt: addedAt.toISOString() };
}

/** A file's name as a title: without its extension. */
function titleOf(name: string): string {
  return (
    name
      .replace(/\.[A-Za-z0-9]{1,8}$/, "")
      .replace(/[_]+/g, " ")
      .trim() || name
  );
}
