import { expect } from "chai";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 0n };

describe("A change of a tab that the watcher has not seen yet", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    // It looks once at its start, and not again.
    relayer = await serveRelayer(world, { CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  /** A tab that the relayer has served, and knows as it was then. */
  async function known(cap = 1_000_000n, seconds?: number) {
    const client = relayer.client(await world.openTab(cap, seconds));
    client.take(await client.ask(character));
    expect((await client.acknowledge()).status).to.equal(204);
    return client;
  }

  it("is honoured with the next request: the new session key pays, reads the books and closes, the old one does not", async () => {
    const client = await known();
    const next = privateKeyToAccount(generatePrivateKey());
    await world.meter("rotate", [world.operator.address, client.tab.tabId, next.address]);
    const answered = await client.ask(character, { key: next });
    expect(answered.error).to.equal(undefined);
    expect((await client.ask(character)).error?.code).to.equal("invalid_payment");
  });

  it("opens the books to the new key, and takes its vouchers", async () => {
    const client = await known();
    const unsigned = await client.ask(character);
    client.take(unsigned);
    const next = privateKeyToAccount(generatePrivateKey());
    await world.meter("rotate", [world.operator.address, client.tab.tabId, next.address]);
    const renewed = relayer.client({ ...client.tab, key: next });
    renewed.state = client.state;
    expect((await renewed.acknowledge()).status).to.equal(204);
    expect((await renewed.status()).sessionKey).to.equal(next.address);
  });

  it("lets a tab that was topped up or extended go on", async () => {
    const small = await known(15_000n);
    expect((await small.ask(character)).error?.code).to.equal("tab_exhausted");
    const short = await known(1_000_000n, 3_600);
    const { expiry } = await short.status();
    await world.pass(Number(expiry - relayer.services.chain.head().timestamp) - 30);
    await world.meter("extend", [world.operator.address, short.tab.tabId, expiry + 86_400n]);
    await world.pass(60);
    await relayer.services.chain.refresh();
    expect((await short.ask(character)).error).to.equal(undefined);
    const again = await known(15_000n);
    await world.meter("topUp", [world.operator.address, again.tab.tabId, 100_000]);
    expect((await again.ask(character)).error).to.equal(undefined);
  });

  it("is honoured at once after a refusal, although a tab is read from the chain once a second", async () => {
    const client = await known(15_000n);
    expect((await client.ask(character)).error?.code).to.equal("tab_exhausted");
    await world.meter("topUp", [world.operator.address, client.tab.tabId, 100_000]);
    expect((await client.ask(character)).error).to.equal(undefined);
  });

  it("does not have a tab read from the chain for every request that it refuses", async () => {
    const client = await known(15_000n);
    const { client: node } = relayer.services.chain;
    const { readContract } = node;
    let reads = 0;
    node.readContract = ((...call: Parameters<typeof readContract>) => {
      if (call[0].functionName === "tabOf") reads += 1;
      return readContract(...call);
    }) as typeof readContract;
    try {
      const refused = await Promise.all(Array.from({ length: 10 }, () => client.ask(character)));
      for (const { error } of refused) expect(error?.code).to.equal("tab_exhausted");
      // One at once, and one for all who came after it.
      expect(reads).to.equal(2);
    } finally {
      node.readContract = readContract;
    }
  });

  it("still refuses a key that never was the tab's", async () => {
    const client = await known();
    const thief = privateKeyToAccount(generatePrivateKey());
    expect((await client.ask(character, { key: thief })).error?.code).to.equal("invalid_payment");
  });
});
