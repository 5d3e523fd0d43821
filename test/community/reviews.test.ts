import { expect } from "chai";
import { id } from "ethers";
import { typed } from "../contracts.ts";
import { creationOf, DAY, ethers, networkHelpers, payeeOf, TERMS, withCharacter } from "../fixtures.ts";
import { Manner } from "../metering/helpers/world.ts";
import { highS } from "../signing.ts";
import { meterDomain, openTab, type Receipt, receiptOf, signReceipt } from "./receipts.ts";

const MONTHLY = 1;
const TEXT = "ipfs://text";
const load = () => networkHelpers.loadFixture(withReaders);
type Readers = Awaited<ReturnType<typeof withReaders>>;

/** {@link withCharacter}; Alice has a month's pass of character 1, and Carol a tab with Dave, who serves it. */
async function withReaders() {
  const w = await networkHelpers.loadFixture(withCharacter);
  await w.stelai.connect(w.alice).approve(w.access.target, ethers.MaxUint256);
  await w.access.connect(w.alice).subscribe(1n, MONTHLY, TERMS.monthly, false, "0x");
  for (const other of [w.carol, w.bob]) await w.stelai.connect(w.alice).transfer(other.address, 100n * 10n ** 18n);
  const tabId = await openTab(w, w.carol);
  return { ...w, tabId };
}

/** Carol's review on the proof of a receipt, signed by Dave or by whom `signature` is. */
async function byReceipt(w: Readers, fields: Partial<Receipt> = {}, signature?: string, author = w.carol) {
  const receipt = receiptOf(w, { tabId: w.tabId, ...fields });
  const proof = signature ?? (await signReceipt(w, w.dave, receipt));
  return w.reviews.connect(author).reviewWithReceipt(1n, 4, TEXT, receipt, proof);
}

async function scoreOf(w: Readers): Promise<[bigint, bigint]> {
  const { count, sum } = await w.reviews.scoreOf(1n);
  return [count, sum];
}

describe("Reviews.review", () => {
  it("counts the stars of who holds a pass, and tells where the text is", async () => {
    const w = await load();
    await expect(w.reviews.connect(w.alice).review(1n, 5, TEXT))
      .to.emit(w.reviews, "Reviewed")
      .withArgs(1n, w.alice.address, 5n, TEXT, false);
    expect(await w.reviews.ratingOf(1n, w.alice.address)).to.equal(5n);
    expect(await scoreOf(w)).to.deep.equal([1n, 5n]);
  });

  it("is still open to who held a pass that ended or was cancelled", async () => {
    const w = await load();
    const before = await networkHelpers.takeSnapshot();
    await networkHelpers.time.increase(31 * DAY);
    await w.reviews.connect(w.alice).review(1n, 3, "");
    await before.restore();
    await w.access.connect(w.alice).cancelNow(1n, 0n);
    await w.reviews.connect(w.alice).review(1n, 2, "");
    expect(await scoreOf(w)).to.deep.equal([1n, 2n]);
  });

  it("is open to who was given a pass, and not to who gave it", async () => {
    const w = await load();
    await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob) }));
    await w.access.connect(w.alice).gift(2n, w.dave.address, MONTHLY, TERMS.monthly, "0x");
    await w.reviews.connect(w.dave).review(2n, 4, TEXT);
    await expect(w.reviews.connect(w.alice).review(2n, 5, TEXT))
      .to.be.revertedWithCustomError(w.reviews, "NeverHeld")
      .withArgs(2n, w.alice.address);
  });

  it("is refused to who never held a pass, and for a character that does not exist", async () => {
    const w = await load();
    for (const caller of [w.carol, w.dave, w.bob, w.moderator]) {
      await expect(w.reviews.connect(caller).review(1n, 5, TEXT))
        .to.be.revertedWithCustomError(w.reviews, "NeverHeld")
        .withArgs(1n, caller.address);
    }
    await expect(w.reviews.connect(w.alice).review(9n, 5, TEXT))
      .to.be.revertedWithCustomError(w.reviews, "NeverHeld")
      .withArgs(9n, w.alice.address);
  });

  it("is refused with no stars, with six, and with an address of more than 256 bytes", async () => {
    const w = await load();
    const by = w.reviews.connect(w.alice);
    for (const rating of [0, 6, 255]) {
      await expect(by.review(1n, rating, TEXT))
        .to.be.revertedWithCustomError(w.reviews, "InvalidRating")
        .withArgs(BigInt(rating));
    }
    for (const text of ["x".repeat(257), "é".repeat(129)]) {
      await expect(by.review(1n, 1, text)).to.be.revertedWithCustomError(w.reviews, "InvalidTextURI");
    }
    await by.review(1n, 1, "x".repeat(256));
    await expect(by.review(1n, 0, TEXT)).to.be.revertedWithCustomError(w.reviews, "InvalidRating");
    expect(await scoreOf(w)).to.deep.equal([1n, 1n]);
  });

  it("is refused to the owner, with a pass too, and to who becomes it: what stands can only be taken back", async () => {
    const w = await load();
    await w.stelai.connect(w.bob).approve(w.access.target, ethers.MaxUint256);
    await w.access.connect(w.bob).subscribe(1n, MONTHLY, TERMS.monthly, false, "0x");
    await expect(w.reviews.connect(w.bob).review(1n, 5, TEXT))
      .to.be.revertedWithCustomError(w.reviews, "OwnCharacter")
      .withArgs(1n);
    await w.reviews.connect(w.alice).review(1n, 2, TEXT);
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.alice.address, 1n);
    await expect(w.reviews.connect(w.alice).review(1n, 5, TEXT))
      .to.be.revertedWithCustomError(w.reviews, "OwnCharacter")
      .withArgs(1n);
    await w.reviews.connect(w.alice).withdraw(1n);
    expect(await scoreOf(w)).to.deep.equal([0n, 0n]);
  });

  it("goes on while sales are paused and the character is suspended or private", async () => {
    const w = await load();
    await w.access.connect(w.guardian).pause();
    await w.characters.connect(w.moderator).setSuspended(1n, true, "");
    await w.characters.connect(w.bob).setVisibility(1n, 2);
    await w.reviews.connect(w.alice).review(1n, 5, TEXT);
    await byReceipt(w);
    expect(await scoreOf(w)).to.deep.equal([2n, 9n]);
  });
});

