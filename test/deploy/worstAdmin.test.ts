import { expect } from "chai";
import type { Signer } from "ethers";
import { ROLES } from "../../scripts/deploy/roles.ts";
import { isSound, MONTH, NOBODY, Renewal, renewalOf } from "../credits/plansWorld.ts";
import {
  credits,
  DAY,
  ethers,
  FLOOR,
  networkHelpers,
  orderOf,
  payeeOf,
  REF,
  usd,
  type World,
  withCharacter,
} from "../fixtures.ts";
import { settle } from "../settle.ts";

const { loadFixture, time } = networkHelpers;
const ANYTHING = 2n ** 96n - 1n;
/** A table at a hundred thousand times the price. */
const DEAR = [{ credits: credits("1000"), price: usd("1000000") }];
type Managed = { target: unknown; interface: World["manager"]["interface"]; connect: World["manager"]["connect"] };

/**
 * What people have when a role turns on them, a week after the deployment: Alice credits, a plan, an agreement to top-ups
 * and five credits in a tab, Bob a character that earned, Carol a claim, Dave a bonus.
 */
async function withSomethingToLose() {
  const w = await loadFixture(withCharacter);
  await time.increase(7 * DAY);
  await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
  await w.plans.connect(w.alice).setTopUp({
    ...{ threshold: credits("100000"), credits: credits("1000") },
    ...{ maxPrice: usd("10"), cap: usd("20") },
  });
  await settle(w, 1n, 100_000_000n);
  await w.stelai.connect(w.alice).approve(w.meter.target, credits("5"));
  const expiry = BigInt((await time.latest()) + 300 * DAY);
  await w.meter
    .connect(w.alice)
    .open({ operator: w.dave.address, sessionKey: w.carol.address, cap: 5_000_000n, expiry });
  await w.payouts.connect(w.alice).earn(payeeOf(w.carol), credits("10"), REF);
  for (const account of [w.dave, w.campaigner]) {
    await w.usdc.mint(account.address, usd("1000"));
    await w.usdc.connect(account).approve(w.store.target, ethers.MaxUint256);
  }
  await w.store.connect(w.dave).buy(orderOf(w.dave.address, { referrer: w.alice.address }));
  return w;
}

/** Announces a call of a role's holder; what is returned makes it, now. */
async function announce(w: World, contract: unknown, caller: Signer, name: string, values: unknown[]) {
  const target = contract as Managed;
  const data = target.interface.encodeFunctionData(name, values);
  await w.manager.connect(caller).schedule(target.target, data, 0n);
  return () => target.connect(caller).getFunction(name)(...values);
}

/** {@link announce}, and two days later it is done. */
async function inTwoDays(w: World, contract: unknown, caller: Signer, name: string, values: unknown[]) {
  const enact = await announce(w, contract, caller, name, values);
  await time.increase(2 * DAY);
  return enact();
}

/** Everybody leaves with what is theirs: cancels, claims, redeems at the floor, takes the tabs' credits back. */
async function everybodyLeaves(w: World) {
  await w.plans.connect(w.alice).cancel();
  await w.plans.connect(w.alice).setTopUp({ threshold: 0n, credits: 0n, maxPrice: 0n, cap: 0n });
  await w.meter.collect(1n);
  await w.meter.connect(w.alice).requestClose(w.dave.address, 2n);
  await time.increase(29 * 3_600);
  await expect(w.meter.reclaim(w.dave.address, 2n)).to.changeTokenBalance(ethers, w.stelai, w.alice, credits("5"));
  const bob: bigint = await w.payouts.claimable(w.bob.address);
  const leaving: [Signer & { address: string }, bigint, () => Promise<unknown>][] = [
    [w.bob, (bob * FLOOR) / 10n ** 18n, () => w.payouts.connect(w.bob).claimAndRedeem([], w.bob.address, 0n)],
    [w.carol, usd("0.08"), () => w.payouts.connect(w.carol).claimAndRedeem([], w.carol.address, 0n)],
  ];
  for (const account of [w.alice, w.dave]) {
    const owned: bigint = await w.stelai.balanceOf(account.address);
    const redeem = () => w.store.connect(account).redeem(owned, account.address, 0n);
    leaving.push([account, (owned * FLOOR) / 10n ** 18n, redeem]);
  }
  for (const [account, owed, leave] of leaving) {
    const before: bigint = await w.usdc.balanceOf(account.address);
    await leave();
    expect((await w.usdc.balanceOf(account.address)) - before).to.equal(owed);
    expect(owed).to.be.greaterThan(0n);
  }
}

