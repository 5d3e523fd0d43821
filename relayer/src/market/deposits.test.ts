import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Deposit, depositSchema, errorSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256, type PrivateKeyAccount } from "viem";
import { gated, modalityNumber, pictureOf, pngOf, queueFree, TestProvider } from "../../test/generations.ts";
import { createWork, encrypted } from "../../test/market.ts";
import { flac, mp3, ogg, picture, tone, video, withNoise } from "../../test/media.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import {
  type ContentStore,
  ContentStoreError,
  ContentStoreFullError,
  cidOfUri,
  openContentStore,
  parseCid,
} from "../content/index.ts";
import { mediaTypeOf } from "../content/media.ts";
import { decryptFile } from "../generations/files.ts";
import { probe } from "../media/probe.ts";

const LIMIT = 200_000;

describe("Deposits", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let content: FaultyStore;
  let folder: string;
  let tool: bigint;
  let people = 0;

  before(async () => {
    world = await startWorld();
    folder = mkdtempSync(join(tmpdir(), "stelai-deposits-"));
    content = new FaultyStore(await openContentStore({ dataDir: folder }));
    provider = new TestProvider();
    relayer = await serveRelayer(
      world,
      {
        ...{ RATE_WRITES_PER_MINUTE: "1000", RATE_FREE_PER_MINUTE: "1000", GENERATION_ATTEMPTS: "1" },
        ...{ MEDIA_BYTES_LIMIT: String(LIMIT), DEPOSITS_PER_DAY: "6", BODY_LIMIT: "2048" },
      },
      { media: { Image: provider }, content },
    );
    tool = await world.publish({}, { modality: modalityNumber("Image") });
    await relayer.watcher.look();
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    content.fault = undefined;
    provider.behave = async (request) => pictureOf(request);
  });

  async function newcomer() {
    people += 1;
    const account = world.account(people);
    return { account, headers: await signInAt(relayer, account) };
  }

  const send = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>, query = "") =>
    fetch(`${relayer.url}/v1/deposits${query}`, { method: "POST", headers, body });
  const sendFile = (headers: Record<string, string>, bytes: Uint8Array, query = "") => {
    const file = encrypted(bytes);
    return send({ ...headers, ...file.headers }, file.body, query);
  };
  const read = async (response: Response): Promise<Deposit> => {
    expect(response.status, await response.clone().text()).to.equal(200);
    return depositSchema.parse(await response.json());
  };
  const errorOf = async (response: Response) => ({
    status: response.status,
    ...errorSchema.parse(await response.json()).error,
  });
  const stored = async (uri: string) => {
    const response = await fetch(`${relayer.url}/ipfs/${uri.replace("ipfs://", "")}`);
    expect(response.status).to.equal(200);
    return new Uint8Array(await response.arrayBuffer());
  };

  async function made(account: PrivateKeyAccount, prompt = "A pine") {
    const { generations } = relayer.services;
    const row = await queueFree(relayer.services, tool, account.address.toLowerCase(), {
      ...{ prompt, account: account.address, settings: { seed: people } },
    });
    return generations.wait(row.id, 60_000, new AbortController().signal);
  }

  describe("of generations", () => {
    it("keep the file under a key of its own, with where it comes from and a watermarked preview in the clear", async () => {
      const { account, headers } = await newcomer();
      const row = await made(account);
      const deposit = await read(await send(headers, JSON.stringify({ generation: row?.id })));
      expect(deposit.attestor).to.equal(world.operator.address);
      expect(deposit).to.include({ modality: "Image", contentHash: row?.file?.contentHash });
      expect(deposit.file).to.deep.include({ mediaType: "image/png", width: 64, height: 48 });
      expect(deposit.file.cid).to.not.equal(row?.file?.cid);
      expect(deposit.provenance).to.include({ generation: row?.id, contentHash: deposit.contentHash });
      const preview = await stored(deposit.preview.uri);
      expect(mediaTypeOf(preview)).to.equal("image/webp");
      expect(deposit.preview).to.include({ mediaType: "image/webp", width: 32, height: 24 });

      const { key } = await relayer.services.market.deposits.keyFor(deposit.contentHash, account.address);
      const opened = decryptFile(key, await stored(deposit.file.cid));
      expect(keccak256(opened)).to.equal(deposit.contentHash);
    });

    it("are the same deposit when asked again, also at the same time, and outlive the generation", async () => {
      const { account, headers } = await newcomer();
      const row = await made(account);
      const body = JSON.stringify({ generation: row?.id });
      const [one, two] = await Promise.all([send(headers, body), send(headers, body)]);
      const deposit = await read(one);
      expect(await read(two)).to.deep.equal(deposit);
      await relayer.services.generations.remove(row?.id ?? "");
      expect(await read(await fetch(`${relayer.url}/v1/deposits/${deposit.contentHash}`, { headers }))).to.deep.equal(
        deposit,
      );
      expect(await relayer.services.market.deposits.verify(deposit.contentHash, account.address)).to.equal("ok");
    });

    it("are refused of another account's, of one that is not finished, and of none", async () => {
      const [owner, other] = [await newcomer(), await newcomer()];
      const row = await made(owner.account);
      const theirs = await errorOf(await send(other.headers, JSON.stringify({ generation: row?.id })));
      expect(theirs).to.include({ status: 404, code: "generation_not_found" });
      const none = await errorOf(await send(owner.headers, JSON.stringify({ generation: "gen_none" })));
      expect(none).to.include({ status: 404, code: "generation_not_found" });

      const gate = gated();
      provider.behave = gate.behave;
      const begun = await queueFree(relayer.services, tool, owner.account.address.toLowerCase(), {
        account: owner.account.address,
      });
      const early = await errorOf(await send(owner.headers, JSON.stringify({ generation: begun.id })));
      expect(early).to.include({ status: 409, code: "generation_not_finished" });
      gate.open();
      await relayer.services.generations.wait(begun.id, 60_000, new AbortController().signal);
    });

    it("answer 503 when the storage is out of reach, and are made once it is back", async () => {
      const { account, headers } = await newcomer();
      const row = await made(account, "An elm");
      const body = JSON.stringify({ generation: row?.id });
      content.fault = new ContentStoreError("out of reach");
      expect(await errorOf(await send(headers, body))).to.include({ status: 503, code: "unavailable" });
      content.fault = undefined;
      const { contentHash } = await read(await send(headers, body));
      content.fault = new ContentStoreError("out of reach");
      const verified = relayer.services.market.deposits.verify(contentHash, account.address);
      expect(await verified.catch((error: { code: string }) => error.code)).to.equal("unavailable");
    });
  });

  describe("of files that are brought along", () => {
    it("take pictures, videos and sounds by their bytes, and show only a part of each", async () => {
      const files = {
        Image: [await picture("jpeg", 800, 600), ""],
        Video: [await video(64, 64, 2), ""],
        Music: [tone(3), ""],
        Voice: [mp3(Array.from({ length: 60 }, () => 120)), "?modality=Voice"],
      } as const;
      for (const [modality, [bytes, query]] of Object.entries(files)) {
        const { account, headers } = await newcomer();
        const deposit = await read(await sendFile(headers, bytes, query));
        expect(deposit).to.include({ modality, provenance: null, contentHash: keccak256(bytes) });
        expect(deposit.poster?.mediaType).to.equal(modality === "Video" ? "image/webp" : undefined);
        const preview = await stored(deposit.preview.uri);
        expect(keccak256(preview), modality).to.not.equal(deposit.contentHash);
        const shown = await probe(preview, deposit.modality === "Image" ? "Image" : deposit.modality);
        if (modality === "Image") expect(Math.max(shown.width ?? 0, shown.height ?? 0)).to.equal(400);
        else expect(shown.seconds).to.be.within(0.1, 0.4 * (deposit.file.seconds ?? 0));
        const opened = await relayer.services.market.deposits.open(deposit.contentHash, account.address);
        expect(Buffer.compare(opened, bytes)).to.equal(0);
      }
      for (const bytes of [flac(20), await ogg(60)]) {
        const { preview, file } = await read(await sendFile((await newcomer()).headers, bytes));
        const { seconds = 0 } = await probe(await stored(preview.uri), "Music");
        expect(seconds).to.be.within(0.2 * (file.seconds ?? 0), 0.334 * (file.seconds ?? 0));
      }
    });

    it("show a film small, with a still of it; and one that nothing decodes as a card, never as it is", async () => {
      const film = await video(128, 96, 2);
      const { preview, poster } = await read(await sendFile((await newcomer()).headers, film));
      expect(preview).to.include({ mediaType: "video/mp4", width: 64, height: 48 });
      expect(poster).to.include({ mediaType: "image/webp", width: 64, height: 48 });
      const broken = withNoise(film);
      const { account, headers } = await newcomer();
      const deposit = await read(await sendFile(headers, broken));
      expect(deposit.preview).to.include({ mediaType: "image/webp", width: 360, height: 270 });
      expect(deposit.poster).to.equal(undefined);
      expect(await probe(await stored(deposit.preview.uri), "Image")).to.include({ width: 360, height: 270 });
      const opened = await relayer.services.market.deposits.open(deposit.contentHash, account.address);
      expect(Buffer.compare(opened, broken)).to.equal(0);
    });

    it("store nothing that the sender chose: they are encrypted anew, so that they can be forgotten", async () => {
      const { account, headers } = await newcomer();
      const bytes = pngOf(9, 9);
      const sent = Buffer.alloc(32, 5);
      const file = encrypted(bytes, sent);
      const deposit = await read(await send({ ...headers, ...file.headers }, file.body));
      const ciphertext = await stored(deposit.file.cid);
      const { key } = await relayer.services.market.deposits.keyFor(deposit.contentHash, account.address);
      expect(Buffer.compare(key, sent)).to.not.equal(0);
      expect(() => decryptFile(sent, ciphertext)).to.throw();
      expect(Buffer.compare(decryptFile(key, ciphertext), bytes)).to.equal(0);
    });

    it("are each depositor's own, and one's own again however often", async () => {
      const [one, two] = [await newcomer(), await newcomer()];
      const bytes = pngOf(10, 9);
      const first = await read(await sendFile(one.headers, bytes));
      expect(await read(await sendFile(one.headers, bytes))).to.deep.equal(first);
      const missing = await fetch(`${relayer.url}/v1/deposits/${first.contentHash}`, { headers: two.headers });
      expect(await errorOf(missing)).to.include({ status: 404, code: "not_deposited" });
      const second = await read(await sendFile(two.headers, bytes));
      expect(second.file.cid).to.not.equal(first.file.cid);
    });

    it("learn where they come from when the generation is deposited too", async () => {
      const { account, headers } = await newcomer();
      const row = await made(account, "An oak");
      if (row === undefined) throw new Error("nothing was made");
      const { bytes } = await relayer.services.generations.open(row, "file");
      const brought = await read(await sendFile(headers, bytes));
      const deposit = await read(await send(headers, JSON.stringify({ generation: row.id })));
      expect(deposit).to.deep.equal({ ...brought, provenance: deposit.provenance });
      expect(deposit.provenance?.generation).to.equal(row.id);
    });

    it("are refused when hash, key, type or length are not what they say, and nothing is kept", async () => {
      const { account, headers } = await newcomer();
      const bytes = pngOf(30, 30);
      const file = encrypted(bytes);
      const other = encrypted(pngOf(31, 30));
      const whole = { ...headers, ...file.headers };
      // An account has six tries a day here.
      const second = await newcomer();
      const page = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
      const tries: [string, () => Promise<Response>][] = [
        ["hashes to", () => send({ ...whole, "Stelai-Content-Hash": keccak256("0x01") }, file.body)],
        ["cannot be opened", () => send({ ...whole, "Stelai-File-Key": other.headers["Stelai-File-Key"] }, file.body)],
        ["cannot be opened", () => send(whole, file.body.slice(0, -20))],
        ["cannot be opened", () => send(whole, new Uint8Array(5))],
        ["cannot be opened", () => send(whole, new Uint8Array(0))],
        ["no whole file", () => sendFile(second.headers, bytes.slice(0, -20))],
        ["no whole file", () => sendFile(second.headers, tone(1).slice(0, 1_000))],
        ["no file that can be sold", () => sendFile(second.headers, page)],
      ];
      for (const [words, sent] of tries) {
        const error = await errorOf(await sent());
        expect(error, words).to.include({ status: 422, code: "unfit_file" });
        expect(error.message).to.include(words);
      }
      for (const wrong of [{ "Stelai-File-Key": "short" }, { "Stelai-Content-Hash": "0x12" }]) {
        expect(await errorOf(await send({ ...whole, ...wrong }, file.body))).to.include({
          ...{ status: 400, param: Object.keys(wrong)[0] },
        });
      }
      expect(await relayer.services.market.deposits.ofAccount(account.address)).to.deep.equal([]);
    });

    it("count when they turn out unfit, so that looking at them is not free", async () => {
      const { headers } = await newcomer();
      const whole = pngOf(30, 31);
      const { body, headers: said } = encrypted(whole);
      const unfit = [
        () => sendFile(headers, whole.slice(0, -20)),
        () => send({ ...headers, ...said, "Stelai-Content-Hash": keccak256("0x01") }, body),
        () => send({ ...headers, ...said }, body.slice(0, -20)),
      ];
      for (const one of [...unfit, ...unfit]) expect(await errorOf(await one())).to.include({ code: "unfit_file" });
      expect(await errorOf(await sendFile(headers, whole))).to.include({ status: 429, code: "rate_limited" });
    });

    it("are refused above what one may be, above the day's, and without a sign-in", async () => {
      const { headers } = await newcomer();
      const large = await errorOf(await sendFile(headers, new Uint8Array(LIMIT + 1)));
      expect(large).to.include({ status: 413, code: "body_too_large" });
      for (let count = 0; count < 6; count += 1) await read(await sendFile(headers, pngOf(50 + count, 3)));
      const seventh = await sendFile(headers, pngOf(60, 3));
      expect(Number(seventh.headers.get("Retry-After"))).to.be.within(1, 86_400);
      expect(await errorOf(seventh)).to.include({ status: 429, code: "rate_limited" });
      await read(await sendFile(headers, pngOf(50, 3)));
      expect(await errorOf(await sendFile({}, pngOf(9, 9)))).to.include({ status: 401, code: "not_signed_in" });
    });

    it("give a day's count back when the storage fails, and say when it is full", async () => {
      const { headers } = await newcomer();
      content.fault = new ContentStoreFullError("full");
      for (let count = 0; count < 7; count += 1) {
        expect(await errorOf(await sendFile(headers, pngOf(70, 3)))).to.include({ status: 507, code: "storage_full" });
      }
      content.fault = undefined;
      await read(await sendFile(headers, pngOf(70, 3)));
    });
  });

  it("say what is wrong of a file that was lost, and take it anew", async () => {
    const { account, headers } = await newcomer();
    const { deposits } = relayer.services.market;
    const bytes = pngOf(80, 3);
    const lost = await read(await sendFile(headers, bytes));
    await content.remove(parseCid(lost.file.cid) ?? expect.fail());
    const verdict = await deposits.verify(lost.contentHash, account.address);
    expect(verdict).to.deep.equal({ problem: "The deposited file is not in this operator's storage any more." });
    const found = await read(await sendFile(headers, bytes));
    expect(found.file.cid).to.not.equal(lost.file.cid);
    expect(await deposits.verify(lost.contentHash, account.address)).to.equal("ok");
    const nobody = world.account(9_999).address;
    expect(await deposits.verify(lost.contentHash, nobody))
      .to.have.property("problem")
      .that.includes("not deposited");
  });

  it("are exported, and deleting the account forgets those that no work needs", async () => {
    const { account, headers } = await newcomer();
    await world.give(account, 1n);
    const row = await made(account, "A lime");
    const unneeded = await read(await send(headers, JSON.stringify({ generation: row?.id })));
    const sold = await read(await sendFile(headers, pngOf(90, 3)));
    await createWork(world, account, sold.contentHash);
    const exported = await (await fetch(`${relayer.url}/v1/account/export`, { headers })).json();
    const listed = (exported as { deposits: { contentHash: string }[] }).deposits;
    expect(listed.map(({ contentHash }) => contentHash)).to.have.members([unneeded.contentHash, sold.contentHash]);
    expect(JSON.stringify(listed)).to.not.include("ciphertext");

    const deleted = await fetch(`${relayer.url}/v1/account`, { method: "DELETE", headers });
    expect(deleted.status).to.equal(204);
    const { deposits } = relayer.services.market;
    expect(await deposits.find(unneeded.contentHash, account.address)).to.equal(undefined);
    expect(await content.has(parseCid(unneeded.file.cid) ?? expect.fail())).to.equal(false);
    expect(await deposits.verify(sold.contentHash, account.address)).to.equal("ok");
    expect(await content.has(cidOfUri(sold.preview.uri) ?? expect.fail())).to.equal(true);
  });
});

/** A storage that fails when a test says so. */
class FaultyStore implements ContentStore {
  fault: Error | undefined;
  readonly #store: ContentStore;

  constructor(store: ContentStore) {
    this.#store = store;
  }

  async add(bytes: Uint8Array) {
    if (this.fault !== undefined) throw this.fault;
    return this.#store.add(bytes);
  }

  async get(cid: Parameters<ContentStore["get"]>[0]) {
    if (this.fault !== undefined) throw this.fault;
    return this.#store.get(cid);
  }

  has(cid: Parameters<ContentStore["has"]>[0]) {
    return this.#store.has(cid);
  }

  remove(cid: Parameters<ContentStore["remove"]>[0]) {
    return this.#store.remove(cid);
  }

  close() {
    return this.#store.close();
  }
}
