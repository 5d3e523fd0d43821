import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { credits, DAY, DELAYS, ethers, networkHelpers, PLANS, usd } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import { settle } from "../settle.ts";
import {
  bonusOf,
  expectHeld,
  grantTo,
  LIFE_AFTER_RETURN,
  LIFETIME,
  lapseOf,
  purchase,
  withBonus,
  withBuyers,
  withReferral,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;
const BONUS = credits("50");

/** {@link withBonus}; Bob's character 1. */
async function withCharacter() {
  const w = await loadFixture(withBonus);
  const about = { modality: 0, visibility: 0, personaHash: ethers.ZeroHash, metadataURI: "ipfs://card", shares: [] };
  const terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 1_000n, perUnit: 2_000n };
  await w.characters
    .connect(w.bob)
    .create({ ...about, terms, payee: BigInt(w.bob.address), operators: [w.dave.address] });
  return { ...w, characterId: 1n };
}

/** Alice opens a tab of bonus credits alone, in microcredits, for a day. */
async function openTab(w: Awaited<ReturnType<typeof withBonus>>, bonus: bigint): Promise<bigint> {
  const expiry = BigInt(await time.latest()) + BigInt(DAY);
  const opening = { operator: w.dave.address, sessionKey: w.carol.address, cap: bonus, expiry };
  await w.meter.connect(w.alice).openWithBonus(opening, bonus);
  return w.meter.tabCount(w.dave.address);
}

/** Time passes until the tab can be reclaimed, and it is. */
async function reclaim(w: Awaited<ReturnType<typeof withBonus>>, tabId: bigint) {
  const { expiry } = await w.meter.tabOf(w.dave.address, tabId);
  if (BigInt(await time.latest()) <= expiry + 86_400n) await time.increaseTo(expiry + 86_400n);
  return w.meter.reclaim(w.dave.address, tabId);
}

