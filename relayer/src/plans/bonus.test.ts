import { rewardsAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem";
import { bonusOf, CREDIT, DAY, giveBonus, openBonusTab, trustOperator, withDollars } from "../../test/plans.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { transactions } from "../store/schema/operation.ts";

const PRICE = 1_000_000n;
const RECORD = "record spending for bonus credits";
const BURN = "burn bonus credits that lapsed";

describe("The keeper of bonus credits", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 0;

  before(async () => {
    world = await startWorld();
    await trustOperator(world);
    relayer = await serveRelayer(world, { SETTLE_VALUE: "1", BURN_MINIMUM: "15000000", CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  async function holder(credits: bigint): Promise<PrivateKeyAccount> {
    people += 1;
    const account = await withDollars(world, people, 10n);
    await giveBonus(world, account, credits);
    return account;
  }
  /** A round of the keeper, after it saw what the chain says of tabs. */
  async function work(): Promise<void> {
    await relayer.watcher.look();
    await relayer.services.plans.work();
  }
  const mine = async () => {
    for (let block = 0; block <= relayer.services.chain.finalityBlocks; block += 1)
      await world.chain.request("evm_mine");
  };
  const sent = async (description: string) => {
    const rows = await relayer.services.store.db.select().from(transactions);
    return rows.filter((row) => row.description === description).length;
  };
  const told = async (account: PrivateKeyAccount) =>
    (await relayer.services.people.feed.all(account.address)).filter(({ kind }) => kind === "bonus_lapsing");

  it("warns 14 and 3 days before they lapse, once each, and burns what has lapsed once it is worth it", async () => {
    const [account, small] = [await holder(10n), await holder(4n)];
    await work();
    const steps: [days: number, warnings: number][] = [
      [165, 0],
      [2, 1],
      [11, 2],
      [3, 2],
    ];
    for (const [days, warnings] of steps) {
      await world.pass(days * DAY);
      for (let round = 0; round < 2; round += 1) await work();
      expect(await told(account)).to.have.length(warnings);
    }
    expect((await told(account)).map(({ data }) => data.amount)).to.deep.equal(["10000000", "10000000"]);
    expect(await sent(BURN), "14 credits are less than it takes").to.equal(0);

    const third = await holder(10n);
    await work();
    await world.pass(181 * DAY);
    await work();
    const { client, contracts } = relayer.services.chain;
    const lapsed = async () => {
      const rewards = { address: contracts.Rewards, abi: rewardsAbi } as const;
      const events = await client.getContractEvents({ ...rewards, eventName: "Lapsed", fromBlock: 0n });
      return events.map(({ args }) => `${args.account} ${(args.amount ?? 0n) / CREDIT}`).sort();
    };
    const all = [`${account.address} 10`, `${small.address} 4`, `${third.address} 10`].sort();
    expect(await lapsed()).to.deep.equal(all);
    await mine();
    for (let round = 0; round < 2; round += 1) await work();
    expect([await sent(BURN), await lapsed()]).to.deep.equal([1, all]);
  });

  it("burns what has lapsed after all when the transaction that was to burn it came to nothing", async () => {
    await holder(20n);
    await work();
    await world.pass(181 * DAY);
    const before = await sent(BURN);
    const { store } = relayer.services;
    await world.chain.request("evm_setAutomine", [false]);
    try {
      await work();
      await work();
      expect(await sent(BURN), "one is on its way").to.equal(before + 1);
      // As the queue finds it when another transaction of this account was mined with its nonce.
      await store.db.update(transactions).set({ status: "replaced" }).where(eq(transactions.description, BURN));
    } finally {
      await world.chain.request("evm_setAutomine", [true]);
    }
    await work();
    expect(await sent(BURN)).to.equal(before + 2);
  });

  it("records what was spent here in the last 60 days before they lapse, once for what is spent", async () => {
    const [spender, idle] = [await holder(10n), await holder(10n)];
    const character = await world.publish({ perInference: PRICE });
    const client = relayer.client(await openBonusTab(world, spender, { cap: 5n * PRICE, bonus: 5n * PRICE }));
    await relayer.watcher.look();
    world.upstream.behave = answer(["Hello"]);
    client.take(await client.ask(character));
    expect((await client.acknowledge()).status).to.equal(204);
    await relayer.services.settlement.work();
    await relayer.watcher.look();
    expect((await world.tabOf(client.tab.tabId)).spent).to.equal(PRICE);
    const before = await bonusOf(world, spender.address);
    await work();
    expect(await sent(RECORD), "too early to be needed").to.equal(0);
    await world.pass(121 * DAY);
    await work();
    expect(await sent(RECORD)).to.equal(1);
    expect((await bonusOf(world, spender.address)).lapsesAt > before.lapsesAt + BigInt(120 * DAY)).to.equal(true);
    const untouched = await bonusOf(world, idle.address);
    expect(untouched.lapsesAt < before.lapsesAt + BigInt(DAY)).to.equal(true);
    await mine();
    await work();
    await world.pass(130 * DAY);
    await work();
    expect(await sent(RECORD), "nothing was spent since").to.equal(1);
  });
});
