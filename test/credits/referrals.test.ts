import { expect } from "chai";
import { toBeHex, ZeroAddress } from "ethers";
import { credits, DAY, ethers, FLOOR, networkHelpers, orderOf, PLANS, usd } from "../fixtures.ts";
import { authorize, UNSPONSORED } from "./authorize.ts";
import {
  bonusOf,
  expectHeld,
  expectSolvent,
  MICRO,
  marginOf,
  purchase,
  type RewardsWorld,
  Source,
  withBuyers,
  withReferral,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;
const referrerOf = async (w: RewardsWorld, account: { address: string }) =>
  Array.from(await w.rewards.referrerOf(account.address));
const wordOf = (account: { address: string }) => toBeHex(account.address, 32);

/** PRICING announces other terms, waits, and sets them. */
async function setTerms(w: RewardsWorld, referrerBps: bigint, refereeBps: bigint, cap: bigint) {
  const terms = { referrerBps, refereeBps, cap };
  const data = w.rewards.interface.encodeFunctionData("setReferralTerms", [terms]);
  await w.manager.connect(w.pricing).getFunction("schedule")(w.rewards.target, data, 0n);
  await time.increase(2 * DAY);
  await w.rewards.connect(w.pricing).setReferralTerms(terms);
}

/** PRICING announces another table of one package, waits, and sets it. Its id is 4. */
async function setPackage(w: RewardsWorld, amount: bigint, price: bigint) {
  const table = [{ credits: amount, price }];
  const data = w.store.interface.encodeFunctionData("setPackages", [table]);
  await w.manager.connect(w.pricing).getFunction("schedule")(w.store.target, data, 0n);
  await time.increase(2 * DAY);
  await w.store.connect(w.pricing).setPackages(table);
}

describe("Referrals: who is bound to whom", () => {
  it("are decided by the first purchase for oneself, for good", async () => {
    const w = await loadFixture(withBuyers);
    expect(await referrerOf(w, w.bob)).to.deep.equal([ZeroAddress, false]);
    await expect(purchase(w, w.bob, { referrer: w.alice.address }))
      .to.emit(w.rewards, "ReferrerBound")
      .withArgs(w.bob, w.alice);
    await expect(purchase(w, w.bob, { referrer: w.carol.address })).not.to.emit(w.rewards, "ReferrerBound");
    expect(await referrerOf(w, w.bob)).to.deep.equal([w.alice.address, true]);
    expect(await w.rewards.referralEarnedBy(w.carol)).to.equal(0n);
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("100"));
  });

  it("bind to nobody when the first purchase names nobody or oneself, and no later link changes it", async () => {
    const w = await loadFixture(withBuyers);
    for (const [buyer, referrer] of [
      [w.bob, ZeroAddress],
      [w.carol, w.carol.address],
    ] as const) {
      await expect(purchase(w, buyer, { referrer }))
        .to.emit(w.rewards, "ReferrerBound")
        .withArgs(buyer, ZeroAddress);
      const act = purchase(w, buyer, { referrer: w.alice.address });
      await expect(act).not.to.emit(w.rewards, "Granted");
      expect(await referrerOf(w, buyer)).to.deep.equal([ZeroAddress, true]);
    }
    await expectHeld(w, [w.alice, w.bob, w.carol]);
  });

  it("are not decided by whoever pays for another, not even for the one who is paid for", async () => {
    const w = await loadFixture(withBuyers);
    const act = purchase(w, w.carol, { recipient: w.bob.address, referrer: w.carol.address });
    await expect(act).not.to.emit(w.rewards, "ReferrerBound");
    expect(await referrerOf(w, w.bob)).to.deep.equal([ZeroAddress, false]);
    expect(await referrerOf(w, w.carol)).to.deep.equal([ZeroAddress, false]);
    await purchase(w, w.bob, { referrer: w.alice.address });
    expect(await referrerOf(w, w.bob)).to.deep.equal([w.alice.address, true]);
  });

  it("hold for what others pay for: the recipient's referrer earns, the payer's and the one they name do not", async () => {
    const w = await loadFixture(withReferral);
    const before = await bonusOf(w, w.bob);
    await purchase(w, w.carol, { recipient: w.bob.address, referrer: w.dave.address });
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("100"));
    expect(await w.rewards.referralEarnedBy(w.dave)).to.equal(0n);
    expect(await bonusOf(w, w.bob)).to.equal(before + credits("50"));
    expect(await bonusOf(w, w.carol)).to.equal(0n);
    await expectHeld(w, [w.alice, w.bob, w.carol, w.dave]);
  });

  it("bind the payer who signed a sponsored purchase, to whom the signature names", async () => {
    const w = await loadFixture(withBuyers);
    const order = orderOf(w.bob.address, { referrer: w.alice.address });
    const authorization = await authorize(w, w.bob, order, UNSPONSORED);
    const bent = { ...order, referrer: w.carol.address };
    await expect(
      w.store.connect(w.carol).buyWithAuthorization(bent, authorization, UNSPONSORED),
    ).to.be.revertedWithCustomError(w.usdc, "ERC3009InvalidSignature");
    await w.store.connect(w.carol).buyWithAuthorization(order, authorization, UNSPONSORED);
    expect(await referrerOf(w, w.bob)).to.deep.equal([w.alice.address, true]);
  });

  it("bind by a plan's first cycle, and earn by its renewals and by top-ups", async () => {
    const w = await loadFixture(withBuyers);
    const price = PLANS[0]?.price ?? 0n;
    await w.plans.connect(w.bob).subscribe(1n, price, price, w.alice.address);
    expect(await referrerOf(w, w.bob)).to.deep.equal([w.alice.address, true]);
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("50"));
    await time.increase(30 * DAY);
    await w.plans.renew([w.bob.address]);
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("100"));
    const topUp = { threshold: credits("9000"), credits: credits("1000"), maxPrice: usd("10"), cap: usd("10") };
    await w.plans.connect(w.bob).setTopUp(topUp);
    await w.plans.topUp(w.bob.address, 1n, 1n);
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("150"));
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("are not decided by a top-up that a keeper makes first: the first purchase of one's own decides", async () => {
    const w = await loadFixture(withBuyers);
    const agreed = { threshold: credits("500"), credits: credits("1000"), maxPrice: usd("10"), cap: usd("25") };
    await w.plans.connect(w.bob).setTopUp(agreed);
    await expect(w.plans.connect(w.carol).topUp(w.bob.address, 1n, 1n)).not.to.emit(w.rewards, "ReferrerBound");
    await expect(purchase(w, w.bob, { referrer: w.alice.address }))
      .to.emit(w.rewards, "ReferrerBound")
      .withArgs(w.bob.address, w.alice.address);
  });

  it("go round in a ring without anybody earning by themselves", async () => {
    const w = await loadFixture(withBuyers);
    const ring = [w.alice, w.bob, w.carol];
    for (const [i, buyer] of ring.entries()) {
      await purchase(w, buyer, { referrer: ring[(i + 1) % 3]?.address ?? "" });
    }
    for (const member of ring) {
      expect(await w.rewards.referralEarnedBy(member)).to.equal(credits("50"));
      expect(await bonusOf(w, member)).to.equal(credits("100"));
    }
    await expectHeld(w, ring);
  });
});

