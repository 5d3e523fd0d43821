import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { DAY, ethers, networkHelpers, payeeOf, type World } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";
import {
  addOffer,
  at,
  BOND,
  COMMISSION,
  HOUR,
  NO_PROOF,
  offerOf,
  PRICE,
  paymentData,
  released,
  Status,
  send,
  sinceOf,
  statusOf,
  wei,
  withDelivery,
  withDispute,
  withOrder,
  withRelease,
  withWork,
  workOf,
} from "./world.ts";

const load = networkHelpers.loadFixture;
const balanceOf = (w: World, account: unknown): Promise<bigint> => w.stelai.balanceOf(account);

describe("Licenses.attest", () => {
  it("is the attestor's, through the 24th hour's last second", async () => {
    const w = await load(withOrder);
    await expect(w.licenses.connect(w.bob).attest([1n]))
      .to.be.revertedWithCustomError(w.licenses, "NotAttestor")
      .withArgs(1n, w.bob.address);
    await at((await sinceOf(w, 1n)) + DAY);
    await expect(w.licenses.connect(w.dave).attest([1n]))
      .to.emit(w.licenses, "Delivered")
      .withArgs(1n);
    expect(await statusOf(w, 1n)).to.equal(Status.Delivered);
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(true);
    expect(await w.licenses.isLicensed(1n, w.carol.address)).to.equal(false);
  });

  it("passes over what is too late, attested already or not there, and attests the rest", async () => {
    const w = await load(withOrder);
    await networkHelpers.time.increase(HOUR);
    await w.licenses.connect(w.alice).buy(1n, w.alice.address);
    await at((await sinceOf(w, 1n)) + DAY + 1);
    await expect(w.licenses.connect(w.dave).attest([1n, 2n, 2n, 9n]))
      .to.emit(w.licenses, "Delivered")
      .withArgs(2n);
    expect(await statusOf(w, 1n)).to.equal(Status.Escrowed);
    expect(await statusOf(w, 2n)).to.equal(Status.Delivered);
  });
});

describe("Licenses.accept", () => {
  it("pays the seller and the treasury, at any time after delivery, and unlocks the licence", async () => {
    const w = await load(withDelivery);
    await networkHelpers.time.increase(100 * DAY);
    const accepted = w.licenses.connect(w.alice).accept(1n);
    await expect(accepted).to.emit(w.licenses, "Released").withArgs(1n);
    await expect(accepted)
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.bob), w.licenses.target, ethers.toBeHex(1n, 32), wei(PRICE), COMMISSION);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(wei(PRICE) - COMMISSION);
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(COMMISSION);
    expect(await balanceOf(w, w.licenses)).to.equal(0n);
    expect(await w.licenses.isLocked(1n)).to.equal(false);
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(true);
  });

  it("is the holder's, of what was delivered, once", async () => {
    const w = await load(withOrder);
    await expect(w.licenses.connect(w.alice).accept(1n))
      .to.be.revertedWithCustomError(w.licenses, "WrongStatus")
      .withArgs(1n, Status.Escrowed);
    await w.licenses.connect(w.dave).attest([1n]);
    await expect(w.licenses.connect(w.carol).accept(1n))
      .to.be.revertedWithCustomError(w.licenses, "NotHolder")
      .withArgs(1n, w.carol.address);
    await w.licenses.connect(w.alice).accept(1n);
    for (const [id, status] of [
      [1n, Status.Released],
      [9n, Status.None],
    ] as const) {
      await expect(w.licenses.connect(w.alice).accept(id))
        .to.be.revertedWithCustomError(w.licenses, "WrongStatus")
        .withArgs(id, status);
    }
  });

  for (const [change, bps] of [
    ["a raise", 3_000],
    ["a cut", 0],
  ] as const) {
    it(`pays by the commission of the purchase after ${change}, and the next purchase by the new one`, async () => {
      const w = await load(withDelivery);
      const set = [w.licenses.target, bps];
      await expectDelayed(w, w.payouts, w.commissioner, "setCommission", set, 7 * DAY);
      await w.licenses.connect(w.alice).accept(1n);
      expect(await w.payouts.claimable(w.treasury.address)).to.equal(COMMISSION);
      await released(w, 1n, w.alice);
      const next = (wei(PRICE) * BigInt(bps)) / 10_000n;
      expect(await w.payouts.claimable(w.treasury.address)).to.equal(COMMISSION + next);
    });
  }
});

