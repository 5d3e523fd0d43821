import { encodeBatch } from "@stelai/sdk";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import type { TabClient } from "../../test/client.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { seals } from "../store/schema/metering.ts";
import { transactions } from "../store/schema/operation.ts";
import { fitting, gasOf } from "./send.ts";
import { TRANSACTION_GAS } from "./transactions.ts";

const PRICES = { perInference: 100_000n, perUnit: 0n };

describe("Settlement", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    relayer = await serveRelayer(world, {
      SETTLE_VALUE: "250000",
      SETTLE_AGE_SECONDS: "1000",
      SETTLE_NEAR_EXPIRY_SECONDS: "7200",
      COLLECT_VALUE: "1000000000",
      FEE_PER_UNIT_CHAT: "10000",
      EXPOSURE_INITIAL: "10000000",
      TRANSACTION_STUCK_SECONDS: "1",
      // The chain is looked at when a test says so.
      CHAIN_POLL_MS: "60000",
    });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  /** A tab with so many requests served and signed. */
  const served = async (requests: number, seconds?: number): Promise<TabClient> => {
    const client = relayer.client(await world.openTab(50_000_000n, seconds));
    for (let asked = 0; asked < requests; asked += 1) {
      const one = await client.ask(character);
      expect(one.error).to.equal(undefined);
      client.take(one);
    }
    if (requests > 0) expect((await client.acknowledge()).status).to.equal(204);
    return client;
  };
  const settle = async () => {
    await relayer.services.settlement.work();
    await relayer.watcher.look();
    await relayer.services.settlement.work();
  };
  const mine = (blocks: number) => world.chain.request("hardhat_mine", [`0x${blocks.toString(16)}`]);
  const store = () => relayer.services.store.db;
  const statusesOf = async (client: TabClient) => {
    const rows = await store().select().from(seals);
    return rows.filter(({ tabId }) => tabId === client.tab.tabId).map(({ status }) => status);
  };

  it("waits while there is little and it is young", async () => {
    const client = await served(1);
    await settle();
    expect(await statusesOf(client)).to.deep.equal([]);
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(0n);
  });

  it("pays the character and the operator when it is worth it, and is final after the chain's finality", async () => {
    const client = await served(3);
    const before = await world.readMeter("accruedOf", [character]);
    const fees = await world.readMeter("accruedFeeOf", [world.operator.address]);
    await settle();
    const { spent } = await world.tabOf(client.tab.tabId);
    expect(spent).to.equal(client.state.cumulative);
    expect((await world.readMeter("accruedOf", [character])) - before).to.equal(300_000n);
    expect((await world.readMeter("accruedFeeOf", [world.operator.address])) - fees).to.equal(spent - 300_000n);
    expect(await statusesOf(client)).to.deep.equal(["mined"]);
    await mine(world.chain.deployment.finalityBlocks + 1);
    await settle();
    expect(await statusesOf(client)).to.deep.equal(["final"]);
  });

  it("goes on from the sealed total, and settles the next vouchers after it", async () => {
    const client = await served(3);
    await settle();
    client.state = { ...client.state, base: client.state.cumulative, lines: [] };
    for (let asked = 0; asked < 3; asked += 1) client.take(await client.ask(character));
    expect((await client.acknowledge()).status).to.equal(204);
    await settle();
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(client.state.cumulative);
  });

  it("seals what is signed and leaves what is not: the unsigned part starts the next voucher", async () => {
    const client = await served(3);
    const signed = client.state;
    const unsigned = await client.ask(character);
    client.take(unsigned);
    await settle();
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(signed.cumulative);
    const { receipt } = unsigned;
    expect((await client.status()).lines[0]).to.include({ amount: receipt?.fee });
    client.state = { ...client.state, base: signed.cumulative, lines: (await client.status()).lines };
    expect((await client.acknowledge()).status).to.equal(204);
  });

  it("settles many tabs in one transaction", async () => {
    const clients: TabClient[] = [];
    for (let count = 0; count < 3; count += 1) {
      const client = await served(0);
      for (let asked = 0; asked < 3; asked += 1) client.take(await client.ask(character));
      clients.push(client);
    }
    await settle();
    const before = (await store().select().from(transactions)).length;
    for (const client of clients) await client.acknowledge();
    await settle();
    for (const client of clients) {
      expect((await world.tabOf(client.tab.tabId)).spent).to.equal(client.state.cumulative);
    }
    expect((await store().select().from(transactions)).length).to.equal(before + 1);
  });

  it("closes a tab by both signatures, pays back what is left, and serves it no more", async () => {
    const client = await served(1);
    expect((await client.close()).status).to.equal(202);
    expect((await client.ask(character)).error?.code).to.equal("tab_closed");
    await settle();
    await settle();
    const { cap, spent, closing } = await world.tabOf(client.tab.tabId);
    expect({ cap, spent, closing }).to.deep.equal({
      cap: client.state.cumulative,
      spent: client.state.cumulative,
      closing: true,
    });
  });

  it("closes a tab on which nothing was served", async () => {
    const client = await served(0);
    expect((await client.close(0n)).status).to.equal(202);
    await settle();
    expect((await world.tabOf(client.tab.tabId)).cap).to.equal(0n);
  });

  it("does not close over unsigned work, another total, or another key's signature", async () => {
    const client = await served(1);
    expect((await client.close(client.state.cumulative - 1n)).error?.code).to.equal("voucher_refused");
    const stranger = await served(0);
    const foreign = await stranger.close(1n);
    expect(foreign.error?.code).to.equal("voucher_refused");
    client.take(await client.ask(character));
    expect((await client.close()).error?.code).to.equal("voucher_required");
  });

  it("settles at once what is signed when the payer asks to close", async () => {
    const client = await served(1);
    await world.meter("requestClose", [world.operator.address, client.tab.tabId]);
    await relayer.watcher.look();
    await settle();
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(client.state.cumulative);
  });

  it("takes what somebody else settled by the seal as settled", async () => {
    const client = await served(3);
    const seal = await relayer.services.metering.seal(client.tab.tabId);
    if (seal === undefined) throw new Error("nothing was sealed");
    const { voucher, lines, signature, sealSignature } = seal;
    const { tabId, cumulative, receipts } = voucher;
    await world.settleSealed(encodeBatch([{ tabId, cumulative, receipts, lines, signature, sealSignature }]));
    await settle();
    expect(await statusesOf(client)).to.deep.equal(["mined"]);
    expect((await world.tabOf(tabId)).spent).to.equal(client.state.cumulative);
  });

  it("sends a stuck transaction again with a higher fee, under the same nonce", async () => {
    const client = await served(3);
    await world.chain.request("evm_setAutomine", [false]);
    try {
      await relayer.services.settlement.work();
      await store().execute(
        sql`update relayer.transactions set sent_at = sent_at - interval '1 hour' where status = 'sent'`,
      );
      await relayer.services.settlement.work();
    } finally {
      await world.chain.request("evm_setAutomine", [true]);
    }
    const stuck = (await store().select().from(transactions)).at(-1);
    expect(stuck?.attempts).to.have.length(2);
    const [first, second] = stuck?.attempts ?? [];
    expect(BigInt(second?.maxFee ?? 0) * 10n >= BigInt(first?.maxFee ?? 0) * 11n).to.equal(true);
    await mine(1);
    await settle();
    expect(await statusesOf(client)).to.deep.equal(["mined"]);
    const mined = (await store().select().from(transactions)).find(({ id }) => id === stuck?.id);
    expect(mined).to.include({ status: "mined", hash: second?.hash, nonce: stuck?.nonce });
  });

  it("gives the nonce of a transaction that the chain will never take to the next one", async () => {
    const { transactions: queue, operator } = relayer.services;
    const gas = TRANSACTION_GAS * 2n;
    const request = { to: operator.address, data: "0x" as const, description: "too much gas" };
    await queue.enqueue({ ...request, minimumGas: gas, maximumGas: gas });
    await queue.enqueue({ ...request, description: "after it" });
    await queue.work();
    const rows = await store().select().from(transactions);
    const next = rows.find(({ description }) => description === "after it");
    expect(next?.status).to.equal("mined");
    const rejected = rows.find(({ description }) => description === "too much gas");
    expect(rejected).to.include({ status: "replaced", nonce: next?.nonce });
  });

  it("never puts more into one transaction than its gas is for, and leaves no seal out", () => {
    const rows = Array.from({ length: 100 }, () => ({ lines: new Array<unknown>(16) }));
    const sizes: number[] = [];
    for (let rest = rows; rest.length > 0; rest = rest.slice(sizes.at(-1))) {
      const batch = fitting(rest);
      expect(gasOf(batch) <= 8_000_000n).to.equal(true);
      sizes.push(batch.length);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(100);
    expect(fitting(Array.from({ length: 100 }, () => ({ lines: [1] })))).to.have.length(100);
  });

  it("sends again what a reorganisation took back", async () => {
    const client = await served(3);
    const snapshot = await world.chain.request("evm_snapshot");
    await settle();
    expect(await statusesOf(client)).to.deep.equal(["mined"]);
    await world.chain.request("evm_revert", [snapshot]);
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(0n);
    await relayer.watcher.look();
    await settle();
    await settle();
    expect(await statusesOf(client)).to.deep.equal(["mined"]);
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(client.state.cumulative);
  });

  it("collects for a character once it is worth a transaction", async () => {
    const popular = await world.publish({ perInference: 1_000_000_000n });
    const client = relayer.client(await world.openTab(2_000_000_000n));
    client.take(await client.ask(popular, { maxCost: 2_000_000_000n }));
    expect((await client.acknowledge()).status).to.equal(204);
    await settle();
    await settle();
    expect(await world.readMeter("accruedOf", [popular])).to.equal(0n);
  });

  it("settles little when it is old enough, or near the tab's end", async () => {
    const long = await served(1);
    const short = await served(1, 3_600);
    // Expiries are rounded up to whole units of four hours.
    const { expiry } = await short.status();
    const wait = expiry - relayer.services.chain.head().timestamp - 7_100n;
    await settle();
    expect(await statusesOf(short)).to.have.length(0);
    await world.chain.request("evm_increaseTime", [Number(wait)]);
    await mine(1);
    await relayer.watcher.look();
    await settle();
    expect(await statusesOf(short)).to.have.length(1);
    expect(await statusesOf(long)).to.have.length(1);
  });
});