describe("A review that stands", () => {
  it("is changed by its author as often as they like, and counts once, by its last stars", async () => {
    const w = await load();
    for (const rating of [5, 1, 5, 5, 3]) await w.reviews.connect(w.alice).review(1n, rating, TEXT);
    expect(await scoreOf(w)).to.deep.equal([1n, 3n]);
    expect(await w.reviews.ratingOf(1n, w.alice.address)).to.equal(3n);
  });

  it("is one of several, which do not touch each other or another character", async () => {
    const w = await load();
    await w.reviews.connect(w.alice).review(1n, 5, TEXT);
    await byReceipt(w);
    await w.reviews.connect(w.alice).review(1n, 1, TEXT);
    expect(await scoreOf(w)).to.deep.equal([2n, 5n]);
    expect(await w.reviews.ratingOf(1n, w.carol.address)).to.equal(4n);
    expect(await w.reviews.scoreOf(2n)).to.deep.equal([0n, 0n]);
  });

  it("rests on what it first rested on, whichever way it is changed", async () => {
    const w = await load();
    await w.reviews.connect(w.alice).review(1n, 5, TEXT);
    const receipt = receiptOf(w);
    await expect(w.reviews.connect(w.alice).reviewWithReceipt(1n, 2, TEXT, receipt, "0x"))
      .to.emit(w.reviews, "Reviewed")
      .withArgs(1n, w.alice.address, 2n, TEXT, false);
    await byReceipt(w);
    await expect(w.reviews.connect(w.carol).review(1n, 1, ""))
      .to.emit(w.reviews, "Reviewed")
      .withArgs(1n, w.carol.address, 1n, "", true);
    expect(await scoreOf(w)).to.deep.equal([2n, 3n]);
  });

  it("is taken back by its author, once, and then needs its proof again", async () => {
    const w = await load();
    await byReceipt(w);
    await w.reviews.connect(w.alice).review(1n, 5, TEXT);
    await expect(w.reviews.connect(w.carol).withdraw(1n))
      .to.emit(w.reviews, "ReviewWithdrawn")
      .withArgs(1n, w.carol.address);
    expect(await scoreOf(w)).to.deep.equal([1n, 5n]);
    expect(await w.reviews.ratingOf(1n, w.carol.address)).to.equal(0n);
    await expect(w.reviews.connect(w.carol).withdraw(1n))
      .to.be.revertedWithCustomError(w.reviews, "NoReview")
      .withArgs(1n, w.carol.address);
    await expect(w.reviews.connect(w.carol).review(1n, 5, TEXT)).to.be.revertedWithCustomError(w.reviews, "NeverHeld");
    await expect(byReceipt(w, {}, "0x")).to.be.revertedWithCustomError(w.reviews, "InvalidReceiptSignature");
    await w.access.connect(w.alice).gift(1n, w.carol.address, MONTHLY, TERMS.monthly, "0x");
    await expect(w.reviews.connect(w.carol).review(1n, 3, TEXT))
      .to.emit(w.reviews, "Reviewed")
      .withArgs(1n, w.carol.address, 3n, TEXT, false);
    expect(await scoreOf(w)).to.deep.equal([2n, 8n]);
  });
});

