import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { openTab, receiptOf, signReceipt } from "../community/receipts.ts";
import { ethers, networkHelpers, payeeOf, sharesOf, type World } from "../fixtures.ts";
import { Manner } from "../metering/helpers/world.ts";
import { highS } from "../signing.ts";
import { FILE, NO_PROOF, offerOf, released, walletOf, wei, withWork, workOf } from "./world.ts";

const load = () => networkHelpers.loadFixture(withWork);
const create = (w: World, by: World["alice"], overrides = {}, proof: unknown = NO_PROOF) =>
  w.works.connect(by).create(workOf(by, overrides), proof, []);

const whole = (recipient: bigint) => [{ recipient, bps: 10_000 }];

describe("Works.create", () => {
  it("mints the caller's work, tells all of it, and offers it in the same call", async () => {
    const w = await load();
    const created = w.works.connect(w.carol).create(workOf(w.bob, { modality: 4 }), NO_PROOF, [offerOf(w)]);
    await expect(created)
      .to.emit(w.works, "WorkCreated")
      .withArgs(2n, w.carol.address, FILE, 4n, "ipfs://work", 500n, [], ZeroHash);
    await expect(created).to.emit(w.works, "WorkPayeeSet").withArgs(2n, payeeOf(w.bob), payeeOf(w.bob), 1n);
    await expect(created).to.emit(w.works, "DerivativesSet").withArgs(2n, true, 2_000n);
    await expect(created).to.emit(w.licenses, "Offered");
    expect((await w.works.workOf(2n)).toObject()).to.deep.equal({
      ...{ creator: w.carol.address, epoch: 1n, royaltyBps: 500n, derivativeBps: 2_000n, allowsDerivatives: true },
      ...{ suspended: false, depth: 0n, modality: 4n, contentHash: FILE, payee: payeeOf(w.bob) },
      ...{ ownerPayee: payeeOf(w.bob), royaltyPayee: payeeOf(w.bob), receipt: ZeroHash },
    });
    expect(await w.works.ownerOf(2n)).to.equal(w.carol.address);
    expect(await w.works.workCount()).to.equal(2n);
    expect(await w.works.tokenURI(2n)).to.equal("ipfs://work");
    expect((await w.licenses.offerOf(4n)).workId).to.equal(2n);
    expect(await w.works.saleOf(2n)).to.deep.equal([w.carol.address, payeeOf(w.bob), 1n, false]);
  });

  it("is refused for words, without a file, with too high parts, hostile addresses and payees that earn nothing", async () => {
    const w = await load();
    const refused: [Record<string, unknown>, string, unknown[]][] = [
      [{ modality: 0 }, "NotAWork", []],
      [{ contentHash: ZeroHash }, "NoContent", []],
      [{ royaltyBps: 1_001 }, "RoyaltyTooHigh", [1_001n]],
      [{ derivativeBps: 5_001 }, "DerivativeShareTooHigh", [5_001n]],
      [{ metadataURI: "" }, "InvalidMetadataURI", []],
      [{ metadataURI: "x".repeat(257) }, "InvalidMetadataURI", []],
      [{ shares: whole(0n) }, "InvalidWorkPayee", [0n]],
      [{ shares: whole(2n ** 200n) }, "InvalidWorkPayee", [2n ** 200n]],
    ];
    for (const [overrides, error, args] of refused) {
      await expect(create(w, w.bob, overrides), error)
        .to.be.revertedWithCustomError(w.works, error)
        .withArgs(...args);
    }
    await create(w, w.bob, { royaltyBps: 1_000, derivativeBps: 5_000, metadataURI: "x".repeat(256) });
    await expect(w.works.workOf(9n)).to.be.revertedWithCustomError(w.works, "ERC721NonexistentToken");
    await expect(w.works.parentsOf(9n)).to.be.revertedWithCustomError(w.works, "ERC721NonexistentToken");
  });

  it("publishes the split of its makers in the same call, and takes one that is published as it is", async () => {
    const w = await load();
    const shares = sharesOf([w.bob, 6_000], [w.carol, 4_000]);
    const split = await w.payouts.splitOf(shares);
    await expect(create(w, w.bob, { shares }))
      .to.emit(w.payouts, "SplitRegistered")
      .to.emit(w.works, "WorkPayeeSet")
      .withArgs(2n, split, split, 1n);
    await expect(create(w, w.bob, { shares })).not.to.emit(w.payouts, "SplitRegistered");
    await create(w, w.bob, { shares: whole(split) });
    for (const workId of [2n, 3n, 4n]) expect((await w.works.workOf(workId)).ownerPayee).to.equal(split);
  });

  it("is refused with shares that are no split", async () => {
    const w = await load();
    const [half] = sharesOf([w.bob, 5_000]);
    for (const shares of [[], [half], [half, half], [{ recipient: payeeOf(w.bob), bps: 10_001 }]]) {
      await expect(create(w, w.bob, { shares })).to.be.revertedWithCustomError(w.payouts, "InvalidShares");
    }
    const unknown = [
      { recipient: payeeOf(w.bob), bps: 1 },
      { recipient: 2n ** 200n, bps: 9_999 },
    ];
    await expect(create(w, w.bob, { shares: unknown }))
      .to.be.revertedWithCustomError(w.payouts, "UnknownPayee")
      .withArgs(2n ** 200n);
  });

  it("declares its royalty by ERC-2981", async () => {
    const w = await load();
    expect(await w.works.royaltyInfo(1n, 10_000n)).to.deep.equal([w.bob.address, 500n]);
    expect(await w.works.royaltyOf(1n, 10_001n)).to.deep.equal([payeeOf(w.bob), 500n]);
    for (const face of ["0x2a55205a", "0x80ac58cd", "0x01ffc9a7"]) {
      expect(await w.works.supportsInterface(face)).to.equal(true);
    }
    expect(await w.works.supportsInterface("0xffffffff")).to.equal(false);
  });
});

