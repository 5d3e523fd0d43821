import { expect } from "chai";
import { networkHelpers } from "../fixtures.ts";
import { rowOf, sealedRowOf } from "./helpers/batches.ts";
import { BONUS, type BonusWorld, expectConserved, idOf, leftOf, withBonus, withBonusTab } from "./helpers/bonus.ts";
import { openingOf, THAW, UNIT, wei } from "./helpers/funding.ts";
import { CLOSE_TYPES } from "./helpers/vouchers.ts";

const { loadFixture, time } = networkHelpers;

/** Settles a voucher of the world's tab up to `total`. */
async function settleTo(w: BonusWorld, total: bigint): Promise<void> {
  const { spent } = await w.meter.tabOf(w.operator, w.tabId);
  const { row } = await rowOf(w, [{ character: w.chat, amount: total - spent }], { base: spent });
  await w.meter.connect(w.operator).settle(row);
  expect((await w.meter.tabOf(w.operator, w.tabId)).spent).to.equal(total);
}

/** Closes the world's tab by both signatures. */
async function close(w: BonusWorld) {
  const { spent } = await w.meter.tabOf(w.operator, w.tabId);
  const values = { operator: w.operator.address, tabId: w.tabId, total: spent };
  const session = await w.session.signTypedData(w.domain, CLOSE_TYPES, values);
  return w.meter.connect(w.operator).close(w.operator, w.tabId, spent, session, "0x");
}

/** Reclaims the world's tab after its thaw. */
async function reclaim(w: BonusWorld) {
  const { expiry } = await w.meter.tabOf(w.operator, w.tabId);
  await time.increaseTo(expiry + THAW + 1n);
  return w.meter.connect(w.stranger).reclaim(w.operator, w.tabId);
}

/** Proves what comes back of the world's tab, in microcredits, and that not a wei is lost or anybody else's. */
async function expectBack(w: BonusWorld, end: (w: BonusWorld) => Promise<unknown>, bonus: bigint, paid: bigint) {
  const left = await leftOf(w);
  const act = end(w);
  await expect(act).to.changeTokenBalances(
    w.ethers,
    w.stelai,
    [w.payer, w.rewards, w.meter],
    [wei(paid), wei(bonus), -wei(paid + bonus)],
  );
  const { spent } = await w.meter.tabOf(w.operator, w.tabId);
  await expect(act)
    .to.emit(w.meter, "TabClosed")
    .withArgs(w.operator, w.tabId, w.payer, spent, paid + bonus);
  if (bonus === 0n) await expect(act).not.to.emit(w.rewards, "Restored");
  else await expect(act).to.emit(w.rewards, "Restored").withArgs(w.payer, wei(bonus));
  expect(await leftOf(w)).to.equal(left + bonus);
  await expectConserved(w);
}

