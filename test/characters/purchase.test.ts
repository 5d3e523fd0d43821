import { expect } from "chai";
import { id, Wallet } from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf, TERMS } from "../fixtures.ts";
import {
  bearer,
  bound,
  encodeRedemption,
  idOf,
  Plan,
  payAndCall,
  purchaseData,
  type Redemption,
  Visibility,
  withPrivate,
} from "./helpers/private.ts";

const load = () => networkHelpers.loadFixture(withPrivate);
const key = new Wallet(id("invite key"));

describe("A purchase with an invite", () => {
  const MONTH = TERMS.monthly * 10n ** 12n;

  it("redeems it and subscribes in one transaction, for an account or by the key", async () => {
    const w = await load();
    const forAlice = await bound(w, w.alice.address);
    for (const redemption of [forAlice, await bearer(w, key, w.alice.address)]) {
      const before = await networkHelpers.takeSnapshot();
      const data = encodeRedemption(redemption);
      const bought = w.access.connect(w.alice).subscribe(1n, Plan.Monthly, TERMS.monthly, true, data);
      await expect(bought)
        .to.emit(w.characters, "InviteRedeemed")
        .withArgs(1n, w.alice.address, idOf(redemption.invite))
        .and.to.emit(w.access, "PassBought");
      await expect(bought).to.changeTokenBalance(ethers, w.stelai, w.alice, -MONTH);
      expect((await w.access.accessOf(1n, w.alice.address)).active).to.equal(true);
      expect(await w.characters.isAllowed(1n, w.alice.address)).to.equal(true);
      await before.restore();
    }
  });

  it("can be of a lifetime, a gift, or an ERC-1363 transfer or approval", async () => {
    const w = await load();
    const invite = encodeRedemption(await bound(w, w.alice.address));
    const friends = encodeRedemption(await bound(w, w.carol.address));
    const by = w.access.connect(w.alice);
    const data = purchaseData(1n, w.alice.address, invite);
    const ways: [string, () => unknown][] = [
      [w.alice.address, () => by.buyLifetime(1n, TERMS.lifetime, invite)],
      [w.carol.address, () => by.gift(1n, w.carol.address, Plan.Annual, TERMS.annual, friends)],
      [w.alice.address, () => payAndCall(w, w.alice, "transferAndCall", data)],
      [w.alice.address, () => payAndCall(w, w.alice, "approveAndCall", data)],
    ];
    for (const [account, way] of ways) {
      const before = await networkHelpers.takeSnapshot();
      await way();
      expect((await w.access.accessOf(1n, account)).active).to.equal(true);
      expect(await w.characters.isAllowed(1n, account)).to.equal(true);
      await before.restore();
    }
  });

  it("goes through when someone redeemed its invite just before it, for the same account", async () => {
    const w = await load();
    const redemption = await bearer(w, key, w.alice.address);
    await w.characters.connect(w.carol).redeemInvite(redemption, w.alice.address);
    const data = encodeRedemption(redemption);
    await w.access.connect(w.alice).subscribe(1n, Plan.Monthly, TERMS.monthly, true, data);
    expect((await w.access.accessOf(1n, w.alice.address)).active).to.equal(true);
  });

  it("leaves the invite of an account that is allowed already", async () => {
    const w = await load();
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], true);
    const redemption = await bearer(w, key, w.alice.address);
    const data = encodeRedemption(redemption);
    await w.access.connect(w.alice).subscribe(1n, Plan.Monthly, TERMS.monthly, true, data);
    expect(await w.characters.isInviteSpent(1n, idOf(redemption.invite))).to.equal(false);
  });

  it("fails as a whole with a bad invite: no credit moves", async () => {
    const w = await load();
    const buy = (redemption: Redemption) =>
      w.access.connect(w.alice).subscribe(1n, Plan.Monthly, TERMS.monthly, true, encodeRedemption(redemption));
    const others = await bound(w, w.carol.address);
    const expired = await bound(w, w.alice.address, { expiry: 1n });
    const spent = await bound(w, w.alice.address, { salt: id("spent") });
    await w.characters.connect(w.bob).revokeInvites(1n, [idOf(spent.invite)]);
    const unsigned = { ...(await bound(w, w.alice.address)), signature: "0x" };
    const bad: [Redemption, string][] = [
      [others, "InviteForAnother"],
      [expired, "InviteExpired"],
      [spent, "InviteSpent"],
      [await bound(w, w.alice.address, { generation: 7n }), "InviteRevokedWithAll"],
      [unsigned, "InvalidInviteSignature"],
    ];
    const balance = await w.stelai.balanceOf(w.alice.address);
    for (const [redemption, error] of bad) {
      await expect(buy(redemption)).to.be.revertedWithCustomError(w.characters, error);
    }
    expect(await w.stelai.balanceOf(w.alice.address)).to.equal(balance);
    expect(await w.access.everHeld(1n, w.alice.address)).to.equal(false);
  });

  it("does not take the invite to another character, nor one when the purchase fails", async () => {
    const w = await load();
    await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), visibility: Visibility.Private }));
    const toSecond = await bound(w, w.alice.address, { characterId: 2n });
    const by = w.access.connect(w.alice);
    await expect(by.subscribe(1n, Plan.Monthly, TERMS.monthly, true, encodeRedemption(toSecond)))
      .to.be.revertedWithCustomError(w.access, "NotAllowed")
      .withArgs(1n, w.alice.address);
    const toFirst = await bound(w, w.alice.address);
    const data = encodeRedemption(toFirst);
    await expect(by.subscribe(1n, Plan.Monthly, TERMS.monthly - 1n, true, data)).to.be.revertedWithCustomError(
      w.access,
      "PriceAboveMaximum",
    );
    await w.access.connect(w.guardian).pause();
    await expect(by.subscribe(1n, Plan.Monthly, TERMS.monthly, true, data)).to.be.revertedWithCustomError(
      w.access,
      "EnforcedPause",
    );
    expect(await w.characters.isInviteSpent(2n, idOf(toSecond.invite))).to.equal(false);
    expect(await w.characters.isInviteSpent(1n, idOf(toFirst.invite))).to.equal(false);
  });
});