describe("A derivative", () => {
  it("pins what its parents are owed, and earns by a split that is registered once", async () => {
    const w = await load();
    await expect(create(w, w.carol, { parents: [1n] })).to.emit(w.payouts, "SplitRegistered");
    const shares = sharesOf([w.bob, 2_000], [w.carol, 8_000]);
    const split: bigint = await w.payouts.splitOf(shares);
    expect((await w.works.workOf(2n)).payee).to.equal(split);
    expect(await w.works.parentsOf(2n)).to.deep.equal([[1n, payeeOf(w.bob), 2_000n]]);
    await expect(create(w, w.carol, { parents: [1n] })).not.to.emit(w.payouts, "SplitRegistered");
    await w.works.connect(w.bob).setDerivatives(1n, false, 5_000);
    await w.works.connect(w.bob).setPayee(1n, payeeOf(w.dave));
    expect(await w.works.parentsOf(2n)).to.deep.equal([[1n, payeeOf(w.bob), 2_000n]]);
    expect((await w.works.workOf(2n)).payee).to.equal(split);
  });

  it("changes only its owner's part with the payee and with a transfer", async () => {
    const w = await load();
    await create(w, w.carol, { parents: [1n] });
    await w.works.connect(w.carol).setPayee(2n, payeeOf(w.dave));
    expect((await w.works.workOf(2n)).payee).to.equal(
      await w.payouts.splitOf(sharesOf([w.bob, 2_000], [w.dave, 8_000])),
    );
    await w.works.connect(w.carol).transferFrom(w.carol.address, w.sponsor.address, 2n);
    const split: bigint = await w.payouts.splitOf(sharesOf([w.bob, 2_000], [w.sponsor, 8_000]));
    const work = await w.works.workOf(2n);
    expect([work.payee, work.ownerPayee, work.epoch]).to.deep.equal([split, payeeOf(w.sponsor), 3n]);
    await w.works.connect(w.sponsor).transferFrom(w.sponsor.address, w.bob.address, 2n);
    expect((await w.works.workOf(2n)).payee, "who is parent and owner is one").to.equal(payeeOf(w.bob));
  });

  it("merges parents of one payee, leaves out those that are owed nothing, and flows through nested splits", async () => {
    const w = await load();
    await create(w, w.bob, { derivativeBps: 1_000 });
    await create(w, w.dave, { derivativeBps: 0 });
    await w.works.connect(w.carol).create(workOf(w.carol, { parents: [1n, 2n, 3n] }), NO_PROOF, [offerOf(w)]);
    const shares = sharesOf([w.bob, 3_000], [w.carol, 7_000]);
    const split: bigint = await w.payouts.splitOf(shares);
    expect((await w.works.workOf(4n)).payee).to.equal(split);
    expect((await w.works.parentsOf(4n)).length).to.equal(3);

    await w.works.connect(w.sponsor).create(workOf(w.sponsor, { parents: [4n] }), NO_PROOF, [offerOf(w)]);
    const outer = sharesOf([split, 2_000], [w.sponsor, 8_000]);
    await released(w, 5n, w.alice);
    const earned = (wei(10_000_001n) * 9n) / 10n;
    await w.payouts.flow({ shares: outer, index: outer.findIndex(({ recipient }) => recipient === split) });
    expect(await w.payouts.receivedBySplit(split)).to.equal((earned * 2_000n) / 10_000n);
    const step = { shares, index: shares.findIndex(({ recipient }) => recipient === payeeOf(w.bob)) };
    await w.payouts.flow(step);
    expect(await w.payouts.claimable(w.bob.address)).to.equal((((earned * 2_000n) / 10_000n) * 3_000n) / 10_000n);
  });

  it("names lower works only, strictly ascending, at most eight, so that there is no cycle", async () => {
    const w = await load();
    for (let i = 0; i < 9; i++) await create(w, w.bob, { derivativeBps: 100 });
    const ids = [2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n];
    for (const parents of [[0n], [11n], [12n], [2n, 2n], [3n, 2n], [...ids, 10n]]) {
      await expect(create(w, w.carol, { parents })).to.be.revertedWithCustomError(w.works, "InvalidParents");
    }
    await create(w, w.carol, { parents: ids });
  });

  it("is at most four generations deep", async () => {
    const w = await load();
    for (let parent = 1n; parent <= 4n; parent++) await create(w, w.bob, { parents: [parent] });
    expect((await w.works.workOf(5n)).depth).to.equal(4n);
    await expect(create(w, w.bob, { parents: [1n, 5n] }))
      .to.be.revertedWithCustomError(w.works, "TooDeep")
      .withArgs(5n);
  });

  it("owes its parents nine tenths at most", async () => {
    const w = await load();
    await create(w, w.bob, { derivativeBps: 5_000 });
    await create(w, w.bob, { derivativeBps: 4_000 });
    await create(w, w.bob, { derivativeBps: 4_001 });
    await expect(create(w, w.carol, { parents: [2n, 4n] }))
      .to.be.revertedWithCustomError(w.works, "ParentsOwedTooMuch")
      .withArgs(9_001n, 9_000n);
    await create(w, w.carol, { parents: [2n, 3n] });
  });

  it("owes them no more than was agreed to, though they asked for more just before", async () => {
    const w = await load();
    await w.works.connect(w.bob).setDerivatives(1n, true, 2_001);
    await expect(create(w, w.carol, { parents: [1n], maxParentsBps: 2_000 }))
      .to.be.revertedWithCustomError(w.works, "ParentsOwedTooMuch")
      .withArgs(2_001n, 2_000n);
    await create(w, w.carol, { parents: [1n], maxParentsBps: 2_001 });
  });

  it("of others' works needs their leave; of one's own it does not", async () => {
    const w = await load();
    await w.works.connect(w.bob).setDerivatives(1n, false, 2_000);
    await expect(create(w, w.carol, { parents: [1n] }))
      .to.be.revertedWithCustomError(w.works, "DerivativesNotAllowed")
      .withArgs(1n);
    await create(w, w.bob, { parents: [1n] });
  });
});

