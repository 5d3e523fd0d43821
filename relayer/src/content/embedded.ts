import { FsBlockstore } from "blockstore-fs";
import type { CID } from "multiformats/cid";
import { addFile, readFile } from "./files.ts";
import { type ContentStore, MAX_STORED_BYTES, storeError } from "./store.ts";

/** Content as blocks in a directory, by the rules of IPFS and with its CIDs, but with no network. */
export class EmbeddedContentStore implements ContentStore {
  readonly #blocks: FsBlockstore;
  readonly #writing = new Map<string, Promise<unknown>>();

  private constructor(blocks: FsBlockstore) {
    this.#blocks = blocks;
  }

  /** Opens the store, creating its directory when it is not there. */
  static async open(directory: string): Promise<EmbeddedContentStore> {
    const blocks = new FsBlockstore(directory);
    await blocks.open();
    return new EmbeddedContentStore(blocks);
  }

  async add(bytes: Uint8Array): Promise<CID> {
    if (bytes.length > MAX_STORED_BYTES) throw new RangeError(`a file may be ${MAX_STORED_BYTES} bytes`);
    try {
      const put = (cid: CID, block: Parameters<FsBlockstore["put"]>[1]) => this.#put(cid, block);
      const has = (cid: CID) => this.#blocks.has(cid);
      const get = (cid: CID) => this.#blocks.get(cid);
      return await addFile({ put, has, get }, bytes);
    } catch (error) {
      throw storeError("The content cannot be stored right now.", error);
    }
  }

  async get(cid: CID, most?: number): Promise<Uint8Array | undefined> {
    return readFile({ block: (block) => this.#block(block) }, cid, most);
  }

  async has(cid: CID): Promise<boolean> {
    return this.#blocks.has(cid);
  }

  async remove(cid: CID): Promise<void> {
    const blocks: CID[] = [];
    const block = (one: CID) => {
      blocks.push(one);
      return this.#block(one);
    };
    // A damaged file's blocks go as far as they are found.
    await readFile({ block }, cid).catch(() => undefined);
    for (const one of blocks) {
      if (await this.#blocks.has(one)) await this.#blocks.delete(one);
    }
  }

  async close(): Promise<void> {
    await this.#blocks.close();
  }

  /** Writes equal blocks one after the other: the block directory has one temporary file for each name. */
  async #put(cid: CID, block: Parameters<FsBlockstore["put"]>[1]): Promise<CID> {
    const name = cid.toString();
    const before = this.#writing.get(name);
    const write = (before ?? Promise.resolve()).then(() => this.#blocks.put(cid, block));
    const settled = write.then(
      () => undefined,
      () => undefined,
    );
    this.#writing.set(name, settled);
    try {
      return await write;
    } finally {
      if (this.#writing.get(name) === settled) this.#writing.delete(name);
    }
  }

  async #block(cid: CID): Promise<Uint8Array | undefined> {
    if (!(await this.#blocks.has(cid))) return undefined;
    const parts: Uint8Array[] = [];
    for await (const part of this.#blocks.get(cid)) parts.push(part);
    return Buffer.concat(parts);
  }
}
