import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CID } from "multiformats/cid";
import { EmbeddedContentStore } from "./embedded.ts";
import { CHUNK_BYTES, cidOfFile } from "./files.ts";
import { KuboContentStore } from "./kubo.ts";
import {
  type ContentStore,
  ContentStoreError,
  ContentStoreFullError,
  cidOfUri,
  parseCid,
  storeError,
  uriOf,
} from "./store.ts";

const SMALL = new TextEncoder().encode("hello world");
const LARGE = new Uint8Array(3 * CHUNK_BYTES + 7).map((_, at) => (at * 13) & 0xff);

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function behavesAsContentStore(open: () => ContentStore): void {
  it("returns what was added, under the CID that Kubo gives it", async () => {
    for (const bytes of [SMALL, LARGE, new Uint8Array()]) {
      const cid = await open().add(bytes);
      expect(cid.equals(await cidOfFile(bytes))).to.equal(true);
      expect(await open().has(cid)).to.equal(true);
      expect(same(await open().get(cid), bytes)).to.equal(true);
    }
  });

  it("returns a file of as many bytes as are taken, and nothing of one that is a byte larger", async () => {
    for (const bytes of [SMALL, LARGE]) {
      const cid = await open().add(bytes);
      expect(same(await open().get(cid, bytes.length), bytes)).to.equal(true);
      expect(await open().get(cid, bytes.length - 1)).to.equal(undefined);
    }
  });

  it("returns nothing for a CID it does not hold", async () => {
    const absent = await cidOfFile(new TextEncoder().encode("never added"));
    expect(await open().has(absent)).to.equal(false);
    expect(await open().get(absent)).to.equal(undefined);
  });
}

describe("EmbeddedContentStore", () => {
  let directory: string;
  let store: EmbeddedContentStore;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "stelai-content-"));
    store = await EmbeddedContentStore.open(directory);
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  behavesAsContentStore(() => store);

  it("keeps content when it is opened again", async () => {
    const cid = await store.add(LARGE);
    await store.close();
    store = await EmbeddedContentStore.open(directory);
    expect(same(await store.get(cid), LARGE)).to.equal(true);
  });

  it("refuses to return a file one of whose blocks was changed on disk", async () => {
    const cid = await store.add(LARGE);
    await damageSmallest(directory);
    expect(await rejection(store.get(cid))).to.be.instanceOf(ContentStoreError);
  });

  it("lets go of every block of a file, and of no other file's", async () => {
    const kept = await store.add(SMALL);
    const cid = await store.add(LARGE);
    await store.remove(cid);
    expect(await store.has(cid)).to.equal(false);
    expect(same(await store.get(kept), SMALL)).to.equal(true);
    const names = await readdir(directory, { recursive: true });
    expect(names.filter((name) => name.endsWith(".data"))).to.have.length(1);
    await store.remove(cid);
  });

  it("keeps a file of the largest size that is made, and its CID", async () => {
    const bytes = Buffer.alloc(67_108_864 + 28, 7);
    const cid = await store.add(bytes);
    expect(same(await store.get(cid), bytes)).to.equal(true);
  });

  it("returns nothing when one block of a file is gone", async () => {
    const cid = await store.add(LARGE);
    const file = await smallest(directory);
    await rm(file);
    expect(await store.get(cid)).to.equal(undefined);
  });
});

describe("KuboContentStore", () => {
  let node: KuboDouble;
  let store: KuboContentStore;

  beforeEach(async () => {
    node = await KuboDouble.start();
    store = new KuboContentStore(node.url);
  });
  afterEach(() => node.stop());

  behavesAsContentStore(() => store);

  it("passes Kubo every parameter that decides on the CID", async () => {
    await store.add(LARGE);
    const query = node.queries.find(({ pathname }) => pathname === "/api/v0/add")?.searchParams;
    expect(query?.get("cid-version")).to.equal("1");
    expect(query?.get("raw-leaves")).to.equal("true");
    expect(query?.get("chunker")).to.equal("size-262144");
    expect(query?.get("max-file-links")).to.equal("174");
    expect(query?.get("pin")).to.equal("true");
  });

  it("reads from the node's own blocks only", async () => {
    await store.get(await store.add(LARGE));
    const reads = node.queries.filter(({ pathname }) => pathname === "/api/v0/block/get");
    expect(reads.length).to.be.greaterThan(1);
    for (const { searchParams } of reads) expect(searchParams.get("offline")).to.equal("true");
  });

  it("reads one block, and no other, of a file larger than is taken", async () => {
    const cid = await store.add(LARGE);
    expect(await store.get(cid, LARGE.length - 1)).to.equal(undefined);
    expect(node.queries.filter(({ pathname }) => pathname === "/api/v0/block/get")).to.have.length(1);
  });

  it("refuses a block that does not hash to its CID", async () => {
    const cid = await store.add(SMALL);
    node.corrupt = true;
    expect(await rejection(store.get(cid))).to.be.instanceOf(ContentStoreError);
  });

  it("refuses an addition that the node filed under another CID", async () => {
    node.answerCid = (await cidOfFile(LARGE)).toString();
    expect(await rejection(store.add(SMALL))).to.be.instanceOf(ContentStoreError);
  });

  it("unpins what it lets go of, and does not mind when it was unpinned before", async () => {
    const cid = await store.add(SMALL);
    await store.remove(cid);
    await store.remove(cid);
    const removals = node.queries.filter(({ pathname }) => pathname === "/api/v0/pin/rm");
    expect(removals.map(({ searchParams }) => searchParams.get("arg"))).to.deep.equal([`${cid}`, `${cid}`]);
  });

  it("says that storage is full when the node's disk is", async () => {
    node.isFull = true;
    expect(await rejection(store.add(SMALL))).to.be.instanceOf(ContentStoreFullError);
  });

  it("says that storage is out of reach when the node is", async () => {
    const cid = await store.add(SMALL);
    await node.stop();
    expect(await rejection(store.get(cid))).to.be.instanceOf(ContentStoreError);
    expect(await rejection(store.add(LARGE))).to.be.instanceOf(ContentStoreError);
  });
});

