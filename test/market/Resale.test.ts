import { expect } from "chai";
import { AbiCoder, ZeroAddress } from "ethers";
import { credits, DAY, ethers, networkHelpers, payeeOf, type World } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import { at, HOUR, NO_PROOF, offerOf, released, send, wei, withOrder, withRelease, workOf } from "./world.ts";

const load = networkHelpers.loadFixture;
const PRICE = 20_000_001n;
const LONG = 2n ** 40n - 1n;
/** 5 % of the price, rounded down to a microcredit. */
const ROYALTY = wei(1_000_000n);
const REST = wei(PRICE) - ROYALTY;
const COMMISSION = REST / 10n;

/** {@link withRelease}; Alice listed licence 1 and Bob work 1. */
async function withListings() {
  const w = await load(withRelease);
  await w.payouts.connect(w.bob).claim([], w.bob.address);
  await w.payouts.connect(w.treasury).claim([], w.treasury.address);
  await w.resale.connect(w.alice).list(w.licenses.target, 1n, PRICE, LONG);
  await w.resale.connect(w.bob).list(w.works.target, 1n, PRICE, LONG);
  return w;
}

function purchaseData(w: World, recipient: string, price = PRICE): string {
  const types = ["tuple(address collection,uint256 tokenId,uint64 price,address recipient)"];
  return AbiCoder.defaultAbiCoder().encode(types, [[w.licenses.target, 1n, price, recipient]]);
}

const buy = (w: World, collection: { target: unknown }, price = PRICE) =>
  w.resale.connect(w.carol).buy(collection.target, 1n, price, w.carol.address);

describe("Resale.list", () => {
  it("is the owner's, needs no approval, and changes what was listed", async () => {
    const w = await load(withListings);
    await expect(w.resale.connect(w.alice).list(w.licenses.target, 1n, 7n, LONG - 1n))
      .to.emit(w.resale, "Listed")
      .withArgs(w.licenses.target, 1n, w.alice.address, 7n, LONG - 1n);
    expect(await w.resale.listingOf(w.licenses.target, 1n)).to.deep.equal([w.alice.address, 7n, 0n, LONG - 1n]);
    expect(await w.resale.isListed(w.licenses.target, 1n)).to.equal(true);
    for (const collection of [w.licenses, w.works]) {
      await expect(w.resale.connect(w.carol).list(collection.target, 1n, 1n, LONG))
        .to.be.revertedWithCustomError(w.resale, "NotTokenOwner")
        .withArgs(1n, w.carol.address);
    }
  });

  it("is refused without a price, with an end that is past, and for other collections", async () => {
    const w = await load(withListings);
    const by = w.resale.connect(w.alice);
    await expect(by.list(w.licenses.target, 1n, 0n, LONG)).to.be.revertedWithCustomError(w.resale, "InvalidListing");
    const now = (await networkHelpers.time.latest()) + HOUR;
    await at(now);
    await expect(by.list(w.licenses.target, 1n, 1n, now - 1)).to.be.revertedWithCustomError(w.resale, "InvalidListing");
    await expect(by.list(w.characters.target, 1n, 1n, LONG))
      .to.be.revertedWithCustomError(w.resale, "UnknownCollection")
      .withArgs(w.characters.target);
  });
});

describe("Resale.delist", () => {
  it("is the seller's, once, while sales are paused too", async () => {
    const w = await load(withListings);
    await w.resale.connect(w.guardian).pause();
    await expect(w.resale.connect(w.carol).delist(w.licenses.target, 1n))
      .to.be.revertedWithCustomError(w.resale, "NotTokenOwner")
      .withArgs(1n, w.carol.address);
    await expect(w.resale.connect(w.alice).delist(w.licenses.target, 1n))
      .to.emit(w.resale, "Delisted")
      .withArgs(w.licenses.target, 1n);
    expect(await w.resale.isListed(w.licenses.target, 1n)).to.equal(false);
    await expect(w.resale.connect(w.alice).delist(w.licenses.target, 1n)).to.be.revertedWithCustomError(
      w.resale,
      "NotTokenOwner",
    );
  });
});

