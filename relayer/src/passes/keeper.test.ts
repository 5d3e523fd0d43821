import { characterAccessAbi, stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { ne } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startKeeper, type TestKeeper } from "../../test/keeper.ts";
import { startPostgres } from "../../test/postgres.ts";
import { startWorld, type World } from "../../test/world.ts";
import { transactions } from "../store/schema/operation.ts";
import { waitAfter } from "./keeper.ts";

const CREDIT = 1_000_000n;
const [MONTHLY, ANNUAL] = [1, 2];
const DAY = 86_400;
const MONTH = 30 * DAY;

describe("The keeper", () => {
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

  const access = (account: PrivateKeyAccount, functionName: string, args: readonly unknown[]) =>
    world.write(account, "CharacterAccess", functionName, args);

  /** Somebody with so many credits and a pass that renews. */
  async function subscriber(
    id: bigint,
    credits = 20n,
    plan = MONTHLY,
    mandate = 2n * CREDIT,
  ): Promise<PrivateKeyAccount> {
    people += 1;
    const account = world.account(people);
    await world.give(account, credits);
    await access(account, "subscribe", [id, plan, mandate, true, "0x"]);
    return account;
  }

  async function passOf(id: bigint, account: PrivateKeyAccount) {
    const address = keeper.chain.contracts.CharacterAccess;
    return keeper.chain.client.readContract({
      ...{ address, abi: characterAccessAbi, functionName: "accessOf", args: [id, account.address] },
    });
  }

  const mine = (blocks: number) => world.chain.request("hardhat_mine", [`0x${blocks.toString(16)}`]);
  /** A round, and a second one when what it sent is final. */
  async function settled(): Promise<void> {
    await keeper.work();
    await mine(keeper.chain.finalityBlocks + 1);
    await keeper.work();
  }
  const kinds = (account?: PrivateKeyAccount) =>
    keeper.told
      .filter((notice) => account === undefined || notice.account === account.address)
      .map(({ kind, data }) => (data.reason == null ? kind : `${kind}: ${data.reason}`));
  const recordOf = async (account: PrivateKeyAccount) =>
    (await keeper.passes.renewals(500)).find((record) => record.account === account.address);
  const sent = async () => keeper.store.db.select().from(transactions).where(ne(transactions.status, "replaced"));

  it("renews what is due in one transaction, once a period, and tells the holders when it is final", async () => {
    const id = await world.publish({ monthly: CREDIT, annual: 10n * CREDIT });
    const holders = [await subscriber(id), await subscriber(id), await subscriber(id)];
    const yearly = await subscriber(id, 40n, ANNUAL, 20n * CREDIT);
    await keeper.work();
    expect(await sent()).to.have.length(0);
    await world.pass(MONTH + 10);
    await keeper.work();
    expect((await sent()).map(({ description }) => description)).to.deep.equal(["renew 3 passes"]);
    const ends: number[] = [];
    for (const holder of holders) {
      const { active, until } = await passOf(id, holder);
      expect(active).to.equal(true);
      ends.push(until);
    }
    expect(kinds()).to.deep.equal([]);
    await mine(keeper.chain.finalityBlocks + 1);
    for (let round = 0; round < 3; round += 1) await keeper.work();
    expect(await sent()).to.have.length(1);
    expect(kinds()).to.deep.equal(["renewed", "renewed", "renewed"]);
    expect(keeper.told[0]?.data).to.include({ price: String(CREDIT), plan: "Monthly", until: String(ends[0]) });
    const record = await recordOf(holders[0] as PrivateKeyAccount);
    expect(record).to.include({ status: "Renewed", price: CREDIT, tries: 1, nextTry: null });
    expect(record?.transaction).to.equal((await sent())[0]?.hash);
    await world.pass(336 * DAY);
    await settled();
    expect((await passOf(id, yearly)).active).to.equal(true);
  });

  it("sends nothing that the chain would refuse: says why, tells the holder once, and renews when it can", async () => {
    const [open, dear, gone, hidden, halted] = [
      await world.publish({ monthly: CREDIT }),
      await world.publish({ monthly: CREDIT }),
      await world.publish({ monthly: CREDIT }),
      await world.publish({ monthly: CREDIT }, { visibility: 2 }),
      await world.publish({ monthly: CREDIT }),
    ];
    const cases: [PrivateKeyAccount, string][] = [];
    const poor = await subscriber(open, 1n);
    cases.push([poor, "BalanceTooLow"]);
    const closed = await subscriber(open);
    await world.write(closed, "Stelai", "approve", [keeper.chain.contracts.CharacterAccess, 1n]);
    cases.push([closed, "AllowanceTooLow"]);
    cases.push([await subscriber(dear), "PriceAboveMandate"]);
    await world.setTerms(dear, { monthly: 3n * CREDIT });
    cases.push([await subscriber(gone), "NotOffered"]);
    await world.setTerms(gone, { lifetime: CREDIT });
    people += 1;
    const outcast = world.account(people);
    await world.give(outcast, 20n);
    const list = (allowed: boolean) =>
      world.write(world.creator, "Characters", "setAllowed", [hidden, [outcast.address], allowed]);
    await list(true);
    await access(outcast, "subscribe", [hidden, MONTHLY, CREDIT, true, "0x"]);
    await list(false);
    cases.push([outcast, "NotAllowed"]);
    cases.push([await subscriber(halted), "Suspended"]);
    await world.setSuspended(halted, true);
    const leaver = await subscriber(open);
    await access(leaver, "cancelAtPeriodEnd", [open]);
    const quitter = await subscriber(open);
    await access(quitter, "cancelNow", [open, 0n]);
    await keeper.work();

    await world.pass(MONTH + 10);
    for (let round = 0; round < 3; round += 1) await keeper.work();
    expect(await sent()).to.have.length(0);
    for (const [account, status] of cases) {
      const record = await recordOf(account);
      expect([record?.status, record?.tries], status).to.deep.equal([status, 1]);
      expect(kinds(account), status).to.deep.equal([`renewal_failed: ${status}`]);
    }
    expect(await recordOf(leaver)).to.equal(undefined);
    expect(kinds(leaver)).to.deep.equal(["pass_ended"]);
    expect(kinds(quitter), "who ended it knows").to.deep.equal([]);

    await world.give(poor, 5n);
    await world.setTerms(dear, { monthly: 2n * CREDIT });
    await world.pass(Number(waitAfter(1)) + 1);
    await settled();
    expect((await passOf(open, poor)).active).to.equal(true);
    expect(kinds(poor)).to.deep.equal(["renewal_failed: BalanceTooLow", "renewed"]);
    expect((await recordOf(poor))?.status).to.equal("Renewed");
    expect((await recordOf(closed))?.status).to.equal("AllowanceTooLow");
  });

  it("waits longer after each refusal, begins anew when the agreement changes, and stops when it lapses", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const poor = await subscriber(id, 1n);
    await keeper.work();
    await world.pass(MONTH + 10);
    const waits: bigint[] = [];
    for (let tries = 1; tries <= 3; tries += 1) {
      await keeper.work();
      await keeper.work();
      const record = await recordOf(poor);
      expect(record?.tries).to.equal(tries);
      waits.push((record?.nextTry ?? 0n) - keeper.chain.head().timestamp);
      await world.pass(Number(waits.at(-1)) + 1);
    }
    // The chain's clock may have gone on by seconds since the refusal.
    expect(waits.map((wait) => (wait + 59n) / 60n)).to.deep.equal([1n, 4n, 16n]);
    await keeper.work();
    await access(poor, "setRenewal", [id, MONTHLY, CREDIT]);
    await keeper.work();
    expect((await recordOf(poor))?.tries, "tried again at once").to.equal(5);
    await mine(keeper.chain.finalityBlocks + 1);
    await world.pass(15 * DAY);
    await keeper.work();
    expect(await recordOf(poor)).to.include({ status: "Lapsed", nextTry: null });
    expect(kinds(poor).at(-1)).to.equal("pass_ended");
    await world.give(poor, 5n);
    await world.pass(DAY);
    await settled();
    expect((await passOf(id, poor)).active).to.equal(false);
    expect((await recordOf(poor))?.status).to.equal("Lapsed");
  });

  it("does not renew while sales are paused, and does when they are resumed", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const holder = await subscriber(id);
    const guardian = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
    await access(guardian, "pause", []);
    await world.pass(MONTH + 10);
    await keeper.work();
    expect((await recordOf(holder))?.status).to.equal("Paused");
    expect(kinds(holder), "nothing that the holder could mend").to.deep.equal([]);
    await access(guardian, "unpause", []);
    await world.pass(61);
    await settled();
    expect((await recordOf(holder))?.status).to.equal("Renewed");
  });

  it("tells of a renewal three days before, once, with what would keep it from happening", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const [fine, poor] = [await subscriber(id), await subscriber(id, 1n)];
    await world.pass(26 * DAY);
    await keeper.work();
    expect(kinds()).to.deep.equal([]);
    await world.pass(DAY + 60);
    for (let round = 0; round < 2; round += 1) await keeper.work();
    expect([kinds(fine), kinds(poor)]).to.deep.equal([["renewal_due"], ["renewal_due"]]);
    const [ofFine, ofPoor] = [fine, poor].map(({ address }) => keeper.told.find(({ account }) => account === address));
    expect(ofFine?.data).to.include({ price: String(CREDIT), mandate: String(2n * CREDIT), problem: null });
    expect(ofPoor?.data).to.include({ problem: "BalanceTooLow" });
    expect(ofFine?.key).not.to.equal(ofPoor?.key);
  });

  it("renews the one of two passes that the credits are enough for, and the other when there are more", async () => {
    const ids = [await world.publish({ monthly: CREDIT }), await world.publish({ monthly: CREDIT })] as const;
    const holder = await subscriber(ids[0], 3n);
    await access(holder, "subscribe", [ids[1], MONTHLY, CREDIT, true, "0x"]);
    await world.pass(MONTH + 10);
    await settled();
    const active = async () => Promise.all(ids.map(async (id) => (await passOf(id, holder)).active));
    expect((await active()).filter(Boolean)).to.have.length(1);
    const records = (await keeper.passes.renewals(500)).filter(({ account }) => account === holder.address);
    expect(records.map(({ status }) => status).sort()).to.deep.equal(["Renewed", "Skipped"]);
    await world.give(holder, 5n);
    await world.pass(Number(waitAfter(1)) + 1);
    await settled();
    expect(await active()).to.deep.equal([true, true]);
  });

  it("sends again what a reorganisation took back, and no second time what it did not", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const holder = await subscriber(id);
    await mine(keeper.chain.finalityBlocks + 1);
    await keeper.work();
    await world.pass(MONTH + 10);
    const snapshot = await world.chain.request("evm_snapshot");
    await keeper.work();
    expect((await passOf(id, holder)).active).to.equal(true);
    await keeper.work();
    await world.chain.request("evm_revert", [snapshot]);
    expect((await passOf(id, holder)).active).to.equal(false);
    await keeper.work();
    await keeper.work();
    expect((await passOf(id, holder)).active).to.equal(true);
    await mine(keeper.chain.finalityBlocks + 1);
    await keeper.work();
    expect((await recordOf(holder))?.status).to.equal("Renewed");
    expect(kinds(holder)).to.deep.equal(["renewed"]);
    const paid = 20n - 2n;
    const address = keeper.chain.contracts.Stelai;
    const balance = await keeper.chain.client.readContract({
      ...{ address, abi: stelaiAbi, functionName: "balanceOf", args: [holder.address] },
    });
    expect(balance).to.equal(paid * 10n ** 18n);
  });

  it("forgets a pass whose purchase was taken back while nobody looked", async () => {
    const id = await world.publish({ monthly: CREDIT });
    await mine(keeper.chain.finalityBlocks + 1);
    people += 1;
    const account = world.account(people);
    await world.give(account, 5n);
    const snapshot = await world.chain.request("evm_snapshot");
    await access(account, "subscribe", [id, MONTHLY, CREDIT, true, "0x"]);
    await keeper.work();
    await world.chain.request("evm_revert", [snapshot]);
    await world.pass(MONTH + 10);
    await keeper.work();
    expect(await recordOf(account)).to.equal(undefined);
    expect(kinds(account)).to.deep.equal([]);
  });

  it("waits while gas costs more than the operator allows", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const holder = await subscriber(id);
    const frugal = await startKeeper(world, { KEEPER_MAX_GAS_PRICE: "0" });
    try {
      await world.pass(MONTH + 10);
      await frugal.work();
      expect((await frugal.metrics.renewalsWaitForGas.get()).values[0]?.value).to.equal(1);
      expect((await passOf(id, holder)).active).to.equal(false);
    } finally {
      await frugal.stop();
    }
    await settled();
    expect((await passOf(id, holder)).active).to.equal(true);
  });

  it("knows the passes of a character from before it listed the operator", async () => {
    const id = await world.publish({ monthly: CREDIT }, { operators: [] });
    const holder = await subscriber(id);
    await keeper.work();
    await world.write(world.creator, "Characters", "setOperator", [id, world.operator.address, true]);
    await world.pass(MONTH + 10);
    await settled();
    expect((await passOf(id, holder)).active).to.equal(true);
  });

  it("renews many in batches, and sends the same twice at no time although several processes keep at once", async () => {
    const postgres = await startPostgres();
    const environment = { DATABASE_URL: await postgres.database(), KEEPER_BATCH: "3" };
    const keepers = [await startKeeper(world, environment), await startKeeper(world, environment)];
    try {
      const id = await world.publish({ monthly: CREDIT });
      const holders: PrivateKeyAccount[] = [];
      for (let count = 0; count < 7; count += 1) holders.push(await subscriber(id));
      await Promise.all(keepers.map((one) => one.work()));
      await world.pass(MONTH + 10);
      for (let round = 0; round < 3; round += 1) await Promise.all(keepers.map((one) => one.work()));
      const rows = await keepers[0]?.store.db.select().from(transactions);
      const ours = rows?.filter(({ description }) => description.startsWith("renew"));
      const counts = ours?.map(({ description }) => Number(description.split(" ")[1])) ?? [];
      expect(Math.max(...counts)).to.equal(3);
      for (const holder of holders) expect((await passOf(id, holder)).active).to.equal(true);
      const renewals = (await keepers[0]?.passes.renewals(500)) ?? [];
      expect(renewals.filter(({ characterId }) => characterId === id)).to.have.length(holders.length);
      expect(new Set(renewals.map(({ tries }) => tries))).to.deep.equal(new Set([1]));
    } finally {
      await Promise.all(keepers.map((one) => one.stop()));
      await postgres.stop();
    }
  });
});