describe("The worst that a role can do to people's money", () => {
  describe("PRICING", () => {
    it("raises every price: seen two days ahead, when everybody can still leave at the floor", async () => {
      const w = await loadFixture(withSomethingToLose);
      const packages = await announce(w, w.store, w.pricing, "setPackages", [DEAR]);
      const plan = await announce(w, w.plans, w.pricing, "setPlanPrice", [1n, ANYTHING]);
      await time.increase(2 * DAY - 100);
      for (const enact of [packages, plan]) {
        await expect(enact()).to.be.revertedWithCustomError(w.manager, "AccessManagerNotReady");
      }
      await w.store.connect(w.alice).buy(orderOf(w.alice.address));
      await everybodyLeaves(w);
    });

    it("raises every price: who agreed to one before pays that, or nothing", async () => {
      const w = await loadFixture(withSomethingToLose);
      const { end } = await w.plans.subscriptionOf(w.alice.address);
      await time.increaseTo(end - 2n * BigInt(DAY));
      const packages = await announce(w, w.store, w.pricing, "setPackages", [DEAR]);
      const plan = await announce(w, w.plans, w.pricing, "setPlanPrice", [1n, ANYTHING]);
      await time.increase(2 * DAY);
      await packages();
      await plan();
      const dollars: bigint = await w.usdc.balanceOf(w.alice.address);
      await expect(w.store.connect(w.alice).buy(orderOf(w.alice.address, { packageId: 4n })))
        .to.be.revertedWithCustomError(w.store, "PriceAboveMaximum")
        .withArgs(usd("1000000"), usd("10"));
      expect(await renewalOf(w, w.alice)).to.equal(Renewal.PriceAboveMandate);
      await w.plans.renew([w.alice.address]);
      await expect(w.plans.topUp(w.alice.address, 4n, 1n)).to.be.revertedWithCustomError(w.plans, "TopUpNotDue");
      expect(await w.usdc.balanceOf(w.alice.address)).to.equal(dollars);
      await everybodyLeaves(w);
    });

    it("raises a price to what a subscriber's mandate allows: charged that, once a cycle, unless cancelled in the two days", async () => {
      const w = await loadFixture(withSomethingToLose);
      await w.plans.connect(w.alice).setRenewal(1n, usd("100"));
      await inTwoDays(w, w.plans, w.pricing, "setPlanPrice", [1n, usd("100")]);
      await time.increaseTo((await w.plans.subscriptionOf(w.alice.address)).end);
      const snapshot = await networkHelpers.takeSnapshot();
      for (const charged of [usd("100"), 0n]) {
        await expect(w.plans.connect(w.pricing).renew([w.alice.address])).to.changeTokenBalance(
          ethers,
          w.usdc,
          w.alice,
          -charged,
        );
      }
      await snapshot.restore();
      await w.plans.connect(w.alice).cancel();
      await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, 0n);
    });

    it("sells cheap to its friends: never below the floor, so that nobody else's credits are worth less", async () => {
      const w = await loadFixture(withSomethingToLose);
      const below = { credits: credits("1000"), price: usd("8") - 1n };
      await expect(inTwoDays(w, w.store, w.pricing, "setPackages", [[below]])).to.be.revertedWithCustomError(
        w.store,
        "PackageBelowFloor",
      );
      await expect(inTwoDays(w, w.plans, w.pricing, "setPlanPrice", [1n, usd("8") - 1n])).to.be.revertedWithCustomError(
        w.plans,
        "PriceBelowFloor",
      );
      await expect(
        inTwoDays(w, w.plans, w.pricing, "addPlans", [[{ ...below, period: MONTH }]]),
      ).to.be.revertedWithCustomError(w.plans, "InvalidPlan");
      await inTwoDays(w, w.store, w.pricing, "setPackages", [[{ credits: credits("1000"), price: usd("8") }]]);
      await w.store.sweepSurplus();
      await w.store.connect(w.dave).buy(orderOf(w.dave.address, { packageId: 4n }));
      expect(await isSound(w)).to.equal(true);
      await everybodyLeaves(w);
    });

    it("gives half of every sale to a referrer of its own: out of the sale's margin alone, and as a bonus that is never withdrawn", async () => {
      const w = await loadFixture(withSomethingToLose);
      const most = { referrerBps: 5_000, refereeBps: 0, cap: 2n ** 128n - 1n };
      await expect(
        inTwoDays(w, w.rewards, w.pricing, "setReferralTerms", [{ ...most, refereeBps: 1 }]),
      ).to.be.revertedWithCustomError(w.rewards, "InvalidReferralTerms");
      await inTwoDays(w, w.rewards, w.pricing, "setReferralTerms", [most]);
      await w.store.sweepSurplus();
      await w.usdc.connect(w.dave).transfer(w.sponsor.address, usd("10"));
      await w.usdc.connect(w.sponsor).approve(w.store.target, usd("10"));
      const order = orderOf(w.sponsor.address, { referrer: w.pricing.address });
      await w.store.connect(w.sponsor).buy(order);
      expect((await w.rewards.bonusOf(w.pricing.address)).balance).to.equal(credits("250"));
      expect(await w.stelai.balanceOf(w.pricing.address)).to.equal(0n);
      expect(await isSound(w)).to.equal(true);
      await everybodyLeaves(w);
    });
  });

  describe("COMMISSION", () => {
    it("takes at most 30 % of what is earned from then on, seven days after it said so; what was earned is untouched", async () => {
      const w = await loadFixture(withSomethingToLose);
      const carols: bigint = await w.payouts.claimable(w.carol.address);
      const set = await announce(w, w.payouts, w.commissioner, "setCommission", [w.meter.target, 3_000]);
      const more = await announce(w, w.payouts, w.commissioner, "setCommission", [w.meter.target, 3_001]);
      await time.increase(7 * DAY - 100);
      await expect(set()).to.be.revertedWithCustomError(w.manager, "AccessManagerNotReady");
      await time.increase(100);
      await expect(more()).to.be.revertedWithCustomError(w.payouts, "CommissionTooHigh").withArgs(3_001);
      await set();
      expect(await w.payouts.claimable(w.carol.address)).to.equal(carols);
      await everybodyLeaves(w);
    });
  });

  describe("GUARDIAN", () => {
    it("stops all that is sold, at once and until the ADMIN resumes: nobody is charged meanwhile, and everybody can leave", async () => {
      const w = await loadFixture(withSomethingToLose);
      for (const selling of [w.store, w.meter, w.access, w.licenses, w.resale]) {
        await selling.connect(w.guardian).getFunction("pause")();
      }
      const dollars: bigint = await w.usdc.balanceOf(w.alice.address);
      await time.increaseTo((await w.plans.subscriptionOf(w.alice.address)).end);
      expect(await renewalOf(w, w.alice)).to.equal(Renewal.Paused);
      await w.plans.renew([w.alice.address]);
      await expect(w.plans.topUp(w.alice.address, 1n, 1n)).to.be.revertedWithCustomError(w.plans, "TopUpNotDue");
      expect(await w.usdc.balanceOf(w.alice.address)).to.equal(dollars);
      await everybodyLeaves(w);
      await inTwoDays(w, w.store, w.admin, "unpause", []);
    });
  });

  describe("CAMPAIGNS", () => {
    const campaign = (signer: string) => ({
      ...{ source: 2, signer, start: 0n, end: 2n ** 40n },
      ...{ perAccount: credits("50"), daily: credits("500"), uri: "ipfs://campaign" },
    });

    it("gives to its friends: what it bought itself at the floor, with its own dollars, and nobody else's allowance", async () => {
      const w = await loadFixture(withSomethingToLose);
      const by = w.rewards.connect(w.campaigner);
      await by.startCampaign(campaign(w.guardian.address));
      const funded = by.fundCampaign(1n, credits("500"), usd("4"));
      await expect(funded).to.changeTokenBalances(
        ethers,
        w.usdc,
        [w.campaigner, w.alice, w.dave, w.store],
        [-usd("4"), 0n, 0n, usd("4")],
      );
      const signature = await w.guardian.signTypedData(
        { name: "Stelai Rewards", version: "1", chainId: w.chainId, verifyingContract: String(w.rewards.target) },
        {
          Redemption: [
            { name: "campaignId", type: "uint256" },
            { name: "account", type: "address" },
          ],
        },
        { campaignId: 1n, account: w.guardian.address },
      );
      await w.rewards.redeemCode(1n, w.guardian.address, signature);
      expect(await isSound(w)).to.equal(true);
      await everybodyLeaves(w);
    });

    it("stops a campaign at once: what nobody claimed yet is gone, what was granted stays", async () => {
      const w = await loadFixture(withSomethingToLose);
      const by = w.rewards.connect(w.campaigner);
      const bonus = await w.rewards.bonusOf(w.dave.address);
      await by.startCampaign(campaign(w.guardian.address));
      await by.fundCampaign(1n, credits("500"), usd("4"));
      await by.stopCampaign(1n);
      expect(await w.rewards.bonusOf(w.dave.address)).to.deep.equal(bonus);
      await everybodyLeaves(w);
    });

    it("trusts no operator any more: bonus credits find no use until it does, paid credits are as free as ever", async () => {
      const w = await loadFixture(withSomethingToLose);
      const expiry = BigInt(await time.latest()) + 86_400n;
      const opening = { operator: w.guardian.address, sessionKey: w.dave.address, cap: 1_000_000n, expiry };
      await w.rewards.connect(w.campaigner).setTrusted(opening.operator, false);
      await expect(w.meter.connect(w.dave).openWithBonus(opening, 1_000_000n))
        .to.be.revertedWithCustomError(w.rewards, "OperatorNotTrusted")
        .withArgs(opening.operator);
      await w.stelai.connect(w.dave).approve(w.meter.target, credits("1"));
      await w.meter.connect(w.dave).open(opening);
      await everybodyLeaves(w);
    });
  });

  describe("ADMIN", () => {
    it("grants itself PRICING: two days to be granted, two more until it counts, and then it is PRICING, no more", async () => {
      const w = await loadFixture(withSomethingToLose);
      await inTwoDays(w, w.manager, w.admin, "grantRole", [ROLES.PRICING, w.admin.address, 0]);
      await expect(w.store.connect(w.admin).setPackages(DEAR)).to.be.revertedWithCustomError(
        w.store,
        "AccessManagedUnauthorized",
      );
      await time.increase(2 * DAY);
      await w.store.connect(w.admin).setPackages(DEAR);
      await w.plans.connect(w.admin).setPlanPrice(1n, ANYTHING);
      await expect(
        w.store.connect(w.alice).buy(orderOf(w.alice.address, { packageId: 4n })),
      ).to.be.revertedWithCustomError(w.store, "PriceAboveMaximum");
      await everybodyLeaves(w);
    });

    it("grants itself COMMISSION: two days to be granted, seven more until it counts", async () => {
      const w = await loadFixture(withSomethingToLose);
      await inTwoDays(w, w.manager, w.admin, "grantRole", [ROLES.COMMISSION, w.admin.address, 0]);
      await time.increase(7 * DAY - 100);
      await expect(w.payouts.connect(w.admin).setCommission(w.meter.target, 3_000)).to.be.revertedWithCustomError(
        w.payouts,
        "AccessManagedUnauthorized",
      );
      await time.increase(100);
      await w.payouts.connect(w.admin).setCommission(w.meter.target, 3_000);
      await everybodyLeaves(w);
    });

    it("makes an accomplice an ADMIN without delay: the second step still waits as long as prices and commissions do", async () => {
      const w = await loadFixture(withSomethingToLose);
      await inTwoDays(w, w.manager, w.admin, "grantRole", [ROLES.ADMIN, w.sponsor.address, 0]);
      const by = w.manager.connect(w.sponsor);
      const opened = [
        [w.store, "setPackages", 2 * DAY],
        [w.plans, "setPlanPrice", 2 * DAY],
        [w.payouts, "setCommission", 7 * DAY],
      ] as const;
      for (const [contract, name, delay] of opened) {
        const selector = (contract as World["store"]).interface.getFunction(name)?.selector;
        const data = w.manager.interface.encodeFunctionData("setTargetFunctionRole", [
          ...[contract.target, [selector], ROLES.ADMIN],
        ]);
        await expect(by.execute(w.manager.target, data)).to.be.revertedWithCustomError(
          w.manager,
          "AccessManagerNotScheduled",
        );
        const now = BigInt(await time.latest());
        await expect(by.schedule(w.manager.target, data, now + BigInt(delay) - 10n)).to.be.revert(ethers);
        await by.schedule(w.manager.target, data, 0n);
      }
      await everybodyLeaves(w);
    });

    it("shortens the delays first: which takes as long as the delays, and five days at least", async () => {
      const w = await loadFixture(withSomethingToLose);
      await inTwoDays(w, w.manager, w.admin, "setTargetAdminDelay", [w.store.target, 0]);
      await inTwoDays(w, w.manager, w.admin, "setGrantDelay", [ROLES.COMMISSION, 0]);
      await time.increase(3 * DAY - 100);
      expect(await w.manager.getTargetAdminDelay(w.store.target)).to.equal(2 * DAY);
      expect(await w.manager.getRoleGrantDelay(ROLES.COMMISSION)).to.equal(7 * DAY);
      await time.increase(4 * DAY - 100);
      expect(await w.manager.getRoleGrantDelay(ROLES.COMMISSION)).to.equal(7 * DAY);
    });

    it("hands every contract to an authority that allows everything: two days ahead, seven for Payouts, and no exit closes", async () => {
      const w = await loadFixture(withSomethingToLose);
      const evil = await ethers.deployContract("AccessManager", [w.sponsor.address]);
      const managed = [w.store, w.plans, w.rewards, w.characters, w.meter, w.access, w.licenses, w.resale];
      for (const { target } of managed) {
        const data = w.manager.interface.encodeFunctionData("updateAuthority", [target, evil.target]);
        await w.manager.connect(w.admin).schedule(w.manager.target, data, 0n);
      }
      const taken = await announce(w, w.manager, w.admin, "updateAuthority", [w.payouts.target, evil.target]);
      await time.increase(2 * DAY);
      for (const { target } of managed) await w.manager.connect(w.admin).updateAuthority(target, evil.target);
      await expect(taken()).to.be.revertedWithCustomError(w.manager, "AccessManagerNotReady");
      await time.increase(5 * DAY);
      await taken();

      await w.store.connect(w.sponsor).setPackages(DEAR);
      for (const selling of [w.store, w.meter, w.access, w.licenses, w.resale]) {
        await selling.connect(w.sponsor).getFunction("pause")();
      }
      await w.characters.connect(w.sponsor).setSuspended(1n, true, "");
      await expect(w.payouts.connect(w.sponsor).setCommission(w.meter.target, 3_001)).to.be.revertedWithCustomError(
        w.payouts,
        "CommissionTooHigh",
      );
      await everybodyLeaves(w);
    });

    it("mints, burns or takes: nothing, whatever roles it gives itself; these are no roles", async () => {
      const w = await loadFixture(withSomethingToLose);
      const [admin, victim] = [w.admin, w.alice.address];
      const taken: [Promise<unknown>, unknown, string][] = [
        [w.stelai.connect(admin).mint(admin.address, 1n), w.stelai, "NotCreditStore"],
        [w.stelai.connect(admin).burn(victim, 1n), w.stelai, "NotCreditStore"],
        [w.store.connect(admin).sell(victim, admin.address, NOBODY, 1n, 1n, true), w.store, "NotSeller"],
        [w.store.connect(admin).sellAtFloor(victim, 1n, 1n), w.store, "NotSeller"],
        [w.rewards.connect(admin).draw(victim, admin.address, 1n), w.rewards, "NotMeter"],
        [w.rewards.connect(admin).restore(admin.address, 1n), w.rewards, "NotMeter"],
        [w.rewards.connect(admin).recordPurchase(victim, victim, NOBODY, 1n, 1n), w.rewards, "NotCreditStore"],
      ];
      for (const [act, contract, error] of taken) {
        await expect(act).to.be.revertedWithCustomError(contract as World["store"], error);
      }
    });

    it("loses its key: nothing that runs stops, and everybody can leave; what was paused stays so", async () => {
      const w = await loadFixture(withSomethingToLose);
      await inTwoDays(w, w.manager, w.admin, "revokeRole", [ROLES.ADMIN, w.admin.address]);
      await w.plans.topUp(w.alice.address, 1n, 1n);
      await w.store.connect(w.guardian).pause();
      await expect(w.store.connect(w.admin).unpause()).to.be.revertedWithCustomError(
        w.store,
        "AccessManagedUnauthorized",
      );
      await everybodyLeaves(w);
    });
  });
});
