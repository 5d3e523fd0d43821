import { expect } from "chai";
import { type PrivateKeyAccount, zeroAddress } from "viem";
import { CREDIT, DAY, giveBonus, MONTHLY_1000, setTopUp, USD, withDollars } from "../../../test/plans.ts";
import { signInAt } from "../../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../../test/world.ts";

describe("notices of plans, top-ups and bonus credits", () => {
  let world: World;
  let relayer: ServedRelayer;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  /** What an account was told, the oldest first, after everything on the chain was seen. */
  async function told(account: PrivateKeyAccount) {
    await relayer.watcher.look();
    await relayer.events.look();
    const all = await relayer.services.people.feed.all(account.address);
    return all.map(({ kind, data }) => ({ kind, data }));
  }
  const subscribe = (account: PrivateKeyAccount, referrer: string) => {
    const { planId, price } = MONTHLY_1000;
    return world.write(account, "CreditPlans", "subscribe", [planId, price, price, referrer]);
  };

  it("tell both sides of a referral, and of a code, who was here before", async () => {
    const [ann, bob, stranger] = [
      ...[await withDollars(world, 1, 50n), await withDollars(world, 2, 50n), await withDollars(world, 3, 50n)],
    ] as [PrivateKeyAccount, PrivateKeyAccount, PrivateKeyAccount];
    for (const one of [ann, bob]) await signInAt(relayer, one);
    for (const one of [ann, bob]) await relayer.services.people.accounts.seen(one.address);
    await subscribe(bob, ann.address);
    await subscribe(stranger, ann.address);
    await giveBonus(world, bob, 3n);
    const [first, second, ...more] = await told(ann);
    expect([first?.kind, first?.data]).to.deep.equal(["referral_earned", { account: bob.address, amount: "50000000" }]);
    expect([second?.data.account, more]).to.deep.equal([stranger.address, []]);
    const [referee, promotion] = await told(bob);
    expect([referee?.kind, referee?.data.source, referee?.data.amount]).to.deep.equal([
      ...["bonus_granted", "Referee", "50000000"],
    ]);
    expect(promotion?.data).to.include({ source: "Promotion", amount: "3000000", campaignId: "1" });
    expect(Number(promotion?.data.lapsesAt)).to.be.greaterThan(Date.now() / 1_000 + 170 * DAY);
    expect(await told(stranger)).to.deep.equal([]);
  });

  it("tell of a renewal and of a top-up what they cost and brought, and are taken back with them", async () => {
    const account = await withDollars(world, 4, 50n);
    await subscribe(account, zeroAddress);
    await world.pass(31 * DAY);
    await relayer.services.plans.work();
    const snapshot = await world.chain.request("evm_snapshot");
    await setTopUp(world, account, {
      ...{ threshold: 3_000n * CREDIT, credits: 1_000n * CREDIT, maxPrice: 10n * USD, cap: 10n * USD },
    });
    await relayer.services.plans.work();
    const [renewed, toppedUp, ...more] = await told(account);
    expect(more).to.deep.equal([]);
    expect(renewed?.kind).to.equal("plan_renewed");
    expect(renewed?.data).to.include({ planId: "1", credits: "1000000000", price: "9500000" });
    expect(toppedUp?.kind).to.equal("topped_up");
    expect(toppedUp?.data).to.include({ credits: "1000000000", price: "10000000", spent: "10000000" });
    await world.chain.request("evm_revert", [snapshot]);
    await world.chain.request("evm_mine");
    expect((await told(account)).map(({ kind }) => kind)).to.deep.equal(["plan_renewed"]);
  });
});
