import { webcrypto } from "node:crypto";
import { expect } from "chai";
import { keccak256 } from "viem";
import { failure } from "../../../test/failure.ts";
import { keep, startKeeper, withOrder, withWork } from "../../../test/market.ts";
import { stelaiOf } from "../../../test/world.ts";
import {
  ContentUnavailableError,
  cidOf,
  DamagedContentError,
  NotLicensedError,
  UnreadableMetadataError,
  WrongContentError,
  WrongKeyError,
} from "../../index.ts";

type Keeper = Awaited<ReturnType<typeof startKeeper>>;

describe("A licensed file", () => {
  let keeper: Keeper;
  let gateway: Keeper;
  before(async () => {
    [keeper, gateway] = [await startKeeper(), await startKeeper()];
  });
  after(() => Promise.all([keeper.stop(), gateway.stop()]));

  const damaged = (bytes: Uint8Array) => bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte));

  it("is opened with the operator's key and is the work that the chain names", async () => {
    const { holder, licenceId, workId, file } = await withOrder();
    keeper.serve(await keep(file, { workId, licenceId }));
    const stelai = await stelaiOf(holder, { relayerUrl: keeper.url });
    const opened = await stelai.market.openFile({ licenceId });
    expect(opened).to.deep.equal({ bytes: file, mediaType: "image/png", contentHash: keccak256(file) });
    const key = await stelai.market.getContentKey({ licenceId });
    expect(key).to.include({ workId, licenceId });
  });

  it("is opened by the owner of the work as well", async () => {
    const { creator, workId, file } = await withWork();
    keeper.serve(await keep(file, { workId, licenceId: null }));
    const stelai = await stelaiOf(creator, { relayerUrl: keeper.url });
    expect((await stelai.market.openFile({ workId })).bytes).to.deep.equal(file);
  });

  it("comes from the next gateway when one lies, is silent, sends without end or has nothing", async () => {
    const { holder, licenceId, workId, file } = await withOrder();
    const kept = await keep(file, { workId, licenceId });
    const stelai = await stelaiOf(holder, { relayerUrl: keeper.url });
    gateway.serve(kept);
    for (const sent of [damaged(kept.stored), kept.stored.slice(1), "silent", "endless", null] as const) {
      keeper.serve(kept, sent);
      const gateways = [keeper.url, "http://127.0.0.1:1", gateway.url];
      const { bytes } = await stelai.market.openFile({ licenceId, gateways, patience: 300 });
      expect(bytes).to.deep.equal(file);
    }
  });

  it("says that the bytes are damaged, that the key is wrong, that it is another file, or that nobody has it", async () => {
    const { holder, licenceId, workId, file } = await withOrder();
    const stelai = await stelaiOf(holder, { relayerUrl: keeper.url });
    const open = () => failure(stelai.market.openFile({ licenceId, patience: 300 }));
    const kept = await keep(file, { workId, licenceId });
    keeper.serve(kept, null);
    expect(await open()).to.be.instanceOf(ContentUnavailableError);
    keeper.serve(kept, damaged(kept.stored));
    expect(await open()).to.be.instanceOf(DamagedContentError);
    keeper.serve({ ...kept, key: new Uint8Array(32) }, kept.stored);
    expect(await open()).to.be.instanceOf(WrongKeyError);
    // The operator's own word for the hash does not count: the chain's does.
    const other = await keep(new Uint8Array(file.length), { workId, licenceId });
    keeper.serve(other);
    const wrong = await open();
    expect(wrong).to.be.instanceOf(WrongContentError);
    expect(wrong).to.include({ expected: keccak256(file), found: keccak256(new Uint8Array(file.length)) });
  });

  it("is not opened by whom the chain does not confirm", async () => {
    const { holder } = await withOrder();
    const stelai = await stelaiOf(holder, { relayerUrl: keeper.url });
    const { licenceId } = await withOrder();
    const refused = await failure(stelai.market.openFile({ licenceId }));
    expect(refused).to.be.instanceOf(NotLicensedError).with.property("licenceStatus", "Disputed");
  });

  it("stops when it is told to", async () => {
    const { holder, licenceId, workId, file } = await withOrder();
    keeper.serve(await keep(file, { workId, licenceId }), "silent");
    const stelai = await stelaiOf(holder, { relayerUrl: keeper.url });
    const { signal } = { signal: AbortSignal.abort() };
    expect(await failure(stelai.market.openFile({ licenceId, signal }))).to.have.property("name", "AbortedError");
  });

  it("is deposited encrypted: the operator gets key and hash apart from the bytes, which only that key opens", async () => {
    const stelai = await stelaiOf(undefined, { relayerUrl: keeper.url });
    const file = new TextEncoder().encode("a picture of one's own");
    await stelai.works.depositFile({ bytes: file });
    const { headers, body } = keeper.received.at(-1) ?? { headers: {}, body: new Uint8Array() };
    expect(headers["stelai-content-hash"]).to.equal(keccak256(file));
    const raw = Buffer.from(String(headers["stelai-file-key"]), "base64url");
    const key = await webcrypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const sealed = { name: "AES-GCM", iv: body.slice(0, 12) };
    const opened = new Uint8Array(await webcrypto.subtle.decrypt(sealed, key, body.slice(12)));
    expect(opened).to.deep.equal(file);
    await stelai.works.depositFile({ bytes: file });
    expect(keeper.received.at(-1)?.headers["stelai-file-key"]).to.not.equal(headers["stelai-file-key"]);
    expect(keeper.asked.at(-1)).to.equal("POST /v1/deposits");
    await stelai.works.depositFile({ bytes: file, modality: "Voice" });
    expect(keeper.asked.at(-1)).to.equal("POST /v1/deposits?modality=Voice");
  });
});