describe("Licenses.conclude", () => {
  it("refunds what was not delivered after its 24th hour, by anyone, and burns the licence", async () => {
    const w = await load(withOrder);
    const end = (await sinceOf(w, 1n)) + DAY;
    await at(end);
    await expect(w.licenses.connect(w.dave).conclude([1n])).not.to.emit(w.licenses, "Refunded");
    await at(end + 1);
    const concluded = w.licenses.connect(w.dave).conclude([1n]);
    await expect(concluded).to.emit(w.licenses, "Refunded").withArgs(1n, w.alice.address, wei(PRICE));
    await expect(concluded).to.changeTokenBalances(ethers, w.stelai, [w.alice, w.licenses], [wei(PRICE), -wei(PRICE)]);
    await expect(w.licenses.ownerOf(1n)).to.be.revertedWithCustomError(w.licenses, "ERC721NonexistentToken");
    expect(await statusOf(w, 1n)).to.equal(Status.Refunded);
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(false);
    expect(await w.licenses.isLicensed(1n, ZeroAddress)).to.equal(false);
    await expect(w.licenses.conclude([1n])).not.to.emit(w.licenses, "Refunded");
  });

  it("releases what was not disputed after its 72nd hour", async () => {
    const w = await load(withDelivery);
    const end = (await sinceOf(w, 1n)) + 72 * HOUR;
    await at(end);
    await expect(w.licenses.conclude([1n])).not.to.emit(w.licenses, "Released");
    await at(end + 1);
    await expect(w.licenses.connect(w.carol).conclude([1n]))
      .to.emit(w.licenses, "Released")
      .withArgs(1n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(wei(PRICE) - COMMISSION);
  });

  it("refunds price and bond when the resolver is silent through the 7th day", async () => {
    const w = await load(withDispute);
    const end = (await sinceOf(w, 1n)) + 7 * DAY;
    await at(end);
    await expect(w.licenses.conclude([1n])).not.to.emit(w.licenses, "Refunded");
    await at(end + 1);
    await expect(w.licenses.connect(w.carol).conclude([1n])).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.alice, w.licenses],
      [wei(PRICE) + BOND, -wei(PRICE) - BOND],
    );
  });

  it("ends many at once, each by its own clock, the same one named twice too, while all is paused", async () => {
    const w = await load(withOrder);
    await w.licenses.connect(w.carol).buy(1n, w.carol.address);
    await w.licenses.connect(w.dave).attest([2n]);
    await networkHelpers.time.increase(4 * DAY);
    await w.licenses.connect(w.alice).buy(2n, w.alice.address);
    await w.licenses.connect(w.guardian).pause();
    await w.works.connect(w.moderator).setSuspended(1n, true);
    await w.licenses.conclude([3n, 2n, 1n, 2n, 1n, 9n]);
    expect(await Promise.all([1n, 2n, 3n].map((id) => statusOf(w, id)))).to.deep.equal([
      ...[Status.Refunded, Status.Released, Status.Escrowed],
    ]);
    expect(await balanceOf(w, w.licenses)).to.equal(wei(PRICE));
  });

  it("reaches the end of an order whose holder is a contract that takes no tokens and answers nothing", async () => {
    const w = await load(withWork);
    const holder = String(w.usdc.target);
    await w.licenses.connect(w.alice).buy(1n, holder);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([1n]);
    expect(await balanceOf(w, holder)).to.equal(wei(PRICE));
  });
});

describe("Licenses.dispute", () => {
  it("takes 5 % of the price, rounded up, through the 72nd hour's last second", async () => {
    const w = await load(withDelivery);
    await at((await sinceOf(w, 1n)) + 72 * HOUR);
    const disputed = w.licenses.connect(w.alice).dispute(1n, "ipfs://why");
    await expect(disputed).to.changeTokenBalances(ethers, w.stelai, [w.alice, w.licenses], [-BOND, BOND]);
    await expect(disputed).to.emit(w.licenses, "Disputed").withArgs(1n, w.alice.address, BOND, "ipfs://why");
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(false);
    await expect(w.licenses.connect(w.alice).accept(1n)).to.be.revertedWithCustomError(w.licenses, "WrongStatus");
  });

  it("is refused a second later, to who does not hold it, before delivery, and with an address too long", async () => {
    const w = await load(withDelivery);
    const by = w.licenses.connect(w.alice);
    await expect(w.licenses.connect(w.carol).dispute(1n, ""))
      .to.be.revertedWithCustomError(w.licenses, "NotHolder")
      .withArgs(1n, w.carol.address);
    await expect(by.dispute(1n, "x".repeat(257))).to.be.revertedWithCustomError(w.licenses, "InvalidURI");
    await by.buy(1n, w.alice.address);
    await expect(by.dispute(2n, "")).to.be.revertedWithCustomError(w.licenses, "WrongStatus");
    const end = (await sinceOf(w, 1n)) + 72 * HOUR;
    await at(end + 1);
    await expect(by.dispute(1n, "")).to.be.revertedWithCustomError(w.licenses, "WrongTime").withArgs(1n, end);
  });

  it("is paid by ERC-1363 too, by the holder alone", async () => {
    const w = await load(withDelivery);
    const data = paymentData(1n, ZeroAddress, "ipfs://why");
    await expect(send(w, w.carol, w.licenses, BOND, data)).to.be.revertedWithCustomError(w.licenses, "NotHolder");
    await expect(send(w, w.alice, w.licenses, BOND - 1n, data)).to.be.revertedWithCustomError(
      w.licenses,
      "UnexpectedPayment",
    );
    const before = await balanceOf(w, w.alice);
    await send(w, w.alice, w.licenses, BOND + 3n, data);
    expect(await balanceOf(w, w.alice)).to.equal(before - BOND);
    expect(await statusOf(w, 1n)).to.equal(Status.Disputed);
  });
});

