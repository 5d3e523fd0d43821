import { type Deposit, provenanceSchema, toWire, type WorkPreview } from "@stelai/sdk/wire";
import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { type Address, getAddress, type Hex } from "viem";
import { sameAddress } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { type ContentStore, ContentStoreError, ContentStoreFullError, parseCid, uriOf } from "../content/index.ts";
import { UnavailableError } from "../errors.ts";
import { decryptFile, encryptFile, newFileKey } from "../generations/files.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import type { Workshop } from "../generations/workshop/index.ts";
import { available } from "../http.ts";
import {
  FileUnavailableError,
  GenerationNotFinishedError,
  GenerationNotFoundError,
} from "../inference/generationErrors.ts";
import type { Logger } from "../log.ts";
import type { Shown } from "../media/shown.ts";
import type { QuotaClaim, Quotas } from "../people/quotas.ts";
import type { Vault } from "../people/vault.ts";
import { type Store, tables } from "../store/index.ts";
import { DepositNotStoredError, NotDepositedError, UnfitFileError } from "./errors.ts";
import { type Candidate, examine, modalityOf } from "./examiner.ts";
import { hashFile } from "./hash.ts";
import type { Depositor, DepositRow, Deposits, FileKey, Upload } from "./types.ts";
import type { WorkFiles } from "./workFiles.ts";

const { deposits: table } = tables;

/** How long a deposit is kept that no work names: as long as somebody may still be at listing it. */
const UNNAMED_MS = 30 * 86_400_000;
const FOR_GOOD = new Date("9999-12-31T00:00:00Z");
/** How many are looked at at a time. */
const PRUNED_AT_ONCE = 50;

export type DepositsOptions = {
  config: Pick<
    Config,
    | "DEPOSITS_PER_DAY"
    | "DEPOSIT_BYTES_PER_DAY"
    | "DEPOSITS_PER_NETWORK_PER_DAY"
    | "DEPOSIT_BYTES_PER_NETWORK_PER_DAY"
    | "MEDIA_BYTES_LIMIT"
  >;
  store: Pick<Store, "db" | "exclusively">;
  operator: Address;
  content: ContentStore;
  vault: Vault;
  quotas: Pick<Quotas, "take" | "giveBack" | "today" | "addressKey">;
  workshop: Pick<Workshop, "examine">;
  generations: Pick<Generations, "open">;
  /** Where a generation comes from, for anyone to check. */
  provenanceOf: (row: GenerationRow) => Promise<object>;
  workFiles: Pick<WorkFiles, "find">;
  log: Logger;
};

/** What is stored once it was found fit. */
type NewDeposit = Candidate & Pick<DepositRow, "generation" | "provenance">;

/** Deposits in the database, their files encrypted in the content storage. */
export class StoredDeposits implements Deposits {
  readonly #options: DepositsOptions;

  constructor(options: DepositsOptions) {
    this.#options = options;
  }

  async find(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const [row] = await this.#options.store.db.select().from(table).where(this.#is(contentHash, depositor));
    return row;
  }

  async verify(contentHash: Hex, depositor: Address): Promise<"ok" | { problem: string }> {
    try {
      await this.open(contentHash, depositor);
      return "ok";
    } catch (error) {
      if (error instanceof NotDepositedError || error instanceof UnfitFileError) return { problem: error.message };
      throw error;
    }
  }

