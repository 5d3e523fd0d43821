import { expect } from "chai";
import { id, MaxUint256, Wallet } from "ethers";
import fc from "fast-check";
import { creationOf, credits, DAY, ethers, networkHelpers, PACKAGES, payeeOf, usd } from "../fixtures.ts";
import { wei } from "../metering/helpers/funding.ts";
import { CLOSE_TYPES, meterDomain, packRow, signVoucher, voucherOf } from "../metering/helpers/vouchers.ts";
import { type ModelTab, RewardsModel, shareMargin, type Terms } from "./rewardsModel.ts";
import {
  expectSolvent,
  grantTo,
  MICRO,
  marginOf,
  purchase,
  type RewardsWorld,
  Source,
  startFunded,
  withBuyers,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;
const SEED = Number(process.env.REWARDS_SEED ?? Date.now() % 2 ** 31);
const PER_ACCOUNT = credits("600");
const BUDGET = credits("1500");
const session = new Wallet(id("session"));

/** {@link withBuyers}; four people with 50,000 credits each and standing allowances, Dave's tabs, a campaign of deeds. */
async function withPlayers() {
  const w = await loadFixture(withBuyers);
  const players = [w.alice, w.bob, w.carol, w.deployer];
  await w.usdc.mint(w.sponsor.address, usd("1800"));
  await w.usdc.connect(w.sponsor).approve(w.store.target, MaxUint256);
  await purchase(w, w.sponsor, { packageId: 3n, quantity: 40n });
  for (const player of players) {
    await w.usdc.mint(player.address, usd("1000000"));
    await w.usdc.connect(player).approve(w.store.target, MaxUint256);
    await w.stelai.connect(player).approve(w.meter.target, MaxUint256);
    await w.stelai.connect(w.sponsor).transfer(player, credits("50000"));
  }
  await w.rewards.connect(w.campaigner).setTrusted(w.dave, true);
  await w.characters.connect(w.dave).create(creationOf({ payee: payeeOf(w.dave), operators: [w.dave.address] }));
  const end = (await time.latest()) + 40 * 365 * DAY;
  const limits = { perAccount: PER_ACCOUNT, daily: BUDGET, end };
  const campaign = { source: Source.Contribution, signer: w.key.address, ...limits };
  const campaignId = await startFunded(w, campaign, BUDGET);
  return { ...w, players, campaignId, domain: meterDomain(String(w.meter.target), w.chainId) };
}

type PlayWorld = Awaited<ReturnType<typeof withPlayers>>;
type Player = PlayWorld["alice"];

/** PRICING announces other terms, waits, and sets them. */
async function setTerms(w: RewardsWorld, terms: Terms): Promise<void> {
  const data = w.rewards.interface.encodeFunctionData("setReferralTerms", [terms]);
  await w.manager.connect(w.pricing).getFunction("schedule")(w.rewards.target, data, 0n);
  await time.increase(2 * DAY);
  await w.rewards.connect(w.pricing).setReferralTerms(terms);
}

/** Whether a call goes through; it may fail for want of budget, of room or of bonus alone. */
async function goesThrough(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    (cause: Error) => {
      if (/BudgetExhausted|AccountCapReached|BonusTooLow/.test(cause.message)) return false;
      throw cause;
    },
  );
}

const player = fc.nat(3);
const terms = fc
  .record({ referrerBps: fc.nat(5_000), refereeBps: fc.nat(5_000), cap: fc.bigInt(0n, credits("3000")) })
  .map(({ referrerBps, refereeBps, cap }) => ({
    referrerBps: BigInt(referrerBps),
    refereeBps: BigInt(Math.min(refereeBps, 5_000 - referrerBps)),
    cap,
  }));
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("buy" as const), who: player, for: player, by: player, size: fc.nat(2) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("grant" as const), who: player, amount: fc.bigInt(1n, 400_000_000n) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("open" as const),
      who: player,
      share: fc.nat(105),
      paid: fc.bigInt(0n, 9_000_000n),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      which: fc.nat(9),
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("close" as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("record" as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("burn" as const), who: player }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("terms" as const), terms }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** One sequence of acts, on the chain and in the model. */
class Play {
  readonly model = new RewardsModel(BUDGET);
  readonly expiries: bigint[] = [];
  private readonly w: PlayWorld;

  constructor(w: PlayWorld) {
    this.w = w;
  }

  async act(one: Act): Promise<void> {
    if (one.do === "buy") return this.buy(one);
    if (one.do === "grant") return this.grant(this.player(one.who), one.amount * MICRO);
    if (one.do === "open") return this.open(this.player(one.who), one.share, one.paid);
    if (one.do === "burn") return this.burn(this.player(one.who));
    if (one.do === "wait") return time.increase(one.days * DAY).then(() => undefined);
    if (one.do === "terms") {
      await setTerms(this.w, one.terms);
      this.model.terms = one.terms;
      return;
    }
    const tabs = this.model.tabs;
    const tab = tabs.length === 0 ? undefined : tabs[one.which % tabs.length];
    if (tab === undefined) return;
    const tabId = BigInt(tabs.indexOf(tab) + 1);
    if (one.do === "settle") return this.settle(tab, tabId, one.share);
    if (one.do === "close") return this.close(tab, tabId);
    await this.w.rewards.recordSpending(this.w.dave, [tabId]);
    this.model.record(tab, await time.latest());
  }

