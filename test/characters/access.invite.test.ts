import { expect } from "chai";
import {
  AbiCoder,
  type BaseWallet,
  type HDNodeWallet,
  type Signer,
  TypedDataEncoder,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf } from "../fixtures.ts";
import {
  approveAndBuy,
  at,
  MONTH,
  MONTHLY_PRICE,
  type PassWorld,
  PLAN,
  purchaseOf,
  STATUS,
  transferAndBuy,
  withPasses,
} from "./helpers/passes.ts";

const { loadFixture, time } = networkHelpers;

const INVITE = [
  { name: "characterId", type: "uint256" },
  { name: "account", type: "address" },
  { name: "key", type: "address" },
  { name: "generation", type: "uint64" },
  { name: "expiry", type: "uint64" },
  { name: "salt", type: "bytes32" },
];
const REDEMPTION = [
  { name: "invite", type: "bytes32" },
  { name: "account", type: "address" },
];
const ENCODED =
  "tuple(tuple(uint256 characterId,address account,address key,uint64 generation,uint64 expiry,bytes32 salt) invite,bytes signature,bytes keySignature)";

/** {@link withPasses}; the character is private, and how its owner invites. */
async function withPrivate() {
  const w = await loadFixture(withPasses);
  await w.characters.connect(w.creator).setVisibility(w.characterId, 2);
  const verifyingContract = String(w.characters.target);
  const domain = { name: "Stelai Characters", version: "1", chainId: w.chainId, verifyingContract };
  const invite = async (fields: Record<string, unknown>, signer: Signer = w.creator) => {
    const invited = {
      ...{ characterId: w.characterId, account: ZeroAddress, key: ZeroAddress, generation: 0n },
      ...{ expiry: w.noon + 1_000_000n, salt: ZeroHash },
      ...fields,
    };
    return { invite: invited, signature: await signer.signTypedData(domain, { Invite: INVITE }, invited) };
  };
  const encode = (redemption: Awaited<ReturnType<typeof invite>>, keySignature = "0x") =>
    AbiCoder.defaultAbiCoder().encode([ENCODED], [{ ...redemption, keySignature }]);
  /** For one account. */
  const boundTo = async (account: string) => encode(await invite({ account }));
  /** For whoever has the key, who redeems it for `account`. */
  const bearer = async (key: BaseWallet | HDNodeWallet, account: string) => {
    const redemption = await invite({ key: key.address });
    const hash = TypedDataEncoder.hashStruct("Invite", { Invite: INVITE }, redemption.invite);
    return encode(redemption, await key.signTypedData(domain, { Redemption: REDEMPTION }, { invite: hash, account }));
  };
  return { ...w, invite, encode, boundTo, bearer };
}

function subscribe(w: PassWorld, signer: Signer, invite: string) {
  return w.access.connect(signer).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, invite);
}

