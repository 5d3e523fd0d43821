/** The search over HTTP: it follows the chain, reorganisations too, texts as gateways give them, names as the relayer does. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { payeeOf } from "@stelai/sdk";
import { expect } from "chai";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { create } from "multiformats/hashes/digest";
import { keccak256, toHex, zeroAddress, zeroHash } from "viem";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { startIndexer, type TestIndexer } from "./indexer.ts";
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

describe("The search over HTTP", () => {
  let chain: TestChain;
  let w: World;
  let indexer: TestIndexer;
  let server: Server;
  const files = new Map<string, string>();

  const read = async <Body>(path: string) => (await (await fetch(`${indexer.url}${path}`)).json()) as Body;
  const search = (query: string) => read<Found>(`/search/works?${query}`);
  /** Asks until the answer is as wished: texts come beside the index. */
  const untilFound = async (query: string, isGood: (found: Found) => boolean) => {
    for (let found = await search(query); ; found = await search(query)) if (isGood(found)) return found;
  };

  /** Bob's work with one offer of 5 credits and one that is exclusive. */
  async function createWork(title: string): Promise<bigint> {
    const contentHash = keccak256(toHex(title));
    const cidOf = (text: string) =>
      CID.createV1(raw.code, create(0x12, createHash("sha256").update(text).digest())).toString();
    const metadata = JSON.stringify({
      ...{ version: 1, kind: "work", title, description: "", tags: ["sea"], modality: "Image", provenance: null },
      file: { mediaType: "image/png", bytes: 1, contentHash, cid: cidOf("file"), publicCid: null },
      preview: { uri: `ipfs://${cidOf("preview")}`, mediaType: "image/webp" },
    });
    files.set(`/ipfs/${cidOf(metadata)}`, metadata);
    const terms = { supply: 0, duration: 0, attestor: w.operator.address, termsHash: keccak256(toHex("terms")) };
    const work = {
      ...{ modality: 1, metadataURI: `ipfs://${cidOf(metadata)}`, contentHash, royaltyBps: 0, allowsDerivatives: true },
      ...{
        derivativeBps: 0,
        maxParentsBps: 0,
        parents: [],
        shares: [{ recipient: payeeOf(w.bob.address), bps: 10_000 }],
      },
    };
    const offers = [
      { ...terms, tier: 0, price: 5n * CREDIT },
      { ...terms, tier: 2, price: 500n * CREDIT, supply: 1 },
    ];
    const args = [work, NO_PROOF, offers] as const;
    await w.mined(w.bob.wallet.writeContract({ ...w.contracts.Works, functionName: "create", args }));
    await indexer.caughtUp();
    return w.publicClient.readContract({ ...w.contracts.Works, functionName: "workCount" });
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
    indexer = await startIndexer(chain, { RELAYER_URL: `http://127.0.0.1:${port}` });
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
