/** The search over HTTP: it follows the chain, reorganisations too, texts as gateways give them, names as the relayer does. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { meterDomain, meterTypes, payeeOf, type Receipt } from "@stelai/sdk";
import { expect } from "chai";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { create } from "multiformats/hashes/digest";
import { type Address, type Hex, keccak256, maxUint256, toHex, zeroAddress, zeroHash } from "viem";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { startIndexer, type TestIndexer } from "./indexer.ts";
import { creditTraffic } from "./traffic.ts";
import { type World, worldOf } from "./world.ts";

type Found = {
  total: number;
  results: {
    workId: string;
    title: string | null;
    creator: { name: string | null };
    from: string | null;
    sold: number;
  }[];
  facets: { tier: Record<string, number>; creator: { address: string; name: string | null; count: number }[] };
};

const CREDIT = 1_000_000n;
const NO_PROOF = {
  receipt: {
    ...{ operator: zeroAddress, tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0 },
    ...{ termsVersion: 0, milliunits: 0, quality: 0, amount: 0, fee: 0, servedAt: 0n, previous: zeroHash },
  },
  signature: "0x",
} as const;

type SignedProof = {
  receipt: Omit<Receipt, "characterId" | "termsVersion" | "milliunits" | "amount" | "fee"> & Small;
  signature: Hex;
};
type Small = Record<"characterId" | "termsVersion" | "milliunits" | "amount" | "fee", number>;
/** `of`: the title of the work whose file it is. */
type Given = {
  who?: World["bob"];
  of?: string;
  metadataURI?: string;
  attestor?: Address;
  price?: bigint;
  proof?: SignedProof;
};
type Work = {
  work: Found["results"][number] & { isProven: boolean; fetched: string; metadataURI: string };
  offers: { price: string; isKnownAttestor: boolean }[];
};

const cidOf = (text: string) =>
  CID.createV1(raw.code, create(0x12, createHash("sha256").update(text).digest())).toString();

/** What a tool writes down of what it made. */
function provenanceOf({
  receipt: { characterId, termsVersion, milliunits, amount, fee, ...receipt },
  signature,
}: SignedProof) {
  return {
    ...{ version: 1, generation: "made", operator: receipt.operator, chainId: 31_337, termsVersion: "1" },
    ...{
      characterId: String(characterId),
      promptHash: zeroHash,
      contentHash: receipt.response,
      mediaType: "image/png",
    },
    ...{ bytes: 1, modality: "Image", quality: "Standard", seed: 7, engine: { name: "e", label: "E" }, madeAt: 1 },
    receipt: {
      signature,
      receipt: {
        ...receipt,
        ...{ characterId: String(characterId), termsVersion: String(termsVersion), milliunits: String(milliunits) },
        ...{ amount: String(amount), fee: String(fee) },
      },
    },
  };
}

