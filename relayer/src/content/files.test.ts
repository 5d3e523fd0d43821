import { createHash } from "node:crypto";
import { expect } from "chai";
import { base32 } from "multiformats/bases/base32";
import { CHUNK_BYTES, cidOfFile, MAX_CHILDREN } from "./files.ts";

/*
 * UnixFS and dag-pb written out by hand from their specifications, so that the expected CIDs come from no library:
 * leaves are raw blocks; a parent's links carry each child's CID, an empty name and its cumulative size; its data is
 * a UnixFS File with the total size and the size of every child.
 */
type Node = { cid: Uint8Array; fileBytes: number; dagBytes: number };

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

function field(number: number, bytes: Iterable<number>): number[] {
  const content = [...bytes];
  return [(number << 3) | 2, ...varint(content.length), ...content];
}

function cid(codec: number, block: Uint8Array): Uint8Array {
  return Uint8Array.from([1, codec, 0x12, 32, ...createHash("sha256").update(block).digest()]);
}

function leaf(block: Uint8Array): Node {
  return { cid: cid(0x55, block), fileBytes: block.length, dagBytes: block.length };
}

function parent(children: Node[]): Node {
  const fileBytes = children.reduce((sum, child) => sum + child.fileBytes, 0);
  const links = children.flatMap((child) =>
    field(2, [...field(1, child.cid), ...field(2, []), 0x18, ...varint(child.dagBytes)]),
  );
  const sizes = children.flatMap((child) => [0x20, ...varint(child.fileBytes)]);
  const data = [0x08, 2, 0x18, ...varint(fileBytes), ...sizes];
  const block = Uint8Array.from([...links, ...field(1, data)]);
  const dagBytes = block.length + children.reduce((sum, child) => sum + child.dagBytes, 0);
  return { cid: cid(0x70, block), fileBytes, dagBytes };
}

function expected(bytes: Uint8Array): string {
  let level: Node[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += CHUNK_BYTES) {
    level.push(leaf(bytes.subarray(at, at + CHUNK_BYTES)));
  }
  while (level.length > 1) {
    const next: Node[] = [];
    for (let at = 0; at < level.length; at += MAX_CHILDREN) next.push(parent(level.slice(at, at + MAX_CHILDREN)));
    level = next;
  }
  return base32.encode(level[0]?.cid ?? new Uint8Array());
}

function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 11)) & 0xff;
  return bytes;
}

describe("CIDs of files", () => {
  it("gives one raw block, named by its sha2-256, when the file fits a chunk", async () => {
    const hello = await cidOfFile(new TextEncoder().encode("hello world"));
    expect(hello.toString()).to.equal("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    for (const length of [0, 1, CHUNK_BYTES]) {
      expect((await cidOfFile(pattern(length))).toString()).to.equal(expected(pattern(length)));
    }
  });

  it("gives one parent when the file takes several chunks", async () => {
    for (const length of [CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 2_000_000]) {
      const bytes = pattern(length);
      expect((await cidOfFile(bytes)).toString()).to.equal(expected(bytes));
    }
  });

  it("gives a tree two levels deep when the chunks are one more than a parent holds", async () => {
    const bytes = pattern(MAX_CHILDREN * CHUNK_BYTES + 1);
    expect((await cidOfFile(bytes)).toString()).to.equal(expected(bytes));
  });
});
