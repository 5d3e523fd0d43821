import { cidOf } from "@stelai/sdk";
import { LICENCES } from "@stelai/sdk/licences";
import { expect } from "chai";
import fc from "fast-check";
import { CHUNK_BYTES, cidOfFile, MAX_CHILDREN } from "./files.ts";

/** Bytes of some length that no two chunks share. */
function bytesOf(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 9) * 7 + seed) & 0xff;
  return bytes;
}

describe("CIDs that the SDK computes", () => {
  it("are those of the storage, whatever the length", async () => {
    const length = fc.oneof(fc.nat(300), fc.nat(3 * CHUNK_BYTES), fc.constantFrom(CHUNK_BYTES, CHUNK_BYTES + 1));
    await fc.assert(
      fc.asyncProperty(length, fc.nat(255), async (bytes, seed) => {
        const file = bytesOf(bytes, seed);
        expect(await cidOf(file)).to.equal((await cidOfFile(file)).toString());
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("are those of the storage for a file two levels deep", async () => {
    const file = bytesOf(MAX_CHILDREN * CHUNK_BYTES + 1, 3);
    expect(await cidOf(file)).to.equal((await cidOfFile(file)).toString());
  });

  it("are under which the licences' texts are stored", async () => {
    for (const { text, uri } of Object.values(LICENCES)) {
      expect(uri).to.equal(`ipfs://${await cidOfFile(new TextEncoder().encode(text))}`);
    }
  });
});