describe("CharacterAccess: buying with an invite", () => {
  it("redeems it for the buyer in the same transaction, by every way there is", async () => {
    const w = await withPrivate();
    await expect(subscribe(w, w.holder, await w.boundTo(w.holder.address))).to.emit(w.characters, "InviteRedeemed");
    expect(await w.characters.isAllowed(w.characterId, w.holder)).to.equal(true);
    const key = Wallet.createRandom();
    const invite = await w.bearer(key, w.friend.address);
    await approveAndBuy(w, w.friend, MONTHLY_PRICE, purchaseOf(w, { account: w.friend.address, renews: true, invite }));
    expect((await w.passOf(w.friend)).active).to.equal(true);
  });

  it("redeems it for who is given the pass", async () => {
    const w = await withPrivate();
    const invite = await w.boundTo(w.friend.address);
    await transferAndBuy(w, w.holder, MONTHLY_PRICE, purchaseOf(w, { account: w.friend.address, invite }));
    expect((await w.passOf(w.friend)).active).to.equal(true);
    expect(await w.characters.isAllowed(w.characterId, w.friend)).to.equal(true);
    expect(await w.characters.isAllowed(w.characterId, w.holder)).to.equal(false);
  });

  it("goes through when someone redeemed it for the buyer just before", async () => {
    const w = await withPrivate();
    const signed = await w.invite({ account: w.holder.address });
    await w.characters.connect(w.stranger).redeemInvite({ ...signed, keySignature: "0x" }, w.holder.address);
    await expect(subscribe(w, w.holder, w.encode(signed))).not.to.emit(w.characters, "InviteRedeemed");
    expect((await w.passOf(w.holder)).active).to.equal(true);
  });

  it("is refused by an invite that is another's, expired, revoked, not the owner's or used up", async () => {
    const w = await withPrivate();
    const { characters } = w;
    const refused = async (invite: string, error: string) =>
      expect(subscribe(w, w.holder, invite)).to.be.revertedWithCustomError(characters, error);
    await refused(await w.boundTo(w.friend.address), "InviteForAnother");
    await refused(w.encode(await w.invite({ account: w.holder.address, expiry: 1n })), "InviteExpired");
    await refused(w.encode(await w.invite({ account: w.holder.address }, w.stranger)), "InvalidInviteSignature");
    await refused(await w.bearer(Wallet.createRandom(), w.friend.address), "InvalidInviteSignature");
    const key = Wallet.createRandom();
    const used = await w.bearer(key, w.friend.address);
    await subscribe(w, w.friend, used);
    await refused(await w.bearer(key, w.holder.address), "InviteSpent");
    const invite = await w.boundTo(w.holder.address);
    await characters.connect(w.creator).revokeAllInvites(w.characterId);
    await refused(invite, "InviteRevokedWithAll");
  });

  it("is refused by an invite to another character, which stays unused", async () => {
    const w = await withPrivate();
    await w.characters.connect(w.creator).create(creationOf({ payee: payeeOf(w.creator), visibility: 2 }));
    const other = await w.invite({ characterId: 2n, account: w.holder.address });
    await expect(subscribe(w, w.holder, w.encode(other)))
      .to.be.revertedWithCustomError(w.access, "NotAllowed")
      .withArgs(w.characterId, w.holder);
    await w.characters.redeemInvite({ ...other, keySignature: "0x" }, w.holder.address);
  });

  it("is refused by bytes that are no invite", async () => {
    const w = await withPrivate();
    await expect(subscribe(w, w.holder, "0x1234")).to.be.revertedWithoutReason(ethers);
    await expect(subscribe(w, w.holder, "0x"))
      .to.be.revertedWithCustomError(w.access, "NotAllowed")
      .withArgs(w.characterId, w.holder);
  });
});

describe("CharacterAccess: a pass of a private character", () => {
  it("stays good off the list and refundable, but is not renewed, switched or topped up", async () => {
    const w = await withPrivate();
    const start = BigInt(await time.latest()) + 10n;
    const invite = await w.boundTo(w.holder.address);
    await at(start);
    await subscribe(w, w.holder, invite);
    await w.characters.connect(w.creator).setAllowed(w.characterId, [w.holder.address], false);
    const pass = await w.passOf(w.holder);
    expect(pass.active).to.equal(true);
    expect(pass.refundable).to.be.greaterThan(0n);
    for (const act of [
      () => w.access.connect(w.holder).switchPlan(w.characterId, PLAN.monthly, MONTHLY_PRICE, true),
      () => w.access.connect(w.friend).gift(w.characterId, w.holder, PLAN.monthly, MONTHLY_PRICE, "0x"),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.access, "NotAllowed").withArgs(w.characterId, w.holder);
    }
    await time.increaseTo(start + MONTH);
    expect((await w.passOf(w.holder)).renewal).to.equal(STATUS.notAllowed);
    await w.access.connect(w.holder).cancelNow(w.characterId, 0n);
  });

  it("is its owner's to buy without an invite", async () => {
    const w = await withPrivate();
    await w.stelai.connect(w.holder).transfer(w.creator.address, 10n ** 20n);
    await w.stelai.connect(w.creator).approve(w.access.target, 10n ** 20n);
    await subscribe(w, w.creator, "0x");
    expect((await w.passOf(w.creator)).active).to.equal(true);
  });
});