describe("Licenses.resolve", () => {
  it("refunds price and bond", async () => {
    const w = await load(withDispute);
    const resolved = w.licenses.connect(w.resolver).resolve(1n, true, "ipfs://reason");
    const all = wei(PRICE) + BOND;
    await expect(resolved).to.changeTokenBalances(ethers, w.stelai, [w.alice, w.licenses], [all, -all]);
    await expect(resolved).to.emit(w.licenses, "Resolved").withArgs(1n, w.resolver.address, true, "ipfs://reason");
    await expect(resolved).to.emit(w.licenses, "Refunded").withArgs(1n, w.alice.address, all);
  });

  it("releases, and the seller gets the bond, without commission on it, in the 7th day's last second", async () => {
    const w = await load(withDispute);
    await at((await sinceOf(w, 1n)) + 7 * DAY);
    await expect(w.licenses.connect(w.resolver).resolve(1n, false, ""))
      .to.emit(w.licenses, "Released")
      .withArgs(1n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(wei(PRICE) - COMMISSION + BOND);
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(COMMISSION);
    expect(await balanceOf(w, w.licenses)).to.equal(0n);
  });

  it("is refused a second later, for what is not disputed, to others, and with an address too long", async () => {
    const w = await load(withDispute);
    const by = w.licenses.connect(w.resolver);
    for (const caller of [w.alice, w.bob, w.admin, w.moderator]) {
      await expect(w.licenses.connect(caller).resolve(1n, true, "")).to.revert(ethers);
    }
    await expect(by.resolve(1n, true, "x".repeat(257))).to.be.revertedWithCustomError(w.licenses, "InvalidURI");
    await expect(by.resolve(9n, true, ""))
      .to.be.revertedWithCustomError(w.licenses, "WrongStatus")
      .withArgs(9n, 0n);
    const end = (await sinceOf(w, 1n)) + 7 * DAY;
    await at(end + 1);
    await expect(by.resolve(1n, false, ""))
      .to.be.revertedWithCustomError(w.licenses, "WrongTime")
      .withArgs(1n, end);
  });
});

describe("A licence", () => {
  it("is locked until it is released", async () => {
    for (const stage of [withOrder, withDelivery, withDispute]) {
      const w = await load(stage);
      await w.licenses.connect(w.alice).approve(w.carol.address, 1n);
      for (const caller of [w.alice, w.carol]) {
        await expect(w.licenses.connect(caller).transferFrom(w.alice.address, w.carol.address, 1n))
          .to.be.revertedWithCustomError(w.licenses, "LicenceLocked")
          .withArgs(1n);
      }
    }
  });

  it("that is commercial moves then, and the right with it", async () => {
    const w = await load(withRelease);
    await w.licenses.connect(w.alice).transferFrom(w.alice.address, w.carol.address, 1n);
    expect((await w.licenses.licenceOf(1n)).moves).to.equal(1n);
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(false);
    expect(await w.licenses.isLicensed(1n, w.carol.address)).to.equal(true);
  });

  it("that is personal never moves", async () => {
    const w = await load(withWork);
    await released(w, 2n, w.alice);
    await expect(w.licenses.connect(w.alice).transferFrom(w.alice.address, w.carol.address, 1n))
      .to.be.revertedWithCustomError(w.licenses, "LicenceLocked")
      .withArgs(1n);
  });

  it("with an end moves through its last second", async () => {
    const w = await load(withWork);
    await released(w, await addOffer(w, { duration: 5 * DAY }), w.alice);
    const expiry = Number((await w.licenses.licenceOf(1n)).expiry);
    await at(expiry);
    await w.licenses.connect(w.alice).transferFrom(w.alice.address, w.carol.address, 1n);
    await at(expiry + 1);
    await expect(
      w.licenses.connect(w.carol).transferFrom(w.carol.address, w.alice.address, 1n),
    ).to.be.revertedWithCustomError(w.licenses, "LicenceLocked");
  });

  it("of a derivative pays its split, which nobody has to push", async () => {
    const w = await load(withWork);
    await w.works.connect(w.carol).create(workOf(w.carol, { parents: [1n] }), NO_PROOF, [offerOf(w)]);
    const { payee } = await w.works.workOf(2n);
    await released(w, 4n, w.alice);
    expect(await w.payouts.receivedBySplit(payee)).to.equal(wei(PRICE) - COMMISSION);
  });
});
