import { expect } from "chai";
import { id, MaxUint256, Wallet } from "ethers";
import { bonusOf, expectHeld, grantTo, Source, startFunded } from "../../credits/rewardsWorld.ts";
import { credits, networkHelpers, usd } from "../../fixtures.ts";
import { openingOf, wei } from "./funding.ts";
import { withOpenTab, withWallet } from "./world.ts";

/** What the payer was granted, in microcredits. */
export const BONUS = 40_000_000n;

/** {@link withOpenTab}; the payer was granted 40 credits, the operator is trusted, and the meter has an allowance. */
export async function withBonus() {
  return granted(await networkHelpers.loadFixture(withOpenTab), (w) => w.payer.address);
}

/** {@link withWallet}; the payer's contract wallet was granted 40 credits, and the operator is trusted. */
export async function withBonusWallet() {
  return granted(await networkHelpers.loadFixture(withWallet), (w) => w.walletAddress);
}

/** {@link withBonus}; the world's tab is one of 3 credits, a third of them bonus credits. */
export async function withBonusTab() {
  const w = await networkHelpers.loadFixture(withBonus);
  const opening = await openingOf(w, { cap: 3_000_000n });
  await w.meter.connect(w.payer).openWithBonus(opening, 1_000_000n);
  return { ...w, tabId: await idOf(w), cap: opening.cap, bonus: 1_000_000n };
}

export type BonusWorld = Awaited<ReturnType<typeof withBonus>>;

/** The operator's newest tab. */
export async function idOf(w: Pick<BonusWorld, "meter" | "operator">): Promise<bigint> {
  return w.meter.tabCount(w.operator);
}

/** What is left of the payer's bonus, in microcredits. */
export async function leftOf(w: Pick<BonusWorld, "rewards" | "payer">): Promise<bigint> {
  return (await bonusOf(w, w.payer)) / 10n ** 12n;
}

/** Every credit is held where it is owed: bonus and budgets by Rewards, tabs and what accrued by the meter. */
export async function expectConserved(w: BonusWorld): Promise<void> {
  await expectHeld(w, [w.payer, w.creator, w.stranger]);
  let owed = 0n;
  for (let i = 1n; i <= (await idOf(w)); i++) {
    const { cap, spent }: { cap: bigint; spent: bigint } = await w.meter.tabOf(w.operator, i);
    owed += cap - spent;
  }
  for (const character of [w.chat, w.image]) owed += await w.meter.accruedOf(character);
  owed += await w.meter.accruedFeeOf(w.operator);
  expect(await w.stelai.balanceOf(w.meter), "held for tabs and earnings").to.equal(wei(owed));
}

async function granted<W extends Awaited<ReturnType<typeof withOpenTab>>>(w: W, accountOf: (w: W) => string) {
  const key = new Wallet(id("the key of a campaign"));
  await w.usdc.mint(w.campaigner.address, usd("100"));
  await w.usdc.connect(w.campaigner).approve(w.store.target, MaxUint256);
  const amounts = { perAccount: credits("100"), daily: credits("1000") };
  const campaignId = await startFunded(w, { source: Source.Contribution, signer: key.address, ...amounts });
  await grantTo({ ...w, key, campaignId }, accountOf(w), wei(BONUS));
  await w.rewards.connect(w.campaigner).setTrusted(w.operator.address, true);
  await w.stelai.connect(w.payer).approve(w.meter.target, MaxUint256);
  return { ...w, key, campaignId };
}
