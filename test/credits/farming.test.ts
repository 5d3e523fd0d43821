import { expect } from "chai";
import { concat, id, keccak256, MaxUint256, Signature, toBeHex, Wallet, ZeroHash } from "ethers";
import { creationOf, credits, DAY, networkHelpers, payeeOf, usd } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import {
  bonusOf,
  expectSolvent,
  grantTo,
  MICRO,
  purchase,
  Source,
  signRedemption,
  startFunded,
  withBuyers,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;

/**
 * The best that a farmer can find: {@link withBuyers}; referrals promise half of what is bought, meant for both sides alike;
 * metering pays no commission; Dave is a trusted operator without a fee, who serves Bob's character, and looks away; and an
 * honest bystander holds 5,000 credits, whose backing must not be touched.
 */
async function withFarm() {
  const w = await loadFixture(withBuyers);
  const terms = [{ referrerBps: 2_500n, refereeBps: 2_500n, cap: credits("1000000") }];
  await expectDelayed(w, w.rewards, w.pricing, "setReferralTerms", terms, 2 * DAY);
  await expectDelayed(w, w.payouts, w.commissioner, "setCommission", [w.meter.target, 0n], 7 * DAY);
  await w.rewards.connect(w.campaigner).setTrusted(w.dave.address, true);
  await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), operators: [w.dave.address] }));
  await w.usdc.mint(w.sponsor.address, usd("45"));
  await w.usdc.connect(w.sponsor).approve(w.store.target, MaxUint256);
  await purchase(w, w.sponsor, { packageId: 3n });
  await w.store.sweepSurplus();
  const gang = [w.alice, w.bob, w.carol, w.dave];
  for (const member of gang) await w.stelai.connect(member).approve(w.meter.target, MaxUint256);
  return { ...w, gang };
}

type Farm = Awaited<ReturnType<typeof withFarm>>;

/** What the gang has in dollars. */
async function purseOf(w: Farm): Promise<bigint> {
  let total = 0n;
  for (const { address } of w.gang) total += await w.usdc.balanceOf(address);
  return total;
}

/** A member spends all of their bonus at once on Bob's character. */
async function spendBonus(w: Farm, member: Farm["alice"]): Promise<void> {
  const amount = (await bonusOf(w, member)) / MICRO;
  if (amount === 0n) return;
  const session = Wallet.createRandom();
  const [operator, expiry] = [w.dave.address, BigInt((await time.latest()) + DAY)];
  await w.meter.connect(member).openWithBonus({ operator, sessionKey: session.address, cap: amount, expiry }, amount);
  const tabId: bigint = await w.meter.tabCount(operator);
  const lines = concat([toBeHex(1n, 6), toBeHex(amount, 5), toBeHex(1, 3), toBeHex(1_000, 6)]);
  const digest = await w.meter.voucherDigest(operator, tabId, 0n, amount, keccak256(lines), ZeroHash);
  const { r, yParityAndS } = Signature.from(session.signingKey.sign(digest));
  const row = concat([toBeHex(tabId, 8), toBeHex(amount, 5), ZeroHash, r, yParityAndS, "0x01", lines]);
  await w.meter.connect(w.dave).settle(row);
}

/** Everybody spends their bonus on the accomplice's character, who claims; then all redeem all they have. */
async function cashOut(w: Farm): Promise<void> {
  for (const member of w.gang) await spendBonus(w, member);
  await w.meter.collect(1n);
  if ((await w.payouts.claimable(w.bob)) !== 0n) await w.payouts.connect(w.bob).claim([], w.bob.address);
  for (const member of w.gang) {
    const balance: bigint = await w.stelai.balanceOf(member.address);
    if (balance !== 0n) await w.store.connect(member).redeem(balance, member.address, 0n);
  }
}

/** The bystander's credits are as good as before. */
async function expectBystanderWhole(w: Farm): Promise<void> {
  await expectSolvent(w);
  await w.store.connect(w.sponsor).redeem(credits("5000"), w.treasury.address, usd("40"));
}

/** What the gang has more after `farm`, and after cashing out, than before. */
async function gainOf(w: Farm, farm: () => Promise<unknown>): Promise<bigint> {
  const before = await purseOf(w);
  await farm();
  await cashOut(w);
  return (await purseOf(w)) - before;
}

