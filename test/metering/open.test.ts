import { expect } from "chai";
import { AbiCoder, id, keccak256, ZeroAddress, ZeroHash } from "ethers";
import { DELAYS, networkHelpers } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import { authorize, openingOf, sponsorshipOf, transferAndOpen, UNIT, wei } from "./helpers/funding.ts";
import { Manner, withMeter, withOpenTab, withWallet } from "./helpers/world.ts";

const { loadFixture, time } = networkHelpers;

describe("InferenceMeter: opening a tab", () => {
  describe("by allowance", () => {
    it("takes exactly the cap and keeps what the payer agreed to", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 2_500_000n });
      await w.stelai.connect(w.payer).approve(w.meter, wei(2_500_000n));
      const act = w.meter.connect(w.payer).open(opening);
      await expect(act).to.changeTokenBalances(
        w.ethers,
        w.stelai,
        [w.payer, w.meter],
        [-wei(2_500_000n), wei(2_500_000n)],
      );
      const tab = await w.meter.tabOf(w.operator, 1n);
      expect(tab.payer).to.equal(w.payer.address);
      expect(tab.sessionKey).to.equal(w.session.address);
      expect(tab.cap).to.equal(2_500_000n);
      expect(tab.spent).to.equal(0n);
      expect(tab.closing).to.equal(false);
      expect(tab.previousKey).to.equal(ZeroAddress);
      expect(tab.previousKeyUntil).to.equal(0n);
    });

    it("rounds the expiry up to whole units since the epoch, and says so in the event", async () => {
      const w = await loadFixture(withMeter);
      const epoch: bigint = await w.meter.EPOCH();
      await w.stelai.connect(w.payer).approve(w.meter, wei(3n));
      const open = w.meter.connect(w.payer).open;
      for (const [tabId, asked, kept] of [
        [1n, epoch + 9n * UNIT, epoch + 9n * UNIT],
        [2n, epoch + 9n * UNIT + 1n, epoch + 10n * UNIT],
        [3n, epoch + 10n * UNIT - 1n, epoch + 10n * UNIT],
      ] as const) {
        await expect(open(await openingOf(w, { cap: 1n, expiry: asked })))
          .to.emit(w.meter, "TabOpened")
          .withArgs(w.operator, tabId, w.payer, w.session, 1n, kept);
        expect((await w.meter.tabOf(w.operator, tabId)).expiry).to.equal(kept);
      }
    });

    it("numbers an operator's tabs from 1, and each operator's on their own", async () => {
      const w = await loadFixture(withMeter);
      await w.stelai.connect(w.payer).approve(w.meter, wei(30n));
      const open = w.meter.connect(w.payer).open;
      await open(await openingOf(w, { cap: 10n }));
      await open(await openingOf(w, { cap: 10n }));
      await open(await openingOf(w, { cap: 10n, operator: w.stranger.address }));
      expect(await w.meter.tabCount(w.operator)).to.equal(2n);
      expect(await w.meter.tabCount(w.stranger)).to.equal(1n);
    });

    it("refuses a zero operator, a zero session key and a zero cap", async () => {
      const w = await loadFixture(withMeter);
      const open = w.meter.connect(w.payer).open;
      for (const bad of [{ operator: ZeroAddress }, { sessionKey: ZeroAddress }]) {
        await expect(open(await openingOf(w, bad))).to.be.revertedWithCustomError(w.meter, "ZeroAddress");
      }
      await expect(open(await openingOf(w, { cap: 0n }))).to.be.revertedWithCustomError(w.meter, "ZeroAmount");
    });

    it("refuses an expiry that is not in the future or beyond the longest duration, to the second", async () => {
      const w = await loadFixture(withMeter);
      await w.stelai.connect(w.payer).approve(w.meter, wei(10n));
      const open = w.meter.connect(w.payer).open;
      const now = BigInt(await time.latest()) + 100n;
      const longest: bigint = await w.meter.MAX_DURATION();
      expect(longest).to.equal(365n * 86_400n);
      for (const expiry of [0n, now, now + longest + 1n, 2n ** 64n - 1n]) {
        const opening = await openingOf(w, { cap: 1n, expiry });
        await time.setNextBlockTimestamp(now);
        await expect(open.staticCall(opening, { blockTag: "pending" }))
          .to.be.revertedWithCustomError(w.meter, "InvalidExpiry")
          .withArgs(expiry);
      }
      await time.setNextBlockTimestamp(now);
      await open(await openingOf(w, { cap: 1n, expiry: now + longest }));
      await time.setNextBlockTimestamp(now + 1n);
      await open(await openingOf(w, { cap: 1n, expiry: now + 2n }));
    });

    it("refuses an expiry beyond the 16 bits of its units", async () => {
      const w = await loadFixture(withMeter);
      const epoch: bigint = await w.meter.EPOCH();
      const end = epoch + 65_535n * UNIT;
      await w.stelai.connect(w.payer).approve(w.meter, wei(10n));
      await time.increaseTo(end - 100n);
      const open = w.meter.connect(w.payer).open;
      await expect(open(await openingOf(w, { cap: 1n, expiry: end + 1n })))
        .to.be.revertedWithCustomError(w.meter, "InvalidExpiry")
        .withArgs(end + 1n);
      await open(await openingOf(w, { cap: 1n, expiry: end }));
      expect((await w.meter.tabOf(w.operator, 1n)).expiry).to.equal(end);
    });

    it("moves nothing without an allowance", async () => {
      const w = await loadFixture(withMeter);
      await expect(w.meter.connect(w.payer).open(await openingOf(w, {}))).to.be.revertedWithCustomError(
        w.stelai,
        "ERC20InsufficientAllowance",
      );
      expect(await w.meter.tabCount(w.operator)).to.equal(0n);
    });

    it("refuses to show a tab that does not exist", async () => {
      const w = await loadFixture(withMeter);
      await expect(w.meter.tabOf(w.operator, 1n))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 1n);
    });
  });

  describe("by authorization", () => {
    it("opens for a payer without ETH and pays the sponsor", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 1_000_000n });
      const sponsorship = sponsorshipOf({ fee: wei(5_000n), recipient: w.stranger.address });
      const authorization = await authorize(w, {
        value: wei(1_005_000n),
        nonce: await w.meter.openNonce(opening, sponsorship),
      });
      const act = w.meter.connect(w.operator).openWithAuthorization(opening, authorization, sponsorship);
      await expect(act).to.changeTokenBalances(
        w.ethers,
        w.stelai,
        [w.payer, w.meter, w.stranger],
        [-wei(1_005_000n), wei(1_000_000n), wei(5_000n)],
      );
      await expect(act).to.emit(w.meter, "SponsorPaid").withArgs(w.payer, w.stranger, wei(5_000n));
      expect((await w.meter.tabOf(w.operator, 1n)).payer).to.equal(w.payer.address);
    });

    it("needs no recipient when there is no fee", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 10n });
      const sponsorship = sponsorshipOf({ fee: 0n, recipient: ZeroAddress });
      const nonce = await w.meter.openNonce(opening, sponsorship);
      const authorization = await authorize(w, { value: wei(10n), nonce });
      await expect(w.meter.openWithAuthorization(opening, authorization, sponsorship)).not.to.emit(
        w.meter,
        "SponsorPaid",
      );
    });

    it("commits to every argument: the nonce is the hash the interface spells out", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, {});
      const sponsorship = sponsorshipOf({ fee: 7n, recipient: w.stranger.address });
      const typeHash = id(
        "Open(address operator,address sessionKey,uint40 cap,uint64 expiry,uint256 fee,address feeRecipient,bytes32 salt)",
      );
      const words = AbiCoder.defaultAbiCoder().encode(
        ["bytes32", "address", "address", "uint40", "uint64", "uint256", "address", "bytes32"],
        [
          typeHash,
          opening.operator,
          opening.sessionKey,
          opening.cap,
          opening.expiry,
          sponsorship.fee,
          sponsorship.recipient,
          sponsorship.salt,
        ],
      );
      expect(await w.meter.openNonce(opening, sponsorship)).to.equal(keccak256(words));
    });

    it("refuses an authorization bent to another opening or sponsorship", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 1_000n });
      const sponsorship = sponsorshipOf({ fee: wei(10n), recipient: w.operator.address });
      const authorization = await authorize(w, {
        value: wei(1_010n),
        nonce: await w.meter.openNonce(opening, sponsorship),
      });
      const open = w.meter.connect(w.stranger).openWithAuthorization;
      const thief = w.stranger.address;
      for (const bent of [{ operator: thief }, { sessionKey: thief }, { expiry: opening.expiry + 1n }]) {
        await expect(open({ ...opening, ...bent }, authorization, sponsorship)).to.be.revertedWithCustomError(
          w.stelai,
          "ERC3009InvalidSignature",
        );
      }
      for (const bent of [{ recipient: thief }, { salt: ZeroHash }]) {
        await expect(open(opening, authorization, { ...sponsorship, ...bent })).to.be.revertedWithCustomError(
          w.stelai,
          "ERC3009InvalidSignature",
        );
      }
      const cheaper = { ...opening, cap: 990n };
      const dearer = { ...sponsorship, fee: wei(20n) };
      await expect(open(cheaper, authorization, dearer)).to.be.revertedWithCustomError(
        w.stelai,
        "ERC3009InvalidSignature",
      );
      await open(opening, authorization, sponsorship);
      await expect(open(opening, authorization, sponsorship)).to.be.revertedWithCustomError(
        w.stelai,
        "ERC3009UsedAuthorization",
      );
    });

    it("refuses a value that is not exactly cap and fee", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 1_000n });
      const sponsorship = sponsorshipOf({ fee: 5n, recipient: w.operator.address });
      const nonce = await w.meter.openNonce(opening, sponsorship);
      const needed = wei(1_000n) + 5n;
      for (const value of [needed - 1n, needed + 1n]) {
        const authorization = await authorize(w, { value, nonce });
        await expect(w.meter.openWithAuthorization(opening, authorization, sponsorship))
          .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
          .withArgs(value, needed);
      }
    });

    it("refuses a fee above the cap on fees, and a fee for nobody", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 1_000n });
      const most: bigint = await w.meter.MAX_SPONSOR_FEE();
      expect(most).to.equal(10n ** 18n);
      const open = async (fee: bigint, recipient: string) => {
        const sponsorship = sponsorshipOf({ fee, recipient });
        const nonce = await w.meter.openNonce(opening, sponsorship);
        return w.meter.openWithAuthorization(
          opening,
          await authorize(w, { value: wei(1_000n) + fee, nonce }),
          sponsorship,
        );
      };
      await expect(open(most + 1n, w.operator.address))
        .to.be.revertedWithCustomError(w.meter, "SponsorFeeTooHigh")
        .withArgs(most + 1n);
      await expect(open(1n, ZeroAddress)).to.be.revertedWithCustomError(w.meter, "ZeroAddress");
      await open(most, w.operator.address);
    });

    it("serves a contract wallet, and one that reverts or never answers loses nothing", async () => {
      const w = await loadFixture(withWallet);
      const opening = await openingOf(w, { cap: 1_000n });
      const sponsorship = sponsorshipOf({});
      const nonce = await w.meter.openNonce(opening, sponsorship);
      const authorization = await authorize(w, { from: w.walletAddress, value: wei(1_000n), nonce });
      const act = () => w.meter.openWithAuthorization(opening, authorization, sponsorship, { gasLimit: 3_000_000n });
      const balance = await w.stelai.balanceOf(w.walletAddress);
      const before = await w.meter.tabCount(w.operator);
      for (const manner of [Manner.Reverting, Manner.Looping]) {
        await w.wallet.behave(manner);
        await expect(act()).to.be.revert(w.ethers);
        expect(await w.stelai.balanceOf(w.walletAddress)).to.equal(balance);
        expect(await w.meter.tabCount(w.operator)).to.equal(before);
      }
      await w.wallet.behave(Manner.Honest);
      await act();
      expect((await w.meter.tabOf(w.operator, before + 1n)).payer).to.equal(w.walletAddress);
    });
  });

  describe("by transferAndCall", () => {
    it("opens in the payer's own transfer", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 77n });
      await expect(transferAndOpen(w, w.payer, wei(77n), opening)).to.emit(w.meter, "TabOpened");
      expect((await w.meter.tabOf(w.operator, 1n)).payer).to.equal(w.payer.address);
      expect(await w.stelai.balanceOf(w.meter)).to.equal(wei(77n));
    });

    it("refuses credits that somebody else moves with an allowance", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 77n });
      await w.stelai.connect(w.payer).approve(w.stranger, wei(77n));
      const data = AbiCoder.defaultAbiCoder().encode(
        ["uint8", "tuple(address operator,address sessionKey,uint40 cap,uint64 expiry)"],
        [0, opening],
      );
      const act = w.stelai.connect(w.stranger).getFunction("transferFromAndCall(address,address,uint256,bytes)");
      await expect(act(w.payer, w.meter, wei(77n), data))
        .to.be.revertedWithCustomError(w.meter, "UnexpectedTransfer")
        .withArgs(w.stelai, w.payer);
    });

    it("refuses any caller but $STELAI", async () => {
      const w = await loadFixture(withMeter);
      await expect(w.meter.connect(w.stranger).onTransferReceived(w.stranger, w.stranger, wei(1n), "0x"))
        .to.be.revertedWithCustomError(w.meter, "UnexpectedTransfer")
        .withArgs(w.stranger, w.stranger);
    });

    it("refuses a kind it does not know, and data it cannot read", async () => {
      const w = await loadFixture(withMeter);
      const send = w.stelai.connect(w.payer).getFunction("transferAndCall(address,uint256,bytes)");
      const data = AbiCoder.defaultAbiCoder().encode(["uint8", "address", "uint64"], [3, w.operator.address, 1n]);
      await expect(send(w.meter, wei(1n), data))
        .to.be.revertedWithCustomError(w.meter, "UnexpectedTransfer")
        .withArgs(w.stelai, w.payer);
      await expect(send(w.meter, wei(1n), "0x")).to.be.revert(w.ethers);
      expect(await w.stelai.balanceOf(w.meter)).to.equal(0n);
    });

    it("refuses a value that is not exactly the cap", async () => {
      const w = await loadFixture(withMeter);
      const opening = await openingOf(w, { cap: 77n });
      for (const value of [wei(77n) - 1n, wei(77n) + 1n, wei(78n)]) {
        await expect(transferAndOpen(w, w.payer, value, opening))
          .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
          .withArgs(value, wei(77n));
      }
    });
  });

  it("is stopped by a pause of the guardian's alone, and resumed by the administrator", async () => {
    const w = await loadFixture(withOpenTab);
    await expect(w.meter.connect(w.stranger).pause())
      .to.be.revertedWithCustomError(w.meter, "AccessManagedUnauthorized")
      .withArgs(w.stranger);
    await w.meter.connect(w.guardian).pause();
    const opening = await openingOf(w, {});
    const sponsorship = sponsorshipOf({});
    const authorization = await authorize(w, { value: 0n, nonce: ZeroHash });
    for (const act of [
      w.meter.connect(w.payer).open(opening),
      w.meter.openWithAuthorization(opening, authorization, sponsorship),
      w.meter.connect(w.payer).topUp(w.operator, w.tabId, 1n),
      w.meter.topUpWithAuthorization(w.operator, w.tabId, 1n, authorization, sponsorship),
      transferAndOpen(w, w.payer, wei(1n), opening),
    ]) {
      await expect(act).to.be.revertedWithCustomError(w.meter, "EnforcedPause");
    }
    await expect(w.meter.connect(w.guardian).unpause()).to.be.revertedWithCustomError(
      w.meter,
      "AccessManagedUnauthorized",
    );
    await expectDelayed(w, w.meter, w.admin, "unpause", [], DELAYS.admin);
    await transferAndOpen(w, w.payer, wei(opening.cap), opening);
  });

  it("is not deployed without its token, Payouts, Characters or Rewards", async () => {
    const w = await loadFixture(withMeter);
    const real = [await w.stelai.getAddress(), await w.payouts.getAddress(), await w.characters.getAddress()].concat(
      await w.rewards.getAddress(),
    );
    for (const index of real.keys()) {
      const args = [await w.meter.authority(), ...real.map((address, i) => (i === index ? ZeroAddress : address))];
      await expect(w.ethers.deployContract("InferenceMeter", args)).to.be.revertedWithCustomError(
        w.meter,
        "ZeroAddress",
      );
    }
  });
});
