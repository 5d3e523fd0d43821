import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";

/**
 * Largest file that is stored and read back, in bytes: what is made here at its largest, encrypted. What is uploaded is
 * limited further by the route.
 */
export const MAX_STORED_BYTES = 268_435_456 + 1_024;

/** Where content lives: public cards and portraits, and what was made, encrypted. Files are addressed by their IPFS CID (UnixFS). */
export interface ContentStore {
  /** Stores a file and returns its CIDv1, the one Kubo gives with raw leaves. Adding twice is the same. */
  add(bytes: Uint8Array): Promise<CID>;
  /**
   * The file, every block of it checked against its CID, or undefined when it is not stored here.
   * Nothing is fetched from elsewhere. Errors: {@link ContentStoreError}.
   * @param most Bytes, {@link MAX_STORED_BYTES} when left out: a larger file is as one that is not stored, and is not read.
   */
  get(cid: CID, most?: number): Promise<Uint8Array | undefined>;
  /** Whether the root block is stored here. */
  has(cid: CID): Promise<boolean>;
  /**
   * Lets go of a file, for good. Only of what nobody else can have stored, as ciphertexts under a key of their own:
   * blocks are shared by all files that hold the same bytes.
   */
  remove(cid: CID): Promise<void>;
  close(): Promise<void>;
}

/** Thrown when the storage is out of reach or what it returned is not what the CID names. Another try may help. */
export class ContentStoreError extends Error {
  override name = "ContentStoreError";
}

/** Thrown when the storage takes nothing more. Another try does not help before its operator makes room. */
export class ContentStoreFullError extends ContentStoreError {
  override name = "ContentStoreFullError";
}

/** A storage's failure by its cause: a full disk or quota, or anything else. */
export function storeError(message: string, cause: unknown): ContentStoreError {
  return isFull(cause)
    ? new ContentStoreFullError("The content storage is full.", { cause })
    : new ContentStoreError(message, { cause });
}

/** The system's code, or the words in which a node elsewhere repeats it. */
function isFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT")) return true;
    if (/no space left on device|disk quota exceeded/i.test(cause.message)) return true;
  }
  return false;
}

const DAG_PB = 0x70;
const SHA2_256 = 0x12;
const SHA2_256_BYTES = 32;
const MAX_CID_CHARACTERS = 100;

/**
 * A CID of a UnixFS file as UnixFS with sha2-256 makes it (CIDv1 raw or dag-pb, or a CIDv0), or undefined. Others,
 * among them identity CIDs that carry their own bytes, are no content of ours.
 */
export function parseCid(text: string): CID | undefined {
  if (text.length > MAX_CID_CHARACTERS) return undefined;
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch {
    return undefined;
  }
  if (cid.code !== raw.code && cid.code !== DAG_PB) return undefined;
  if (cid.multihash.code !== SHA2_256 || cid.multihash.digest.length !== SHA2_256_BYTES) return undefined;
  return cid;
}

const IPFS = "ipfs://";

/** The CID of an `ipfs://<cid>` URI of a single file, or undefined. */
export function cidOfUri(uri: string): CID | undefined {
  return uri.startsWith(IPFS) ? parseCid(uri.slice(IPFS.length)) : undefined;
}

/** `ipfs://<cid>`. */
export function uriOf(cid: CID): string {
  return `${IPFS}${cid.toString()}`;
}