describe("A storage's failure", () => {
  it("is a full disk by the system's code, however deep, and anything else otherwise", () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect(storeError("", new Error("put", { cause: full }))).to.be.instanceOf(ContentStoreFullError);
    const quota = Object.assign(new Error("write"), { code: "EDQUOT" });
    expect(storeError("", quota)).to.be.instanceOf(ContentStoreFullError);
    const other = Object.assign(new Error("write"), { code: "EACCES" });
    expect(storeError("It is closed.", other)).to.not.be.instanceOf(ContentStoreFullError);
    expect(storeError("It is closed.", other).message).to.equal("It is closed.");
  });
});

describe("CIDs from outside", () => {
  it("accepts UnixFS CIDs with sha2-256 in both versions", async () => {
    expect(parseCid("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e")).to.be.instanceOf(CID);
    expect(parseCid("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o")).to.be.instanceOf(CID);
  });

  it("refuses what is no CID, has another codec or hash, or carries its own bytes", () => {
    const digest = new Uint8Array(32).fill(7);
    const identity = CID.createV1(0x55, { code: 0, size: 32, digest, bytes: Uint8Array.of(0, 32, ...digest) });
    const cbor = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua";
    for (const text of ["", "../../etc/passwd", "Qm", identity.toString(), cbor, "b".repeat(5_000)]) {
      expect(parseCid(text), text).to.equal(undefined);
    }
  });

  it("reads ipfs:// of a single file and nothing else", async () => {
    const cid = await cidOfFile(SMALL);
    expect(cidOfUri(uriOf(cid))?.equals(cid)).to.equal(true);
    expect(cidOfUri(`https://example.com/${cid}`)).to.equal(undefined);
    expect(cidOfUri(`${uriOf(cid)}/portrait.png`)).to.equal(undefined);
  });
});

function same(actual: Uint8Array | undefined, expected: Uint8Array): boolean {
  return actual !== undefined && Buffer.from(actual).equals(expected);
}

async function smallest(directory: string): Promise<string> {
  const names = await readdir(directory, { recursive: true });
  const files: { path: string; size: number }[] = [];
  for (const name of names.filter((name) => name.endsWith(".data"))) {
    const path = join(directory, name);
    files.push({ path, size: (await readFile(path)).length });
  }
  files.sort((a, b) => a.size - b.size);
  const first = files[0];
  if (first === undefined) throw new Error("no block was stored");
  return first.path;
}

async function damageSmallest(directory: string): Promise<void> {
  const path = await smallest(directory);
  const bytes = await readFile(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Speaks the calls of Kubo's RPC that the adapter makes, over HTTP, with a block directory behind it. */
class KuboDouble {
  readonly queries: URL[] = [];
  corrupt = false;
  isFull = false;
  readonly #pinned = new Set<string>();
  answerCid: string | undefined;
  readonly #server: Server;
  readonly #directory: string;

  private constructor(server: Server, directory: string) {
    this.#server = server;
    this.#directory = directory;
  }

  static async start(): Promise<KuboDouble> {
    const directory = await mkdtemp(join(tmpdir(), "stelai-kubo-"));
    const files = await EmbeddedContentStore.open(directory);
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "", double.url);
      double.queries.push(url);
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk);
      const fail = (Message: string) => {
        response.statusCode = 500;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ Message, Code: 0, Type: "error" }));
      };
      if (url.pathname === "/api/v0/add" && double.isFull) {
        fail("write /data/ipfs/blocks/put-1: no space left on device");
        return;
      }
      if (url.pathname === "/api/v0/add") {
        const bytes = part(Buffer.concat(body), request.headers["content-type"] ?? "");
        const cid = double.answerCid ?? (await files.add(bytes)).toString();
        double.#pinned.add(cid);
        response.setHeader("content-type", "application/json");
        response.end(`${JSON.stringify({ Name: cid, Hash: cid, Size: String(bytes.length) })}\n`);
        return;
      }
      const arg = url.searchParams.get("arg") ?? "";
      if (url.pathname === "/api/v0/pin/rm") {
        if (double.#pinned.delete(arg)) response.end(JSON.stringify({ Pins: [arg] }));
        else fail("not pinned or pinned indirectly");
        return;
      }
      const block = await double.#block(arg);
      if (url.pathname !== "/api/v0/block/get" || block === undefined) {
        fail(`block was not found locally (offline): ipld: could not find ${arg}`);
        return;
      }
      response.end(double.corrupt ? Buffer.concat([block, Buffer.of(0)]) : block);
    });
    const double: KuboDouble = new KuboDouble(server, directory);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo | null)?.port ?? 9}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #block(arg: string): Promise<Buffer | undefined> {
    const names = await readdir(this.#directory, { recursive: true });
    const digest = CID.parse(arg).multihash.digest;
    for (const name of names.filter((name) => name.endsWith(".data"))) {
      const bytes = await readFile(join(this.#directory, name));
      if (createHash("sha256").update(bytes).digest().equals(digest)) return bytes;
    }
    return undefined;
  }
}

/** The content of the only part of a multipart body. */
function part(body: Buffer, contentType: string): Uint8Array {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? "";
  const start = body.indexOf("\r\n\r\n") + 4;
  const end = body.lastIndexOf(`\r\n--${boundary}`);
  return new Uint8Array(body.subarray(start, end));
}