describe("Provenance", () => {
  async function proof(w: World, fields = {}, signer = w.dave) {
    const receipt = receiptOf(w, { response: FILE, ...fields });
    return { receipt, signature: await signReceipt(w, signer, receipt) };
  }

  it("is the operator's receipt of this file, on a tab that the creator paid", async () => {
    const w = await load();
    await openTab(w, w.carol);
    await create(w, w.carol, {}, await proof(w));
    const { receipt } = await w.works.workOf(2n);
    expect(receipt).not.to.equal(ZeroHash);
    expect(await w.works.workOfReceipt(receipt)).to.equal(2n);
  });

  it("is refused for another file, another payer, twice, and for a tab that never was", async () => {
    const w = await load();
    await openTab(w, w.carol);
    const unfit = (by: World["alice"], given: unknown) =>
      expect(create(w, by, {}, given)).to.be.revertedWithCustomError(w.works, "UnfitProof");
    await unfit(w.carol, await proof(w, { response: id("another file") }));
    await unfit(w.sponsor, await proof(w));
    await expect(create(w, w.carol, {}, await proof(w, { tabId: 9n }))).to.be.revertedWithCustomError(
      w.meter,
      "UnknownTab",
    );
    await create(w, w.carol, {}, await proof(w));
    await unfit(w.carol, await proof(w));
    await create(w, w.carol, {}, await proof(w, { sequence: 2n }));
  });

  it("is refused with any signature but the operator's of this very receipt", async () => {
    const w = await load();
    await openTab(w, w.carol);
    const good = await proof(w);
    const { receipt } = good;
    const bad = [
      { receipt, signature: (await proof(w, {}, w.carol)).signature },
      { receipt: { ...receipt, amount: 1n }, signature: good.signature },
      { receipt, signature: highS(good.signature) },
      { receipt, signature: `${good.signature}00` },
      { receipt, signature: "0x00" },
    ];
    for (const given of bad) {
      await expect(create(w, w.carol, {}, given)).to.be.revertedWithCustomError(w.works, "InvalidProofSignature");
    }
    await create(w, w.carol, {}, good);
  });

  it("takes a contract wallet's word for what it served, and survives its whims", async () => {
    const w = await load();
    const wallet = await walletOf(w);
    const operator = String(wallet.target);
    await openTab(w, w.carol);
    const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
    await w.stelai.connect(w.carol).approve(w.meter.target, wei(1n));
    await w.meter.connect(w.carol).open({ operator, sessionKey: w.carol.address, cap: 1n, expiry });
    const given = await proof(w, { operator }, w.alice);
    for (const manner of [Manner.Reverting, Manner.Looping]) {
      await wallet.getFunction("behave")(manner);
      await expect(create(w, w.carol, {}, given)).to.be.revertedWithCustomError(w.works, "InvalidProofSignature");
    }
    await wallet.getFunction("behave")(Manner.Honest);
    await create(w, w.carol, {}, given);
  });
});

