/**
 * The CID that a file gets by the rules of Stelai's storage, which are Kubo's: version 1, chunks of 262,144 bytes as raw
 * leaves, parents of 174 (UnixFS in dag-pb), sha2-256.
 */
const CHUNK_BYTES = 262_144;
const MAX_CHILDREN = 174;
const RAW = 0x55;
const DAG_PB = 0x70;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

type Node = { cid: Uint8Array; fileBytes: number; dagBytes: number };

/**
 * The CID of a file's bytes, as `ipfs://` names it.
 *
 * @example
 * ```ts
 * await cidOf(new TextEncoder().encode("hello world")); // bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e
 * ```
 */
export async function cidOf(bytes: Uint8Array): Promise<string> {
  let level: Node[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    level.push({ cid: await blockCid(RAW, chunk), fileBytes: chunk.length, dagBytes: chunk.length });
  }
  while (level.length > 1) {
    const next: Node[] = [];
    for (let at = 0; at < level.length; at += MAX_CHILDREN)
      next.push(await parentOf(level.slice(at, at + MAX_CHILDREN)));
    level = next;
  }
  return `b${base32(level[0]?.cid ?? new Uint8Array())}`;
}

/** A parent block: a link for each child with its whole size, and a UnixFS file with the sizes of their contents. */
async function parentOf(children: Node[]): Promise<Node> {
  const sum = (of: (child: Node) => number) => children.reduce((total, child) => total + of(child), 0);
  const fileBytes = sum((child) => child.fileBytes);
  const links = children.flatMap(({ cid, dagBytes }) =>
    field(2, [...field(1, cid), ...field(2, []), 0x18, ...varint(dagBytes)]),
  );
  const sizes = children.flatMap((child) => [0x20, ...varint(child.fileBytes)]);
  const block = Uint8Array.from([...links, ...field(1, [0x08, 2, 0x18, ...varint(fileBytes), ...sizes])]);
  return { cid: await blockCid(DAG_PB, block), fileBytes, dagBytes: block.length + sum((child) => child.dagBytes) };
}

async function blockCid(codec: number, block: Uint8Array): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest("SHA-256", block as BufferSource);
  return Uint8Array.from([1, codec, 0x12, 32, ...new Uint8Array(digest)]);
}

/** A length-delimited field of a protocol buffer. */
function field(number: number, bytes: ArrayLike<number>): number[] {
  return [(number << 3) | 2, ...varint(bytes.length), ...Array.from(bytes)];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return [...bytes, rest];
}

function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; ) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= 0xff;
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31];
}
