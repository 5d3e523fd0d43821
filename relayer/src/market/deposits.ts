import { type Deposit, provenanceSchema, toWire, type WorkPreview } from "@stelai/sdk/wire";
import { and, desc, eq, sql } from "drizzle-orm";
import { type Address, getAddress, type Hex } from "viem";
import { sameAddress } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { type ContentStore, ContentStoreError, ContentStoreFullError, parseCid, uriOf } from "../content/index.ts";
import { dimensionsOf, mediaTypeOf } from "../content/media.ts";
import { UnavailableError } from "../errors.ts";
import { decryptFile, encryptFile, newFileKey } from "../generations/files.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import type { Examined, Workshop } from "../generations/workshop/index.ts";
import { available } from "../http.ts";
import {
  FileUnavailableError,
  GenerationNotFinishedError,
  GenerationNotFoundError,
} from "../inference/generationErrors.ts";
import type { Logger } from "../log.ts";
import type { Quotas } from "../people/quotas.ts";
import type { Vault } from "../people/vault.ts";
import { type Database, tables } from "../store/index.ts";
import { DepositNotStoredError, NotDepositedError, UnfitFileError } from "./errors.ts";
import { type Candidate, examine, modalityOf } from "./examiner.ts";
import { hashFile } from "./hash.ts";
import type { DepositRow, Deposits, FileKey, Upload } from "./types.ts";

const { deposits: table } = tables;

export type DepositsOptions = {
  config: Pick<Config, "DEPOSITS_PER_DAY" | "DEPOSIT_BYTES_PER_DAY" | "MEDIA_BYTES_LIMIT">;
  db: Database;
  operator: Address;
  content: ContentStore;
  vault: Vault;
  quotas: Pick<Quotas, "take" | "giveBack" | "today">;
  workshop: Pick<Workshop, "examine">;
  generations: Pick<Generations, "open">;
  /** Where a generation comes from, for anyone to check. */
  provenanceOf: (row: GenerationRow) => Promise<object>;
  /** Hashes of the files that an account created works of. */
  createdBy: (account: Address) => Promise<ReadonlySet<Hex>>;
  log: Logger;
};

/** What is stored once a candidate was found fit. */
type Fit = Candidate & Pick<DepositRow, "generation" | "provenance"> & { key: Uint8Array; ciphertext: Uint8Array };

/** Deposits in the database, their files encrypted in the content storage. */
export class StoredDeposits implements Deposits {
  readonly #options: DepositsOptions;

  constructor(options: DepositsOptions) {
    this.#options = options;
  }

  async find(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const [row] = await this.#options.db.select().from(table).where(this.#is(contentHash, depositor));
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
    try {
      const key = this.#options.vault.open(deposit, contextOf(deposit));
      return { deposit, key: Buffer.from(key, "base64") };
    } catch (cause) {
      this.#options.log.error({ contentHash, depositor, error: cause }, "the key of a deposit cannot be opened");
      throw new UnavailableError(
        "This operator cannot open the file's key right now. Try again later; if it stays, tell the operator.",
        { cause },
      );
    }
  }

  async depositGeneration(account: Address, row: GenerationRow): Promise<DepositRow> {
    const { generations, provenanceOf } = this.#options;
    if (row.account === null || !sameAddress(row.account as Address, account)) throw new GenerationNotFoundError();
    if (row.status !== "completed" || row.file === null) throw new GenerationNotFinishedError(row);
    const { contentHash } = row.file;
    const provenance: DepositRow["provenance"] = JSON.parse(toWire(await provenanceOf(row)));
    const known = await this.#kept(contentHash, account);
    if (known !== undefined) return known.provenance === null ? this.#provenIs(known, provenance) : known;
    const { bytes } = await generations.open(row, "file").catch((cause: unknown) => {
      throw cause instanceof ContentStoreError ? new FileUnavailableError(row.id, { cause }) : cause;
    });
    // Of its own: the generation's goes with the generation, and its key also opens what is not for sale.
    const key = newFileKey();
    const candidate = { bytes, contentHash, modality: row.modality };
    const ciphertext = encryptFile(key, bytes);
    return this.#add(account, { ...candidate, key, ciphertext, provenance, generation: row.id });
  }

  async depositFile(account: Address, { key, contentHash, ciphertext, modality }: Upload): Promise<DepositRow> {
    const known = await this.#kept(contentHash, account);
    if (known !== undefined) return known;
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
    return this.#add(account, { ...candidate, key, ciphertext, provenance: null, generation: null });
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
    const { db, operator } = this.#options;
    return db
      .select()
      .from(table)
      .where(and(eq(table.operator, operator), eq(table.depositor, getAddress(account))))
      .orderBy(desc(table.createdAt), table.contentHash);
  }

