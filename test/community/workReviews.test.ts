import { expect } from "chai";
import { DAY, networkHelpers, type World } from "../fixtures.ts";
import { offerOf, released, withDelivery, withDispute, withRelease } from "../market/world.ts";

const load = networkHelpers.loadFixture;
const URI = "ipfs://text";
const score = async (w: World) => (await w.workReviews.scoreOf(1n)).toArray();

describe("WorkReviews.review", () => {
  it("is for who holds a released licence of the work, and counts once", async () => {
    const w = await load(withRelease);
    await expect(w.workReviews.connect(w.alice).review(1n, 1n, 4, URI))
      .to.emit(w.workReviews, "WorkReviewed")
      .withArgs(1n, w.alice.address, 1n, 4n, URI);
    expect(await score(w)).to.deep.equal([1n, 4n]);
    expect(await w.workReviews.ratingOf(1n, w.alice.address)).to.equal(4n);
    await released(w, 2n, w.carol);
    await w.workReviews.connect(w.carol).review(1n, 2n, 1, "");
    expect(await score(w)).to.deep.equal([2n, 5n]);
  });

  it("is changed by its author, on what it rested first, when the licence is somebody else's too", async () => {
    const w = await load(withRelease);
    await w.workReviews.connect(w.alice).review(1n, 1n, 4, URI);
    await w.licenses.connect(w.alice).transferFrom(w.alice.address, w.carol.address, 1n);
    await expect(w.workReviews.connect(w.alice).review(1n, 9n, 2, ""))
      .to.emit(w.workReviews, "WorkReviewed")
      .withArgs(1n, w.alice.address, 1n, 2n, "");
    expect(await score(w)).to.deep.equal([1n, 2n]);
  });

  it("comes once with a licence, however often that is passed on, until its author takes it back", async () => {
    const w = await load(withRelease);
    await w.workReviews.connect(w.alice).review(1n, 1n, 4, URI);
    expect(await w.workReviews.reviewerOf(1n)).to.equal(w.alice.address);
    await w.licenses.connect(w.alice).transferFrom(w.alice.address, w.carol.address, 1n);
    await expect(w.workReviews.connect(w.carol).review(1n, 1n, 5, ""))
      .to.be.revertedWithCustomError(w.workReviews, "LicenceReviewed")
      .withArgs(1n, w.alice.address);
    await w.workReviews.connect(w.alice).withdraw(1n);
    await w.workReviews.connect(w.carol).review(1n, 1n, 5, "");
    expect(await score(w)).to.deep.equal([1n, 5n]);
  });

  it("is refused before release and in a dispute, to who does not hold it, and for another work", async () => {
    const refused = async (w: World, by: World["alice"], workId: bigint, licenceId: bigint) => {
      await expect(w.workReviews.connect(by).review(workId, licenceId, 5, URI))
        .to.be.revertedWithCustomError(w.workReviews, "NotLicensee")
        .withArgs(licenceId, by.address);
    };
    for (const world of [withDelivery, withDispute]) {
      const w = await load(world);
      await refused(w, w.alice, 1n, 1n);
    }
    const w = await load(withRelease);
    await refused(w, w.carol, 1n, 1n);
    await refused(w, w.alice, 1n, 0n);
    const other = { modality: 1, metadataURI: "ipfs://other", contentHash: `0x${"22".repeat(32)}`, royaltyBps: 0 };
    const shares = [{ recipient: BigInt(w.bob.address), bps: 10_000 }];
    const none = { allowsDerivatives: false, derivativeBps: 0, maxParentsBps: 0, parents: [] };
    const receipt = {
      ...{ operator: w.bob.address, tabId: 0, sequence: 0, request: other.contentHash, response: other.contentHash },
      ...{ characterId: 0, termsVersion: 0, milliunits: 0, quality: 0, amount: 0, fee: 0, servedAt: 0 },
      previous: other.contentHash,
    };
    await w.works.connect(w.bob).create({ ...other, shares, ...none }, { receipt, signature: "0x" }, [offerOf(w)]);
    await refused(w, w.alice, 2n, 1n);
    await expect(w.workReviews.connect(w.alice).review(9n, 1n, 5, URI)).to.be.revertedWithCustomError(
      w.works,
      "ERC721NonexistentToken",
    );
  });

  it("is refused once the licence was refunded", async () => {
    const w = await load(withDispute);
    await networkHelpers.time.increase(7 * DAY + 1);
    await w.licenses.conclude([1n]);
    await expect(w.workReviews.connect(w.alice).review(1n, 1n, 5, URI))
      .to.be.revertedWithCustomError(w.workReviews, "NotLicensee")
      .withArgs(1n, w.alice.address);
  });

  it("is refused to the owner and to the creator, whoever owns the work by then", async () => {
    const w = await load(withRelease);
    const licenceId = await released(w, 1n, w.carol);
    await w.works.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    await w.licenses.connect(w.alice).transferFrom(w.alice.address, w.bob.address, 1n);
    for (const [by, licence] of [
      [w.carol, licenceId],
      [w.bob, 1n],
    ] as const) {
      await expect(w.workReviews.connect(by).review(1n, licence, 5, URI))
        .to.be.revertedWithCustomError(w.workReviews, "OwnWork")
        .withArgs(1n);
    }
  });

  it("is refused with no star, with six, and with an address too long", async () => {
    const w = await load(withRelease);
    const by = w.workReviews.connect(w.alice);
    for (const rating of [0, 6]) {
      await expect(by.review(1n, 1n, rating, URI))
        .to.be.revertedWithCustomError(w.workReviews, "InvalidRating")
        .withArgs(BigInt(rating));
    }
    const refused = by.review(1n, 1n, 5, "x".repeat(257));
    await expect(refused).to.be.revertedWithCustomError(w.workReviews, "InvalidTextURI");
    await by.review(1n, 1n, 5, "x".repeat(256));
  });
});

describe("WorkReviews.withdraw and reply", () => {
  it("take a review back, once, and leave the score as it was", async () => {
    const w = await load(withRelease);
    await w.workReviews.connect(w.alice).review(1n, 1n, 4, URI);
    await expect(w.workReviews.connect(w.alice).withdraw(1n))
      .to.emit(w.workReviews, "WorkReviewWithdrawn")
      .withArgs(1n, w.alice.address);
    expect(await score(w)).to.deep.equal([0n, 0n]);
    await expect(w.workReviews.connect(w.alice).withdraw(1n))
      .to.be.revertedWithCustomError(w.workReviews, "NoReview")
      .withArgs(1n, w.alice.address);
  });

  it("answer it, as the work's owner of then, where there is one", async () => {
    const w = await load(withRelease);
    await w.workReviews.connect(w.alice).review(1n, 1n, 4, URI);
    await expect(w.workReviews.connect(w.bob).reply(1n, w.alice.address, URI))
      .to.emit(w.workReviews, "WorkReviewReplied")
      .withArgs(1n, w.alice.address, w.bob.address, URI);
    await expect(w.workReviews.connect(w.carol).reply(1n, w.alice.address, URI))
      .to.be.revertedWithCustomError(w.workReviews, "NotWorkOwner")
      .withArgs(1n, w.carol.address);
    await expect(w.workReviews.connect(w.bob).reply(1n, w.carol.address, URI))
      .to.be.revertedWithCustomError(w.workReviews, "NoReview")
      .withArgs(1n, w.carol.address);
    const long = w.workReviews.connect(w.bob).reply(1n, w.alice.address, "x".repeat(257));
    await expect(long).to.be.revertedWithCustomError(w.workReviews, "InvalidTextURI");
  });
});