describe("Reviews.reviewWithReceipt", () => {
  it("counts the stars of a tab's payer, on what its operator signed", async () => {
    const w = await load();
    await expect(byReceipt(w)).to.emit(w.reviews, "Reviewed").withArgs(1n, w.carol.address, 4n, TEXT, true);
    expect(await scoreOf(w)).to.deep.equal([1n, 4n]);
  });

  it("is open when only the character earned or only the operator, and not when nothing was charged", async () => {
    const w = await load();
    for (const charge of [
      { amount: 1n, fee: 0n },
      { amount: 0n, fee: 1n },
      { amount: 2n ** 40n - 1n, fee: 2n ** 40n - 1n },
    ]) {
      await byReceipt(w, charge);
      await w.reviews.connect(w.carol).withdraw(1n);
    }
    await expect(byReceipt(w, { amount: 0n, fee: 0n })).to.be.revertedWithCustomError(w.reviews, "UnfitReceipt");
  });

  it("is open after the tab was closed", async () => {
    const w = await load();
    await w.meter.connect(w.carol).requestClose(w.dave.address, w.tabId);
    await networkHelpers.time.increase(3 * DAY);
    await w.meter.reclaim(w.dave.address, w.tabId);
    await byReceipt(w);
    expect(await scoreOf(w)).to.deep.equal([1n, 4n]);
  });

  it("is refused for another character's receipt", async () => {
    const w = await load();
    await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), operators: [w.dave.address] }));
    for (const characterId of [0n, 2n]) {
      await expect(byReceipt(w, { characterId })).to.be.revertedWithCustomError(w.reviews, "UnfitReceipt");
    }
  });

  it("is refused with the receipt of another's tab, or of one that never was", async () => {
    const w = await load();
    const mine = await openTab(w, w.alice);
    const theirs = receiptOf(w, { tabId: w.tabId });
    const signature = await signReceipt(w, w.dave, theirs);
    await expect(byReceipt(w, {}, signature, w.moderator))
      .to.be.revertedWithCustomError(w.reviews, "NotPayer")
      .withArgs(w.moderator.address);
    await expect(byReceipt(w, { tabId: mine }))
      .to.be.revertedWithCustomError(w.reviews, "NotPayer")
      .withArgs(w.carol.address);
    await expect(byReceipt(w, { tabId: 99n }))
      .to.be.revertedWithCustomError(w.meter, "UnknownTab")
      .withArgs(w.dave.address, 99n);
  });

  it("is refused with a receipt of an operator that the character does not list, or no longer", async () => {
    const w = await load();
    const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
    await w.stelai.connect(w.carol).approve(w.meter.target, 10n ** 18n);
    const opening = { operator: w.sponsor.address, sessionKey: w.carol.address, cap: 1n, expiry };
    await w.meter.connect(w.carol).open(opening);
    const receipt = receiptOf(w, { operator: w.sponsor.address });
    const signature = await signReceipt(w, w.sponsor, receipt);
    await expect(w.reviews.connect(w.carol).reviewWithReceipt(1n, 5, TEXT, receipt, signature))
      .to.be.revertedWithCustomError(w.reviews, "OperatorNotListed")
      .withArgs(1n, w.sponsor.address);
    await w.characters.connect(w.bob).setOperator(1n, w.sponsor.address, true);
    await w.reviews.connect(w.carol).reviewWithReceipt(1n, 5, TEXT, receipt, signature);
    await w.reviews.connect(w.carol).withdraw(1n);
    await w.characters.connect(w.bob).setOperator(1n, w.sponsor.address, false);
    await expect(w.reviews.connect(w.carol).reviewWithReceipt(1n, 5, TEXT, receipt, signature))
      .to.be.revertedWithCustomError(w.reviews, "OperatorNotListed")
      .withArgs(1n, w.sponsor.address);
  });

  it("is refused when anyone but the operator signed, or something else, or elsewhere", async () => {
    const w = await load();
    const receipt = receiptOf(w, { tabId: w.tabId });
    const good = await signReceipt(w, w.dave, receipt);
    const here = meterDomain(w);
    const signatures = [
      await signReceipt(w, w.carol, receipt),
      await signReceipt(w, w.bob, receipt),
      await signReceipt(w, w.dave, { ...receipt, amount: receipt.amount + 1n }),
      await signReceipt(w, w.dave, receipt, { ...here, chainId: w.chainId + 1n }),
      await signReceipt(w, w.dave, receipt, { ...here, verifyingContract: String(w.reviews.target) }),
      highS(good),
      `${good}00`,
      "0x",
    ];
    for (const signature of signatures) {
      await expect(byReceipt(w, {}, signature)).to.be.revertedWithCustomError(w.reviews, "InvalidReceiptSignature");
    }
    const bends: Partial<Receipt>[] = [
      ...[{ sequence: 2n }, { request: id("x") }, { response: id("x") }, { termsVersion: 2n }, { milliunits: 1n }],
      ...[{ quality: 2 }, { amount: 1n }, { fee: 1n }, { servedAt: 1n }, { previous: id("x") }],
    ];
    for (const bend of bends) {
      await expect(byReceipt(w, bend, good)).to.be.revertedWithCustomError(w.reviews, "InvalidReceiptSignature");
    }
    await byReceipt(w, {}, good);
  });

  it("takes a contract wallet's word for what it serves, and survives its whims", async () => {
    const w = await load();
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.dave.address]));
    const operator = String(wallet.target);
    await w.characters.connect(w.bob).setOperator(1n, operator, true);
    const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
    await w.stelai.connect(w.carol).approve(w.meter.target, 10n ** 18n);
    await w.meter.connect(w.carol).open({ operator, sessionKey: w.carol.address, cap: 1n, expiry });
    const fields = { operator, tabId: 1n };
    for (const manner of [Manner.Reverting, Manner.Looping]) {
      await wallet.behave(manner);
      await expect(byReceipt(w, fields)).to.be.revertedWithCustomError(w.reviews, "InvalidReceiptSignature");
    }
    await wallet.behave(Manner.Honest);
    await byReceipt(w, fields);
    expect(await scoreOf(w)).to.deep.equal([1n, 4n]);
  });

  it("is refused to the owner, who pays a tab like anyone", async () => {
    const w = await load();
    const tabId = await openTab(w, w.bob);
    await expect(byReceipt(w, { tabId }, undefined, w.bob))
      .to.be.revertedWithCustomError(w.reviews, "OwnCharacter")
      .withArgs(1n);
  });

  it("is counted once, whatever number of receipts its author has", async () => {
    const w = await load();
    await byReceipt(w);
    await byReceipt(w, { sequence: 2n });
    await byReceipt(w, { tabId: await openTab(w, w.carol) });
    expect(await scoreOf(w)).to.deep.equal([1n, 4n]);
  });
});

