import { expect } from "chai";
import { AbiCoder, id, keccak256 } from "ethers";
import { networkHelpers } from "../fixtures.ts";
import { authorize, sponsorshipOf, topUpData, transferAndCall, wei } from "./helpers/funding.ts";
import { withOpenTab } from "./helpers/world.ts";

const { loadFixture } = networkHelpers;

describe("InferenceMeter: topping up a tab", () => {
  it("raises the cap by what is paid by allowance", async () => {
    const w = await loadFixture(withOpenTab);
    await w.stelai.connect(w.payer).approve(w.meter, wei(500n));
    const act = w.meter.connect(w.payer).topUp(w.operator, w.tabId, 500n);
    await expect(act).to.changeTokenBalances(w.ethers, w.stelai, [w.payer, w.meter], [-wei(500n), wei(500n)]);
    await expect(act)
      .to.emit(w.meter, "TabToppedUp")
      .withArgs(w.operator, w.tabId, 500n, w.cap + 500n);
    expect((await w.meter.tabOf(w.operator, w.tabId)).cap).to.equal(w.cap + 500n);
  });

  it("raises the cap by the payer's authorization, sent and charged for by anyone", async () => {
    const w = await loadFixture(withOpenTab);
    const sponsorship = sponsorshipOf({ fee: 3n, recipient: w.stranger.address });
    const nonce = await w.meter.topUpNonce(w.operator, w.tabId, 500n, sponsorship);
    const authorization = await authorize(w, { value: wei(500n) + 3n, nonce });
    const act = w.meter
      .connect(w.stranger)
      .topUpWithAuthorization(w.operator, w.tabId, 500n, authorization, sponsorship);
    await expect(act).to.changeTokenBalances(
      w.ethers,
      w.stelai,
      [w.payer, w.meter, w.stranger],
      [-wei(500n) - 3n, wei(500n), 3n],
    );
    await expect(act).to.emit(w.meter, "SponsorPaid").withArgs(w.payer, w.stranger, 3n);
  });

  it("raises the cap in the payer's own transfer", async () => {
    const w = await loadFixture(withOpenTab);
    await transferAndCall(w, w.payer, wei(9n), topUpData(w.operator.address, w.tabId));
    expect((await w.meter.tabOf(w.operator, w.tabId)).cap).to.equal(w.cap + 9n);
  });

  it("commits to every argument: the nonce is the hash the interface spells out", async () => {
    const w = await loadFixture(withOpenTab);
    const sponsorship = sponsorshipOf({ fee: 7n, recipient: w.stranger.address });
    const typeHash = id(
      "TopUp(address operator,uint64 tabId,uint40 amount,uint256 fee,address feeRecipient,bytes32 salt)",
    );
    const words = AbiCoder.defaultAbiCoder().encode(
      ["bytes32", "address", "uint64", "uint40", "uint256", "address", "bytes32"],
      [typeHash, w.operator.address, w.tabId, 5n, sponsorship.fee, sponsorship.recipient, sponsorship.salt],
    );
    expect(await w.meter.topUpNonce(w.operator, w.tabId, 5n, sponsorship)).to.equal(keccak256(words));
  });

  it("refuses an authorization bent to another tab or recipient, and another value", async () => {
    const w = await loadFixture(withOpenTab);
    const sponsorship = sponsorshipOf({ fee: wei(1n), recipient: w.operator.address });
    const nonce = await w.meter.topUpNonce(w.operator, w.tabId, 500n, sponsorship);
    const authorization = await authorize(w, { value: wei(501n), nonce });
    const topUp = w.meter.connect(w.stranger).topUpWithAuthorization;
    const thief = { ...sponsorship, recipient: w.stranger.address };
    for (const act of [
      topUp(w.operator, w.otherTabId, 500n, authorization, sponsorship),
      topUp(w.operator, w.tabId, 500n, authorization, thief),
      topUp(w.operator, w.tabId, 499n, authorization, { ...sponsorship, fee: wei(2n) }),
    ]) {
      await expect(act).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
    }
    await expect(topUp(w.operator, w.tabId, 501n, authorization, sponsorship))
      .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
      .withArgs(wei(501n), wei(502n));
  });

  it("refuses anyone but the payer", async () => {
    const w = await loadFixture(withOpenTab);
    await w.stelai.connect(w.payer).transfer(w.stranger, wei(100n));
    await w.stelai.connect(w.stranger).approve(w.meter, wei(100n));
    const sponsorship = sponsorshipOf({});
    const nonce = await w.meter.topUpNonce(w.operator, w.tabId, 1n, sponsorship);
    const authorization = await authorize(w, {
      from: w.stranger.address,
      signer: w.stranger,
      value: wei(1n),
      nonce,
    });
    for (const act of [
      w.meter.connect(w.stranger).topUp(w.operator, w.tabId, 1n),
      w.meter.topUpWithAuthorization(w.operator, w.tabId, 1n, authorization, sponsorship),
      transferAndCall(w, w.stranger, wei(1n), topUpData(w.operator.address, w.tabId)),
    ]) {
      await expect(act).to.be.revertedWithCustomError(w.meter, "NotPayer").withArgs(w.stranger, w.payer);
    }
  });

  it("refuses nothing, parts of a microcredit, and a cap beyond 40 bits", async () => {
    const w = await loadFixture(withOpenTab);
    const data = topUpData(w.operator.address, w.tabId);
    await expect(w.meter.connect(w.payer).topUp(w.operator, w.tabId, 0n)).to.be.revertedWithCustomError(
      w.meter,
      "ZeroAmount",
    );
    await expect(transferAndCall(w, w.payer, 0n, data)).to.be.revertedWithCustomError(w.meter, "ZeroAmount");
    await expect(transferAndCall(w, w.payer, wei(3n) + 1n, data))
      .to.be.revertedWithCustomError(w.meter, "AuthorizationTooSmall")
      .withArgs(wei(3n) + 1n, wei(4n));
    const most = 2n ** 40n - 1n;
    await expect(w.meter.connect(w.payer).topUp(w.operator, w.tabId, most))
      .to.be.revertedWithCustomError(w.meter, "CapTooHigh")
      .withArgs(most + w.cap);
    await w.stelai.connect(w.payer).approve(w.meter, wei(most));
    await w.meter.connect(w.payer).topUp(w.operator, w.tabId, most - w.cap);
    await expect(w.meter.connect(w.payer).topUp(w.operator, w.tabId, 1n))
      .to.be.revertedWithCustomError(w.meter, "CapTooHigh")
      .withArgs(most + 1n);
  });

  it("refuses a tab that does not exist, and one that is closing", async () => {
    const w = await loadFixture(withOpenTab);
    const topUp = w.meter.connect(w.payer).topUp;
    await expect(topUp(w.operator, 99n, 1n))
      .to.be.revertedWithCustomError(w.meter, "UnknownTab")
      .withArgs(w.operator, 99n);
    await w.meter.connect(w.payer).requestClose(w.operator, w.tabId);
    await expect(topUp(w.operator, w.tabId, 1n))
      .to.be.revertedWithCustomError(w.meter, "TabClosing")
      .withArgs(w.operator, w.tabId);
  });
});