describe("Resale.buy", () => {
  it("pays royalty, commission and seller of a licence to the wei, and hands it over", async () => {
    const w = await load(withListings);
    const bought = buy(w, w.licenses);
    await expect(bought).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.carol, w.resale, w.payouts],
      [-wei(PRICE), 0n, wei(PRICE)],
    );
    await expect(bought)
      .to.emit(w.resale, "Resold")
      .withArgs(w.licenses.target, 1n, w.carol.address, w.alice.address, PRICE, 1_000_000n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(ROYALTY);
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(COMMISSION);
    expect(await w.payouts.claimable(w.alice.address)).to.equal(REST - COMMISSION);
    expect(await w.licenses.ownerOf(1n)).to.equal(w.carol.address);
    await expect(buy(w, w.licenses)).to.be.revertedWithCustomError(w.resale, "NotListed");
  });

  it("pays a work's royalty to who earned when it was made, and voids its offers", async () => {
    const w = await load(withListings);
    await buy(w, w.works);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(ROYALTY + REST - COMMISSION);
    expect(await w.works.ownerOf(1n)).to.equal(w.carol.address);
    expect((await w.works.workOf(1n)).ownerPayee).to.equal(payeeOf(w.carol));
    await expect(w.licenses.connect(w.alice).buy(1n, w.alice.address)).to.be.revertedWithCustomError(
      w.licenses,
      "OfferVoid",
    );
    await w.resale.connect(w.carol).list(w.works.target, 1n, PRICE, LONG);
    await w.resale.connect(w.alice).buy(w.works.target, 1n, PRICE, w.alice.address);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(2n * ROYALTY + REST - COMMISSION);
    expect(await w.payouts.claimable(w.carol.address)).to.equal(REST - COMMISSION);
  });

  it("pays a derivative's royalty to its split", async () => {
    const w = await load(withListings);
    await w.works.connect(w.sponsor).create(workOf(w.sponsor, { parents: [1n] }), NO_PROOF, [offerOf(w)]);
    await w.resale.connect(w.sponsor).list(w.works.target, 2n, PRICE, LONG);
    const { royaltyPayee } = await w.works.workOf(2n);
    await w.resale.connect(w.carol).buy(w.works.target, 2n, PRICE, w.carol.address);
    expect(await w.payouts.receivedBySplit(royaltyPayee)).to.equal(ROYALTY);
  });

  it("pays no royalty where there is none", async () => {
    const w = await load(withListings);
    await w.works.connect(w.sponsor).create(workOf(w.sponsor, { royaltyBps: 0 }), NO_PROOF, []);
    await w.resale.connect(w.sponsor).list(w.works.target, 2n, 1n, LONG);
    await w.resale.connect(w.carol).buy(w.works.target, 2n, 1n, w.carol.address);
    expect(await w.payouts.claimable(w.sponsor.address)).to.equal((wei(1n) * 9n) / 10n);
  });

  it("is paid by ERC-1363 too, what is above comes back, and only by the payer's own transfer", async () => {
    const w = await load(withListings);
    const data = purchaseData(w, w.sponsor.address);
    const before: bigint = await w.stelai.balanceOf(w.carol);
    await expect(send(w, w.carol, w.resale, wei(PRICE) - 1n, data))
      .to.be.revertedWithCustomError(w.resale, "UnexpectedPayment")
      .withArgs(w.stelai.target, w.carol.address);
    await w.stelai.connect(w.carol).approve(w.alice.address, credits("100"));
    const spend = w.stelai.connect(w.alice).getFunction("transferFromAndCall(address,address,uint256,bytes)");
    await expect(spend(w.carol.address, w.resale.target, wei(PRICE), data)).to.be.revertedWithCustomError(
      w.resale,
      "UnexpectedPayment",
    );
    await expect(
      w.resale.connect(w.carol).onTransferReceived(w.carol.address, w.carol.address, wei(PRICE), data),
    ).to.be.revertedWithCustomError(w.resale, "UnexpectedPayment");
    await send(w, w.carol, w.resale, wei(PRICE) + 9n, data);
    expect(await w.stelai.balanceOf(w.carol)).to.equal(before - wei(PRICE));
    expect(await w.licenses.ownerOf(1n)).to.equal(w.sponsor.address);
  });

  it("is refused at another price than was agreed to, dearer or cheaper", async () => {
    const w = await load(withListings);
    for (const price of [PRICE - 1n, PRICE + 1n]) {
      await expect(buy(w, w.licenses, price))
        .to.be.revertedWithCustomError(w.resale, "PriceChanged")
        .withArgs(PRICE);
    }
    await expect(w.resale.connect(w.carol).buy(w.works.target, 1n, PRICE, ZeroAddress)).to.be.revertedWithCustomError(
      w.works,
      "ERC721InvalidReceiver",
    );
  });

  it("is refused once the token moved, and when it came back", async () => {
    const w = await load(withListings);
    for (const [token, owner] of [
      [w.licenses, w.alice],
      [w.works, w.bob],
    ] as const) {
      const move = (from: World["alice"], to: World["alice"]) =>
        (token as World["licenses"]).connect(from).transferFrom(from.address, to.address, 1n);
      await move(owner, w.sponsor);
      await expect(buy(w, token)).to.be.revertedWithCustomError(w.resale, "NotListed").withArgs(token.target, 1n);
      await move(w.sponsor, owner);
      await expect(buy(w, token)).to.be.revertedWithCustomError(w.resale, "NotListed").withArgs(token.target, 1n);
    }
  });

  it("is open through a listing's last second", async () => {
    const w = await load(withListings);
    const until = (await networkHelpers.time.latest()) + DAY;
    await w.resale.connect(w.alice).list(w.licenses.target, 1n, PRICE, until);
    const before = await networkHelpers.takeSnapshot();
    await at(until + 1);
    await expect(buy(w, w.licenses)).to.be.revertedWithCustomError(w.resale, "NotListed");
    await before.restore();
    await at(until);
    await buy(w, w.licenses);
  });

  it("is refused for a licence that is locked: in escrow, personal or ended", async () => {
    const w = await load(withOrder);
    const list = (id: bigint) => w.resale.connect(w.alice).list(w.licenses.target, id, PRICE, LONG);
    const tried = (id: bigint) =>
      expect(w.resale.connect(w.carol).buy(w.licenses.target, id, PRICE, w.carol.address))
        .to.be.revertedWithCustomError(w.resale, "NotListed")
        .withArgs(w.licenses.target, id);
    await list(1n);
    await tried(1n);
    const personal = await released(w, 2n, w.alice);
    await list(personal);
    await tried(personal);
    await w.licenses.connect(w.bob).offer(1n, [offerOf(w, { duration: DAY })]);
    const dated = await released(w, 4n, w.alice);
    await list(dated);
    expect(await w.resale.isListed(w.licenses.target, dated)).to.equal(true);
    await networkHelpers.time.increase(DAY + 1);
    await tried(dated);
  });

  it("is refused for a suspended work and its licences, and when paused", async () => {
    const w = await load(withListings);
    await w.works.connect(w.moderator).setSuspended(1n, true);
    for (const collection of [w.works, w.licenses]) {
      await expect(buy(w, collection)).to.be.revertedWithCustomError(w.resale, "WorkSuspended").withArgs(1n);
    }
    await w.works.connect(w.moderator).setSuspended(1n, false);
    await w.resale.connect(w.guardian).pause();
    await expect(buy(w, w.works)).to.be.revertedWithCustomError(w.resale, "EnforcedPause");
    await expectDelayed(w, w.resale as never, w.admin, "unpause", [], 2 * DAY);
    await buy(w, w.works);
  });
});
