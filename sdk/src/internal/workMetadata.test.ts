import { expect } from "chai";
import { workMetadataSchema } from "../wireMarket.ts";
import { readWorkMetadata } from "./workMetadata.ts";

const HASH = `0x${"ab".repeat(32)}`;
const ADDRESS = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

const receipt = {
  ...{ operator: ADDRESS, tabId: "7", sequence: "1", request: HASH, response: HASH, characterId: "3" },
  ...{ termsVersion: "1", milliunits: "1000", quality: 1, amount: "90000", fee: "10", servedAt: "1790000000" },
  previous: HASH,
};
const provenance = {
  ...{ version: 1, generation: "gen_1", operator: ADDRESS, chainId: 31_337, characterId: "3", termsVersion: "1" },
  ...{ promptHash: HASH, contentHash: HASH, mediaType: "image/png", bytes: 9, modality: "Image", quality: "Standard" },
  ...{ seed: 4, engine: { name: "painter", label: "Painter" }, madeAt: 1_790_000_000 },
  receipt: { receipt, signature: `0x${"cd".repeat(65)}` },
};
const file = {
  ...{ mediaType: "image/png", bytes: 9, width: 3, height: 4, contentHash: HASH, cid: CID, peaks: [0, 100] },
  ...{ seconds: 1.5, sampleRate: 44_100, channels: 2 },
};
const preview = { uri: `ipfs://${CID}`, mediaType: "image/webp", width: 3, height: 4 };
const whole = {
  ...{ version: 1, kind: "work", title: " Harbour at dawn ", description: "Boats.\n\tFog.", tags: ["Sea", "dawn"] },
  ...{ modality: "Image", file, preview, poster: { ...preview }, provenance },
};

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const read = (value: unknown) => readWorkMetadata(bytesOf(value));

/** `whole` with what stands at a path replaced; undefined takes it away. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(whole) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

describe("A work's metadata, read without the schema library", () => {
  it("is what the schema makes of it, with everything in it and with nothing that may be absent", () => {
    const bare = changed("file", {
      mediaType: "audio/ogg",
      bytes: 9,
      contentHash: HASH.toUpperCase().replace("X", "x"),
      cid: CID,
    });
    for (const value of [
      whole,
      bare,
      changed("description", undefined),
      changed("tags", undefined),
      changed("poster", undefined),
      changed("provenance", null),
      changed("provenance.receipt", null),
      changed("preview.width", undefined),
      changed("added", "later"),
    ]) {
      expect(read(value)).to.deep.equal(workMetadataSchema.parse(JSON.parse(JSON.stringify(value))));
    }
  });

  it("is refused wherever the schema refuses it", () => {
    const wrong: Record<string, readonly unknown[]> = {
      ...{ version: [2], kind: ["card"], modality: ["Chat"] },
      title: [" ", "x".repeat(121), 7, undefined],
      description: ["x".repeat(4_001), null],
      tags: ["sea", Array(13).fill("sea"), ["<b>"], ["x".repeat(33)]],
      ...{ file: [null], "file.bytes": ["9"], "file.contentHash": ["0x12"], "file.mediaType": ["text/html"] },
      ...{ "file.peaks": [[101], Array(513).fill(1)], "file.seconds": ["1"], "file.cid": [1] },
      ...{ preview: [undefined], "preview.mediaType": [undefined, "x".repeat(41)], "preview.width": [1.5] },
      "preview.uri": ["https://evil.example/x", undefined],
      ...{ poster: [{}], "poster.uri": ["http://evil.example"] },
      ...{ provenance: [undefined, "mine"], "provenance.operator": ["0x12"] },
      "provenance.characterId": [3, String(2n ** 48n)],
      ...{ "provenance.receipt.signature": ["0x12"], "provenance.receipt.receipt.quality": [256] },
      ...{ "provenance.receipt.receipt.amount": ["-1"], "provenance.receipt.receipt.previous": [null] },
    };
    const cases = Object.entries(wrong).flatMap(([path, values]) => values.map((value) => [path, value] as const));
    for (const [path, value] of cases) {
      const metadata = changed(path, value);
      const what = `${path}: ${JSON.stringify(value)}`;
      expect(workMetadataSchema.safeParse(JSON.parse(JSON.stringify(metadata))).success, what).to.equal(false);
      expect(() => read(metadata), what).to.throw(TypeError, path.split(".")[0] ?? "");
    }
  });

  it("points at nothing but a file on IPFS, and shows nothing that could hold a script", () => {
    for (const uri of ["ipfs://", "ipfs://../x", `ipfs://${CID}/x.svg`, `ipfs://${CID}?x`, "ipfs://evil.example"]) {
      expect(() => read(changed("preview.uri", uri)), uri).to.throw(TypeError, "preview.uri");
    }
    for (const mediaType of ["image/svg+xml", "text/html", "application/pdf"]) {
      expect(() => read(changed("preview.mediaType", mediaType)), mediaType).to.throw(TypeError, "preview.mediaType");
    }
  });

  it("loses what turns, hides or breaks its words, before their length is looked at", () => {
    const { title, description, tags } = read({
      ...whole,
      title: "Har\u202Ebour\u0000 \n at\u200B dawn",
      description: `\u2066line\r\n\ttab\u2069${"\uFEFF".repeat(5_000)}\uD800`,
      tags: ["s\u200Fea"],
    });
    expect({ title, description, tags }).to.deep.equal({
      ...{ title: "Harbour at dawn", description: "line\n\ttab\uFFFD", tags: ["sea"] },
    });
    expect(() => read(changed("title", "\u200B\u202E"))).to.throw(TypeError, "title");
  });

  it("says what is wrong where, and that it is no JSON at all", () => {
    expect(() => read(changed("provenance.receipt.receipt.fee", 1))).to.throw("provenance.receipt.receipt.fee");
    expect(() => readWorkMetadata(Uint8Array.of(0xff, 0xfe))).to.throw("no JSON");
    for (const value of [null, [], "work", 1]) expect(() => read(value)).to.throw(TypeError);
  });
});
