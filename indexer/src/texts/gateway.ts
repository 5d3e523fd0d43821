/** Files from IPFS gateways that nobody needs to trust: every block must hash to the CID it was asked by. */
import { createHash } from "node:crypto";
import { exporter } from "ipfs-unixfs-exporter";
import type { CID } from "multiformats/cid";

/** Largest text, in bytes; the relayer takes no larger card. */
export const MAX_TEXT_BYTES = 65_536;
/** What a block of a file of that size has around it at most, in bytes. */
const BLOCK_OVERHEAD = 4_096;
/** Blocks a file of that size may have, with room for other chunkers. */
const MAX_BLOCKS = 16;
const TIMEOUT_MS = 10_000;

/** Thrown when the file is there, and is none that can be read: a folder, or too large. */
export class UnfitFileError extends Error {
  override readonly name = "UnfitFileError";
}

/** Thrown when a gateway answers with anything but what the CID names. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
}

/**
 * A file of at most {@link MAX_TEXT_BYTES} from one gateway (`https://example.org/ipfs`).
 * @throws UnfitFileError when it can never be read. Anything else that is thrown may be another gateway's to give.
 */
export async function fileFrom(gateway: string, root: CID, signal?: AbortSignal): Promise<Uint8Array> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const until = signal ? AbortSignal.any([deadline, signal]) : deadline;
  let blocks = 0;
  const verified = {
    async *get(cid: CID) {
      blocks += 1;
      if (blocks > MAX_BLOCKS) throw new UnfitFileError("The file has too many blocks.");
      yield await blockFrom(gateway, cid, until);
    },
  };
  const entry = await exporter(root, verified).catch((error) => {
    // The root was checked, so what it says is the file's own fault.
    if (blocks > 0 && isMalformed(error)) throw new UnfitFileError("The file is none that can be read.");
    throw error;
  });
  if (entry.type !== "file" && entry.type !== "raw") throw new UnfitFileError(`It is a ${entry.type}, not a file.`);
  if (entry.size > BigInt(MAX_TEXT_BYTES)) throw new UnfitFileError("The file is too large.");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of entry.content()) {
    length += part.length;
    if (length > MAX_TEXT_BYTES) throw new UnfitFileError("The file is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

/** Anything but what this file throws and what the network does: the library could not make sense of a block. */
function isMalformed(error: unknown): boolean {
  return error instanceof Error && !(error instanceof GatewayError) && !(error instanceof UnfitFileError);
}

/**
 * `format=raw` is the trustless gateways' word for a block (specs.ipfs.tech/http-gateways/trustless-gateway). Our
 * relayer does not read it, and what it keeps of this size is one block. No redirection is followed: only the gateways
 * that are configured are asked.
 */
async function blockFrom(gateway: string, cid: CID, signal: AbortSignal): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const response = await fetch(`${gateway}/${cid}?format=raw`, {
      headers: { Accept: "application/vnd.ipld.raw, */*;q=0.5" },
      redirect: "error",
      signal,
    });
    bytes = await readBounded(response, MAX_TEXT_BYTES + BLOCK_OVERHEAD);
  } catch (error) {
    if (error instanceof GatewayError || error instanceof UnfitFileError) throw error;
    throw new GatewayError(`${gateway} does not answer.`, { cause: error });
  }
  if (!createHash("sha256").update(bytes).digest().equals(cid.multihash.digest)) {
    throw new GatewayError(`${gateway} answers with other bytes than ${cid}.`);
  }
  return bytes;
}

/** The body of a good answer. @throws GatewayError when it is another, or longer than `most`. */
export async function readBounded(response: Response, most: number): Promise<Uint8Array> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new GatewayError(`It answers ${response.status}.`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop cancels the rest.
    if (length > most) throw new GatewayError(`It answers with more than ${most} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
