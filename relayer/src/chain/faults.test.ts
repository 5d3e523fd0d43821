import { expect } from "chai";
import type { RpcLog } from "viem";
import { type FaultyNode, startFaultyNode } from "../../test/rpc.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { WrongChainError } from "./index.ts";
import { LaggingNodeError, Watcher } from "./watcher.ts";

const FORMER = "0x".padEnd(66, "ab");

describe("A node that cannot be trusted", () => {
  let world: World;
  let node: FaultyNode;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    world.upstream.behave = answer(["Hello"]);
    character = await world.publish({ perInference: 10_000n });
    node = await startFaultyNode(world.chain.rpcUrl);
    relayer = await serveRelayer(world, { RPC_URL: node.url, CHAIN_POLL_MS: "60000", SETTLE_VALUE: "1" });
  });
  after(async () => {
    await relayer.stop();
    await node.stop();
    await world.stop();
  });
  afterEach(() => {
    node.lie = () => undefined;
    node.broken = undefined;
    node.silent = false;
  });

  it("that is behind what was seen takes nothing back: what it does not know yet stays, and counts anew when it is there", async () => {
    const { chain, log } = relayer.services;
    const told: { added: number; removed: number }[] = [];
    const onChange = async ({ added, removed }: { added: readonly RpcLog[]; removed: readonly RpcLog[] }) => {
      told.push({ added: added.length, removed: removed.length });
    };
    const from = (await chain.refresh()).number;
    const spec = { address: chain.contracts.InferenceMeter, topics: [], onChange };
    const watcher = new Watcher({ ...chain, isLocal: false }, log, [spec], from);
    await watcher.look();
    const old = await world.chain.request("eth_getBlockByNumber", ["latest", false]);
    await world.openTab(1_000_000n);
    await watcher.look();
    const before = told.length;
    expect(told.at(-1)).to.deep.include({ removed: 0 });
    node.lie = ({ method }) => (method === "eth_getBlockByNumber" ? { result: old } : undefined);
    // The block of the deployment's beginning is asked for, too, when a node jumps back.
    const genesis = await world.chain.request("eth_getBlockByNumber", ["0x0", false]);
    node.lie = ({ method, params }) =>
      method === "eth_getBlockByNumber" ? { result: params?.[0] === "0x0" ? genesis : old } : undefined;
    const looked = watcher.lookedAt();
    expect(await watcher.look().catch((error: unknown) => error)).to.be.instanceOf(LaggingNodeError);
    expect([told.length, watcher.lookedAt()]).to.deep.equal([before, looked]);
    node.lie = () => undefined;
    await watcher.look();
    expect(told.slice(before)).to.deep.equal([]);
  });

  it("that serves another chain all of a sudden is not believed", async () => {
    const { chain } = relayer.services;
    const block = (await world.chain.request("eth_getBlockByNumber", ["0x1", false])) as Record<string, unknown>;
    node.lie = ({ method, params }) =>
      method === "eth_getBlockByNumber"
        ? { result: { ...block, hash: FORMER, number: params?.[0] === "0x0" ? "0x0" : "0x1" } }
        : undefined;
    const before = chain.head();
    expect(await chain.refresh().catch((error: unknown) => error)).to.be.instanceOf(WrongChainError);
    node.lie = ({ method }) =>
      method === "eth_chainId"
        ? { result: "0x1" }
        : method === "eth_getBlockByNumber"
          ? { result: { ...block } }
          : undefined;
    expect(await chain.refresh().catch((error: unknown) => error)).to.be.instanceOf(WrongChainError);
    expect(chain.head()).to.equal(before);
  });

  it("that stands still has payments refused until its head moves, however readily it answers, where that is asked for", async () => {
    const strict = await serveRelayer(world, {
      ...{ RPC_URL: node.url, CHAIN_POLL_MS: "60000", HEAD_AGE_SECONDS: "600" },
    });
    try {
      const free = await world.publish({});
      await strict.watcher.look();
      const tab = await world.openTab(1_000_000n);
      const [client, lenient] = [strict.client(tab), relayer.client(tab)];
      const ready = async () => {
        const response = await fetch(`${strict.url}/ready`);
        const { checks } = (await response.json()) as { checks: Record<string, boolean> };
        return [response.status, checks.chain];
      };
      expect([(await client.ask(character)).status, await ready()]).to.deep.equal([200, [200, true]]);

      const latest = (await world.chain.request("eth_getBlockByNumber", ["latest", false])) as object;
      const timestamp = `0x${(Math.floor(Date.now() / 1_000) - 3_600).toString(16)}`;
      node.lie = ({ method, params }) =>
        method === "eth_getBlockByNumber" && params?.[0] !== "0x0" ? { result: { ...latest, timestamp } } : undefined;
      for (const { watcher } of [strict, relayer]) await watcher.look();
      const refused = await client.ask(character);
      expect([refused.status, refused.error?.code, await ready()]).to.deep.equal([503, "unavailable", [503, false]]);
      // What costs nothing needs no chain; and nobody is refused by a relayer that was not told how old it may be.
      const body = JSON.stringify({ model: `stelai-${free}`, messages: [{ role: "user", content: "Hi" }] });
      const unpaid = await fetch(`${strict.url}/v1/chat/completions`, { method: "POST", body });
      expect([unpaid.status, (await lenient.ask(character)).status]).to.deep.equal([200, 200]);

      node.lie = () => undefined;
      await world.chain.request("evm_mine");
      for (const { watcher } of [strict, relayer]) await watcher.look();
      expect([(await client.ask(character)).status, await ready()]).to.deep.equal([200, [200, true]]);
    } finally {
      await strict.stop();
    }
  });

  for (const [what, broken] of [
    [
      "answers with errors",
      { status: 200, text: '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}' },
    ],
    ["answers with what is no JSON", { status: 200, text: "<html>502</html>" }],
    ["answers with an error of its balancer", { status: 502, text: "" }],
  ] as const) {
    it(`that ${what} loses nothing: known tabs go on, new ones are told to come again, and all is settled after it`, async function () {
      this.timeout(180_000);
      const tab = await world.openTab(1_000_000n);
      const client = relayer.client(tab);
      client.take(await client.ask(character));
      const unknown = relayer.client(await world.openTab(1_000_000n));
      node.broken = { ...broken };
      client.take(await client.ask(character));
      expect((await client.acknowledge()).status).to.equal(204);
      const refused = await unknown.ask(character);
      expect([refused.status, refused.error?.code]).to.deep.equal([503, "unavailable"]);
      await relayer.services.settlement.work().catch(() => {});
      node.broken = undefined;
      expect((await unknown.ask(character)).status).to.equal(200);
      await relayer.services.settlement.work();
      await relayer.services.settlement.work();
      expect((await world.tabOf(tab.tabId)).spent).to.equal(20_000n);
    });
  }
});