describe("InferenceMeter: a tab with bonus credits", () => {
  describe("when it ends", () => {
    for (const [how, end] of [
      ["by both signatures", close],
      ["by reclaiming", reclaim],
    ] as const) {
      it(`${how} unspent, gives the bonus back to Rewards and the rest to the payer`, async () => {
        await expectBack(await loadFixture(withBonusTab), end, 1_000_000n, 2_000_000n);
      });

      it(`${how} after less was spent than the bonus, has spent the bonus alone`, async () => {
        const w = await loadFixture(withBonusTab);
        await settleTo(w, 999_999n);
        await expectBack(w, end, 1n, 2_000_000n);
      });

      it(`${how} after exactly the bonus was spent, gives back all that was paid and nothing else`, async () => {
        const w = await loadFixture(withBonusTab);
        await settleTo(w, 1_000_000n);
        await expectBack(w, end, 0n, 2_000_000n);
      });

      it(`${how} after more was spent than the bonus, has spent paid credits after it`, async () => {
        const w = await loadFixture(withBonusTab);
        await settleTo(w, 600_000n);
        await settleTo(w, 1_700_000n);
        await expectBack(w, end, 0n, 1_300_000n);
      });

      it(`${how} spent whole, gives back nothing`, async () => {
        const w = await loadFixture(withBonusTab);
        await settleTo(w, 3_000_000n);
        await expectBack(w, end, 0n, 0n);
      });
    }

    it("gives back no bonus twice", async () => {
      const w = await loadFixture(withBonusTab);
      await close(w);
      await expect(close(w)).to.be.revertedWithCustomError(w.meter, "TabClosing");
      await expect(reclaim(w)).to.be.revertedWithCustomError(w.meter, "TabClosing");
      expect(await leftOf(w)).to.equal(BONUS);
    });

    it("sends the payer nothing when all of it is bonus", async () => {
      const w = await loadFixture(withBonus);
      await w.meter.connect(w.payer).openWithBonus(await openingOf(w, { cap: 500n }), 500n);
      const mine = { ...w, tabId: await idOf(w) };
      await settleTo(mine, 123n);
      await expectBack(mine, close, 377n, 0n);
    });

    it("asks for nothing but the thaw after a requested close, and none of it is stopped by a pause", async () => {
      const w = await loadFixture(withBonusTab);
      await settleTo(w, 400_000n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      await w.meter.connect(w.guardian).pause();
      await w.store.connect(w.guardian).pause();
      await expectBack(w, reclaim, 600_000n, 2_000_000n);
    });

    it("gives the bonus back though it lapsed meanwhile, and burns what lapsed outside", async () => {
      const w = await loadFixture(withBonus);
      const expiry = BigInt(await time.latest()) + 300n * 86_400n;
      await w.meter.connect(w.payer).openWithBonus(await openingOf(w, { cap: 500n, expiry }), 500n);
      const mine = { ...w, tabId: await idOf(w) };
      await time.increase(200 * 86_400);
      await w.rewards.endCampaign(w.campaignId);
      expect(await leftOf(w)).to.equal(0n);
      const act = close(mine);
      await expect(act)
        .to.emit(w.rewards, "Lapsed")
        .withArgs(w.payer, wei(BONUS - 500n));
      await expect(act).to.emit(w.rewards, "Restored").withArgs(w.payer, wei(500n));
      expect(await leftOf(w)).to.equal(500n);
      await expectConserved(w);
    });
  });

  describe("while it is open", () => {
    it("is topped up with paid credits alone, which come back as such", async () => {
      const w = await loadFixture(withBonusTab);
      await w.meter.connect(w.payer).topUp(w.operator, w.tabId, 5_000_000n);
      expect((await w.meter.tabOf(w.operator, w.tabId)).bonus).to.equal(w.bonus);
      await settleTo(w, 250_000n);
      await expectBack(w, close, 750_000n, 7_000_000n);
    });

    it("keeps its bonus through a longer expiry and another session key, and settles with both keys", async () => {
      const w = await loadFixture(withBonusTab);
      await settleTo(w, 100_000n);
      await w.meter.connect(w.payer).extend(w.operator, w.tabId, (await tabOf(w)).expiry + 5n * UNIT);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.otherSession.address);
      expect((await tabOf(w)).bonus).to.equal(w.bonus);
      await settleTo(w, 200_000n);
      await settleTo({ ...w, session: w.otherSession }, 300_000n);
      await expectBack({ ...w, session: w.otherSession }, close, 700_000n, 2_000_000n);
    });

    it("settles sealed vouchers as any other, and pays whom the payer signed for", async () => {
      const w = await loadFixture(withBonusTab);
      const lines = [
        { character: w.chat, amount: 700_000n },
        { character: w.image, amount: 500_000n },
        { character: 0n, amount: 100_000n },
      ];
      const { row } = await sealedRowOf(w, lines);
      await w.meter.connect(w.stranger).settleSealed(w.operator, row);
      expect(await w.meter.accruedOf(w.chat)).to.equal(700_000n);
      expect(await w.meter.accruedFeeOf(w.operator)).to.equal(100_000n);
      await expectBack(w, close, 0n, 1_700_000n);
      await w.meter.collect(w.chat);
      expect(await w.payouts.claimable(w.creator), "less the commission").to.equal(wei(630_000n));
      await expectConserved(w);
    });

    it("goes on when its operator loses the trust, and gives back what is left", async () => {
      const w = await loadFixture(withBonusTab);
      await w.rewards.connect(w.campaigner).setTrusted(w.operator, false);
      await settleTo(w, 400_000n);
      await expectBack(w, close, 600_000n, 2_000_000n);
      await expect(w.meter.connect(w.payer).openWithBonus(await openingOf(w, {}), 1n)).to.be.revertedWithCustomError(
        w.rewards,
        "OperatorNotTrusted",
      );
    });

    it("is one of several: each keeps its own part", async () => {
      const w = await loadFixture(withBonusTab);
      await w.meter.connect(w.payer).openWithBonus(await openingOf(w, { cap: 2_000_000n }), 2_000_000n);
      const second = { ...w, tabId: await idOf(w) };
      await settleTo(w, 1_500_000n);
      await settleTo(second, 500_000n);
      await expectBack(w, close, 0n, 1_500_000n);
      await expectBack(second, close, 1_500_000n, 0n);
    });
  });
});

function tabOf(w: BonusWorld) {
  return w.meter.tabOf(w.operator, w.tabId);
}
