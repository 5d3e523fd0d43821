import { expect } from "chai";
import { sql } from "drizzle-orm";
import { createWalletClient, http } from "viem";
import { hardhat } from "viem/chains";
import type { TabClient } from "../../test/client.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { transactions } from "../store/schema/operation.ts";

const GWEI = 10n ** 9n;
const PRICE = 100_000n;

describe("What holds a transaction of the operator's up", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    world.upstream.behave = answer(["Hello"]);
    character = await world.publish({ perInference: PRICE });
    relayer = await serveRelayer(world, {
      ...{ SETTLE_VALUE: String(PRICE), COLLECT_VALUE: "0", EXPOSURE_INITIAL: "10000000" },
      ...{ TRANSACTION_STUCK_SECONDS: "1000", CHAIN_POLL_MS: "60000" },
    });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  // Blocks are mined when a test says so.
  beforeEach(() => world.chain.request("evm_setAutomine", [false]));
  afterEach(() => world.chain.request("evm_setAutomine", [true]));

  const mine = () => world.chain.request("evm_mine");
  const work = () => relayer.services.settlement.work();
  const store = () => relayer.services.store.db;
  const newest = async () => {
    const rows = await store().select().from(transactions).orderBy(transactions.id);
    const row = rows.at(-1);
    if (row === undefined) throw new Error("no transaction was sent");
    return row;
  };
  /** What is on its way was sent an hour ago. */
  const wait = () =>
    store().execute(sql`update relayer.transactions set sent_at = sent_at - interval '1 hour' where status = 'sent'`);
  /** A tab with one answer that is signed for; sealed and sent with the next round. */
  const served = async (): Promise<TabClient> => {
    await world.chain.request("evm_setAutomine", [true]);
    const client = relayer.client(await world.openTab(50_000_000n));
    await world.chain.request("evm_setAutomine", [false]);
    client.take(await client.ask(character));
    expect((await client.acknowledge()).status).to.equal(204);
    return client;
  };
  const spentOf = async (client: TabClient) => (await world.tabOf(client.tab.tabId)).spent;

  it("when gas costs a multiple all of a sudden, is paid for: it is sent again at the price of then", async () => {
    const client = await served();
    await work();
    const cheap = BigInt((await newest()).attempts[0]?.maxFee ?? 0);
    const spike = 20n * cheap;
    await world.chain.request("hardhat_setNextBlockBaseFeePerGas", [`0x${spike.toString(16)}`]);
    await mine();
    expect(await spentOf(client)).to.equal(0n);
    // Not stuck yet: the same again, at no other price.
    await work();
    expect((await newest()).attempts).to.have.length(1);
    await wait();
    await work();
    const dear = await newest();
    expect(dear.attempts).to.have.length(2);
    const raised = BigInt(dear.attempts[1]?.maxFee ?? 0);
    expect(raised >= spike && raised < 2n * spike, `${raised} for ${spike}`).to.equal(true);
    await mine();
    await work();
    expect(await spentOf(client)).to.equal(PRICE);
    expect(await newest()).to.include({ status: "mined", hash: dear.attempts[1]?.hash });
  });

  it("however long it stays, costs no more than four times what the chain asks", async () => {
    const client = await served();
    await world.chain.request("hardhat_setNextBlockBaseFeePerGas", [`0x${GWEI.toString(16)}`]);
    await mine();
    await work();
    const { maxFeePerGas } = await relayer.services.chain.client.estimateFeesPerGas();
    for (let hour = 0; hour < 20; hour += 1) {
      await wait();
      await work();
    }
    const { attempts } = await newest();
    const offered = attempts.map(({ maxFee }) => BigInt(maxFee));
    // A quarter more each time, until another quarter would be too much.
    expect(offered).to.have.length(7);
    expect(offered.every((fee) => fee <= 4n * maxFeePerGas)).to.equal(true);
    await mine();
    await work();
    expect(await spentOf(client)).to.equal(PRICE);
  });

  it("when a node lost the one before it, ends with that one sent again, and both are mined in their order", async () => {
    const { transactions: queue, operator } = relayer.services;
    const send = async (description: string) => {
      await queue.enqueue({ to: operator.address, data: "0x", description });
      return newest();
    };
    const lost = await send("lost by the node");
    const behind = await send("behind the gap");
    expect(behind.nonce).to.equal(lost.nonce + 1);
    await world.chain.request("hardhat_dropTransaction", [lost.attempts[0]?.hash]);
    await mine();
    const statusOf = async ({ id }: { id: number }) =>
      (await store().select().from(transactions)).find((row) => row.id === id)?.status;
    await queue.work();
    expect([await statusOf(lost), await statusOf(behind)]).to.deep.equal(["sent", "sent"]);
    await mine();
    await queue.work();
    expect([await statusOf(lost), await statusOf(behind)]).to.deep.equal(["mined", "mined"]);
  });

  it("when the operator's key is used elsewhere and takes its nonce, is sent under the next one, once", async () => {
    const client = await served();
    await work();
    const lost = await newest();
    await world.chain.request("hardhat_dropTransaction", [lost.attempts[0]?.hash]);
    const wallet = createWalletClient({ account: world.operator, chain: hardhat, transport: http(world.chain.rpcUrl) });
    await wallet.sendTransaction({ to: world.operator.address, nonce: lost.nonce });
    await mine();
    await wait();
    await work();
    const anew = await newest();
    expect(anew.nonce).to.equal(lost.nonce + 1);
    await mine();
    await work();
    expect(await spentOf(client)).to.equal(PRICE);
    const rows = await store().select().from(transactions);
    expect(rows.find(({ id }) => id === lost.id)?.status).to.equal("replaced");
    expect((await newest()).id).to.equal(anew.id);
  });
});
