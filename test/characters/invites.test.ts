import { expect } from "chai";
import { id, Signature, Wallet, ZeroAddress } from "ethers";
import { typed } from "../contracts.ts";
import { creationOf, ethers, networkHelpers, payeeOf } from "../fixtures.ts";
import { Manner } from "../metering/helpers/world.ts";
import { highS } from "../signing.ts";
import {
  bearer,
  bound,
  charactersDomain,
  type Invite,
  idOf,
  inviteOf,
  type PrivateWorld,
  type Redemption,
  signInvite,
  signRedemption,
  Visibility,
  withPrivate,
} from "./helpers/private.ts";

const load = () => networkHelpers.loadFixture(withPrivate);
const key = new Wallet(id("invite key"));

/** Carol sends every redemption: who sends it says nothing. */
async function expectRefused(
  w: PrivateWorld,
  redemption: Redemption,
  account: string,
  error: string,
  ...values: unknown[]
): Promise<void> {
  const before = await w.characters.isAllowed(1n, account === ZeroAddress ? w.alice.address : account);
  await expect(w.characters.connect(w.carol).redeemInvite(redemption, account))
    .to.be.revertedWithCustomError(w.characters, error)
    .withArgs(...values);
  expect(await w.characters.isAllowed(1n, account === ZeroAddress ? w.alice.address : account)).to.equal(before);
}

async function expectRedeemed(w: PrivateWorld, redemption: Redemption, account: string): Promise<void> {
  await expect(w.characters.connect(w.carol).redeemInvite(redemption, account))
    .to.emit(w.characters, "InviteRedeemed")
    .withArgs(redemption.invite.characterId, account, idOf(redemption.invite));
  expect(await w.characters.isAllowed(redemption.invite.characterId, account)).to.equal(true);
  expect(await w.characters.isInviteSpent(redemption.invite.characterId, idOf(redemption.invite))).to.equal(true);
}