describe("The search over HTTP", () => {
  let chain: TestChain;
  let w: World;
  let indexer: TestIndexer;
  let server: Server;
  let besideUrl: string;
  const files = new Map<string, string>();

  const read = async <Body>(path: string) => (await (await fetch(`${indexer.url}${path}`)).json()) as Body;
  const search = (query: string) => read<Found>(`/search/works?${query}`);
  /** Asks until the answer is as wished: texts come beside the index. */
  const untilFound = async (query: string, isGood: (found: Found) => boolean) => {
    for (let found = await search(query); ; found = await search(query)) if (isGood(found)) return found;
  };

  /** A work, Bob's if nobody's else, with one offer of 5 credits and one that is exclusive. */
  async function createWork(title: string, given: Given = {}): Promise<bigint> {
    const { who = w.bob, of = title, attestor = w.operator.address, price = 5n * CREDIT, proof = NO_PROOF } = given;
    const contentHash = keccak256(toHex(of));
    const provenance = given.proof ? provenanceOf(given.proof) : null;
    const metadata = JSON.stringify(
      {
        ...{ version: 1, kind: "work", title, description: "", tags: ["sea"], modality: "Image", provenance },
        file: { mediaType: "image/png", bytes: 1, contentHash, cid: cidOf("file"), publicCid: null },
        preview: { uri: `ipfs://${cidOf("preview")}`, mediaType: "image/webp" },
      },
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    files.set(`/ipfs/${cidOf(metadata)}`, metadata);
    const terms = { supply: 0, duration: 0, attestor, termsHash: keccak256(toHex("terms")) };
    const metadataURI = given.metadataURI ?? `ipfs://${cidOf(metadata)}`;
    const work = {
      ...{ modality: 1, metadataURI, contentHash, royaltyBps: 0, allowsDerivatives: true },
      ...{
        derivativeBps: 0,
        maxParentsBps: 0,
        parents: [],
        shares: [{ recipient: payeeOf(who.address), bps: 10_000 }],
      },
    };
    const offers = [
      { ...terms, tier: 0, price },
      { ...terms, tier: 2, price: 500n * CREDIT, supply: 1 },
    ];
    const args = [work, proof, offers] as const;
    await w.mined(who.wallet.writeContract({ ...w.contracts.Works, functionName: "create", args }));
    await indexer.caughtUp();
    return w.publicClient.readContract({ ...w.contracts.Works, functionName: "workCount" });
  }

  /** The word of `operator` that a file was generated on a new tab of Bob's with it. */
  async function signedBy(operator: World["bob"], characterId: number, title: string): Promise<SignedProof> {
    const { InferenceMeter } = w.contracts;
    const opening = { operator: operator.address, sessionKey: w.bob.address, cap: 1_000_000 };
    const args = [{ ...opening, expiry: (await w.now()) + 86_400n }] as const;
    await w.mined(w.bob.wallet.writeContract({ ...InferenceMeter, functionName: "open", args }));
    const tab = { ...InferenceMeter, functionName: "tabCount", args: [operator.address] } as const;
    const made = { sequence: 1n, response: keccak256(toHex(title)), characterId, servedAt: await w.now() };
    const tabId = await w.publicClient.readContract(tab);
    const receipt = { ...NO_PROOF.receipt, ...made, operator: operator.address, tabId };
    const signature = await operator.account.signTypedData({
      domain: meterDomain(chain.deployment.chainId, InferenceMeter.address),
      types: meterTypes,
      primaryType: "Receipt",
      message: receipt,
    });
    return { receipt, signature };
  }

  before(async () => {
    chain = await startChain();
    w = worldOf(chain);
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
      const profile = { address: w.bob.address, name: "Bob the Painter", picture: null };
      if (pathname === "/v1/profiles") return response.end(JSON.stringify({ profiles: [profile] }));
      return response.writeHead(files.has(pathname) ? 200 : 404).end(files.get(pathname));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = Object(server.address()) as { port: number };
    besideUrl = `http://127.0.0.1:${port}`;
    indexer = await startIndexer(chain, { RELAYER_URL: besideUrl, OPERATORS: w.operator.address });
    await indexer.caughtUp();
  });

  after(async () => {
    await indexer?.stop();
    await chain?.stop();
    server?.close();
    server?.closeAllConnections();
  });

  it("finds a work by its words and its creator's name as soon as they are known, and by its price at once", async () => {
    const id = await createWork("Harbour at dawn");
    const at = await search("tier=Personal&max=5000000");
    expect(at.results.map(({ workId, from }) => [workId, from])).to.deep.equal([[String(id), "5000000"]]);
    const { results } = await untilFound("q=harb", ({ total }) => total === 1);
    expect(results[0]).to.include({ workId: String(id), title: "Harbour at dawn" });
    const named = await untilFound("q=painter", ({ total }) => total === 1);
    expect(named.facets.creator).to.deep.equal([
      { address: w.bob.address.toLowerCase(), name: "Bob the Painter", count: 1 },
    ]);
  });

  it("forgets what a reorganisation took back, and finds what came in its place", async () => {
    const before = await chain.request("evm_snapshot");
    await createWork("Whale fall");
    await untilFound("q=whale", ({ total }) => total === 1);
    await chain.request("evm_revert", [before]);
    await createWork("Desert wind");
    await chain.request("evm_mine");
    await indexer.caughtUp();
    await untilFound("q=desert", ({ total }) => total === 1);
    expect((await search("q=whale")).total).to.equal(0);
    expect((await search("")).total).to.equal(2);
  });

  it("leaves out a work whose offers a moderator stopped, and has it again when that is lifted", async () => {
    const suspend = async (suspended: boolean) => {
      const args = [1n, suspended] as const;
      await w.mined(w.deployer.wallet.writeContract({ ...w.contracts.Works, functionName: "setSuspended", args }));
      await indexer.caughtUp();
    };
    await suspend(true);
    await untilFound("q=harbour&any=true", ({ total }) => total === 0);
    await suspend(false);
    await untilFound("q=harbour", ({ total }) => total === 1);
  });

  it("names works that are similar, and those that were paid for lately", async () => {
    const similar = await read<{ works: { workId: string }[] }>("/works/1/similar");
    expect(similar.works.map(({ workId }) => workId)).to.deep.equal(["2"]);
    expect(await read("/trending/works")).to.deep.equal({ works: [] });
    expect(await read("/works/99/similar")).to.deep.equal({ works: [] });
  });

  describe("of what strangers put up", () => {
    it("shows no offer as for sale that names an operator nobody knows, and says so beside it", async () => {
      const { work: original } = await read<Work>("/works/1");
      const { metadataURI } = original;
      const copy = { who: w.carol, of: "Harbour at dawn", metadataURI, attestor: w.carol.address, price: CREDIT };
      const id = await createWork("Harbour at dawn", copy);
      const all = await untilFound("q=harbour&any=true", ({ total }) => total === 2);
      const of = (workId: bigint) => all.results.find((hit) => hit.workId === String(workId));
      expect([of(id)?.from, of(1n)?.from]).to.deep.equal([null, "5000000"]);
      expect((await search("q=harbour")).results.map(({ workId }) => workId)).to.deep.equal(["1"]);
      expect((await search("max=1000000")).total).to.equal(0);
      const { work, offers } = await read<Work>(`/works/${id}`);
      expect(work).to.deep.include({ from: null, tiers: [] });
      expect(offers.map(({ isKnownAttestor }) => isKnownAttestor)).to.deep.equal([false, false]);
      const { offers: known } = await read<Work>("/works/1");
      expect(known.map(({ isKnownAttestor }) => isKnownAttestor)).to.deep.equal([true, true]);
    });

    it("takes another file's words for none", async () => {
      const { work: original } = await read<Work>("/works/1");
      const id = await createWork("Forgery", { who: w.carol, metadataURI: original.metadataURI });
      const { work } = await read<Work>(`/works/${id}`);
      expect(work).to.deep.include({ title: null, preview: null, metadata: null, fetched: "unreadable" });
      const found = (query: string) => search(query).then(({ results }) => results.map(({ workId }) => workId));
      expect(await found(`creator=${w.carol.address}`)).to.deep.equal([]);
      const hidden = await search(`creator=${w.carol.address}&any=true&tier=Exclusive`);
      expect(hidden.results.map(({ workId, title }) => [workId, title])).to.deep.equal([[String(id), null]]);
      const own = await read<{ works: { workId: string; title: null }[] }>(`/accounts/${w.carol.address}/works`);
      expect(own.works.find(({ workId }) => workId === String(id))?.title).to.equal(null);
    });

    it("reads the hundred newest offers of a work, and no more", async () => {
      const id = await createWork("Many offers", { price: CREDIT / 2n });
      const terms = { supply: 0, duration: 0, attestor: w.operator.address, termsHash: keccak256(toHex("terms")) };
      const more = (count: number) => {
        const offers = Array.from({ length: count }, () => ({ ...terms, tier: 1, price: 9n * CREDIT }));
        const args = [id, offers] as const;
        return w.mined(w.bob.wallet.writeContract({ ...w.contracts.Licenses, functionName: "offer", args }));
      };
      await more(50);
      await more(48);
      const from = async () => {
        await indexer.caughtUp();
        const found = await untilFound("q=offers", ({ total }) => total === 1);
        const { works } = await read<{ works: Found["results"] }>(`/accounts/${w.bob.address}/works`);
        const { work, offers } = await read<Work>(`/works/${id}`);
        expect(offers).to.have.length(100);
        return [found.results[0], works[0], work].map((hit) => hit?.from);
      };
      expect(await from()).to.deep.equal(Array(3).fill("500000"));
      await more(1);
      expect(await from()).to.deep.equal(Array(3).fill("9000000"));
    });

    it("calls proved what an operator that is known signed, or where none is, one that the character lists", async () => {
      const { Characters, Stelai, InferenceMeter } = w.contracts;
      await creditTraffic(w);
      const approval = [InferenceMeter.address, maxUint256] as const;
      await w.mined(w.bob.wallet.writeContract({ ...Stelai, functionName: "approve", args: approval }));
      const character = {
        ...{ modality: 1, visibility: 0, payee: payeeOf(w.alice.address), personaHash: zeroHash, shares: [] },
        ...{ metadataURI: "ipfs://card", terms: { lifetime: 0, monthly: 0, annual: 0, perInference: 1, perUnit: 1 } },
        operators: [w.operator.address],
      };
      await w.mined(w.alice.wallet.writeContract({ ...Characters, functionName: "create", args: [character] }));
      const made = await createWork("Made", { proof: await signedBy(w.operator, 1, "Made") });
      const claimed = await createWork("Claimed", { proof: await signedBy(w.bob, 1, "Claimed") });
      const elsewhere = await createWork("Elsewhere", { proof: await signedBy(w.operator, 2, "Elsewhere") });
      const hidden = await createWork("Hidden", {
        ...{ proof: await signedBy(w.operator, 1, "Hidden"), metadataURI: "ipfs://none" },
      });
      const provenAt = async (url: string, id: bigint) => {
        for (;;) {
          const { work } = (await (await fetch(`${url}/works/${id}`)).json()) as Work;
          if (work.fetched !== "waiting") return work.isProven;
        }
      };
      const each = (url: string) => Promise.all([made, claimed, elsewhere, hidden].map((id) => provenAt(url, id)));
      expect(await each(indexer.url)).to.deep.equal([true, false, true, false]);
      const { results } = await untilFound("q=made", ({ total }) => total === 1);
      expect(results[0]).to.include({ isProven: true });

      const trusting = await startIndexer(chain, { RELAYER_URL: besideUrl });
      try {
        await trusting.caughtUp();
        expect(await each(trusting.url)).to.deep.equal([true, false, false, false]);
        const { offers } = (await (await fetch(`${trusting.url}/works/3`)).json()) as Work;
        expect(offers.map(({ isKnownAttestor }) => isKnownAttestor)).to.deep.equal([true, true]);
      } finally {
        await trusting.stop();
      }
    });
  });

  it("refuses what cannot be meant, by its name", async () => {
    for (const [query, param] of [
      ["modality=Chat", "modality"],
      ["tier=Free", "tier"],
      ["licence=Both", "licence"],
      ["rating=5", "rating"],
      ["min=-1", "min"],
      ["max=1e9", "max"],
      ["creator=bob", "creator"],
      ["resale=yes", "resale"],
      ["sort=best", "sort"],
      ["limit=101", "limit"],
      ["offset=-1", "offset"],
      [`${"tag=a&".repeat(20)}tag=b&${Array.from({ length: 21 }, (_, each) => `tag=${each}`).join("&")}`, "tag"],
    ] as const) {
      const response = await fetch(`${indexer.url}/search/works?${query}`);
      expect(response.status, query).to.equal(400);
      expect(((await response.json()) as { error: { param: string } }).error.param).to.equal(param);
    }
    const hostile = encodeURIComponent("'; DROP TABLE work; -- \0 <script>");
    expect((await fetch(`${indexer.url}/search/works?q=${hostile}`)).status).to.equal(200);
    expect((await fetch(`${indexer.url}/search/characters?q=${hostile}&free=true&pass=true`)).status).to.equal(200);
  });
});