describe("Rewards: how a bonus lives", () => {
  it("is spendable to its last second, and not a second longer", async () => {
    const w = await loadFixture(withBonus);
    const lapsesAt = await lapseOf(w, w.alice);
    expect(lapsesAt).to.equal((await time.latest()) + LIFETIME);
    await time.increaseTo(lapsesAt - 1n);
    expect(await bonusOf(w, w.alice)).to.equal(BONUS);
    const expiry = lapsesAt + BigInt(DAY);
    const opening = { operator: w.dave.address, sessionKey: w.carol.address, cap: 1n, expiry };
    await time.setNextBlockTimestamp(lapsesAt);
    await w.meter.connect(w.alice).openWithBonus(opening, 1n);
    await time.setNextBlockTimestamp(lapsesAt + 1n);
    await expect(w.meter.connect(w.alice).openWithBonus(opening, 1n, { gasLimit: 500_000n }))
      .to.be.revertedWithCustomError(w.rewards, "BonusTooLow")
      .withArgs(0n, 10n ** 12n);
    expect(await bonusOf(w, w.alice)).to.equal(0n);
  });

  it("lives 180 days more after a purchase, one that somebody else pays for included", async () => {
    const w = await loadFixture(withBonus);
    for (const buyer of [w.alice, w.bob]) {
      await time.increase(100 * DAY);
      const act = await purchase(w, buyer, { recipient: w.alice.address });
      const lapsesAt = (await time.latest()) + LIFETIME;
      await expect(act).to.emit(w.rewards, "LapseMoved").withArgs(w.alice, lapsesAt);
      expect(await lapseOf(w, w.alice)).to.equal(lapsesAt);
    }
    expect(await bonusOf(w, w.alice)).to.equal(BONUS);
  });

  it("lives on after a plan's cycle, and a purchase for somebody else does nothing for the payer", async () => {
    const w = await loadFixture(withBonus);
    const before = await lapseOf(w, w.alice);
    await time.increase(DAY);
    await purchase(w, w.alice, { recipient: w.bob.address });
    expect(await lapseOf(w, w.alice)).to.equal(before);
    await w.plans.connect(w.alice).subscribe(1n, PLANS[0]?.price ?? 0n, 0n, ZeroAddress);
    expect(await lapseOf(w, w.alice)).to.equal((await time.latest()) + LIFETIME);
  });

  it("costs an account nothing that was never granted one", async () => {
    const w = await loadFixture(withBuyers);
    await expect(purchase(w, w.alice)).not.to.emit(w.rewards, "LapseMoved");
    expect(await lapseOf(w, w.alice)).to.equal(0n);
  });

  it("burns what lapsed, for anyone, once, and leaves what did not", async () => {
    const w = await loadFixture(withBonus);
    await time.increase(LIFETIME - DAY);
    await w.rewards.endCampaign(w.campaignId);
    await w.rewards.burnLapsed([w.alice.address]);
    expect(await bonusOf(w, w.alice)).to.equal(BONUS);
    await time.increase(2 * DAY);
    const [supply, surplus] = [await w.stelai.totalSupply(), await w.store.surplus()];
    const act = w.rewards.connect(w.carol).burnLapsed([w.bob.address, w.alice.address, w.alice.address]);
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.alice, BONUS);
    await expect(act).to.emit(w.store, "Retired").withArgs(w.rewards, BONUS);
    expect(await w.stelai.totalSupply()).to.equal(supply - BONUS);
    expect(await w.store.surplus(), "its backing is surplus").to.equal(surplus + usd("0.4"));
    await expect(w.rewards.burnLapsed([w.alice.address])).not.to.emit(w.rewards, "Lapsed");
    await expectHeld(w, [w.alice, w.bob, w.carol]);
  });

  it("does not come back once lapsed: a purchase, spending and a grant leave it lapsed", async () => {
    const w = await loadFixture(withCharacter);
    const tabId = await openTab(w, 1_000_000n);
    await time.increase(LIFETIME);
    await purchase(w, w.alice);
    await w.rewards.recordSpending(w.dave.address, [tabId]);
    expect(await bonusOf(w, w.alice)).to.equal(0n);
    const late = { ...w, campaignId: 2n };
    const now = await time.latest();
    const campaign = { source: 3n, signer: w.carol.address, start: now, end: now + DAY, uri: "" };
    await w.rewards.connect(w.campaigner).startCampaign({ ...campaign, perAccount: BONUS, daily: BONUS });
    await w.rewards.connect(w.campaigner).fundCampaign(2n, BONUS, usd("1"));
    const act = grantTo({ ...late, key: w.carol }, w.alice.address, credits("7"));
    await expect(act)
      .to.emit(w.rewards, "Lapsed")
      .withArgs(w.alice, BONUS - credits("1"));
    expect(await bonusOf(w, w.alice)).to.equal(credits("7"));
    await expectHeld(w, [w.alice, w.bob, w.carol]);
  });

  it("stops no purchase by having lapsed: neither the buyer's, nor that of whom the referrer sent", async () => {
    const w = await loadFixture(withReferral);
    await time.increase(LIFETIME + 1);
    const act = purchase(w, w.bob);
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.alice, credits("50"));
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.bob, credits("50"));
    expect(await bonusOf(w, w.alice)).to.equal(credits("50"));
    expect(await bonusOf(w, w.bob)).to.equal(credits("50"));
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("has at least 30 days when it comes back from a tab, and what stayed and lapsed meanwhile burns", async () => {
    const w = await loadFixture(withBonus);
    const tabId = await openTab(w, 20_000_000n);
    await time.increaseTo((await lapseOf(w, w.alice)) + 1n);
    const act = reclaim(w, tabId);
    await expect(act).to.emit(w.rewards, "Restored").withArgs(w.alice, credits("20"));
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.alice, credits("30"));
    expect(await bonusOf(w, w.alice)).to.equal(credits("20"));
    expect(await lapseOf(w, w.alice)).to.equal((await time.latest()) + LIFE_AFTER_RETURN);
    await expectHeld(w, [w.alice]);
  });

  it("keeps a later date when it comes back before", async () => {
    const w = await loadFixture(withBonus);
    const lapsesAt = await lapseOf(w, w.alice);
    const act = reclaim(w, await openTab(w, 50_000_000n));
    await expect(act).not.to.emit(w.rewards, "LapseMoved");
    expect(await lapseOf(w, w.alice)).to.equal(lapsesAt);
    expect(await bonusOf(w, w.alice)).to.equal(BONUS);
    await expectHeld(w, [w.alice]);
  });

  describe("when spending is recorded", () => {
    it("lives 180 days more, once for what a tab settled, of paid credits too", async () => {
      const w = await loadFixture(withCharacter);
      await time.increase(10 * DAY);
      await settle(w, w.characterId, 100n);
      await w.rewards.recordSpending(w.dave.address, [1n]);
      const lapsesAt = await lapseOf(w, w.alice);
      expect(lapsesAt).to.equal((await time.latest()) + LIFETIME);
      await time.increase(DAY);
      await expect(w.rewards.recordSpending(w.dave.address, [1n])).not.to.emit(w.rewards, "LapseMoved");
      expect(await lapseOf(w, w.alice)).to.equal(lapsesAt);
    });

    it("counts while all of the bonus is in a tab", async () => {
      const w = await loadFixture(withCharacter);
      const tabId = await openTab(w, 50_000_000n);
      await time.increase(100 * DAY);
      await settle(w, w.characterId, 100n);
      await w.rewards.recordSpending(w.dave.address, [tabId + 1n]);
      const lapsesAt = await lapseOf(w, w.alice);
      expect(lapsesAt).to.equal((await time.latest()) + LIFETIME);
      await reclaim(w, tabId);
      expect(await lapseOf(w, w.alice), "and for what comes back").to.equal(lapsesAt);
    });

    it("skips tabs that settled nothing, and operators that are not trusted", async () => {
      const w = await loadFixture(withCharacter);
      const lapsesAt = await lapseOf(w, w.alice);
      const tabId = await openTab(w, 1_000n);
      await settle(w, w.characterId, 100n);
      await w.rewards.connect(w.campaigner).setTrusted(w.dave.address, false);
      await w.rewards.recordSpending(w.dave.address, [tabId, tabId + 1n]);
      expect(await lapseOf(w, w.alice)).to.equal(lapsesAt);
      await w.rewards.connect(w.campaigner).setTrusted(w.dave.address, true);
      await w.rewards.recordSpending(w.dave.address, [tabId]);
      expect(await lapseOf(w, w.alice)).to.equal(lapsesAt);
      await w.rewards.recordSpending(w.dave.address, [tabId, tabId + 1n]);
      expect(await lapseOf(w, w.alice)).to.be.greaterThan(lapsesAt);
    });

    it("refuses a tab that does not exist", async () => {
      const w = await loadFixture(withBonus);
      await expect(w.rewards.recordSpending(w.dave.address, [9n]))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.dave, 9n);
    });
  });
});

