import { expect } from "chai";
import { credits, ethers, networkHelpers, orderOf, payeeOf, REF, usd, type World, withCharacter } from "../fixtures.ts";
import { settle } from "../settle.ts";
import { MONTH, NOBODY } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;

/** Everybody owns something of everything; Dave has what is sent where it does not belong. */
async function withEverythingOwned() {
  const w = await loadFixture(withCharacter);
  await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), w.bob.address);
  await w.plans.connect(w.alice).setTopUp({
    ...{ threshold: credits("100000"), credits: credits("1000") },
    ...{ maxPrice: usd("10"), cap: usd("20") },
  });
  await w.plans.topUp(w.alice.address, 1n, 1n);
  await settle(w, 1n, 5_000_000n);
  await w.payouts.connect(w.alice).earn(payeeOf(w.carol), credits("10"), REF);
  for (const account of [w.bob, w.campaigner, w.dave]) {
    await w.usdc.mint(account.address, usd("1000"));
    await w.usdc.connect(account).approve(w.store.target, ethers.MaxUint256);
  }
  await w.store.connect(w.bob).buy(orderOf(w.bob.address, { referrer: w.alice.address }));
  await w.rewards.connect(w.campaigner).startCampaign({
    ...{ source: 2, signer: w.sponsor.address, start: 0n, end: BigInt((await time.latest()) + MONTH) },
    ...{ perAccount: credits("10"), daily: credits("100"), uri: "ipfs://campaign" },
  });
  await w.rewards.connect(w.campaigner).fundCampaign(1n, credits("100"), usd("0.8"));
  await w.store.connect(w.dave).buy(orderOf(w.dave.address));
  await w.store.sweepSurplus();
  return w;
}

/** What everybody owns, and what everything costs. */
async function standing(w: World) {
  const accounts = [w.alice, w.bob, w.carol];
  const packages: [bigint, bigint[][]] = await w.store.packages();
  return {
    bonuses: await Promise.all(accounts.map(({ address }) => w.rewards.bonusOf(address))),
    claimable: await Promise.all(accounts.map(({ address }) => w.payouts.claimable(address))),
    credits: await Promise.all(accounts.map(({ address }) => w.stelai.balanceOf(address))),
    subscription: await w.plans.subscriptionOf(w.alice.address),
    topUp: await w.plans.topUpOf(w.alice.address),
    topUpDue: await w.plans.topUpStatusOf(w.alice.address, 1n, 1n),
    upgrade: await w.plans.upgradeQuote(w.alice.address, 2n),
    tab: await w.meter.tabOf(w.dave.address, 1n),
    campaign: await w.rewards.campaignOf(1n),
    redemption: await w.store.redemptionOf(credits("1000")),
    packages,
  };
}

describe("Money that is forced on the contracts", () => {
  const forced: [string, (w: World, target: string) => Promise<unknown>][] = [
    ["credits", (w, target) => w.stelai.connect(w.dave).transfer(target, credits("7"))],
    ["dollars", (w, target) => w.usdc.connect(w.dave).transfer(target, usd("7"))],
    ["ether", (_, target) => networkHelpers.setBalance(target, 7n * 10n ** 18n)],
  ];
  for (const [what, force] of forced) {
    it(`${what}: change nothing that anyone owns, pays or is due, wherever they are sent`, async () => {
      const w = await loadFixture(withEverythingOwned);
      const before = await standing(w);
      const surplus: bigint = await w.store.surplus();
      const { Reserve: _, ...contracts } = w.deployment.contracts;
      for (const target of Object.values(contracts)) await force(w, target);
      expect(await standing(w)).to.deep.equal(before);
      expect(await w.store.surplus(), "dollars at the store are the treasury's").to.equal(
        surplus + (what === "dollars" ? usd("7") : 0n),
      );
      await w.store.sweepSurplus();
      expect(await w.store.surplus()).to.equal(0n);

      await w.payouts.connect(w.carol).claimAndRedeem([], w.carol.address, usd("0.08"));
      await w.store.connect(w.alice).redeem(credits("1000"), w.alice.address, usd("8"));
      await w.plans.connect(w.alice).upgrade(2n, usd("17.5"), 0n);
      await w.store.connect(w.bob).buy(orderOf(w.bob.address));
      await w.rewards.connect(w.campaigner).stopCampaign(1n);
      const covered = (await w.usdc.balanceOf(w.store.target)) * 10n ** 18n;
      expect(covered).to.be.greaterThanOrEqual(8_000n * (await w.stelai.totalSupply()));
    });
  }

  it("dollars that wait with the plans pay for nobody's subscription", async () => {
    const w = await loadFixture(withEverythingOwned);
    await w.usdc.connect(w.dave).transfer(w.plans.target, usd("100"));
    await w.stelai.connect(w.dave).transfer(w.rewards.target, credits("100"));
    await expect(w.plans.connect(w.carol).subscribe(1n, usd("9.5"), 0n, NOBODY)).to.be.revertedWithCustomError(
      w.usdc,
      "ERC20InsufficientAllowance",
    );
    expect((await w.rewards.bonusOf(w.dave.address)).balance).to.equal(0n);
  });
});
