import { createHash } from "node:crypto";
import { type AddOptions, unixfs } from "@helia/unixfs";
import { exporter } from "ipfs-unixfs-exporter";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced } from "ipfs-unixfs-importer/layout";
import type { CID } from "multiformats/cid";
import { ContentStoreError, MAX_STORED_BYTES } from "./store.ts";

/** Kubo's defaults, spelled out: other libraries' defaults differ and would give other CIDs. */
export const CHUNK_BYTES = 262_144;
export const MAX_CHILDREN = 174;

const IMPORT: Partial<AddOptions> = {
  cidVersion: 1,
  rawLeaves: true,
  reduceSingleLeafToSelf: true,
  chunker: fixedSize({ chunkSize: CHUNK_BYTES }),
  layout: balanced({ maxChildrenPerNode: MAX_CHILDREN }),
};

/** Blocks that a file of {@link MAX_STORED_BYTES} may have, with room for other chunkers' smaller blocks. */
const MAX_BLOCKS = 4_096;

export type BlockSource = {
  /** The block's bytes, or undefined when it is not stored here. */
  block(cid: CID): Promise<Uint8Array | undefined>;
};

type Blockstore = Parameters<typeof unixfs>[0]["blockstore"];

/** Imports a file into a blockstore by Kubo's rules. */
export async function addFile(blockstore: Blockstore, bytes: Uint8Array): Promise<CID> {
  return unixfs({ blockstore }).addBytes(bytes, IMPORT);
}

/** The CID a file gets by Kubo's rules, storing nothing. */
export async function cidOfFile(bytes: Uint8Array): Promise<CID> {
  return addFile(NOWHERE, bytes);
}

const NOWHERE: Blockstore = {
  put: async (cid) => cid,
  has: async () => false,
  get: (cid) => {
    throw new ContentStoreError(`The block ${cid} is stored nowhere.`);
  },
};

/**
 * Reads a UnixFS file whose every block must hash to its CID.
 * @param most Bytes; of a larger file no more than its root block is read.
 * @returns undefined when a block is missing, or when the CID names no file or one above `most`.
 */
export async function readFile(
  source: BlockSource,
  root: CID,
  most = MAX_STORED_BYTES,
): Promise<Uint8Array | undefined> {
  const missing = new MissingBlock();
  let blocks = 0;
  const verified = {
    async *get(cid: CID) {
      blocks += 1;
      if (blocks > MAX_BLOCKS) throw missing;
      const block = await source.block(cid);
      if (block === undefined) throw missing;
      if (!hashesTo(block, cid)) throw new ContentStoreError(`The stored block ${cid} is damaged.`);
      yield block;
    },
  };
  try {
    const entry = await exporter(root, verified);
    if (entry.type !== "file" && entry.type !== "raw") return undefined;
    if (entry.size > BigInt(most)) return undefined;
    return await collect(entry.content(), most);
  } catch (error) {
    if (error === missing) return undefined;
    if (error instanceof ContentStoreError) throw error;
    throw new ContentStoreError(`The stored file ${root} cannot be read.`, { cause: error });
  }
}

class MissingBlock extends Error {}

function hashesTo(block: Uint8Array, cid: CID): boolean {
  return createHash("sha256").update(block).digest().equals(cid.multihash.digest);
}

/** The whole file, or undefined when it turns out longer than its root block said. */
async function collect(content: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of content) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts, length));
}
