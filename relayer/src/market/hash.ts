import { setImmediate as othersFirst } from "node:timers/promises";
import { createKeccak } from "hash-wasm";
import type { Hex } from "viem";

const CHUNK_BYTES = 2_097_152;

/** keccak256 of a file that may be large: other requests have their turn while it is computed. */
export async function hashFile(bytes: Uint8Array): Promise<Hex> {
  const hasher = (await createKeccak(256)).init();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    hasher.update(bytes.subarray(at, at + CHUNK_BYTES));
    await othersFirst();
  }
  return `0x${hasher.digest("hex")}`;
}
