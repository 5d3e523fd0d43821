import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { credits, DAY, ethers, networkHelpers, payeeOf, type World } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import {
  addOffer,
  BOND,
  COMMISSION,
  offerOf,
  PRICE,
  paymentData,
  Status,
  send,
  TERMS,
  Tier,
  wei,
  withDelivery,
  withWork,
} from "./world.ts";

const load = networkHelpers.loadFixture;
const balanceOf = (w: World, account: unknown): Promise<bigint> => w.stelai.balanceOf(account);

describe("Licenses.offer", () => {
  it("is the owner's, pins payee and epoch, and numbers what is offered in a row", async () => {
    const w = await load(withWork);
    const offer = offerOf(w, { supply: 3n, duration: DAY });
    await expect(w.licenses.connect(w.bob).offer(1n, [offer, offerOf(w)]))
      .to.emit(w.licenses, "Offered")
      .withArgs(4n, 1n, Object.values(offer), payeeOf(w.bob), 1n);
    const stored = await w.licenses.offerOf(4n);
    expect(stored.toObject()).to.deep.equal({
      ...{ workId: 1n, tier: 1n, price: PRICE, supply: 3n, sold: 0n, duration: BigInt(DAY), epoch: 1n, closed: false },
      ...{ attestor: w.dave.address, termsHash: TERMS, payee: payeeOf(w.bob) },
    });
    expect((await w.licenses.offerOf(5n)).workId).to.equal(1n);
  });

  it("is refused to anyone else and for a work that is not there", async () => {
    const w = await load(withWork);
    for (const caller of [w.alice, w.dave, w.admin]) {
      await expect(w.licenses.connect(caller).offer(1n, [offerOf(w)]))
        .to.be.revertedWithCustomError(w.licenses, "NotSeller")
        .withArgs(1n, caller.address);
    }
    await expect(w.licenses.connect(w.bob).offer(9n, [offerOf(w)])).to.be.revertedWithCustomError(
      w.works,
      "ERC721NonexistentToken",
    );
  });

  it("is refused without a price, an attestor or terms, and exclusive ones in any number but one", async () => {
    const w = await load(withWork);
    const refused = [
      ...[{ price: 0n }, { attestor: ZeroAddress }, { termsHash: ZeroHash }],
      ...[{ tier: Tier.Exclusive }, { tier: Tier.Exclusive, supply: 2n }],
    ];
    for (const overrides of refused) {
      await expect(w.licenses.connect(w.bob).offer(1n, [offerOf(w, overrides)])).to.be.revertedWithCustomError(
        w.licenses,
        "InvalidOffer",
      );
    }
  });
});

describe("Licenses.closeOffers", () => {
  it("is the owner's and stops buyers to come, not orders that are open", async () => {
    const w = await load(withDelivery);
    await expect(w.licenses.connect(w.alice).closeOffers([1n]))
      .to.be.revertedWithCustomError(w.licenses, "NotSeller")
      .withArgs(1n, w.alice.address);
    await expect(w.licenses.connect(w.bob).closeOffers([9n]))
      .to.be.revertedWithCustomError(w.licenses, "OfferVoid")
      .withArgs(9n);
    await expect(w.licenses.connect(w.bob).closeOffers([1n]))
      .to.emit(w.licenses, "OfferClosed")
      .withArgs(1n);
    await expect(w.licenses.connect(w.carol).buy(1n, w.carol.address))
      .to.be.revertedWithCustomError(w.licenses, "OfferVoid")
      .withArgs(1n);
    await w.licenses.connect(w.alice).accept(1n);
  });
});

