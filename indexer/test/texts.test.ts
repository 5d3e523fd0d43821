/** Texts from gateways that are slow, down or lie, and what is made of hostile ones. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { create } from "multiformats/hashes/digest";
import type { Address } from "viem";
import { MAX_TEXT_BYTES } from "../src/texts/gateway.ts";
import { isOf } from "../src/texts/index.ts";
import { NameStore } from "../src/texts/names.ts";
import { readCard, readMetadata } from "../src/texts/parse.ts";
import { TextStore } from "../src/texts/store.ts";

type Answer = Uint8Array | number | "never" | { to: string };

const DAG_PB = 0x70;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const cidOf = (bytes: Uint8Array, codec: number = raw.code) =>
  CID.createV1(codec, create(0x12, createHash("sha256").update(bytes).digest()));
const uriOf = (bytes: Uint8Array) => `ipfs://${cidOf(bytes)}`;

/** A dag-pb node that holds a whole UnixFS file, by the specifications: `{ Data: { Type: File, Data, filesize } }`. */
function unixFsFile(content: Uint8Array): Uint8Array {
  const data = [0x08, 2, 0x12, content.length, ...content, 0x18, content.length];
  return Uint8Array.from([0x0a, data.length, ...data]);
}

describe("Texts", () => {
  const servers: Server[] = [];
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stelai-texts-"));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** An HTTP server, and what it was asked. */
  async function serverOf(answer: (path: string, turn: number) => Answer | Promise<Answer>) {
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      const path = request.url ?? "";
      asked.push(path);
      const given = await answer(path, asked.length);
      if (given === "never") return;
      if (typeof given === "number") response.writeHead(given).end();
      else if (given instanceof Uint8Array) response.end(given);
      else response.writeHead(302, { Location: given.to }).end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = Object(server.address()) as { port: number };
    return { url: `http://127.0.0.1:${port}`, asked };
  }

  /** A store of plain text, and a wait for the next change of an address. */
  function storeOf(...gateways: string[]) {
    const told: string[] = [];
    let wake = () => {};
    const store = new TextStore<string>({
      ...{ directory: folder, gateways, pause: () => 1 },
      read: (bytes) => new TextDecoder().decode(bytes),
      changed: (uri) => {
        told.push(uri);
        wake();
      },
    });
    const changed = async (uri: string) => {
      store.get(uri);
      while (!told.includes(uri)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return store.get(uri);
    };
    return { store, changed };
  }

  it("are fetched once, and after a restart come from the disk", async () => {
    const text = bytesOf("hello");
    const gateway = await serverOf(() => text);
    const { store, changed } = storeOf(gateway.url);
    expect(store.get(uriOf(text))).to.include({ content: null, state: "waiting" });
    expect(await changed(uriOf(text))).to.include({ content: "hello", state: "fetched" });
    await until(() => readdirSync(folder).includes(cidOf(text).toString()));
    store.close();
    expect(await storeOf(gateway.url).changed(uriOf(text))).to.include({ content: "hello", state: "fetched" });
    expect(gateway.asked).to.deep.equal([`/${cidOf(text)}?format=raw`]);
  });

  it("from a gateway that lies, are refused, and asked of the next", async () => {
    const text = bytesOf("the truth");
    const [liar, honest] = [await serverOf(() => bytesOf("a lie")), await serverOf(() => text)];
    expect(await storeOf(liar.url, honest.url).changed(uriOf(text))).to.include({ content: "the truth" });
    expect([liar.asked.length, honest.asked.length]).to.deep.equal([1, 1]);
  });

  it("from a gateway that sends without end, or elsewhere, are refused", async () => {
    const text = bytesOf("short");
    const elsewhere = await serverOf(() => text);
    const endless = await serverOf(() => new Uint8Array(4 * MAX_TEXT_BYTES));
    const redirecting = await serverOf((path) => ({ to: `${elsewhere.url}${path}` }));
    const { changed } = storeOf(endless.url, redirecting.url);
    expect(await changed(uriOf(text))).to.include({ content: null, state: "unreachable" });
    expect(elsewhere.asked).to.deep.equal([]);
  });

  it("that no gateway has are called unreachable, and are asked for until one has them", async () => {
    const text = bytesOf("late");
    const gateway = await serverOf((_path, turn) => (turn < 8 ? 404 : text));
    const { store, changed } = storeOf(gateway.url);
    expect(await changed(uriOf(text))).to.include({ state: "unreachable" });
    await until(() => store.get(uriOf(text)).state === "fetched");
    expect(gateway.asked.length).to.equal(8);
  });

  it("that nobody has asked for yet go before those that failed", async () => {
    const [one, other, fresh, late] = [bytesOf("one"), bytesOf("other"), bytesOf("fresh"), bytesOf("late")];
    let release = () => {};
    const gateway = await serverOf((path, turn) => {
      for (const text of [fresh, late]) if (path.includes(cidOf(text).toString())) return text;
      // The first retry holds the only place until there is more to do.
      if (turn !== 3) return 404;
      return new Promise((resolve) => {
        release = () => resolve(404);
      });
    });
    const { store, changed } = storeOf(gateway.url);
    const single = new TextStore<string>({
      ...{ directory: folder, gateways: [gateway.url], pause: () => 1, atOnce: 1 },
      ...{ read: (bytes: Uint8Array) => new TextDecoder().decode(bytes), changed: () => {} },
    });
    single.get(uriOf(one));
    single.get(uriOf(other));
    await until(() => gateway.asked.length === 3);
    single.get(uriOf(fresh));
    // Once another store has looked on the same disk and been to the gateway, this one has looked too.
    await changed(uriOf(late));
    store.close();
    release();
    await until(() => single.get(uriOf(fresh)).state === "fetched");
    expect(gateway.asked[4]).to.equal(`/${cidOf(fresh)}?format=raw`);
    single.close();
  });

  it("are fetched while a gateway holds others back for ever", async () => {
    const [stuck, text] = [bytesOf("stuck"), bytesOf("free")];
    const gateway = await serverOf((path) => (path.includes(cidOf(stuck).toString()) ? "never" : text));
    const { store, changed } = storeOf(gateway.url);
    store.get(uriOf(stuck));
    expect(await changed(uriOf(text))).to.include({ content: "free" });
    expect(store.get(uriOf(stuck))).to.include({ state: "waiting" });
    store.close();
  });

  it("in a dag-pb node, are read as the file that it is", async () => {
    const node = unixFsFile(bytesOf("wrapped"));
    const gateway = await serverOf(() => node);
    expect(await storeOf(gateway.url).changed(`ipfs://${cidOf(node, DAG_PB)}`)).to.include({ content: "wrapped" });
  });

  it("that are a folder, or no node at all, are unreadable", async () => {
    const directory = Uint8Array.from([0x0a, 2, 0x08, 1]);
    const nonsense = bytesOf("no node");
    const gateway = await serverOf((path) =>
      path.includes(cidOf(nonsense, DAG_PB).toString()) ? nonsense : directory,
    );
    for (const node of [directory, nonsense]) {
      expect(await storeOf(gateway.url).changed(`ipfs://${cidOf(node, DAG_PB)}`)).to.include({ state: "unreadable" });
    }
  });

  it("at an address that is no file of IPFS, are unreadable, and nobody is asked", async () => {
    const gateway = await serverOf(() => 200);
    const { store } = storeOf(gateway.url);
    // The last one is an identity CID, which carries its own bytes.
    for (const uri of [
      "https://127.0.0.1/",
      "ipfs://",
      "ipfs://../etc/passwd",
      `ipfs://${cidOf(bytesOf("a"))}/b`,
      "ipfs://bafkqaaa",
    ]) {
      expect(store.get(uri), uri).to.include({ content: null, state: "unreadable" });
    }
    expect(gateway.asked).to.deep.equal([]);
  });

  describe("of works", () => {
    const cid = cidOf(bytesOf("file")).toString();
    const metadata = {
      ...{ version: 1, kind: "work", title: "A title", description: "Words.", tags: ["sea"], modality: "Image" },
      file: { mediaType: "image/png", bytes: 1, contentHash: `0x${"ab".repeat(32)}`, cid },
      preview: { uri: `ipfs://${cid}`, mediaType: "image/webp" },
      provenance: null,
    };
    const read = (changes: object) => readMetadata(bytesOf(JSON.stringify({ ...metadata, ...changes })));

    it("keep their words, and lose what makes them look like others", () => {
      const found = read({
        title: "  Up\u202E is\u0000 \n down\u2066\u200B ",
        description: "one\r\ntwo\u0007",
        tags: ["sea", "Sea"],
      });
      expect(found).to.include({ title: "Up is down", description: "one\ntwo" });
      expect(found?.tags).to.deep.equal(["sea"]);
      expect(read({ title: "<script>alert(1)</script>" })?.title).to.equal("<script>alert(1)</script>");
      expect(read({ title: "half \ud800 a pair" })?.title).to.equal("half \uFFFD a pair");
    });

    it("are those of the file and kind that the chain names alone", () => {
      const found = read({});
      if (!found) throw new Error("It is readable.");
      const facts = { contentHash: found.file.contentHash.toUpperCase().replace("X", "x"), modality: found.modality };
      expect(isOf(facts, found)).to.equal(true);
      expect(isOf({ ...facts, contentHash: `0x${"9".repeat(64)}` }, found)).to.equal(false);
      expect(isOf({ ...facts, modality: "Video" }, found)).to.equal(false);
    });

    it("are unreadable with a title that is too long or of nothing, a preview that could run or is not on IPFS", () => {
      for (const changes of [
        { title: "a".repeat(121) },
        { title: "\u202E\u0000" },
        { preview: { uri: `ipfs://${cid}`, mediaType: "image/svg+xml" } },
        { preview: { uri: "https://example.org/track.png", mediaType: "image/png" } },
        { preview: { uri: "ipfs://javascript:alert(1)", mediaType: "image/png" } },
        { modality: "Chat" },
      ]) {
        expect(read(changes), JSON.stringify(changes).slice(0, 60)).to.equal(null);
      }
      for (const text of ["", "{", "null", "[".repeat(60_000), '{"__proto__":{}}']) {
        expect(readMetadata(bytesOf(text)), text.slice(0, 9)).to.equal(null);
      }
      expect(readMetadata(Uint8Array.of(0xff, 0xfe))).to.equal(null);
    });

    it("without a poster that can be shown, have none", () => {
      expect(read({ poster: { uri: `ipfs://${cid}`, mediaType: "text/html" } })).not.to.have.property("poster");
    });
  });

  it("of characters keep an image on IPFS alone, and every tag once", () => {
    const card = { name: "Mo\u202Ena", tags: ["sea", "sea"], image: "https://example.org/track.png" };
    const found = readCard(bytesOf(JSON.stringify(card)));
    expect(found).to.deep.include({ name: "Mona", tags: ["sea"] });
    expect(found).not.to.have.property("image");
  });

  describe("of accounts", () => {
    const account = (digit: string) => `0x${digit.repeat(40)}` as Address;
    const waits = { gather: 1, failed: 1, refresh: 60_000 };

    it("are asked for together, whoever asks, and again after a failure", async () => {
      const profiles = JSON.stringify({ profiles: [{ address: account("A"), name: "Ada\u202E", picture: null }] });
      const relayer = await serverOf((_path, turn) => (turn === 1 ? 503 : bytesOf(profiles)));
      const changed: Address[] = [];
      const names = new NameStore({ relayerUrl: relayer.url, changed: (address) => changed.push(address), waits });
      expect([names.get(account("A")), names.get(account("b"))]).to.deep.equal([null, null]);
      await until(() => changed.length > 0);
      expect([names.get(account("a")), names.get(account("b"))]).to.deep.equal(["Ada", null]);
      expect(changed).to.deep.equal([account("a")]);
      expect(relayer.asked).to.deep.equal(Array(2).fill(`/v1/profiles?addresses=${account("a")},${account("b")}`));
      names.close();
    });

    it("without a relayer are null", () => {
      expect(new NameStore({ relayerUrl: undefined, changed: () => {} }).get(account("a"))).to.equal(null);
    });
  });
});

/** Waits for what another task does. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