  /** The ledger is the model's, everything is held, and all is backed. */
  async compare(): Promise<void> {
    const { w, model } = this;
    const now = await time.latest();
    for (const { address } of w.players) {
      const { balance, lapsesAt } = await w.rewards.bonusOf(address);
      expect([balance, lapsesAt], address).to.deep.equal([
        model.spendable(address, now),
        BigInt(model.of(address).lapsesAt),
      ]);
      const { referrer, isBound, earned } = model.of(address);
      expect(Array.from(await w.rewards.referrerOf(address))).to.deep.equal([referrer ?? ethers.ZeroAddress, isBound]);
      expect(await w.rewards.referralEarnedBy(address)).to.equal(earned);
    }
    expect((await w.rewards.campaignOf(w.campaignId)).budget).to.equal(model.budget);
    expect(await w.stelai.balanceOf(w.rewards)).to.equal(model.held());
    await expectSolvent(w);
  }

  private player(index: number): Player {
    const found = this.w.players[index];
    if (!found) throw new Error("no such player");
    return found;
  }

  private async buy(one: { who: number; for: number; by: number; size: number }): Promise<void> {
    const { w, model } = this;
    const [payer, recipient, referrer] = [one.who, one.for, one.by].map((index) => this.player(index).address);
    if (!payer || !recipient || !referrer) throw new Error("no such player");
    const packageId = BigInt(one.size + 1);
    const [supply, before]: [bigint, bigint] = [await w.stelai.totalSupply(), model.minted - model.burned];
    const amount = PACKAGES[one.size]?.credits ?? 0n;
    const margin = marginOf(packageId);
    const minted = model.minted;
    await purchase(w, this.player(one.who), { packageId, recipient, referrer });
    model.buy(payer, recipient, referrer, amount, margin, await time.latest());
    expect(model.minted - minted <= margin, "never more than the margin").to.equal(true);
    expect(await w.stelai.totalSupply()).to.equal(supply + amount + model.minted - model.burned - before);
  }

  private async grant(account: Player, amount: bigint): Promise<void> {
    const gone = await goesThrough(grantTo(this.w, account.address, amount));
    expect(this.model.grant(account.address, amount, PER_ACCOUNT, await time.latest())).to.equal(gone);
  }

  private async open(payer: Player, share: number, paid: bigint): Promise<void> {
    const { w, model } = this;
    const bonus = (model.spendable(payer.address, await time.latest()) * BigInt(share)) / 100n / MICRO;
    if (bonus === 0n) return;
    const cap = bonus + paid;
    const expiry = BigInt((await time.latest()) + 200 * DAY);
    const opening = { operator: w.dave.address, sessionKey: session.address, cap, expiry };
    const gone = await goesThrough(w.meter.connect(payer).openWithBonus(opening, bonus));
    expect(model.open(payer.address, cap, bonus, await time.latest())).to.equal(gone);
    if (gone) this.expiries.push(expiry);
  }

  private async settle(tab: ModelTab, tabId: bigint, share: number): Promise<void> {
    const { w } = this;
    const amount = ((tab.cap - tab.spent) * BigInt(share)) / 100n;
    const expiry = this.expiries[Number(tabId) - 1] ?? 0n;
    if (!tab.isOpen || amount === 0n || BigInt(await time.latest()) >= expiry) return;
    const lines = [{ character: 1n, amount }];
    const voucher = voucherOf({ operator: w.dave.address, tabId, base: tab.spent, lines });
    await w.meter.connect(w.dave).settle(packRow(voucher, await signVoucher(w.domain, session, voucher)));
    tab.spent += amount;
    expect((await w.meter.tabOf(w.dave, tabId)).spent).to.equal(tab.spent);
  }

  private async close(tab: ModelTab, tabId: bigint): Promise<void> {
    const { w, model } = this;
    if (!tab.isOpen) return;
    const values = { operator: w.dave.address, tabId, total: tab.spent };
    const signature = await session.signTypedData(w.domain, CLOSE_TYPES, values);
    const before: bigint = await w.stelai.balanceOf(tab.payer);
    await w.meter.connect(w.dave).close(w.dave, tabId, tab.spent, signature, "0x");
    const paid = model.close(tab, await time.latest());
    expect((await w.stelai.balanceOf(tab.payer)) - before, "paid credits alone reach the payer").to.equal(wei(paid));
  }

  private async burn(account: Player): Promise<void> {
    await this.w.rewards.burnLapsed([account.address]);
    this.model.burnLapsed(account.address, await time.latest());
  }
}

describe("Rewards, whatever happens in whatever order", () => {
  it("keeps the ledger that its interface describes, to the wei and the second", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 45 }), async (acts) => {
        const play = new Play(await loadFixture(withPlayers));
        for (const one of acts) {
          await play.act(one);
          await play.compare();
        }
      }),
      { numRuns: 20, seed: SEED, endOnFailure: true },
    );
  });

  it("gives of a sale what the terms promise, and never more than its margin, not by a wei", async () => {
    const sale = fc.record({ amount: fc.bigInt(0n, credits("1000000000")), bps: fc.nat(12_000), odd: fc.nat(10_000) });
    await fc.assert(
      fc.asyncProperty(terms, fc.array(sale, { minLength: 10, maxLength: 10 }), async (agreed, sales) => {
        const w = await loadFixture(withBuyers);
        await setTerms(w, agreed);
        const record = w.rewards.connect(ethers.provider).recordPurchase;
        for (const { amount, bps, odd } of sales) {
          const margin = (amount * BigInt(bps)) / 10_000n + BigInt(odd);
          const args = [w.bob.address, w.bob.address, w.alice.address, amount, margin];
          const minted: bigint = await record.staticCall(...args, { from: w.store.target });
          const [referrer, referee] = shareMargin(agreed, 0n, amount, margin);
          expect(minted).to.equal(referrer + referee);
          expect(minted <= margin && minted % MICRO === 0n, `${minted} of ${margin}`).to.equal(true);
        }
      }),
      { numRuns: 30, seed: SEED },
    );
  });
});