describe("A work's owner", () => {
  it("changes metadata, payee and what derivatives owe, within bounds", async () => {
    const w = await load();
    const by = w.works.connect(w.bob);
    await expect(by.setMetadata(1n, "ipfs://new")).to.emit(w.works, "WorkMetadataSet").withArgs(1n, "ipfs://new");
    expect(await w.works.tokenURI(1n)).to.equal("ipfs://new");
    await expect(by.setPayee(1n, payeeOf(w.dave)))
      .to.emit(w.works, "WorkPayeeSet")
      .withArgs(1n, payeeOf(w.dave), payeeOf(w.dave), 2n);
    await expect(by.setDerivatives(1n, false, 0))
      .to.emit(w.works, "DerivativesSet")
      .withArgs(1n, false, 0n);
    await expect(by.setMetadata(1n, "x".repeat(257))).to.be.revertedWithCustomError(w.works, "InvalidMetadataURI");
    await expect(by.setPayee(1n, 0n)).to.be.revertedWithCustomError(w.works, "InvalidWorkPayee").withArgs(0n);
    await expect(by.setDerivatives(1n, true, 5_001)).to.be.revertedWithCustomError(w.works, "DerivativeShareTooHigh");
    expect((await w.works.workOf(1n)).royaltyPayee).to.equal(payeeOf(w.bob));
  });

  it("is the only one who does", async () => {
    const w = await load();
    const by = w.works.connect(w.carol);
    for (const call of [by.setMetadata(1n, "x"), by.setPayee(1n, 1n), by.setDerivatives(1n, true, 0)]) {
      await expect(call).to.be.revertedWithCustomError(w.works, "NotWorkOwner").withArgs(1n, w.carol.address);
    }
    await expect(by.transferFrom(w.bob.address, w.carol.address, 1n)).to.be.revertedWithCustomError(
      w.works,
      "ERC721InsufficientApproval",
    );
  });

  it("sends it to a receiver that refuses only by transferFrom, and nothing changes when it refuses", async () => {
    const w = await load();
    const safe = w.works.connect(w.bob).getFunction("safeTransferFrom(address,address,uint256)");
    await expect(safe(w.bob.address, w.usdc.target, 1n)).to.be.revertedWithCustomError(
      w.works,
      "ERC721InvalidReceiver",
    );
    expect((await w.works.workOf(1n)).epoch).to.equal(1n);
  });
});

describe("Works.setSuspended", () => {
  it("is the moderator's and stops no transfer", async () => {
    const w = await load();
    await expect(w.works.connect(w.bob).setSuspended(1n, true)).to.revert(ethers);
    await expect(w.works.connect(w.moderator).setSuspended(1n, true))
      .to.emit(w.works, "WorkSuspensionSet")
      .withArgs(1n, true);
    expect((await w.works.saleOf(1n)).suspended).to.equal(true);
    await w.works.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    await expect(w.works.connect(w.moderator).setSuspended(9n, true)).to.be.revertedWithCustomError(
      w.works,
      "ERC721NonexistentToken",
    );
  });
});