describe("Reviews.reply", () => {
  it("is the owner's, who may change it or take it back", async () => {
    const w = await load();
    await w.reviews.connect(w.alice).review(1n, 2, TEXT);
    for (const text of ["ipfs://thanks", "ipfs://other", ""]) {
      await expect(w.reviews.connect(w.bob).reply(1n, w.alice.address, text))
        .to.emit(w.reviews, "Replied")
        .withArgs(1n, w.alice.address, w.bob.address, text);
    }
    await expect(w.reviews.connect(w.bob).reply(1n, w.alice.address, "x".repeat(257))).to.be.revertedWithCustomError(
      w.reviews,
      "InvalidTextURI",
    );
    expect(await scoreOf(w)).to.deep.equal([1n, 2n]);
  });

  it("passes to the new owner with a transfer", async () => {
    const w = await load();
    await w.reviews.connect(w.alice).review(1n, 2, TEXT);
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    await expect(w.reviews.connect(w.bob).reply(1n, w.alice.address, TEXT))
      .to.be.revertedWithCustomError(w.reviews, "NotCharacterOwner")
      .withArgs(1n, w.bob.address);
    await expect(w.reviews.connect(w.carol).reply(1n, w.alice.address, TEXT))
      .to.emit(w.reviews, "Replied")
      .withArgs(1n, w.alice.address, w.carol.address, TEXT);
  });

  it("is refused to everyone else, without a review, and after it was taken back", async () => {
    const w = await load();
    await w.reviews.connect(w.alice).review(1n, 2, TEXT);
    for (const caller of [w.alice, w.carol, w.dave, w.moderator]) {
      await expect(w.reviews.connect(caller).reply(1n, w.alice.address, TEXT))
        .to.be.revertedWithCustomError(w.reviews, "NotCharacterOwner")
        .withArgs(1n, caller.address);
    }
    const none = (author: string) =>
      expect(w.reviews.connect(w.bob).reply(1n, author, TEXT))
        .to.be.revertedWithCustomError(w.reviews, "NoReview")
        .withArgs(1n, author);
    await none(w.carol.address);
    await w.reviews.connect(w.alice).withdraw(1n);
    await none(w.alice.address);
    await expect(w.reviews.connect(w.bob).reply(9n, w.alice.address, TEXT))
      .to.be.revertedWithCustomError(w.characters, "ERC721NonexistentToken")
      .withArgs(9n);
  });
});