describe("An invite for an account", () => {
  it("puts it on the allow list, whoever sends it, and nobody else", async () => {
    const w = await load();
    const redemption = await bound(w, w.alice.address);
    expect(await w.characters.isInviteSpent(1n, idOf(redemption.invite))).to.equal(false);
    await expectRedeemed(w, redemption, w.alice.address);
    expect(await w.characters.isAllowed(1n, w.carol.address)).to.equal(false);
  });

  it("is refused for another account", async () => {
    const w = await load();
    const redemption = await bound(w, w.alice.address);
    await expectRefused(w, redemption, w.carol.address, "InviteForAnother", w.alice.address);
    const other = { ...redemption, invite: { ...redemption.invite, account: w.carol.address } };
    await expectRefused(w, other, w.carol.address, "InvalidInviteSignature");
  });

  it("is refused a second time, also after its account was taken off the list", async () => {
    const w = await load();
    const redemption = await bound(w, w.alice.address);
    await expectRedeemed(w, redemption, w.alice.address);
    await expectRefused(w, redemption, w.alice.address, "InviteSpent", idOf(redemption.invite));
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], false);
    await expectRefused(w, redemption, w.alice.address, "InviteSpent", idOf(redemption.invite));
    expect(await w.characters.isAllowed(1n, w.alice.address)).to.equal(false);
  });

  it("is good through its last second, and expired after it", async () => {
    const w = await load();
    const redemption = await bound(w, w.alice.address);
    const { expiry } = redemption.invite;
    const fresh = await networkHelpers.takeSnapshot();
    await networkHelpers.time.setNextBlockTimestamp(expiry);
    await expectRedeemed(w, redemption, w.alice.address);
    await fresh.restore();
    await networkHelpers.time.setNextBlockTimestamp(expiry + 1n);
    await expectRefused(w, redemption, w.alice.address, "InviteExpired", expiry);
  });

  it("is refused for an account and a key at once, and for neither", async () => {
    const w = await load();
    const both = await bearer(w, key, w.alice.address, { account: w.alice.address });
    await expectRefused(w, both, w.alice.address, "InvalidInvite");
    await expectRefused(w, await bound(w, ZeroAddress), w.alice.address, "InvalidInvite");
    await expectRefused(w, await bound(w, ZeroAddress), ZeroAddress, "InvalidInvite");
  });

  it("is refused when any of it is not what the owner signed", async () => {
    const w = await load();
    await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), visibility: Visibility.Private }));
    const good = await bound(w, w.alice.address);
    const bends: Partial<Invite>[] = [
      { characterId: 2n },
      { expiry: good.invite.expiry + 1n },
      { salt: id("another salt") },
    ];
    for (const bend of bends) {
      const redemption = { ...good, invite: { ...good.invite, ...bend } };
      await expectRefused(w, redemption, w.alice.address, "InvalidInviteSignature");
    }
    expect(await w.characters.isAllowed(2n, w.alice.address)).to.equal(false);
    const unknown = { ...good, invite: { ...good.invite, characterId: 9n } };
    await expectRefused(w, unknown, w.alice.address, "ERC721NonexistentToken", 9n);
    await expectRedeemed(w, good, w.alice.address);
  });

  it("is refused when anyone but the owner signed it", async () => {
    const w = await load();
    await w.characters.connect(w.bob).setAllowed(1n, [w.dave.address], true);
    await w.characters.connect(w.bob).setApprovalForAll(w.carol.address, true);
    const invite = await inviteOf({ account: w.alice.address });
    for (const signer of [w.alice, w.dave, w.carol, w.moderator, key]) {
      const redemption = { invite, signature: await signInvite(w, signer, invite), keySignature: "0x" };
      await expectRefused(w, redemption, w.alice.address, "InvalidInviteSignature");
    }
  });

  it("is refused when it was signed for another chain or another contract", async () => {
    const w = await load();
    const invite = await inviteOf({ account: w.alice.address });
    const here = charactersDomain(w);
    const elsewhere = [
      { ...here, chainId: w.chainId + 1n },
      { ...here, verifyingContract: String(w.meter.target) },
      { ...here, name: "Stelai InferenceMeter" },
      { ...here, version: "2" },
    ];
    for (const domain of elsewhere) {
      const redemption = { invite, signature: await signInvite(w, w.bob, invite, domain), keySignature: "0x" };
      await expectRefused(w, redemption, w.alice.address, "InvalidInviteSignature");
    }
  });

  it("is refused with a signature of high s, of another length, or none", async () => {
    const w = await load();
    const good = await bound(w, w.alice.address);
    const compact = Signature.from(good.signature).compactSerialized;
    const others = [highS(good.signature), compact, `${good.signature}00`, good.signature.slice(0, -2), "0x"];
    for (const signature of others) {
      await expectRefused(w, { ...good, signature }, w.alice.address, "InvalidInviteSignature");
    }
    await expectRedeemed(w, good, w.alice.address);
  });

  it("can be redeemed while sales are paused and while the character is suspended: it is no sale", async () => {
    const w = await load();
    await w.access.connect(w.guardian).pause();
    await w.characters.connect(w.moderator).setSuspended(1n, true, "");
    await expectRedeemed(w, await bound(w, w.alice.address), w.alice.address);
  });
});

describe("An invite for whoever has its key", () => {
  it("puts the account on the allow list that the key signed for", async () => {
    const w = await load();
    await expectRedeemed(w, await bearer(w, key, w.alice.address), w.alice.address);
  });

  it("gains nothing to who copies its redemption on the way", async () => {
    const w = await load();
    const redemption = await bearer(w, key, w.alice.address);
    await expectRefused(w, redemption, w.carol.address, "InvalidInviteSignature");
    await expectRefused(w, redemption, ZeroAddress, "InvalidInvite");
    const mine = new Wallet(id("thief"));
    const keySignature = await signRedemption(w, mine, redemption.invite, w.carol.address);
    await expectRefused(w, { ...redemption, keySignature }, w.carol.address, "InvalidInviteSignature");
    const invite = { ...redemption.invite, key: mine.address };
    const rekeyed = { ...redemption, invite, keySignature: await signRedemption(w, mine, invite, w.carol.address) };
    await expectRefused(w, rekeyed, w.carol.address, "InvalidInviteSignature");
    await expectRedeemed(w, redemption, w.alice.address);
  });

  it("is used up by the first account", async () => {
    const w = await load();
    const first = await bearer(w, key, w.alice.address);
    const keySignature = await signRedemption(w, key, first.invite, w.carol.address);
    await expectRedeemed(w, first, w.alice.address);
    await expectRefused(w, { ...first, keySignature }, w.carol.address, "InviteSpent", idOf(first.invite));
  });

  it("is refused with what its key signed for another of its invites, another chain or another contract", async () => {
    const w = await load();
    const good = await bearer(w, key, w.alice.address);
    const other = await bearer(w, key, w.alice.address, { salt: id("another salt") });
    const crossed = { ...good, keySignature: other.keySignature };
    await expectRefused(w, crossed, w.alice.address, "InvalidInviteSignature");
    const here = charactersDomain(w);
    for (const domain of [
      { ...here, chainId: w.chainId + 1n },
      { ...here, verifyingContract: String(w.access.target) },
    ]) {
      const keySignature = await signRedemption(w, key, good.invite, w.alice.address, domain);
      await expectRefused(w, { ...good, keySignature }, w.alice.address, "InvalidInviteSignature");
    }
    await expectRedeemed(w, good, w.alice.address);
    await expectRedeemed(w, other, w.alice.address);
  });

  it("is refused without the key's signature, and with the owner's in its place", async () => {
    const w = await load();
    const good = await bearer(w, key, w.alice.address);
    const owners = await signRedemption(w, w.bob, good.invite, w.alice.address);
    const compact = Signature.from(good.keySignature).compactSerialized;
    for (const keySignature of ["0x", owners, good.signature, highS(good.keySignature), compact]) {
      await expectRefused(w, { ...good, keySignature }, w.alice.address, "InvalidInviteSignature");
    }
    await expectRefused(w, { ...good, signature: "0x" }, w.alice.address, "InvalidInviteSignature");
  });
});

