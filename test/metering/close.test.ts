import { expect } from "chai";
import type { Signer, TypedDataDomain } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { rowOf } from "./helpers/batches.ts";
import { openingOf, THAW, transferAndOpen, UNIT, wei } from "./helpers/funding.ts";
import { CLOSE_TYPES, Skipped, skippedRow } from "./helpers/vouchers.ts";
import { type TabWorld, withOpenTab, withWallet } from "./helpers/world.ts";

const { loadFixture, time } = networkHelpers;

async function signClose(
  w: TabWorld,
  signer: Signer,
  fields: { total?: bigint; tabId?: bigint; operator?: string; domain?: TypedDataDomain } = {},
): Promise<string> {
  const { total = 300n, tabId = w.tabId, operator = w.operator.address, domain = w.domain } = fields;
  return signer.signTypedData(domain, CLOSE_TYPES, { operator, tabId, total });
}

async function spend(w: TabWorld, amount: bigint): Promise<void> {
  await w.meter.connect(w.operator).settle((await rowOf(w, [{ character: w.chat, amount }])).row);
}

/** Nothing brings a closed tab back. */
async function expectClosedForGood(w: TabWorld): Promise<void> {
  const payer = w.meter.connect(w.payer);
  const far = w.expiry + 100n * UNIT;
  for (const act of [
    payer.topUp(w.operator, w.tabId, 1n),
    payer.extend(w.operator, w.tabId, far),
    payer.rotate(w.operator, w.tabId, w.stranger.address),
    payer.requestClose(w.operator, w.tabId),
  ]) {
    await expect(act).to.be.revertedWithCustomError(w.meter, "TabClosing").withArgs(w.operator, w.tabId);
  }
  const { spent } = await w.meter.tabOf(w.operator, w.tabId);
  const { row } = await rowOf(w, [{ character: w.chat, amount: 1n }], { base: spent });
  await expect(w.meter.connect(w.operator).settle(row))
    .to.emit(w.meter, "Settled")
    .withArgs(w.operator, skippedRow(w.tabId, Skipped.AboveCap));
  const both = [
    await signClose(w, w.session, { total: spent }),
    await signClose(w, w.operator, { total: spent }),
  ] as const;
  await expect(w.meter.close(w.operator, w.tabId, spent, ...both))
    .to.be.revertedWithCustomError(w.meter, "TabClosing")
    .withArgs(w.operator, w.tabId);
  await time.increaseTo(w.expiry + THAW + 1n);
  await expect(w.meter.reclaim(w.operator, w.tabId))
    .to.be.revertedWithCustomError(w.meter, "TabClosing")
    .withArgs(w.operator, w.tabId);
}

