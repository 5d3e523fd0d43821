import { expect } from "chai";
import { AbiCoder, id, keccak256, ZeroAddress, ZeroHash } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { BONUS, expectConserved, idOf, leftOf, withBonus, withBonusWallet } from "./helpers/bonus.ts";
import { authorize, bonusOpenData, openingOf, sponsorshipOf, transferAndCall, wei } from "./helpers/funding.ts";
import { Manner } from "./helpers/world.ts";

const { loadFixture } = networkHelpers;
const CAP = 3_000_000n;
const PART = 1_000_000n;
const PAID = CAP - PART;

describe("InferenceMeter: opening a tab with bonus credits", () => {
  describe("by allowance", () => {
    it("takes the part from Rewards, the rest from the payer, and says so after the opening", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: CAP });
      const act = w.meter.connect(w.payer).openWithBonus(opening, PART);
      await expect(act).to.changeTokenBalances(
        w.ethers,
        w.stelai,
        [w.payer, w.rewards, w.meter],
        [-wei(PAID), -wei(PART), wei(CAP)],
      );
      const tabId = await idOf(w);
      const { expiry } = opening;
      await expect(act).to.emit(w.meter, "TabOpened").withArgs(w.operator, tabId, w.payer, w.session, CAP, expiry);
      await expect(act).to.emit(w.meter, "TabBonus").withArgs(w.operator, tabId, PART);
      await expect(act).to.emit(w.rewards, "Drawn").withArgs(w.payer, w.operator, wei(PART));
      const logs = (await (await act).wait())?.logs.filter(({ address }: { address: string }) => {
        return address === w.meter.target;
      });
      const topics = logs?.map(({ topics }: { topics: string[] }) => topics[0]);
      expect(topics).to.deep.equal(
        ["TabOpened", "TabBonus"].map((name) => w.meter.interface.getEvent(name)?.topicHash),
      );
      const tab = await w.meter.tabOf(w.operator, tabId);
      expect([tab.cap, tab.spent, tab.bonus, tab.payer]).to.deep.equal([CAP, 0n, PART, w.payer.address]);
      expect(await leftOf(w)).to.equal(BONUS - PART);
      await expectConserved(w);
    });

    it("needs no paid credits and no allowance when all of the cap is bonus", async () => {
      const w = await loadFixture(withBonus);
      await w.stelai.connect(w.payer).approve(w.meter, 0n);
      await w.stelai.connect(w.payer).transfer(w.stranger, await w.stelai.balanceOf(w.payer));
      await w.meter.connect(w.payer).openWithBonus(await openingOf(w, { cap: BONUS }), BONUS);
      expect((await w.meter.tabOf(w.operator, await idOf(w))).bonus).to.equal(BONUS);
      expect(await leftOf(w)).to.equal(0n);
      await expectConserved(w);
    });

    it("refuses a part of nothing, and one above the cap", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: CAP });
      for (const bonus of [0n, CAP + 1n]) {
        await expect(w.meter.connect(w.payer).openWithBonus(opening, bonus))
          .to.be.revertedWithCustomError(w.meter, "InvalidBonus")
          .withArgs(bonus, CAP);
      }
    });

    it("refuses more than the payer has, to the microcredit, and anything of an account that has none", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: BONUS + 1n });
      await expect(w.meter.connect(w.payer).openWithBonus(opening, BONUS + 1n))
        .to.be.revertedWithCustomError(w.rewards, "BonusTooLow")
        .withArgs(wei(BONUS), wei(BONUS + 1n));
      await expect(w.meter.connect(w.stranger).openWithBonus(opening, 1n))
        .to.be.revertedWithCustomError(w.rewards, "BonusTooLow")
        .withArgs(0n, wei(1n));
      await expectConserved(w);
    });

    it("refuses an operator that is not trusted, and one that no longer is", async () => {
      const w = await loadFixture(withBonus);
      const open = w.meter.connect(w.payer).openWithBonus;
      await expect(open(await openingOf(w, { cap: CAP, operator: w.creator.address }), PART))
        .to.be.revertedWithCustomError(w.rewards, "OperatorNotTrusted")
        .withArgs(w.creator);
      await w.rewards.connect(w.campaigner).setTrusted(w.operator, false);
      await expect(open(await openingOf(w, { cap: CAP }), PART))
        .to.be.revertedWithCustomError(w.rewards, "OperatorNotTrusted")
        .withArgs(w.operator);
      expect(await w.meter.tabCount(w.creator)).to.equal(0n);
      await expectConserved(w);
    });

    it("opens nothing when the paid part cannot be taken, and draws nothing", async () => {
      const w = await loadFixture(withBonus);
      await w.stelai.connect(w.payer).approve(w.meter, wei(PAID) - 1n);
      await expect(
        w.meter.connect(w.payer).openWithBonus(await openingOf(w, { cap: CAP }), PART),
      ).to.be.revertedWithCustomError(w.stelai, "ERC20InsufficientAllowance");
      expect(await leftOf(w)).to.equal(BONUS);
      await expectConserved(w);
    });

    it("keeps no bonus in a tab that was opened without", async () => {
      const w = await loadFixture(withBonus);
      await expect(w.meter.connect(w.payer).open(await openingOf(w, { cap: CAP }))).not.to.emit(w.meter, "TabBonus");
      expect((await w.meter.tabOf(w.operator, await idOf(w))).bonus).to.equal(0n);
      expect(await leftOf(w)).to.equal(BONUS);
    });
  });

  describe("by transferAndCall", () => {
    it("opens in the payer's own transfer of the paid part, of nothing too", async () => {
      const w = await loadFixture(withBonus);
      for (const [cap, paid] of [
        [CAP, PAID],
        [PART, 0n],
      ] as const) {
        const opening = await openingOf(w, { cap });
        await transferAndCall(w, w.payer, wei(paid), bonusOpenData(opening, PART));
        const tab = await w.meter.tabOf(w.operator, await idOf(w));
        expect([tab.payer, tab.cap, tab.bonus]).to.deep.equal([w.payer.address, cap, PART]);
      }
      expect(await leftOf(w)).to.equal(BONUS - 2n * PART);
      await expectConserved(w);
    });

    it("refuses a value that is not exactly the paid part", async () => {
      const w = await loadFixture(withBonus);
      const data = bonusOpenData(await openingOf(w, { cap: CAP }), PART);
      for (const value of [0n, wei(PAID) - 1n, wei(PAID) + 1n, wei(CAP)]) {
        await expect(transferAndCall(w, w.payer, value, data))
          .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
          .withArgs(value, wei(PAID));
      }
      await expectConserved(w);
    });

    it("spends nobody's bonus by an allowance on their credits, nor by a forged call", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: PART, sessionKey: w.stranger.address });
      const data = bonusOpenData(opening, PART);
      await w.stelai.connect(w.payer).approve(w.stranger, wei(CAP));
      const move = w.stelai.connect(w.stranger).getFunction("transferFromAndCall(address,address,uint256,bytes)");
      await expect(move(w.payer, w.meter, 0n, data)).to.be.revertedWithCustomError(w.meter, "UnexpectedTransfer");
      await expect(
        w.meter.connect(w.stranger).onTransferReceived(w.payer, w.payer, 0n, data),
      ).to.be.revertedWithCustomError(w.meter, "UnexpectedTransfer");
      expect(await leftOf(w)).to.equal(BONUS);
    });
  });

  describe("by authorization", () => {
    it("opens for a payer without ETH and pays the sponsor out of paid credits", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: CAP });
      const sponsorship = sponsorshipOf({ fee: wei(5_000n), recipient: w.stranger.address });
      const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
      const authorization = await authorize(w, { value: wei(PAID + 5_000n), nonce });
      const open = w.meter.connect(w.operator).openWithBonusAndAuthorization;
      const act = open(opening, PART, authorization, sponsorship);
      await expect(act).to.changeTokenBalances(
        w.ethers,
        w.stelai,
        [w.payer, w.rewards, w.meter, w.stranger],
        [-wei(PAID + 5_000n), -wei(PART), wei(CAP), wei(5_000n)],
      );
      await expect(act).to.emit(w.meter, "SponsorPaid").withArgs(w.payer, w.stranger, wei(5_000n));
      await expect(act).to.emit(w.rewards, "Drawn").withArgs(w.payer, w.operator, wei(PART));
      await expect(open(opening, PART, authorization, sponsorship)).to.be.revertedWithCustomError(
        w.stelai,
        "ERC3009UsedAuthorization",
      );
      await expectConserved(w);
    });

    it("opens by an authorization of nothing when all is bonus and the sponsor takes no fee, once", async () => {
      const w = await loadFixture(withBonus);
      await w.stelai.connect(w.payer).transfer(w.stranger, await w.stelai.balanceOf(w.payer));
      const opening = await openingOf(w, { cap: PART });
      const sponsorship = sponsorshipOf({});
      const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
      const authorization = await authorize(w, { value: 0n, nonce });
      const open = w.meter.connect(w.stranger).openWithBonusAndAuthorization;
      await open(opening, PART, authorization, sponsorship);
      expect((await w.meter.tabOf(w.operator, await idOf(w))).payer).to.equal(w.payer.address);
      await expect(open(opening, PART, authorization, sponsorship)).to.be.revertedWithCustomError(
        w.stelai,
        "ERC3009UsedAuthorization",
      );
      expect(await leftOf(w)).to.equal(BONUS - PART);
      await expectConserved(w);
    });

    it("commits to every argument: the nonce is the hash the interface spells out", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, {});
      const sponsorship = sponsorshipOf({ fee: 7n, recipient: w.stranger.address });
      const typeHash = id(
        "OpenWithBonus(address operator,address sessionKey,uint40 cap,uint64 expiry,uint40 bonus,uint256 fee,address feeRecipient,bytes32 salt)",
      );
      const { operator, sessionKey, cap, expiry } = opening;
      const words = AbiCoder.defaultAbiCoder().encode(
        ["bytes32", "address", "address", "uint40", "uint64", "uint40", "uint256", "address", "bytes32"],
        [typeHash, operator, sessionKey, cap, expiry, 3n, sponsorship.fee, sponsorship.recipient, sponsorship.salt],
      );
      expect(await w.meter.bonusOpenNonce(opening, 3n, sponsorship)).to.equal(keccak256(words));
    });

    it("refuses an authorization bent to another bonus, opening or sponsorship", async () => {
      const w = await loadFixture(withBonus);
      await w.rewards.connect(w.campaigner).setTrusted(w.stranger, true);
      const opening = await openingOf(w, { cap: CAP });
      const sponsorship = sponsorshipOf({ fee: wei(10n), recipient: w.operator.address });
      const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
      const authorization = await authorize(w, { value: wei(PAID + 10n), nonce });
      const open = w.meter.connect(w.stranger).openWithBonusAndAuthorization;
      const thief = w.stranger.address;
      const refused = (act: Promise<unknown>) =>
        expect(act).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
      // Another part alone does not come to what was authorized.
      for (const bonus of [PART - 1n, PART + 1n]) {
        await expect(open(opening, bonus, authorization, sponsorship))
          .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
          .withArgs(wei(PAID + 10n), wei(CAP - bonus + 10n));
      }
      // As much is paid, and more or less of the payer's bonus goes in.
      await refused(open({ ...opening, cap: CAP + 1n }, PART + 1n, authorization, sponsorship));
      await refused(open({ ...opening, cap: CAP - 1n }, PART - 1n, authorization, sponsorship));
      await refused(open(opening, PART + 5n, authorization, { ...sponsorship, fee: wei(15n) }));
      for (const bent of [{ operator: thief }, { sessionKey: thief }, { expiry: opening.expiry + 1n }]) {
        await refused(open({ ...opening, ...bent }, PART, authorization, sponsorship));
      }
      for (const bent of [{ recipient: thief }, { salt: ZeroHash }]) {
        await refused(open(opening, PART, authorization, { ...sponsorship, ...bent }));
      }
      // Nor does it open without bonus credits, or one without open with them.
      const plain = { ...opening, cap: PAID };
      await refused(w.meter.openWithAuthorization(plain, authorization, sponsorship));
      const unbent = await authorize(w, {
        value: wei(PAID + 10n),
        nonce: await w.meter.openNonce(plain, sponsorship),
      });
      await refused(open(opening, PART, unbent, sponsorship));
      expect(await leftOf(w)).to.equal(BONUS);
      await open(opening, PART, authorization, sponsorship);
      await expectConserved(w);
    });

    it("refuses a stranger's signature on the payer's bonus, and a value that is not paid part and fee", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: PART });
      const sponsorship = sponsorshipOf({});
      const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
      const forged = await authorize(w, { value: 0n, nonce, signer: w.stranger });
      await expect(
        w.meter.openWithBonusAndAuthorization(opening, PART, forged, sponsorship),
      ).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
      const tooMuch = await authorize(w, { value: 1n, nonce });
      await expect(w.meter.openWithBonusAndAuthorization(opening, PART, tooMuch, sponsorship))
        .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
        .withArgs(1n, 0n);
      await expectConserved(w);
    });

    it("refuses a fee above the cap on fees, and a fee for nobody", async () => {
      const w = await loadFixture(withBonus);
      const opening = await openingOf(w, { cap: PART });
      for (const [sponsorship, error] of [
        [sponsorshipOf({ fee: 10n ** 18n + 1n, recipient: w.operator.address }), "SponsorFeeTooHigh"],
        [sponsorshipOf({ fee: 1n, recipient: ZeroAddress }), "ZeroAddress"],
      ] as const) {
        const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
        const authorization = await authorize(w, { value: sponsorship.fee, nonce });
        await expect(
          w.meter.openWithBonusAndAuthorization(opening, PART, authorization, sponsorship),
        ).to.be.revertedWithCustomError(w.meter, error);
      }
    });

    it("serves a contract wallet, and one that reverts or never answers loses nothing", async () => {
      const w = await loadFixture(withBonusWallet);
      const opening = await openingOf(w, { cap: CAP });
      const sponsorship = sponsorshipOf({});
      const nonce = await w.meter.bonusOpenNonce(opening, PART, sponsorship);
      const authorization = await authorize(w, { from: w.walletAddress, value: wei(PAID), nonce });
      const act = () =>
        w.meter.openWithBonusAndAuthorization(opening, PART, authorization, sponsorship, { gasLimit: 3_000_000n });
      for (const manner of [Manner.Reverting, Manner.Looping]) {
        await w.wallet.behave(manner);
        await expect(act()).to.be.revert(w.ethers);
        expect((await w.rewards.bonusOf(w.walletAddress)).balance).to.equal(wei(BONUS));
      }
      await w.wallet.behave(Manner.Honest);
      await act();
      expect((await w.meter.tabOf(w.operator, await idOf(w))).payer).to.equal(w.walletAddress);
      expect((await w.rewards.bonusOf(w.walletAddress)).balance).to.equal(wei(BONUS - PART));
    });
  });

  it("is stopped by the guardian's pause", async () => {
    const w = await loadFixture(withBonus);
    await w.meter.connect(w.guardian).pause();
    const opening = await openingOf(w, { cap: PART });
    const sponsorship = sponsorshipOf({});
    const authorization = await authorize(w, { value: 0n, nonce: ZeroHash });
    for (const act of [
      () => w.meter.connect(w.payer).openWithBonus(opening, PART),
      () => w.meter.openWithBonusAndAuthorization(opening, PART, authorization, sponsorship),
      () => transferAndCall(w, w.payer, 0n, bonusOpenData(opening, PART)),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.meter, "EnforcedPause");
    }
  });
});