describe("Rewards: who may do what", () => {
  it("lets the store alone record purchases, and the meter alone draw and restore", async () => {
    const w = await loadFixture(withBonus);
    const mine = w.rewards.connect(w.alice);
    await expect(mine.recordPurchase(w.alice, w.alice, w.bob, BONUS, BONUS))
      .to.be.revertedWithCustomError(w.rewards, "NotCreditStore")
      .withArgs(w.alice);
    for (const act of [mine.draw(w.alice, w.dave, 1n), mine.restore(w.alice, 1n)]) {
      await expect(act).to.be.revertedWithCustomError(w.rewards, "NotMeter").withArgs(w.alice);
    }
  });

  it("lets CAMPAIGNS alone trust an operator, and never nobody", async () => {
    const w = await loadFixture(withBuyers);
    await expect(w.rewards.connect(w.alice).setTrusted(w.dave, true))
      .to.be.revertedWithCustomError(w.rewards, "AccessManagedUnauthorized")
      .withArgs(w.alice);
    const mine = w.rewards.connect(w.campaigner);
    await expect(mine.setTrusted(ZeroAddress, true)).to.be.revertedWithCustomError(w.rewards, "ZeroAddress");
    await expect(mine.setTrusted(w.dave, true)).to.emit(w.rewards, "OperatorTrusted").withArgs(w.dave, true);
    expect(await w.rewards.isTrusted(w.dave)).to.equal(true);
    await expect(mine.setTrusted(w.dave, false)).to.emit(w.rewards, "OperatorTrusted").withArgs(w.dave, false);
    expect(await w.rewards.isTrusted(w.dave)).to.equal(false);
  });

  it("lets PRICING alone set what referrals bring, announced, and at most a half for both sides", async () => {
    const w = await loadFixture(withBuyers);
    const terms = { referrerBps: 2_000n, refereeBps: 3_000n, cap: credits("9") };
    const tooHigh = { ...terms, refereeBps: 3_001n };
    await expect(w.rewards.connect(w.campaigner).setReferralTerms(terms))
      .to.be.revertedWithCustomError(w.rewards, "AccessManagedUnauthorized")
      .withArgs(w.campaigner);
    const act = await expectDelayed(w, w.rewards, w.pricing, "setReferralTerms", [terms], DELAYS.pricing);
    await expect(act).to.emit(w.rewards, "ReferralTermsSet").withArgs(2_000n, 3_000n, credits("9"));
    expect(await w.rewards.referralTerms()).to.deep.equal([2_000n, 3_000n, credits("9")]);
    const data = w.rewards.interface.encodeFunctionData("setReferralTerms", [tooHigh]);
    await w.manager.connect(w.pricing).getFunction("schedule")(w.rewards.target, data, 0n);
    await time.increase(DELAYS.pricing);
    await expect(w.rewards.connect(w.pricing).setReferralTerms(tooHigh)).to.be.revertedWithCustomError(
      w.rewards,
      "InvalidReferralTerms",
    );
  });

  it("knows its neighbours, and is not deployed without one", async () => {
    const w = await loadFixture(withBuyers);
    expect(await w.rewards.stelai()).to.equal(w.stelai.target);
    expect(await w.rewards.creditStore()).to.equal(w.store.target);
    expect(await w.rewards.inferenceMeter()).to.equal(w.meter.target);
    expect(await w.meter.rewards()).to.equal(w.rewards.target);
    expect(await w.rewards.LIFETIME()).to.equal(LIFETIME);
    expect(await w.rewards.LIFE_AFTER_RETURN()).to.equal(LIFE_AFTER_RETURN);
    const real = [w.manager.target, w.stelai.target, w.store.target, w.meter.target];
    for (const index of real.keys()) {
      const args = real.map((address, i) => (i === index ? ZeroAddress : address));
      await expect(ethers.deployContract("Rewards", args)).to.be.revertedWithCustomError(
        w.rewards,
        "InvalidConfiguration",
      );
    }
  });
});