describe("Referrals: what they bring", () => {
  it("mint what the terms promise to both sides, in the sale, and say so", async () => {
    const w = await loadFixture(withBuyers);
    const before: bigint = await w.stelai.totalSupply();
    const act = purchase(w, w.bob, { referrer: w.alice.address, packageId: 3n, quantity: 2n });
    const each = credits("500");
    await expect(act).to.emit(w.rewards, "Granted").withArgs(w.alice, Source.Referrer, 0n, each, wordOf(w.bob));
    await expect(act).to.emit(w.rewards, "Granted").withArgs(w.bob, Source.Referee, 0n, each, wordOf(w.bob));
    await expect(act)
      .to.emit(w.store, "BonusMinted")
      .withArgs(w.bob, 2n * each);
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.bob, w.rewards], [credits("10000"), 2n * each]);
    expect(await w.stelai.totalSupply()).to.equal(before + credits("10000") + 2n * each);
    expect(await bonusOf(w, w.alice)).to.equal(each);
    expect(await bonusOf(w, w.bob)).to.equal(each);
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("are cut to the sale's margin, shared as the terms share, and rounded down to whole microcredits", async () => {
    const w = await loadFixture(withBuyers);
    await setTerms(w, 3_000n, 1_000n, credits("100000"));
    const margin = marginOf(3n);
    await purchase(w, w.bob, { referrer: w.alice.address, packageId: 3n });
    expect(margin, "a margin below what is promised").to.equal(credits("625"));
    expect(await bonusOf(w, w.alice)).to.equal(468_750_000n * MICRO);
    expect(await bonusOf(w, w.bob)).to.equal(156_250_000n * MICRO);
    await expectHeld(w, [w.alice, w.bob]);
    expect(await w.store.surplus(), "nothing of it is left").to.equal(0n);
  });

  it("leave dust of the margin where it is", async () => {
    const w = await loadFixture(withBuyers);
    const odd = 1_000_000_000_000_000_001n;
    await setPackage(w, odd, 8_003n);
    await purchase(w, w.bob, { referrer: w.alice.address, packageId: 4n });
    const margin = (8_003n * 10n ** 18n) / FLOOR - odd;
    const half = margin / 2n;
    expect(await bonusOf(w, w.alice)).to.equal(half - (half % MICRO));
    expect(await bonusOf(w, w.bob)).to.equal(half - (half % MICRO));
    expect(half % MICRO).not.to.equal(0n);
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("are nothing of a sale at the floor, and nothing while the terms promise nothing", async () => {
    const w = await loadFixture(withReferral);
    const before = [await bonusOf(w, w.alice), await bonusOf(w, w.bob)];
    await setPackage(w, credits("1000"), usd("8"));
    await expect(purchase(w, w.bob, { packageId: 4n })).not.to.emit(w.rewards, "Granted");
    await setTerms(w, 0n, 0n, credits("100000"));
    await expect(w.plans.connect(w.bob).subscribe(1n, usd("10"), 0n, ZeroAddress)).not.to.emit(w.store, "BonusMinted");
    expect([await bonusOf(w, w.alice), await bonusOf(w, w.bob)]).to.deep.equal(before);
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("can go to one side alone", async () => {
    const w = await loadFixture(withReferral);
    await setTerms(w, 0n, 5_000n, 0n);
    const [referrer, referee] = [await bonusOf(w, w.alice), await bonusOf(w, w.bob)];
    await purchase(w, w.bob);
    expect(await bonusOf(w, w.alice)).to.equal(referrer);
    expect(await bonusOf(w, w.bob), "the whole margin").to.equal(referee + marginOf(1n));
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("stop at the referrer's cap, to the microcredit, and go on for the buyer", async () => {
    const w = await loadFixture(withReferral);
    await setTerms(w, 500n, 500n, credits("60.5"));
    await purchase(w, w.bob);
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("60.5"));
    const act = purchase(w, w.bob);
    await expect(act).to.emit(w.rewards, "Granted").withArgs(w.bob, Source.Referee, 0n, credits("50"), wordOf(w.bob));
    expect(await w.rewards.referralEarnedBy(w.alice)).to.equal(credits("60.5"));
    expect(await bonusOf(w, w.alice)).to.equal(credits("60.5"));
    await setTerms(w, 500n, 500n, credits("1"));
    await purchase(w, w.bob);
    expect(await w.rewards.referralEarnedBy(w.alice), "a cap below what was earned takes nothing").to.equal(
      credits("60.5"),
    );
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("leave room in the cap for nothing but whole microcredits", async () => {
    const w = await loadFixture(withBuyers);
    await setTerms(w, 500n, 0n, credits("1") + MICRO - 1n);
    await purchase(w, w.bob, { referrer: w.alice.address });
    expect(await bonusOf(w, w.alice)).to.equal(credits("1"));
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("come out of the sale that earns them: a surplus swept before is not needed for them", async () => {
    const w = await loadFixture(withReferral);
    await w.store.sweepSurplus();
    await purchase(w, w.bob, { packageId: 3n });
    await w.store.sweepSurplus();
    await expectSolvent(w);
    await expectHeld(w, [w.alice, w.bob]);
  });
});