describe("Invites that were revoked", () => {
  it("singly are spent, and the others are good", async () => {
    const w = await load();
    const first = await bound(w, w.alice.address);
    const second = await bearer(w, key, w.carol.address);
    const third = await bound(w, w.alice.address, { salt: id("third") });
    const by = w.characters.connect(w.bob);
    const revoked = by.revokeInvites(1n, [idOf(first.invite), idOf(second.invite)]);
    await expect(revoked).to.emit(w.characters, "InviteRevoked").withArgs(1n, idOf(first.invite));
    await expect(revoked).to.emit(w.characters, "InviteRevoked").withArgs(1n, idOf(second.invite));
    await expectRefused(w, first, w.alice.address, "InviteSpent", idOf(first.invite));
    await expectRefused(w, second, w.carol.address, "InviteSpent", idOf(second.invite));
    await expectRedeemed(w, third, w.alice.address);
  });

  it("are not told a second time, nor when they were redeemed: who redeemed one stays", async () => {
    const w = await load();
    const redeemed = await bound(w, w.alice.address);
    const open = await bound(w, w.carol.address);
    await expectRedeemed(w, redeemed, w.alice.address);
    const by = w.characters.connect(w.bob);
    const both = [idOf(redeemed.invite), idOf(open.invite)];
    const sent = await by.revokeInvites(1n, both);
    const { logs } = await sent.wait();
    expect(logs.map((log: { topics: string[] }) => log.topics[2])).to.deep.equal([idOf(open.invite)]);
    await expect(by.revokeInvites(1n, both)).not.to.emit(w.characters, "InviteRevoked");
    expect(await w.characters.isAllowed(1n, w.alice.address)).to.equal(true);
    await expectRefused(w, open, w.carol.address, "InviteSpent", idOf(open.invite));
  });

  it("all at once are refused, those signed after are good, and who redeemed one stays", async () => {
    const w = await load();
    await expectRedeemed(w, await bound(w, w.alice.address), w.alice.address);
    const before = await bound(w, w.dave.address);
    await expect(w.characters.connect(w.bob).revokeAllInvites(1n))
      .to.emit(w.characters, "InvitesRevoked")
      .withArgs(1n, 1n);
    expect(await w.characters.inviteGenerationOf(1n)).to.equal(1n);
    await expectRefused(w, before, w.dave.address, "InviteRevokedWithAll", 0n);
    const bent = { ...before, invite: { ...before.invite, generation: 1n } };
    await expectRefused(w, bent, w.dave.address, "InvalidInviteSignature");
    expect(await w.characters.isAllowed(1n, w.alice.address)).to.equal(true);
    await expectRedeemed(w, await bound(w, w.dave.address, { generation: 1n }), w.dave.address);
  });

  it("of a generation to come are not good before it, and end with it", async () => {
    const w = await load();
    const ahead = await bound(w, w.alice.address, { generation: 1n });
    await expectRefused(w, ahead, w.alice.address, "InviteRevokedWithAll", 1n);
    const by = w.characters.connect(w.bob);
    await by.revokeAllInvites(1n);
    await by.revokeAllInvites(1n);
    await expectRefused(w, ahead, w.alice.address, "InviteRevokedWithAll", 1n);
  });

  it("are the owner's to revoke: a stranger's word, or that for another character, changes nothing", async () => {
    const w = await load();
    const good = await bound(w, w.alice.address);
    await w.characters.connect(w.carol).create(creationOf({ payee: payeeOf(w.carol), visibility: Visibility.Private }));
    for (const caller of [w.alice, w.carol, w.moderator, w.admin]) {
      const by = w.characters.connect(caller);
      for (const revoke of [() => by.revokeInvites(1n, [idOf(good.invite)]), () => by.revokeAllInvites(1n)]) {
        await expect(revoke())
          .to.be.revertedWithCustomError(w.characters, "NotCharacterOwner")
          .withArgs(1n, caller.address);
      }
    }
    await w.characters.connect(w.carol).revokeInvites(2n, [idOf(good.invite)]);
    await w.characters.connect(w.carol).revokeAllInvites(2n);
    expect(await w.characters.isInviteSpent(1n, idOf(good.invite))).to.equal(false);
    await expectRedeemed(w, good, w.alice.address);
  });
});