describe("A work's metadata", () => {
  let keeper: Keeper;
  before(async () => {
    keeper = await startKeeper();
  });
  after(() => keeper.stop());

  const cid = `b${"a".repeat(58)}`;
  const metadata = {
    ...{ version: 1, kind: "work", title: "Harbour", modality: "Image", provenance: null },
    file: { mediaType: "image/png", bytes: 9, contentHash: `0x${"ab".repeat(32)}`, cid },
    preview: { uri: `ipfs://${cid}`, mediaType: "image/png" },
  };
  const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  it("is what its address names, or is not taken", async () => {
    const stelai = await stelaiOf(undefined, { relayerUrl: keeper.url });
    const bytes = bytesOf(metadata);
    const cid = await cidOf(bytes);
    keeper.put(cid, bytes);
    expect((await stelai.works.fetchMetadata({ metadataURI: `ipfs://${cid}` })).title).to.equal("Harbour");
    keeper.put(cid, bytesOf({ ...metadata, title: "Forged" }));
    const lied = await failure(stelai.works.fetchMetadata({ metadataURI: `ipfs://${cid}` }));
    expect(lied).to.be.instanceOf(ContentUnavailableError);
  });

  it("is refused when it is none, and read from nowhere but IPFS", async () => {
    const stelai = await stelaiOf(undefined, { relayerUrl: keeper.url });
    for (const bytes of [bytesOf({ ...metadata, title: "" }), bytesOf(null), Uint8Array.of(0xff, 0xfe)]) {
      const cid = await cidOf(bytes);
      keeper.put(cid, bytes);
      const refused = await failure(stelai.works.fetchMetadata({ metadataURI: `ipfs://${cid}` }));
      expect(refused).to.be.instanceOf(UnreadableMetadataError);
    }
    const before = keeper.asked.length;
    const turned = await failure(stelai.works.fetchMetadata({ metadataURI: "https://\u202Egpj.evil" }));
    expect(String(turned)).to.include("https://gpj.evil").and.not.include("\u202E");
    const elsewhere = await failure(stelai.works.fetchMetadata({ metadataURI: `${keeper.url}/ipfs/x` }));
    expect(elsewhere).to.be.instanceOf(UnreadableMetadataError);
    expect(keeper.asked).to.have.length(before);
  });
});