describe("InferenceMeter: how a tab ends", () => {
  describe("by both signatures", () => {
    it("pays back at once what is left, sent by anyone", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      const act = w.meter
        .connect(w.stranger)
        .close(w.operator, w.tabId, 300n, await signClose(w, w.session), await signClose(w, w.operator));
      const rest = w.cap - 300n;
      await expect(act).to.changeTokenBalances(w.ethers, w.stelai, [w.meter, w.payer], [-wei(rest), wei(rest)]);
      await expect(act).to.emit(w.meter, "TabClosed").withArgs(w.operator, w.tabId, w.payer, 300n, rest);
      const tab = await w.meter.tabOf(w.operator, w.tabId);
      expect(tab.closing).to.equal(true);
      expect(tab.cap).to.equal(300n);
      await expectClosedForGood(w);
    });

    it("needs no signature of an operator who calls", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      const session = await signClose(w, w.session);
      await expect(w.meter.connect(w.stranger).close(w.operator, w.tabId, 300n, session, "0x"))
        .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
        .withArgs(w.operator);
      await expect(w.meter.connect(w.operator).close(w.operator, w.tabId, 300n, session, "0x")).to.emit(
        w.meter,
        "TabClosed",
      );
    });

    it("ends a tab that is closing already, and an unspent one", async () => {
      const w = await loadFixture(withOpenTab);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      const session = await signClose(w, w.session, { total: 0n });
      await expect(w.meter.connect(w.operator).close(w.operator, w.tabId, 0n, session, "0x"))
        .to.emit(w.meter, "TabClosed")
        .withArgs(w.operator, w.tabId, w.payer, 0n, w.cap);
    });

    it("refuses a total that is not settled", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      for (const total of [0n, 299n, 301n]) {
        const both = [await signClose(w, w.session, { total }), await signClose(w, w.operator, { total })] as const;
        await expect(w.meter.close(w.operator, w.tabId, total, ...both))
          .to.be.revertedWithCustomError(w.meter, "TotalDiffers")
          .withArgs(300n, total);
      }
    });

    it("refuses another's signature on either side, another tab's, chain's and total's", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      const session = await signClose(w, w.session);
      const operator = await signClose(w, w.operator);
      const bents = [
        { total: 299n },
        { tabId: w.otherTabId },
        { operator: w.stranger.address },
        { domain: { ...w.domain, chainId: 1n } },
      ];
      for (const bad of [
        await signClose(w, w.payer),
        operator,
        "0x",
        `0x${"00".repeat(65)}`,
        ...(await Promise.all(bents.map((bent) => signClose(w, w.session, bent)))),
      ]) {
        await expect(w.meter.close(w.operator, w.tabId, 300n, bad, operator))
          .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
          .withArgs(w.session);
      }
      for (const bad of [
        await signClose(w, w.payer),
        session,
        `0x${"00".repeat(65)}`,
        ...(await Promise.all(bents.map((bent) => signClose(w, w.operator, bent)))),
      ]) {
        await expect(w.meter.close(w.operator, w.tabId, 300n, session, bad))
          .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
          .withArgs(w.operator);
      }
    });

    it("refuses the key before a rotation", async () => {
      const w = await loadFixture(withOpenTab);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.otherSession.address);
      const old = await signClose(w, w.session, { total: 0n });
      await expect(w.meter.connect(w.operator).close(w.operator, w.tabId, 0n, old, "0x"))
        .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
        .withArgs(w.otherSession);
    });

    it("takes the signature of an operator that is a contract wallet", async () => {
      const w = await loadFixture(withWallet);
      const opening = await openingOf(w, { operator: w.walletAddress });
      await transferAndOpen(w, w.payer, wei(opening.cap), opening);
      const fields = { operator: w.walletAddress, tabId: 1n, total: 0n };
      const both = [await signClose(w, w.session, fields), await signClose(w, w.payer, fields)] as const;
      await expect(w.meter.close(w.walletAddress, 1n, 0n, ...both))
        .to.emit(w.meter, "TabClosed")
        .withArgs(w.walletAddress, 1n, w.payer, 0n, opening.cap);
    });

    it("refuses a tab that does not exist", async () => {
      const w = await loadFixture(withOpenTab);
      await expect(w.meter.close(w.operator, 99n, 0n, "0x", "0x"))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 99n);
    });
  });

  describe("by reclaiming", () => {
    it("pays back to the payer, called by anyone, from the first second after the thaw", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      await time.setNextBlockTimestamp(w.expiry + THAW);
      await expect(w.meter.connect(w.stranger).reclaim(w.operator, w.tabId, { gasLimit: 200_000n }))
        .to.be.revertedWithCustomError(w.meter, "StillThawing")
        .withArgs(w.expiry + THAW);
      await time.setNextBlockTimestamp(w.expiry + THAW + 1n);
      const rest = w.cap - 300n;
      const act = w.meter.connect(w.stranger).reclaim(w.operator, w.tabId);
      await expect(act).to.changeTokenBalances(w.ethers, w.stelai, [w.meter, w.payer], [-wei(rest), wei(rest)]);
      await expect(act).to.emit(w.meter, "TabClosed").withArgs(w.operator, w.tabId, w.payer, 300n, rest);
      await expectReclaimedForGood(w);
    });

    it("comes sooner after a requested close, and leaves what accrued", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, 300n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      const { expiry } = await w.meter.tabOf(w.operator, w.tabId);
      await time.increaseTo(expiry + THAW);
      await w.meter.connect(w.guardian).pause();
      await w.meter.reclaim(w.operator, w.tabId);
      expect(await w.meter.accruedOf(w.chat)).to.equal(300n);
      await expect(w.meter.collect(w.chat)).to.emit(w.meter, "Collected");
    });

    it("closes a tab that is spent whole, and moves nothing", async () => {
      const w = await loadFixture(withOpenTab);
      await spend(w, w.cap);
      await time.increaseTo(w.expiry + THAW);
      const act = w.meter.reclaim(w.operator, w.tabId);
      await expect(act).to.emit(w.meter, "TabClosed").withArgs(w.operator, w.tabId, w.payer, w.cap, 0n);
      await expect(act).not.to.emit(w.stelai, "Transfer");
    });

    it("refuses a tab that does not exist", async () => {
      const w = await loadFixture(withOpenTab);
      await expect(w.meter.reclaim(w.operator, 99n))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 99n);
    });
  });
});

/** As {@link expectClosedForGood}, where the time of settling has passed too. */
async function expectReclaimedForGood(w: TabWorld): Promise<void> {
  await expectClosedForGood({ ...w, expiry: BigInt(await time.latest()) });
}
