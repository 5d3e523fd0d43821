import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";

const DAG_PB = 0x70;
const SHA2_256 = 0x12;
const SHA2_256_BYTES = 32;
const MAX_CHARACTERS = 100;
const IPFS = "ipfs://";

/**
 * The CID of an `ipfs://<cid>` address of a single file, or undefined. Others, among them identity CIDs that carry their
 * own bytes, are no content of ours.
 */
export function cidOf(uri: string): CID | undefined {
  if (!uri.startsWith(IPFS) || uri.length > IPFS.length + MAX_CHARACTERS) return undefined;
  let cid: CID;
  try {
    cid = CID.parse(uri.slice(IPFS.length));
  } catch {
    return undefined;
  }
  if (cid.code !== raw.code && cid.code !== DAG_PB) return undefined;
  if (cid.multihash.code !== SHA2_256 || cid.multihash.digest.length !== SHA2_256_BYTES) return undefined;
  return cid;
}