describe("A transfer and invites", () => {
  it("ends all that the former owner signed or signs, of whatever generation", async () => {
    const w = await load();
    await expectRedeemed(w, await bound(w, w.dave.address), w.dave.address);
    const signed = await Promise.all([0n, 1n, 2n].map((generation) => bound(w, w.alice.address, { generation })));
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    expect(await w.characters.isAllowed(1n, w.dave.address)).to.equal(false);
    const [before, now, ahead] = signed;
    if (!before || !now || !ahead) throw new Error("three were signed");
    await expectRefused(w, before, w.alice.address, "InviteRevokedWithAll", 0n);
    await expectRefused(w, now, w.alice.address, "InvalidInviteSignature");
    await w.characters.connect(w.carol).revokeAllInvites(1n);
    await expectRefused(w, ahead, w.alice.address, "InvalidInviteSignature");
    const former = w.characters.connect(w.bob);
    for (const revoke of [() => former.revokeInvites(1n, [idOf(now.invite)]), () => former.revokeAllInvites(1n)]) {
      await expect(revoke()).to.be.revertedWithCustomError(w.characters, "NotCharacterOwner");
    }
    const invite = await inviteOf({ account: w.alice.address, generation: 2n });
    const theirs = { invite, signature: await signInvite(w, w.carol, invite), keySignature: "0x" };
    await expectRedeemed(w, theirs, w.alice.address);
  });

  it("leaves them ended when the character comes back", async () => {
    const w = await load();
    const before = await bound(w, w.alice.address);
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    await w.characters.connect(w.carol).transferFrom(w.carol.address, w.bob.address, 1n);
    await expectRefused(w, before, w.alice.address, "InviteRevokedWithAll", 0n);
    await expectRedeemed(w, await bound(w, w.alice.address, { generation: 2n }), w.alice.address);
  });
});

describe("A contract wallet's invites", () => {
  async function withWallet() {
    const w = await load();
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.bob.address]));
    await w.characters.connect(w.bob).transferFrom(w.bob.address, wallet.target, 1n);
    return { ...w, wallet };
  }

  it("are good with its ERC-1271 word", async () => {
    const w = await networkHelpers.loadFixture(withWallet);
    await expectRedeemed(w, await bound(w, w.alice.address, { generation: 1n }), w.alice.address);
    await expectRedeemed(w, await bearer(w, key, w.carol.address, { generation: 1n }), w.carol.address);
  });

  it("are refused when it says no, reverts or never ends, and then good again", async () => {
    const w = await networkHelpers.loadFixture(withWallet);
    const good = await bound(w, w.alice.address, { generation: 1n });
    const strangers = { ...good, signature: await signInvite(w, w.carol, good.invite) };
    await expectRefused(w, strangers, w.alice.address, "InvalidInviteSignature");
    for (const manner of [Manner.Reverting, Manner.Looping]) {
      await w.wallet.behave(manner);
      await expectRefused(w, good, w.alice.address, "InvalidInviteSignature");
    }
    await w.wallet.behave(Manner.Honest);
    await expectRedeemed(w, good, w.alice.address);
  });
});