describe("Licenses.buy", () => {
  it("holds the price, mints the licence in escrow and pins the commission", async () => {
    const w = await load(withWork);
    const bought = w.licenses.connect(w.alice).buy(1n, w.carol.address);
    await expect(bought).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.alice, w.carol, w.licenses],
      [-wei(PRICE), 0n, wei(PRICE)],
    );
    await expect(bought).to.emit(w.licenses, "Bought").withArgs(1n, 1n, w.carol.address, w.alice.address, 1_000n, 0n);
    expect(await w.licenses.ownerOf(1n)).to.equal(w.carol.address);
    expect((await w.licenses.licenceOf(1n)).toObject()).to.deep.equal({
      ...{ offerId: 1n, status: Status.Escrowed, expiry: 0n, commissionBps: 1_000n, moves: 0n },
      since: BigInt(await networkHelpers.time.latest()),
    });
    expect((await w.licenses.offerOf(1n)).sold).to.equal(1n);
    expect(await w.licenses.isLicensed(1n, w.carol.address)).to.equal(false);
    expect(await w.licenses.isLocked(1n)).to.equal(true);
    expect(await w.licenses.bondOf(1n)).to.equal(BOND);
  });

  it("is paid by ERC-1363 too, and what is above the price comes back", async () => {
    const w = await load(withWork);
    const data = paymentData(1n, w.carol.address);
    const before = await balanceOf(w, w.alice);
    await send(w, w.alice, w.licenses, wei(PRICE) + 7n, data);
    expect(await balanceOf(w, w.alice)).to.equal(before - wei(PRICE));
    expect(await balanceOf(w, w.licenses)).to.equal(wei(PRICE));
    expect(await w.licenses.ownerOf(1n)).to.equal(w.carol.address);
    await expect(send(w, w.alice, w.licenses, wei(PRICE) - 1n, data)).to.be.revertedWithCustomError(
      w.licenses,
      "UnexpectedPayment",
    );
    await expect(send(w, w.alice, w.licenses, wei(PRICE), "0x")).to.be.revertedWithCustomError(
      w.stelai,
      "ERC1363InvalidReceiver",
    );
  });

  it("is refused when credits come from another's allowance, or from no token at all", async () => {
    const w = await load(withWork);
    const data = paymentData(1n, w.carol.address);
    await w.stelai.connect(w.alice).approve(w.carol.address, credits("100"));
    const spend = w.stelai.connect(w.carol).getFunction("transferFromAndCall(address,address,uint256,bytes)");
    await expect(spend(w.alice.address, w.licenses.target, wei(PRICE), data))
      .to.be.revertedWithCustomError(w.licenses, "UnexpectedPayment")
      .withArgs(w.stelai.target, w.alice.address);
    await expect(w.licenses.connect(w.alice).onTransferReceived(w.alice.address, w.alice.address, wei(PRICE), data))
      .to.be.revertedWithCustomError(w.licenses, "UnexpectedPayment")
      .withArgs(w.alice.address, w.alice.address);
  });

  it("is refused for no offer, for nobody, when paused, and for a suspended work until that is lifted", async () => {
    const w = await load(withWork);
    const by = w.licenses.connect(w.alice);
    for (const id of [0n, 9n]) {
      await expect(by.buy(id, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "OfferVoid").withArgs(id);
    }
    await expect(by.buy(1n, ZeroAddress)).to.be.revertedWithCustomError(w.licenses, "ERC721InvalidReceiver");
    await w.works.connect(w.moderator).setSuspended(1n, true);
    await expect(by.buy(1n, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "WorkSuspended").withArgs(1n);
    await w.works.connect(w.moderator).setSuspended(1n, false);
    await w.licenses.connect(w.guardian).pause();
    await expect(by.buy(1n, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "EnforcedPause");
    await expectDelayed(w, w.licenses as never, w.admin, "unpause", [], 2 * DAY);
    await by.buy(1n, w.alice.address);
  });

  it("is refused once the work moved or its payee changed; what was bought pays the payee of then", async () => {
    const w = await load(withDelivery);
    await w.works.connect(w.bob).setPayee(1n, payeeOf(w.carol));
    const by = w.licenses.connect(w.alice);
    await expect(by.buy(1n, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "OfferVoid").withArgs(1n);
    const fresh = await addOffer(w);
    await w.works.connect(w.bob).transferFrom(w.bob.address, w.sponsor.address, 1n);
    await expect(by.buy(fresh, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "OfferVoid").withArgs(fresh);
    await by.accept(1n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(wei(PRICE) - COMMISSION);
  });

  it("ends with the supply; a refund gives one back", async () => {
    const w = await load(withWork);
    const id = await addOffer(w, { supply: 1n });
    const by = w.licenses.connect(w.alice);
    await by.buy(id, w.alice.address);
    await expect(by.buy(id, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "SoldOut").withArgs(id);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([1n]);
    await by.buy(id, w.alice.address);
  });
});