  async forgetAccount(account: Address): Promise<Hex[]> {
    const { db, content, createdBy, log } = this.#options;
    const rows = await this.ofAccount(account);
    if (rows.length === 0) return [];
    const needed = await available("The chain", createdBy(account));
    for (const row of rows.filter(({ contentHash }) => !needed.has(contentHash))) {
      await db.delete(table).where(this.#is(row.contentHash, row.depositor));
      // What others encrypted may share blocks with what others stored: without its key it is noise, and stays.
      const cid = row.generation === null ? undefined : parseCid(row.file.cid);
      if (cid === undefined) continue;
      await content.remove(cid).catch((error: unknown) => {
        log.warn({ contentHash: row.contentHash, error }, "the file of a forgotten deposit stays in the storage");
      });
    }
    return rows.map(({ contentHash }) => contentHash).filter((contentHash) => needed.has(contentHash));
  }

  #is(contentHash: Hex, depositor: Address) {
    return and(
      eq(table.operator, this.#options.operator),
      eq(table.contentHash, lower(contentHash)),
      eq(table.depositor, getAddress(depositor)),
    );
  }

  /** A deposit whose file is still stored: one that was lost is deposited anew. */
  async #kept(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined> {
    const row = await this.find(contentHash, depositor);
    const cid = row === undefined ? undefined : parseCid(row.file.cid);
    if (cid === undefined) return undefined;
    return (await available("The storage", this.#options.content.has(cid))) ? row : undefined;
  }

  async #provenIs(row: DepositRow, provenance: DepositRow["provenance"]): Promise<DepositRow> {
    await this.#options.db.update(table).set({ provenance }).where(this.#is(row.contentHash, row.depositor));
    return { ...row, provenance };
  }

  async #add(account: Address, fit: Fit): Promise<DepositRow> {
    const lost = await this.find(fit.contentHash, account);
    const { db, operator, content, vault, quotas, workshop, log, config } = this.#options;
    const { bytes, modality, key, ciphertext, provenance, generation } = fit;
    const contentHash = lower(fit.contentHash);
    const depositor = getAddress(account);
    const { probed, preview } = await examine(workshop, { bytes, contentHash, modality });
    const claims = claimsOf(config, account, bytes.length);
    const day = quotas.today();
    await quotas.take(
      claims,
      "You have deposited as much as one account may in a day. It begins anew at midnight UTC.",
    );
    try {
      const cid = await content.add(ciphertext);
      const row: DepositRow = {
        ...{ operator, contentHash, depositor, modality, provenance, generation },
        file: { ...probed, bytes: bytes.length, contentHash, cid: cid.toString() },
        preview: await this.#publish(preview, probed),
        // A still would have to be decoded, which nothing here can.
        poster: null,
        ...vault.seal(Buffer.from(key).toString("base64"), contextOf({ contentHash, depositor })),
        createdAt: new Date(),
      };
      const { operator: _, contentHash: __, depositor: ___, ...set } = row;
      const target = [table.operator, table.contentHash, table.depositor];
      // Only what was lost is replaced: who deposited the same meanwhile was told another CID.
      const setWhere = sql`${table.file} ->> 'cid' = ${lost?.file.cid ?? ""}`;
      const stored = await db.insert(table).values(row).onConflictDoUpdate({ target, set, setWhere }).returning();
      log.info({ contentHash, modality, bytes: bytes.length }, "a file is deposited");
      return stored[0] ?? (await this.find(contentHash, depositor)) ?? row;
    } catch (error) {
      for (const claim of claims) await quotas.giveBack(day, claim);
      if (error instanceof ContentStoreFullError) throw new DepositNotStoredError();
      if (!(error instanceof ContentStoreError)) throw error;
      throw new UnavailableError("The storage cannot be reached right now. Nothing was deposited. Try again.", {
        cause: error,
      });
    }
  }

  async #publish({ bytes, mediaType }: Examined["preview"], probed: Examined["probed"]): Promise<WorkPreview> {
    const uri = uriOf(await this.#options.content.add(bytes));
    const { width, height } = dimensionsOf(bytes, mediaTypeOf(bytes)) ?? probed;
    return { uri, mediaType, ...(width === undefined || height === undefined ? {} : { width, height }) };
  }
}

/** What a sealed key belongs to: it opens for no other file, and no other depositor. */
export function contextOf({ contentHash, depositor }: Pick<DepositRow, "contentHash" | "depositor">): string {
  return `${lower(contentHash)} ${depositor.toLowerCase()}`;
}

function claimsOf(config: Pick<Config, "DEPOSITS_PER_DAY" | "DEPOSIT_BYTES_PER_DAY">, subject: Address, bytes: number) {
  return [
    { scope: "deposits.files", subject, amount: 1n, limit: BigInt(config.DEPOSITS_PER_DAY) },
    { scope: "deposits.bytes", subject, amount: BigInt(bytes), limit: BigInt(config.DEPOSIT_BYTES_PER_DAY) },
  ] as const;
}

function lower(hash: Hex): Hex {
  return hash.toLowerCase() as Hex;
}
