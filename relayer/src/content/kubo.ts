import { create, type HTTPRPCOptions, type KuboRPCClient } from "kubo-rpc-client";
import type { CID } from "multiformats/cid";
import { CHUNK_BYTES, cidOfFile, MAX_CHILDREN, readFile } from "./files.ts";
import { type ContentStore, ContentStoreError, MAX_STORED_BYTES, storeError } from "./store.ts";

const TIMEOUT_MS = 15_000;
/** What a node takes at the least while a file is given to it. */
const BYTES_A_MILLISECOND = 1_000;

/** Given to every read: Kubo then answers from its own blocks and asks no other node. */
const OFFLINE: HTTPRPCOptions & { offline: boolean } = { offline: true };

const ADD = {
  cidVersion: 1,
  rawLeaves: true,
  chunker: `size-${CHUNK_BYTES}`,
  maxFileLinks: MAX_CHILDREN,
  pin: true,
  wrapWithDirectory: false,
} as const;

/** Content in a Kubo node, over its RPC API (`IPFS_API_URL`). The node shares it with the public network. */
export class KuboContentStore implements ContentStore {
  readonly #client: KuboRPCClient;

  constructor(apiUrl: string) {
    this.#client = create({ url: apiUrl, timeout: TIMEOUT_MS });
  }

  async add(bytes: Uint8Array): Promise<CID> {
    if (bytes.length > MAX_STORED_BYTES) throw new RangeError(`a file may be ${MAX_STORED_BYTES} bytes`);
    const expected = await cidOfFile(bytes);
    const timeout = TIMEOUT_MS + Math.ceil(bytes.length / BYTES_A_MILLISECOND);
    const stored = await this.#reach(() => this.#client.add(bytes, { ...ADD, timeout }));
    if (!stored.cid.equals(expected)) {
      throw new ContentStoreError(`The IPFS node stored ${stored.cid} where ${expected} was meant.`);
    }
    return expected;
  }

  async get(cid: CID, most?: number): Promise<Uint8Array | undefined> {
    return readFile({ block: (block) => this.#block(block) }, cid, most);
  }

  async has(cid: CID): Promise<boolean> {
    return (await this.#block(cid)) !== undefined;
  }

  /** Unpins it: the node's own garbage collection takes its blocks. */
  async remove(cid: CID): Promise<void> {
    try {
      await this.#reach(() => this.#client.pin.rm(cid));
    } catch (error) {
      if (error instanceof ContentStoreError && isNotPinned(error.cause)) return;
      throw error;
    }
  }

  async close(): Promise<void> {}

  async #block(cid: CID): Promise<Uint8Array | undefined> {
    try {
      return await this.#reach(() => this.#client.block.get(cid, OFFLINE));
    } catch (error) {
      if (error instanceof ContentStoreError && isNotFound(error.cause)) return undefined;
      throw error;
    }
  }

  async #reach<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw storeError("The IPFS node does not answer right now.", error);
    }
  }
}

/** Kubo's words when there is no pin: "not pinned or pinned indirectly". */
function isNotPinned(error: unknown): boolean {
  return error instanceof Error && /not pinned/i.test(error.message);
}

/** Kubo's words when a block is not among its own: "block was not found locally (offline): ipld: could not find …". */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && /not found locally|could not find/i.test(error.message);
}