describe("Farming bonus credits", () => {
  it("by referring oneself brings nothing, and never more than was paid in through a second account", async () => {
    const w = await loadFixture(withFarm);
    const gain = await gainOf(w, async () => {
      await purchase(w, w.alice, { referrer: w.alice.address });
      await purchase(w, w.carol, { referrer: w.alice.address });
      await purchase(w, w.carol, { packageId: 3n, quantity: 20n });
    });
    expect(await w.rewards.referralEarnedBy(w.alice)).to.be.greaterThan(0n);
    expect(gain, "of the sale to oneself the margin is lost").to.be.at.most(-usd("2"));
    await expectBystanderWhole(w);
  });

  it("in a ring that buys again and again never ends with more than was paid in", async () => {
    const w = await loadFixture(withFarm);
    const gain = await gainOf(w, async () => {
      for (let round = 0; round < 3; round++) {
        for (const [i, member] of w.gang.entries()) {
          const referrer = w.gang[(i + 1) % w.gang.length]?.address ?? "";
          await purchase(w, member, { referrer, packageId: BigInt(1 + round) });
          await cashOut(w);
        }
      }
    });
    expect(gain).to.be.at.most(0n);
    await expectBystanderWhole(w);
  });

  it("by gifts to the referred never ends with more than was paid in", async () => {
    const w = await loadFixture(withFarm);
    const gain = await gainOf(w, async () => {
      await purchase(w, w.carol, { referrer: w.alice.address });
      await purchase(w, w.dave, { recipient: w.carol.address, referrer: w.dave.address, packageId: 3n, quantity: 50n });
      await purchase(w, w.alice, { recipient: w.carol.address, packageId: 2n });
    });
    expect(gain).to.be.at.most(0n);
    await expectBystanderWhole(w);
  });

  it("by plans, their renewals and upgrades never ends with more than was paid in, whatever was swept", async () => {
    const w = await loadFixture(withFarm);
    const gain = await gainOf(w, async () => {
      await w.plans.connect(w.carol).subscribe(1n, usd("100"), usd("100"), w.alice.address);
      await w.store.sweepSurplus();
      await w.plans.connect(w.carol).upgrade(2n, usd("100"), usd("100"));
      await w.store.sweepSurplus();
      await w.plans.connect(w.carol).upgrade(3n, usd("100"), usd("100"));
      await time.increase(30 * DAY);
      await w.plans.renew([w.carol.address]);
      await w.store.sweepSurplus();
    });
    expect(gain).to.be.at.most(0n);
    await expectBystanderWhole(w);
  });

  it("lets nobody sweep, lapse or return the same bonus into more", async () => {
    const w = await loadFixture(withFarm);
    const gain = await gainOf(w, async () => {
      await purchase(w, w.carol, { referrer: w.alice.address, packageId: 3n });
      const part = (await bonusOf(w, w.alice)) / MICRO / 2n;
      const opening = { operator: w.dave.address, sessionKey: w.bob.address, cap: part };
      const expiry = BigInt((await time.latest()) + DAY);
      await w.meter.connect(w.alice).openWithBonus({ ...opening, expiry }, part);
      await time.increase(181 * DAY);
      await w.rewards.burnLapsed([w.alice.address, w.carol.address]);
      await w.store.sweepSurplus();
      await w.meter.reclaim(w.dave.address, 1n);
      await purchase(w, w.carol, { packageId: 3n });
    });
    expect(gain).to.be.at.most(0n);
    await expectBystanderWhole(w);
  });

  it("by codes and grants for accounts made for it costs their campaigns at most their budgets, and nobody else", async () => {
    const w = await loadFixture(withFarm);
    const keys = [new Wallet(id("a code")), new Wallet(id("a signer who looks away"))] as const;
    const budgets = [credits("170"), credits("90")] as const;
    const limits = { perAccount: credits("50"), daily: credits("1000") };
    const code = await startFunded(w, { signer: keys[0].address, ...limits }, budgets[0]);
    const source = Source.Contribution;
    const deeds = await startFunded(w, { source, signer: keys[1].address, ...limits }, budgets[1]);
    let refused = 0;
    const gain = await gainOf(w, async () => {
      for (const { address } of w.gang) {
        const signature = await signRedemption(w, keys[0], { campaignId: code, account: address });
        await w.rewards.redeemCode(code, address, signature).catch(() => refused++);
        await grantTo({ ...w, key: keys[1], campaignId: deeds }, address, credits("45")).catch(() => refused++);
      }
    });
    expect(refused, "one code and two grants more than there is budget").to.equal(3);
    expect((await w.rewards.campaignOf(code)).budget).to.equal(credits("20"));
    expect((await w.rewards.campaignOf(deeds)).budget).to.equal(0n);
    const most = ((budgets[0] + budgets[1]) * 8_000n) / 10n ** 18n;
    expect(gain).to.equal(most - (credits("20") * 8_000n) / 10n ** 18n);
    await expectBystanderWhole(w);
  });

  it("by a code and referrals together still never ends with more than was paid in and the budget", async () => {
    const w = await loadFixture(withFarm);
    const key = new Wallet(id("a code"));
    const campaignId = await startFunded(w, { signer: key.address, daily: credits("1000") }, credits("200"));
    const gain = await gainOf(w, async () => {
      for (const [i, member] of w.gang.entries()) {
        const account = member.address;
        await w.rewards.redeemCode(campaignId, account, await signRedemption(w, key, { campaignId, account }));
        await purchase(w, member, { referrer: w.gang[(i + 3) % 4]?.address ?? "", packageId: 3n });
      }
    });
    expect(gain).to.be.at.most(usd("1.6"));
    await expectBystanderWhole(w);
  });

  it("turns no bonus into anything by closing tabs: only what a character earned was ever redeemed", async () => {
    const w = await loadFixture(withFarm);
    await purchase(w, w.carol, { referrer: w.alice.address });
    const bonus = (await bonusOf(w, w.alice)) / MICRO;
    const expiry = BigInt((await time.latest()) + DAY);
    const opening = { operator: w.dave.address, sessionKey: w.bob.address, cap: bonus, expiry };
    await w.meter.connect(w.alice).openWithBonus(opening, bonus);
    await time.increase(3 * DAY);
    await w.meter.reclaim(w.dave.address, 1n);
    expect(await w.stelai.balanceOf(w.alice)).to.equal(0n);
    expect(await bonusOf(w, w.alice)).to.equal(bonus * MICRO);
    await expect(w.store.connect(w.alice).redeem(1n, w.alice, 0n)).to.be.revertedWithCustomError(
      w.stelai,
      "ERC20InsufficientBalance",
    );
  });
});
