import { expect } from "chai";
import { type Signer, ZeroAddress } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { THAW, UNIT } from "./helpers/funding.ts";
import { type Request, signRequest } from "./helpers/requests.ts";
import { Manner, type TabWorld, withOpenTab, withWalletTab } from "./helpers/world.ts";

const { loadFixture, time } = networkHelpers;
const FOREVER = 2n ** 60n;

describe("InferenceMeter: what a payer asks of a tab", () => {
  describe("extend", () => {
    it("raises the expiry, in whole units rounded up", async () => {
      const w = await loadFixture(withOpenTab);
      await expect(w.meter.connect(w.payer).extend(w.operator, w.tabId, w.expiry + 1n))
        .to.emit(w.meter, "TabExtended")
        .withArgs(w.operator, w.tabId, w.expiry + UNIT);
      expect((await w.meter.tabOf(w.operator, w.tabId)).expiry).to.equal(w.expiry + UNIT);
    });

    it("refuses an expiry that does not rise, has passed, or is too far", async () => {
      const w = await loadFixture(withOpenTab);
      const now = BigInt(await time.latest());
      for (const expiry of [w.expiry, w.expiry - 1n, now - 1n, now + 366n * 86_400n]) {
        await expect(w.meter.connect(w.payer).extend(w.operator, w.tabId, expiry))
          .to.be.revertedWithCustomError(w.meter, "InvalidExpiry")
          .withArgs(expiry);
      }
    });

    it("refuses anyone but the payer, an unknown tab and a closing one", async () => {
      const w = await loadFixture(withOpenTab);
      const expiry = w.expiry + UNIT;
      await expect(w.meter.connect(w.operator).extend(w.operator, w.tabId, expiry))
        .to.be.revertedWithCustomError(w.meter, "NotPayer")
        .withArgs(w.operator, w.payer);
      await expect(w.meter.connect(w.payer).extend(w.operator, 99n, expiry))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 99n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      await expect(w.meter.connect(w.payer).extend(w.operator, w.tabId, expiry))
        .to.be.revertedWithCustomError(w.meter, "TabClosing")
        .withArgs(w.operator, w.tabId);
    });
  });

  describe("rotate", () => {
    it("puts another key in place and keeps the old one for the thaw", async () => {
      const w = await loadFixture(withOpenTab);
      const now = BigInt(await time.latest()) + 10n;
      await time.setNextBlockTimestamp(now);
      await expect(w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.otherSession.address))
        .to.emit(w.meter, "SessionKeyRotated")
        .withArgs(w.operator, w.tabId, w.otherSession, w.session, now + THAW);
      const tab = await w.meter.tabOf(w.operator, w.tabId);
      expect(tab.sessionKey).to.equal(w.otherSession.address);
      expect(tab.previousKey).to.equal(w.session.address);
      expect(tab.previousKeyUntil).to.equal(now + THAW);
      expect(tab.cap).to.equal(w.cap);
    });

    it("refuses a second rotation until the last second of the first one's thaw has passed", async () => {
      const w = await loadFixture(withOpenTab);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.otherSession.address);
      const until = BigInt(await time.latest()) + THAW;
      await time.increaseTo(until - 1n);
      await time.setNextBlockTimestamp(until);
      await expect(w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.stranger.address, { gasLimit: 200_000n }))
        .to.be.revertedWithCustomError(w.meter, "RotationTooSoon")
        .withArgs(until);
      await time.setNextBlockTimestamp(until + 1n);
      await w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.stranger.address);
    });

    it("refuses a zero key, anyone but the payer, an unknown tab and a closing one", async () => {
      const w = await loadFixture(withOpenTab);
      await expect(w.meter.connect(w.payer).rotate(w.operator, w.tabId, ZeroAddress)).to.be.revertedWithCustomError(
        w.meter,
        "ZeroAddress",
      );
      await expect(w.meter.connect(w.stranger).rotate(w.operator, w.tabId, w.stranger.address))
        .to.be.revertedWithCustomError(w.meter, "NotPayer")
        .withArgs(w.stranger, w.payer);
      await expect(w.meter.connect(w.payer).rotate(w.operator, 99n, w.stranger.address))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 99n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      await expect(w.meter.connect(w.payer).rotate(w.operator, w.tabId, w.stranger.address))
        .to.be.revertedWithCustomError(w.meter, "TabClosing")
        .withArgs(w.operator, w.tabId);
    });
  });

  describe("requestClose", () => {
    it("lowers the expiry to now, by at most one unit more", async () => {
      const w = await loadFixture(withOpenTab);
      const epoch: bigint = await w.meter.EPOCH();
      const now = epoch + 3n * UNIT + 1n;
      await time.setNextBlockTimestamp(now);
      await expect(w.meter.connect(w.payer).requestClose(w.operator, w.tabId))
        .to.emit(w.meter, "TabCloseRequested")
        .withArgs(w.operator, w.tabId, epoch + 4n * UNIT);
      const tab = await w.meter.tabOf(w.operator, w.tabId);
      expect(tab.expiry).to.equal(epoch + 4n * UNIT);
      expect(tab.closing).to.equal(true);
    });

    it("adds nothing on the boundary of a unit", async () => {
      const w = await loadFixture(withOpenTab);
      const epoch: bigint = await w.meter.EPOCH();
      await time.setNextBlockTimestamp(epoch + 4n * UNIT);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      expect((await w.meter.tabOf(w.operator, w.tabId)).expiry).to.equal(epoch + 4n * UNIT);
    });

    it("raises no expiry that has passed", async () => {
      const w = await loadFixture(withOpenTab);
      await time.increaseTo(w.expiry + 10n * UNIT);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      expect((await w.meter.tabOf(w.operator, w.tabId)).expiry).to.equal(w.expiry);
    });

    it("refuses a second time, anyone but the payer, and an unknown tab", async () => {
      const w = await loadFixture(withOpenTab);
      await expect(w.meter.connect(w.operator).requestClose(w.operator, w.tabId))
        .to.be.revertedWithCustomError(w.meter, "NotPayer")
        .withArgs(w.operator, w.payer);
      await expect(w.meter.connect(w.payer).requestClose(w.operator, 99n))
        .to.be.revertedWithCustomError(w.meter, "UnknownTab")
        .withArgs(w.operator, 99n);
      await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
      await expect(w.meter.connect(w.payer).requestClose(w.operator, w.tabId))
        .to.be.revertedWithCustomError(w.meter, "TabClosing")
        .withArgs(w.operator, w.tabId);
    });
  });

  describe("by signature", () => {
    /** Every kind of request, how it is sent by a stranger, and what it leaves to see. */
    const kinds: readonly {
      readonly name: Request["kind"];
      request(w: TabWorld): Request;
      send(w: TabWorld, deadline: bigint, signature: string): Promise<unknown>;
      event: string;
    }[] = [
      {
        name: "Extend",
        request: (w) => ({ kind: "Extend", expiry: w.expiry + UNIT }),
        send: (w, deadline, signature) =>
          w.meter.connect(w.stranger).extendBySignature(w.operator, w.tabId, w.expiry + UNIT, deadline, signature, GAS),
        event: "TabExtended",
      },
      {
        name: "Rotate",
        request: (w) => ({ kind: "Rotate", sessionKey: w.otherSession.address }),
        send: (w, deadline, signature) =>
          w.meter
            .connect(w.stranger)
            .rotateBySignature(w.operator, w.tabId, w.otherSession.address, deadline, signature, GAS),
        event: "SessionKeyRotated",
      },
      {
        name: "RequestClose",
        request: () => ({ kind: "RequestClose" }),
        send: (w, deadline, signature) =>
          w.meter.connect(w.stranger).requestCloseBySignature(w.operator, w.tabId, deadline, signature, GAS),
        event: "TabCloseRequested",
      },
    ];
    const GAS = { gasLimit: 2_000_000n };

    for (const { name, request, send, event } of kinds) {
      describe(name, () => {
        const sign = (w: TabWorld, bent: Partial<Parameters<typeof signRequest>[2]> = {}, signer: Signer = w.payer) =>
          signRequest(w, request(w), { signer, nonce: 0n, deadline: FOREVER, ...bent });

        it("is sent by anyone and counts the payer's nonce", async () => {
          const w = await loadFixture(withOpenTab);
          await expect(send(w, FOREVER, await sign(w))).to.emit(w.meter, event);
          expect(await w.meter.nonces(w.payer)).to.equal(1n);
        });

        it("is refused a second time", async () => {
          const w = await loadFixture(withOpenTab);
          const signature = await sign(w);
          await send(w, FOREVER, signature);
          await expect(send(w, FOREVER, signature))
            .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
            .withArgs(w.payer);
        });

        it("is refused after its deadline, and good in its last second", async () => {
          const w = await loadFixture(withOpenTab);
          const deadline = BigInt(await time.latest()) + 1_000n;
          const signature = await sign(w, { deadline });
          await time.setNextBlockTimestamp(deadline);
          const snapshot = await networkHelpers.takeSnapshot();
          await send(w, deadline, signature);
          await snapshot.restore();
          await time.increaseTo(deadline);
          await expect(send(w, deadline, signature))
            .to.be.revertedWithCustomError(w.meter, "SignatureExpired")
            .withArgs(deadline);
        });

        it("is refused of another wallet, nonce, tab, chain, contract or deadline", async () => {
          const w = await loadFixture(withOpenTab);
          const domain = w.domain;
          for (const signature of [
            await sign(w, {}, w.stranger),
            await sign(w, { nonce: 1n }),
            await sign(w, { tabId: w.otherTabId }),
            await sign(w, { operator: w.stranger.address }),
            await sign(w, { deadline: FOREVER - 1n }),
            await sign(w, { domain: { ...domain, chainId: 1n } }),
            await sign(w, { domain: { ...domain, verifyingContract: w.stranger.address } }),
            await sign(w, { domain: { ...domain, version: "2" } }),
            "0x",
            `0x${"00".repeat(65)}`,
          ]) {
            await expect(send(w, FOREVER, signature))
              .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
              .withArgs(w.payer);
          }
          expect(await w.meter.nonces(w.payer)).to.equal(0n);
        });

        it("is refused on a tab that does not exist", async () => {
          const w = await loadFixture(withOpenTab);
          await expect(send({ ...w, tabId: 99n }, FOREVER, await sign(w)))
            .to.be.revertedWithCustomError(w.meter, "UnknownTab")
            .withArgs(w.operator, 99n);
        });

        it("serves a contract wallet, and one that reverts or never answers loses nothing", async () => {
          const w = await loadFixture(withWalletTab);
          const signature = await sign(w);
          const before = await w.meter.tabOf(w.operator, w.tabId);
          for (const manner of [Manner.Reverting, Manner.Looping]) {
            await w.wallet.behave(manner);
            await expect(send(w, FOREVER, signature)).to.be.revert(w.ethers);
            expect(await w.meter.tabOf(w.operator, w.tabId)).to.deep.equal(before);
            expect(await w.meter.nonces(w.walletAddress)).to.equal(0n);
          }
          await w.wallet.behave(Manner.Honest);
          await expect(send(w, FOREVER, await sign(w, {}, w.stranger)))
            .to.be.revertedWithCustomError(w.meter, "InvalidSignature")
            .withArgs(w.walletAddress);
          await expect(send(w, FOREVER, signature)).to.emit(w.meter, event);
        });
      });
    }
  });
});
