import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { getAddress } from "viem";
import { EnvironmentError, readEnvironment } from "../environment.ts";
import { runStart } from "./indexer.ts";

const address = (digit: string) => `0x${digit.repeat(40)}`;
const DEPLOYMENT = {
  chainId: 31337,
  genesisHash: `0x${"ab".repeat(32)}`,
  startBlock: 3,
  contracts: {
    Stelai: address("1"),
    CreditStore: address("2"),
    Payouts: address("3"),
    Characters: address("4"),
    InferenceMeter: address("5"),
    AccessManager: address("6"),
    Reserve: address("7"),
    CharacterAccess: address("8"),
    Reviews: address("9"),
    Works: address("a"),
    Licenses: address("b"),
    Resale: address("c"),
    WorkReviews: address("d"),
    CreditPlans: address("e"),
    Rewards: address("f"),
    OperatorReceivers: `0x${"12".repeat(20)}`,
  },
  finalityBlocks: 2,
};

describe("The indexer's environment", () => {
  let folder: string;
  const deploymentFile = (content: unknown) => {
    const path = join(folder, `deployment-${Math.random()}.json`);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const variables = (overrides: Record<string, string> = {}) => ({
    RPC_URL: "http://127.0.0.1:1",
    CHAIN_ID: "31337",
    DEPLOYMENT: deploymentFile(DEPLOYMENT),
    ...overrides,
  });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stelai-environment-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("with the three that are required, is complete", () => {
    const environment = readEnvironment(variables());
    expect(environment).to.include({ chainId: 31337, startBlock: 3, port: 42069, host: "127.0.0.1", isLocal: true });
    expect(environment.databaseUrl).to.equal(undefined);
    expect(environment.schema).to.match(/^stelai_abababababab_[0-9a-f]{12}$/);
  });

  it("asks the relayer's gateway for texts, or those that are named instead, or none", () => {
    expect(readEnvironment(variables())).to.deep.include({ relayerUrl: undefined, gateways: [] });
    const RELAYER_URL = "http://127.0.0.1:8787/";
    expect(readEnvironment(variables({ RELAYER_URL }))).to.deep.include({
      relayerUrl: "http://127.0.0.1:8787",
      gateways: ["http://127.0.0.1:8787/ipfs"],
    });
    const IPFS_GATEWAYS = "https://a.example/ipfs/, https://b.example/ipfs";
    expect(readEnvironment(variables({ RELAYER_URL, IPFS_GATEWAYS })).gateways).to.deep.equal([
      "https://a.example/ipfs",
      "https://b.example/ipfs",
    ]);
  });

  it("trusts the operators that are named, or every one where none is", () => {
    expect(readEnvironment(variables()).operators).to.deep.equal([]);
    const OPERATORS = `${getAddress(address("a"))}, ${address("b")}`;
    expect(readEnvironment(variables({ OPERATORS })).operators).to.deep.equal([address("a"), address("b")]);
  });

  it("gives another chain another database, and the same chain the same", () => {
    const one = readEnvironment(variables());
    const again = readEnvironment(variables());
    const genesisHash = `0x${"cd".repeat(32)}`;
    const other = readEnvironment(variables({ DEPLOYMENT: deploymentFile({ ...DEPLOYMENT, genesisHash }) }));
    expect([again.schema, again.directory]).to.deep.equal([one.schema, one.directory]);
    expect(other.schema).not.to.equal(one.schema);
    expect(other.directory).not.to.equal(one.directory);
  });

  it("gives other contracts on the same chain another schema", () => {
    const contracts = { ...DEPLOYMENT.contracts, Payouts: address("8") };
    const other = readEnvironment(variables({ DEPLOYMENT: deploymentFile({ ...DEPLOYMENT, contracts }) }));
    expect(other.schema).not.to.equal(readEnvironment(variables()).schema);
  });

  it("knows where credits are bought with ETH on chains that have it", () => {
    expect(readEnvironment(variables()).contracts.EthCheckout).to.equal(undefined);
    const contracts = { ...DEPLOYMENT.contracts, EthCheckout: address("1") };
    const other = readEnvironment(variables({ DEPLOYMENT: deploymentFile({ ...DEPLOYMENT, contracts }) }));
    expect(other.contracts.EthCheckout).to.equal(address("1"));
  });

  it("names a local node several times and a public one once", () => {
    expect(new Set(readEnvironment(variables()).rpcUrls)).to.have.property("size", 1);
    expect(readEnvironment(variables()).rpcUrls.length).to.be.greaterThan(1);
    const RPC_URL = "https://one.example, https://two.example";
    expect(readEnvironment(variables({ RPC_URL })).rpcUrls).to.deep.equal([
      "https://one.example",
      "https://two.example",
    ]);
  });

  for (const [variable, value] of [
    ["RPC_URL", ""],
    ["RPC_URL", "file:///etc/passwd"],
    ["CHAIN_ID", ""],
    ["CHAIN_ID", "one"],
    ["CHAIN_ID", "1"],
    ["DEPLOYMENT", ""],
    ["DEPLOYMENT", "/nowhere/deployment.json"],
    ["POLLING_INTERVAL_MS", "1"],
    ["SEARCH_PATIENCE_MS", "soon"],
    ["DATABASE_URL", "mysql://localhost"],
    ["PORT", "70000"],
    ["RELAYER_URL", "file:///etc/passwd"],
    ["IPFS_GATEWAYS", "https://a.example/ipfs,ftp://b.example"],
    ["OPERATORS", `${address("1")},0x12`],
    ["OPERATORS", `${address("1")},`],
  ] as const) {
    it(`with ${variable}=${value || "nothing"}, is refused by that name`, () => {
      expect(() => readEnvironment(variables({ [variable]: value })))
        .to.throw(EnvironmentError)
        .with.property("variable", variable);
    });
  }

  for (const [what, content] of [
    ["no JSON", "{"],
    ["null", null],
    ["no genesis hash", { ...DEPLOYMENT, genesisHash: "0x12" }],
    ["no start block", { ...DEPLOYMENT, startBlock: -1 }],
    ["a contract missing", { ...DEPLOYMENT, contracts: { ...DEPLOYMENT.contracts, Reserve: undefined } }],
  ] as const) {
    it(`with a deployment file that is or has ${what}, is refused by the name DEPLOYMENT`, () => {
      expect(() => readEnvironment(variables({ DEPLOYMENT: deploymentFile(content) })))
        .to.throw(EnvironmentError)
        .with.property("variable", "DEPLOYMENT");
    });
  }

  describe("at start", () => {
    const refusal = async (overrides: Record<string, string>) => {
      const { child, output } = runStart(variables(overrides));
      const code = await new Promise((resolve) => child.once("exit", resolve));
      return { code, text: output() };
    };
    /** A node that knows its chain's id and first block, and nothing else. */
    const node = async (chainId: number, hash: string) => {
      const { createServer: createHttpServer } = await import("node:http");
      const server = createHttpServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        const isChainId = JSON.parse(body).method === "eth_chainId";
        response.end(
          JSON.stringify({ jsonrpc: "2.0", id: 1, result: isChainId ? `0x${chainId.toString(16)}` : { hash } }),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = Object(server.address()) as { port: number };
      return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
    };

    it("without RPC_URL, ends with that name and code 1", async () => {
      const { code, text } = await refusal({ RPC_URL: "" });
      expect(code).to.equal(1);
      expect(text).to.equal("RPC_URL is not set.\n");
    });

    it("with a node of another chain, or of an earlier life of this one, ends and says so", async () => {
      const foreign = await node(5, DEPLOYMENT.genesisHash);
      const earlier = await node(31337, `0x${"00".repeat(32)}`);
      expect((await refusal({ RPC_URL: foreign.url })).text).to.include(
        "CHAIN_ID is 31337, but RPC_URL answers for chain 5",
      );
      expect((await refusal({ RPC_URL: earlier.url })).text).to.include(
        "DEPLOYMENT is on a chain that began with 0xabab",
      );
      await foreign.close();
      await earlier.close();
    });

    it("on a port that is taken, ends instead of taking another", async () => {
      const own = await node(31337, DEPLOYMENT.genesisHash);
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
      const { port } = Object(holder.address()) as { port: number };
      const { code, text } = await refusal({ RPC_URL: own.url, PORT: String(port), DATA_DIR: folder });
      expect(code).to.equal(1);
      expect(text).to.include(`PORT ${port} on 127.0.0.1 is taken`);
      await new Promise((resolve) => holder.close(resolve));
      await own.close();
    });
  });
});
