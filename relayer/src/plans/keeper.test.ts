import { creditPlansAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startKeeper, type TestKeeper } from "../../test/keeper.ts";
import {
  block,
  CREDIT,
  creditsOf,
  DAY,
  MONTHLY_1000,
  MONTHLY_3000,
  setTopUp,
  USD,
  withDollars,
} from "../../test/plans.ts";
import { startWorld, type World } from "../../test/world.ts";
import { waitAfter } from "../passes/keeper.ts";
import { transactions } from "../store/schema/operation.ts";

const MONTH = 30 * DAY;

describe("The keeper of plans and top-ups", () => {
  let world: World;
  let keeper: TestKeeper;
  let people = 0;

  before(async () => {
    world = await startWorld();
  });
  after(() => world.stop());
  beforeEach(async () => {
    keeper = await startKeeper(world);
  });
  afterEach(() => keeper.stop());

  const someone = (dollars: bigint): Promise<PrivateKeyAccount> => {
    people += 1;
    return withDollars(world, people, dollars);
  };
  /** Somebody whose plan of 1,000 credits renews, with so many dollars left. */
  async function subscriber(dollars = 100n, mandate = 10n * USD): Promise<PrivateKeyAccount> {
    const account = await someone(dollars + 10n);
    const { planId, price } = MONTHLY_1000;
    const none = "0x0000000000000000000000000000000000000000";
    await world.write(account, "CreditPlans", "subscribe", [planId, price, mandate, none]);
    return account;
  }
  const mine = async (blocks: number) => {
    for (let block = 0; block < blocks; block += 1) await world.chain.request("evm_mine");
  };
  const sent = async () => (await keeper.store.db.select().from(transactions)).map(({ description }) => description);
  const kinds = (account: PrivateKeyAccount) =>
    keeper.told
      .filter((notice) => notice.account === account.address)
      .map(({ kind, data }) => (data.reason == null ? kind : `${kind}: ${data.reason}`));
  const outcomes = async (what: string) =>
    Object.fromEntries(
      (await keeper.metrics.kept.get()).values
        .filter(({ labels }) => labels.what === what)
        .map(({ labels, value }) => [labels.outcome, value]),
    );
  const topUpOf = (account: PrivateKeyAccount) =>
    keeper.chain.client.readContract({
      ...{ address: keeper.chain.contracts.CreditPlans, abi: creditPlansAbi, functionName: "topUpOf" },
      args: [account.address],
    });
  const agreed = { threshold: 100n * CREDIT, credits: 1_000n * CREDIT, maxPrice: 11n * USD, cap: 25n * USD };

  describe("plans", () => {
    it("are renewed in one transaction when they are due, once a cycle", async () => {
      const accounts = [await subscriber(), await subscriber(), await subscriber()];
      await keeper.plans.work();
      expect(await sent()).to.deep.equal([]);
      await world.pass(MONTH + 10);
      for (let round = 0; round < 2; round += 1) await keeper.plans.work();
      expect(await sent()).to.deep.equal(["renew 3 plans"]);
      await mine(keeper.chain.finalityBlocks + 1);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await sent()).to.have.length(1);
      for (const account of accounts) expect(await creditsOf(world, account)).to.equal(2n * MONTHLY_1000.credits);
      expect(await outcomes("plan")).to.deep.equal({ Sent: 3, Renewed: 3 });
    });

    it("of others are renewed while one account's dollars are blocked, who is told and renewed when they are not", async () => {
      const accounts = [await subscriber(), await subscriber(), await subscriber(), await subscriber()];
      const [, blocked] = accounts;
      if (blocked === undefined) throw new Error("nobody");
      await keeper.plans.work();
      await world.pass(MONTH + 10);
      await block(world, blocked, true);
      await keeper.plans.work();
      for (const account of accounts) {
        const cycles = account === blocked ? 1n : 2n;
        expect(await creditsOf(world, account)).to.equal(cycles * MONTHLY_1000.credits);
      }
      expect(kinds(blocked)).to.deep.equal(["plan_refused: Refused"]);
      expect(keeper.told).to.have.length(1);
      await block(world, blocked, false);
      await world.pass(Number(waitAfter(1)) + 1);
      await keeper.plans.work();
      expect(await creditsOf(world, blocked)).to.equal(2n * MONTHLY_1000.credits);
    });

    it("that cannot be renewed cost nothing: why not is told once a cycle, and they are when they can be", async () => {
      const poor = await subscriber(0n);
      const dear = await subscriber(100n, 9n * USD);
      const tight = await subscriber();
      await world.write(tight, "Reserve", "approve", [keeper.chain.contracts.CreditStore, 1n]);
      const leaver = await subscriber();
      await world.write(leaver, "CreditPlans", "cancel", []);
      await keeper.plans.work();
      await world.pass(MONTH + 10);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      for (const account of [poor, dear, tight, leaver]) {
        expect(await creditsOf(world, account)).to.equal(MONTHLY_1000.credits);
      }
      expect((await outcomes("plan")).Refused, "none was sent that the chain would refuse").to.equal(undefined);
      expect(kinds(poor)).to.deep.equal(["plan_refused: BalanceTooLow"]);
      expect(kinds(dear)).to.deep.equal(["plan_refused: PriceAboveMandate"]);
      expect(kinds(tight)).to.deep.equal(["plan_refused: AllowanceTooLow"]);
      expect(kinds(leaver)).to.deep.equal([]);
      expect(keeper.told.find(({ account }) => account === poor.address)?.data).to.include({
        planId: "1",
        price: String(MONTHLY_1000.price),
      });

      await world.write(poor, "Reserve", "mint", [poor.address, 10n * USD]);
      // Agreeing to more is news: it is tried at once.
      await world.write(dear, "CreditPlans", "setRenewal", [MONTHLY_3000.planId, 30n * USD]);
      await keeper.plans.work();
      expect(await creditsOf(world, dear)).to.equal(MONTHLY_1000.credits + MONTHLY_3000.credits);
      expect(await creditsOf(world, poor)).to.equal(MONTHLY_1000.credits);
      await world.pass(Number(waitAfter(1)) + 1);
      await keeper.plans.work();
      expect(await creditsOf(world, poor)).to.equal(2n * MONTHLY_1000.credits);

      await world.pass(15 * DAY);
      for (let round = 0; round < 2; round += 1) await keeper.plans.work();
      expect(kinds(tight)).to.deep.equal(["plan_refused: AllowanceTooLow", "plan_refused: Lapsed"]);
    });

    it("are renewed by who comes back after a reorganisation took the renewal, and charged once", async () => {
      const account = await subscriber();
      await mine(keeper.chain.finalityBlocks + 1);
      await keeper.plans.work();
      await world.pass(MONTH + 10);
      const snapshot = await world.chain.request("evm_snapshot");
      for (let round = 0; round < 2; round += 1) await keeper.plans.work();
      expect(await creditsOf(world, account)).to.equal(2n * MONTHLY_1000.credits);
      await world.chain.request("evm_revert", [snapshot]);
      expect(await creditsOf(world, account)).to.equal(MONTHLY_1000.credits);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await creditsOf(world, account)).to.equal(2n * MONTHLY_1000.credits);
      expect(await sent()).to.have.length(1);
    });

    it("are left alone by an operator who leaves them to others, or finds gas too dear", async () => {
      const account = await subscriber();
      for (const environment of [{ KEEPER_PLANS: "false" }, { KEEPER_MAX_GAS_PRICE: "0" }]) {
        const idle = await startKeeper(world, environment);
        const snapshot = await world.chain.request("evm_snapshot");
        await world.pass(MONTH + 10);
        await idle.plans.work();
        expect(await creditsOf(world, account)).to.equal(MONTHLY_1000.credits);
        await world.chain.request("evm_revert", [snapshot]);
        await idle.stop();
      }
    });
  });

  it("spends no more on them in a day than the operator allows: of a batch as many as fit", async () => {
    const accounts = [await subscriber(), await subscriber(), await subscriber(), await subscriber()];
    await world.pass(MONTH + 10);
    const { maxFeePerGas } = await keeper.chain.client.estimateFeesPerGas();
    // Two renewals in one transaction have 660,000 gas, one has 360,000.
    const frugal = await startKeeper(world, { KEEPER_PLANS_DAILY_BUDGET: String(800_000n * maxFeePerGas) });
    for (let round = 0; round < 2; round += 1) await frugal.plans.work();
    const rows = await frugal.store.db.select().from(transactions);
    expect(rows.map(({ description }) => description)).to.deep.equal(["renew 2 plans"]);
    const balances = await Promise.all(accounts.map((account) => creditsOf(world, account)));
    const cycles = balances.map((balance) => balance / MONTHLY_1000.credits);
    expect(cycles.toSorted()).to.deep.equal([1n, 1n, 2n, 2n]);
    await frugal.stop();
    for (const account of accounts) await world.write(account, "CreditPlans", "cancel", []);
  });

  describe("top-ups", () => {
    it("of one account are made as often as the operator allows in a day, others' go on", async () => {
      const frugal = await startKeeper(world, { TOP_UPS_PER_ACCOUNT_PER_DAY: "1" });
      const [eager, other] = [await someone(100n), await someone(100n)];
      await setTopUp(world, eager, agreed);
      await frugal.plans.work();
      await world.write(eager, "Stelai", "transfer", [world.creator.address, 950n * CREDIT]);
      await setTopUp(world, other, agreed);
      for (let round = 0; round < 3; round += 1) await frugal.plans.work();
      expect(await creditsOf(world, eager)).to.equal(50n * CREDIT);
      expect(await creditsOf(world, other)).to.equal(1_000n * CREDIT);
      await frugal.stop();
      await keeper.plans.work();
      expect(await creditsOf(world, eager)).to.equal(1_050n * CREDIT);
    });

    it("are made up to the cap and no further, and again in the next window", async () => {
      const account = await someone(100n);
      await setTopUp(world, account, agreed);
      await keeper.plans.work();
      expect(await creditsOf(world, account)).to.equal(1_000n * CREDIT);
      const spend = () => world.write(account, "Stelai", "transfer", [world.creator.address, 950n * CREDIT]);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await sent(), "nothing while there is enough").to.have.length(1);
      await spend();
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await sent()).to.deep.equal(Array(2).fill(`top up ${account.address}`));
      expect(await creditsOf(world, account)).to.equal(1_050n * CREDIT);
      await spend();
      await spend().catch(() => undefined);
      await world.write(account, "Stelai", "transfer", [world.creator.address, 90n * CREDIT]);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await sent()).to.have.length(2);
      expect(await creditsOf(world, account)).to.equal(10n * CREDIT);
      expect(kinds(account)).to.deep.equal(["topup_refused: CapReached"]);
      expect((await topUpOf(account))[1]).to.equal(20n * USD);
      await world.pass(MONTH);
      await keeper.plans.work();
      expect(await creditsOf(world, account)).to.equal(1_010n * CREDIT);
      expect((await topUpOf(account))[1]).to.equal(10n * USD);
    });

    it("buy exactly what was agreed to, by the cheapest package that comes to it", async () => {
      const [large, odd] = [await someone(100n), await someone(100n)];
      await setTopUp(world, large, { ...agreed, credits: 6_000n * CREDIT, maxPrice: 60n * USD, cap: 60n * USD });
      await setTopUp(world, odd, { ...agreed, credits: 250n * CREDIT, maxPrice: 3n * USD, cap: 3n * USD });
      await keeper.plans.work();
      expect(await creditsOf(world, large)).to.equal(6_000n * CREDIT);
      // Two of 3,000 credits, not six of 1,000 nor 6,000 of one.
      expect((await topUpOf(large))[1]).to.equal(57_000_000n);
      expect(await creditsOf(world, odd)).to.equal(250n * CREDIT);
      expect((await topUpOf(odd))[1]).to.equal(2_625_000n);
    });

    it("that cannot be made are told of once, and are made once they can be", async () => {
      const [poor, dear, half, tiny, fine] = [
        ...[await someone(0n), await someone(50n), await someone(50n), await someone(50n), await someone(50n)],
      ] as [PrivateKeyAccount, PrivateKeyAccount, PrivateKeyAccount, PrivateKeyAccount, PrivateKeyAccount];
      await setTopUp(world, poor, agreed);
      await setTopUp(world, dear, { ...agreed, maxPrice: 9n * USD });
      await setTopUp(world, half, { ...agreed, credits: CREDIT / 2n });
      await setTopUp(world, tiny, { ...agreed, credits: CREDIT });
      await setTopUp(world, fine, agreed);
      await block(world, fine, true);
      for (let round = 0; round < 3; round += 1) await keeper.plans.work();
      expect(await sent()).to.deep.equal([]);
      expect(kinds(poor)).to.deep.equal(["topup_refused: BalanceTooLow"]);
      expect(kinds(dear)).to.deep.equal(["topup_refused: PriceAboveMaximum"]);
      expect(kinds(half)).to.deep.equal(["topup_refused: OtherAmount"]);
      expect(kinds(tiny)).to.deep.equal(["topup_refused: TooSmall"]);
      expect(kinds(fine)).to.deep.equal(["topup_refused: Refused"]);
      await block(world, fine, false);
      await world.write(poor, "Reserve", "mint", [poor.address, 10n * USD]);
      await setTopUp(world, dear, agreed);
      await world.pass(Number(waitAfter(1)) + 1);
      await keeper.plans.work();
      for (const account of [poor, dear, fine]) expect(await creditsOf(world, account)).to.equal(1_000n * CREDIT);
      expect(keeper.told).to.have.length(5);
    });

    it("end with the agreement, and wait while sales are stopped", async () => {
      const [gone, waiting] = [await someone(50n), await someone(50n)];
      await setTopUp(world, gone, agreed);
      await setTopUp(world, gone, { threshold: 0n, credits: 0n, maxPrice: 0n, cap: 0n });
      await setTopUp(world, waiting, agreed);
      const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
      await world.write(deployer, "CreditStore", "pause", []);
      await keeper.plans.work();
      expect([await sent(), keeper.told]).to.deep.equal([[], []]);
      await world.write(deployer, "CreditStore", "unpause", []);
      await world.pass(Number(waitAfter(1)) + 1);
      await keeper.plans.work();
      expect(await sent()).to.deep.equal([`top up ${waiting.address}`]);
    });

    it("are made by who comes back without a memory, and not for what was bought meanwhile", async () => {
      const account = await someone(100n);
      await setTopUp(world, account, agreed);
      await keeper.plans.work();
      const forgetful = await startKeeper(world);
      try {
        for (let round = 0; round < 2; round += 1) await forgetful.plans.work();
        const rows = await forgetful.store.db.select().from(transactions);
        expect(rows.filter(({ description }) => description.includes(account.address))).to.have.length(0);
        expect(await creditsOf(world, account)).to.equal(1_000n * CREDIT);
      } finally {
        await forgetful.stop();
      }
    });
  });

  it("tells who has few credits left, once until there are more, and nobody who is topped up", async () => {
    const [account, topped, stranger] = [await someone(50n), await someone(50n), await someone(50n)];
    for (const one of [account, topped, stranger]) await world.give(one, 60n);
    await setTopUp(world, topped, { ...agreed, threshold: CREDIT });
    for (const one of [account, topped]) await keeper.accounts.seen(one.address);
    await keeper.plans.work();
    expect(keeper.told).to.deep.equal([]);
    const spend = async (credits: bigint) => {
      for (const one of [account, topped, stranger]) {
        await world.write(one, "Stelai", "transfer", [world.creator.address, credits * CREDIT]);
      }
      await keeper.plans.work();
    };
    await spend(5n);
    expect(keeper.told).to.deep.equal([]);
    await spend(6n);
    await spend(1n);
    expect(keeper.told.map(({ kind, data }) => [kind, data])).to.deep.equal([["balance_low", { balance: "49000000" }]]);
    expect(kinds(account)).to.have.length(1);
    await world.give(account, 100n);
    await spend(1n);
    await world.pass(DAY);
    await world.write(account, "Stelai", "transfer", [world.creator.address, 130n * CREDIT]);
    await keeper.plans.work();
    expect(kinds(account)).to.deep.equal(["balance_low", "balance_low"]);
  });
});