  async held(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const row = await this.find(contentHash, depositor);
    if (row === undefined || !(await this.#isStored(row))) return undefined;
    this.#keyOf(row);
    return row;
  }

  async renew(contentHash: Hex, depositor: Address): Promise<DepositRow> {
    const row = await this.#keep(contentHash, depositor);
    if (row === undefined) {
      throw new NotDepositedError(
        "You have not deposited this file with this operator, or so long ago that it was forgotten. Deposit it.",
      );
    }
    if (await this.#isStored(row)) return row;
    throw new NotDepositedError("Your deposited file is not in this operator's storage any more. Deposit it again.");
  }

  async open(contentHash: Hex, depositor: Address): Promise<Uint8Array> {
    const { deposit, key } = await this.keyFor(contentHash, depositor);
    const cid = parseCid(deposit.file.cid);
    const stored = cid === undefined ? undefined : await available("The storage", this.#options.content.get(cid));
    if (stored === undefined)
      throw new UnfitFileError("The deposited file is not in this operator's storage any more.");
    let bytes: Uint8Array;
    try {
      bytes = decryptFile(key, stored);
    } catch (cause) {
      if (!(cause instanceof ContentStoreError)) throw cause;
      throw new UnfitFileError("The deposited file cannot be opened by its key any more.", { cause });
    }
    if ((await hashFile(bytes)) !== deposit.contentHash) {
      throw new UnfitFileError("The deposited file is not the one that the work names: its hash is another.");
    }
    return bytes;
  }

  async keyFor(contentHash: Hex, depositor: Address): Promise<FileKey> {
    const deposit = await this.find(contentHash, depositor);
    if (deposit === undefined) throw new NotDepositedError();
    return { deposit, key: this.#keyOf(deposit) };
  }

  async depositGeneration(depositor: Depositor, row: GenerationRow): Promise<DepositRow> {
    const { generations, provenanceOf } = this.#options;
    const { account } = depositor;
    if (row.account === null || !sameAddress(row.account as Address, account)) throw new GenerationNotFoundError();
    if (row.status !== "completed" || row.file === null) throw new GenerationNotFinishedError(row);
    const { contentHash } = row.file;
    const provenance: DepositRow["provenance"] = JSON.parse(toWire(await provenanceOf(row)));
    const known = await this.#kept(contentHash, account);
    if (known !== undefined) return known.provenance === null ? this.#provenIs(known, provenance) : known;
    const { bytes } = await generations.open(row, "file").catch((cause: unknown) => {
      throw cause instanceof ContentStoreError ? new FileUnavailableError(row.id, { cause }) : cause;
    });
    const giveBack = await this.#claim(depositor, bytes.length);
    const candidate = { bytes, contentHash, modality: row.modality };
    return this.#add(account, { ...candidate, provenance, generation: row.id }, giveBack);
  }

  async depositFile(depositor: Depositor, { key, contentHash, ciphertext, modality }: Upload): Promise<DepositRow> {
    const { account } = depositor;
    const known = await this.#kept(contentHash, account);
    if (known !== undefined) return known;
    const giveBack = await this.#claim(depositor, ciphertext.length);
    let bytes: Uint8Array;
    try {
      bytes = decryptFile(key, ciphertext);
    } catch (cause) {
      throw new UnfitFileError(
        "The file cannot be opened by its key: it must be 12 bytes nonce, the ciphertext and 16 bytes tag of AES-256-GCM " +
          "under the key in Stelai-File-Key, and whole.",
        { cause },
      );
    }
    const candidate = { bytes, contentHash, modality: modalityOf(bytes, modality) };
    return this.#add(account, { ...candidate, provenance: null, generation: null }, giveBack);
  }

  view({ contentHash, modality, file, preview, poster, provenance }: DepositRow): Deposit {
    return {
      ...{ contentHash, modality, file, preview },
      ...(poster === null ? {} : { poster }),
      provenance: provenance === null ? null : provenanceSchema.parse(provenance),
      attestor: this.#options.operator,
    };
  }

  ofAccount(account: Address): Promise<DepositRow[]> {
    const { store, operator } = this.#options;
    return store.db
      .select()
      .from(table)
      .where(and(eq(table.operator, operator), eq(table.depositor, getAddress(account))))
      .orderBy(desc(table.createdAt), table.contentHash);
  }

  async forgetAccount(account: Address): Promise<Hex[]> {
    const rows = await this.ofAccount(account);
    const { named, unnamed } = await this.#byWorks(rows);
    for (const row of unnamed) await this.#forget(row, this.#is(row.contentHash, row.depositor));
    return named.map(({ contentHash }) => contentHash);
  }

  async prune(): Promise<void> {
    const { store, operator } = this.#options;
    await store.exclusively(`deposits ${operator}`, () => this.#prune());
  }

  async #prune(): Promise<void> {
    const { store, operator, log } = this.#options;
    const now = new Date();
    const rows = await store.db
      .select()
      .from(table)
      .where(and(eq(table.operator, operator), lt(table.keptUntil, now)))
      .orderBy(table.keptUntil)
      .limit(PRUNED_AT_ONCE);
    const { named, unnamed } = await this.#byWorks(rows);
    for (const row of named) await this.#keepForGood(row);
    for (const row of unnamed) {
      // Unless it was deposited again meanwhile.
      await this.#forget(row, and(this.#is(row.contentHash, row.depositor), lt(table.keptUntil, now)));
    }
    if (unnamed.length > 0) log.info({ deposits: unnamed.length }, "deposits that no work names were forgotten");
  }

  /** Those that a work of their depositor's names, and those that none does. */
  async #byWorks(rows: readonly DepositRow[]): Promise<{ named: DepositRow[]; unnamed: DepositRow[] }> {
    if (rows.length === 0) return { named: [], unnamed: [] };
    const depositors = [...new Set(rows.map(({ depositor }) => depositor))];
    const hashes = rows.map(({ contentHash }) => contentHash);
    const works = await available("The chain", this.#options.workFiles.find(depositors, hashes));
    const needed = new Set(works.map(({ creator, contentHash }) => contextOf({ contentHash, depositor: creator })));
    const isNamed = (row: DepositRow) => needed.has(contextOf(row));
    return { named: rows.filter(isNamed), unnamed: rows.filter((row) => !isNamed(row)) };
  }

  /** Its file goes too: it is encrypted under a key of its own, so that nothing else can consist of its blocks. */
  async #forget(row: DepositRow, where: SQL | undefined): Promise<void> {
    const { store, content, log } = this.#options;
    const forgotten = await store.db.delete(table).where(where).returning();
    const cid = parseCid(row.file.cid);
    if (forgotten.length === 0 || cid === undefined) return;
    await content.remove(cid).catch((error: unknown) => {
      log.warn({ contentHash: row.contentHash, error }, "the file of a forgotten deposit stays in the storage");
    });
  }

  #keyOf(deposit: DepositRow): Uint8Array {
    try {
      return Buffer.from(this.#options.vault.open(deposit, contextOf(deposit)), "base64");
    } catch (cause) {
      const { contentHash, depositor } = deposit;
      this.#options.log.error({ contentHash, depositor, error: cause }, "the key of a deposit cannot be opened");
      throw new UnavailableError(
        "This operator cannot open the file's key right now. Try again later; if it stays, tell the operator.",
        { cause },
      );
    }
  }

  #is(contentHash: Hex, depositor: Address) {
    return and(
      eq(table.operator, this.#options.operator),
      eq(table.contentHash, lower(contentHash)),
      eq(table.depositor, getAddress(depositor)),
    );
  }

  /** A deposit whose file is still stored, kept for longer: one that was lost is deposited anew. */
  async #kept(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const row = await this.#keep(contentHash, depositor);
    return row !== undefined && (await this.#isStored(row)) ? row : undefined;
  }

  /** In one statement, and before its file is looked for: what is there still is not forgotten meanwhile. */
  async #keep(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const until = new Date(Date.now() + UNNAMED_MS).toISOString();
    const [row] = await this.#options.store.db
      .update(table)
      .set({ keptUntil: sql`greatest(${table.keptUntil}, ${until}::timestamptz)` })
      .where(this.#is(contentHash, depositor))
      .returning();
    return row;
  }

  /** A work keeps its file and its creator: what one names is never asked about again. */
  async #keepForGood({ contentHash, depositor }: DepositRow): Promise<void> {
    await this.#options.store.db.update(table).set({ keptUntil: FOR_GOOD }).where(this.#is(contentHash, depositor));
  }

  async #isStored({ file }: DepositRow): Promise<boolean> {
    const cid = parseCid(file.cid);
    return cid !== undefined && (await available("The storage", this.#options.content.has(cid)));
  }

  async #provenIs(row: DepositRow, provenance: DepositRow["provenance"]): Promise<DepositRow> {
    await this.#options.store.db.update(table).set({ provenance }).where(this.#is(row.contentHash, row.depositor));
    return { ...row, provenance };
  }

  /**
   * Counts a deposit before it is looked at, so that what turns out unfit, or breaks what looks at it, is not free.
   * @returns what gives it back, when storing it fails.
   */
  async #claim({ account, networkAddress }: Depositor, bytes: number): Promise<() => Promise<void>> {
    const { quotas, config } = this.#options;
    const day = quotas.today();
    const claims = claimsOf(config, account, quotas.addressKey(networkAddress), bytes);
    await quotas.take(
      claims,
      "As much was deposited by your account, or from your network, as is taken in a day. It begins anew at midnight UTC.",
    );
    return async () => {
      for (const claim of claims) await quotas.giveBack(day, claim);
    };
  }

  async #add(account: Address, candidate: NewDeposit, giveBack: () => Promise<void>): Promise<DepositRow> {
    const lost = await this.find(candidate.contentHash, account);
    const { store, operator, content, vault, workshop, log } = this.#options;
    const { bytes, modality, provenance, generation } = candidate;
    const contentHash = lower(candidate.contentHash);
    const depositor = getAddress(account);
    const { probed, preview, poster } = await examine(workshop, { bytes, contentHash, modality });
    // Of its own: a generation's goes with the generation, and what is stored must be nothing that others chose.
    const key = newFileKey();
    try {
      const cid = await content.add(encryptFile(key, bytes));
      const row: DepositRow = {
        ...{ operator, contentHash, depositor, modality, provenance, generation },
        file: { ...probed, bytes: bytes.length, contentHash, cid: cid.toString() },
        preview: await this.#publish(preview),
        poster: poster === undefined ? null : await this.#publish(poster),
        ...vault.seal(Buffer.from(key).toString("base64"), contextOf({ contentHash, depositor })),
        createdAt: new Date(),
        keptUntil: new Date(Date.now() + UNNAMED_MS),
      };
      const { operator: _, contentHash: __, depositor: ___, ...set } = row;
      const target = [table.operator, table.contentHash, table.depositor];
      // Only what was lost is replaced: who deposited the same meanwhile was told another CID.
      const setWhere = sql`${table.file} ->> 'cid' = ${lost?.file.cid ?? ""}`;
      const stored = await store.db.insert(table).values(row).onConflictDoUpdate({ target, set, setWhere }).returning();
      log.info({ contentHash, modality, bytes: bytes.length }, "a file is deposited");
      return stored[0] ?? (await this.find(contentHash, depositor)) ?? row;
    } catch (error) {
      await giveBack();
      if (error instanceof ContentStoreFullError) throw new DepositNotStoredError();
      if (!(error instanceof ContentStoreError)) throw error;
      throw new UnavailableError("The storage cannot be reached right now. Nothing was deposited. Try again.", {
        cause: error,
      });
    }
  }

  async #publish({ bytes, mediaType, width, height }: Shown): Promise<WorkPreview> {
    const uri = uriOf(await this.#options.content.add(bytes));
    return { uri, mediaType, ...(width === undefined || height === undefined ? {} : { width, height }) };
  }
}

/** What a sealed key belongs to: it opens for no other file, and no other depositor. */
export function contextOf({ contentHash, depositor }: Pick<DepositRow, "contentHash" | "depositor">): string {
  return `${lower(contentHash)} ${depositor.toLowerCase()}`;
}

function claimsOf(config: DepositsOptions["config"], account: Address, network: string, bytes: number): QuotaClaim[] {
  const files = { amount: 1n } as const;
  const size = { amount: BigInt(bytes) } as const;
  const limit = (name: Exclude<keyof DepositsOptions["config"], "MEDIA_BYTES_LIMIT">) => BigInt(config[name]);
  return [
    { scope: "deposits.files", subject: account, ...files, limit: limit("DEPOSITS_PER_DAY") },
    { scope: "deposits.bytes", subject: account, ...size, limit: limit("DEPOSIT_BYTES_PER_DAY") },
    { scope: "deposits.files.address", subject: network, ...files, limit: limit("DEPOSITS_PER_NETWORK_PER_DAY") },
    { scope: "deposits.bytes.address", subject: network, ...size, limit: limit("DEPOSIT_BYTES_PER_NETWORK_PER_DAY") },
  ];
}

function lower(hash: Hex): Hex {
  return hash.toLowerCase() as Hex;
}
