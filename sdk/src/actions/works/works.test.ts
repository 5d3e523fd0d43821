import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import { failure } from "../../../test/failure.ts";
import { attest, newFile, offerOf, someHash, withOrder, withWork } from "../../../test/market.ts";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import {
  DerivativesNotAllowedError,
  InvalidMetadataURIError,
  InvalidWorkPayeeError,
  isSplit,
  NoReviewError,
  NotLicenseeError,
  NotWorkOwnerError,
  OwnWorkError,
  ParentsOwedTooMuchError,
  payeeOf,
  RoyaltyTooHighError,
  type SignedReceipt,
  UnfitProofError,
  WEI_PER_MICROCREDIT,
} from "../../index.ts";
import { memoryStorage } from "../../tab/storage.ts";

const work = () => ({ modality: "Image" as const, metadataURI: "ipfs://m", contentHash: keccak256(newFile()) });

describe("A work", () => {
  it("is created with its offers and a split of two in one transaction, and both claim their part to the wei", async () => {
    const [ann, ben] = [await newcomer(), await newcomer()];
    const stelai = await stelaiOf(ann);
    const shares = [
      { recipient: payeeOf(ann.address), bps: 7_000 },
      { recipient: payeeOf(ben.address), bps: 3_000 },
    ].sort((a, b) => (a.recipient > b.recipient ? -1 : 1)); // in no order that the contract takes
    const offers = [await offerOf("Personal", 2_000_003n), await offerOf("Commercial", 9_000_000n, { supply: 2 })];
    const { workId, payee, offerIds, receipt } = await (
      await stelai.works.create({ ...work(), shares, offers })
    ).wait();
    expect(isSplit(payee)).to.equal(true);
    expect(offerIds).to.have.length(2);
    expect((await stelai.market.getOffer({ offerId: offerIds[1] ?? 0n })).supply).to.equal(2);
    expect(receipt.status).to.equal("success");
    const found = await stelai.works.getWork({ workId });
    expect(found).to.include({ creator: ann.address, owner: ann.address, payee, epoch: 1, receipt: null, depth: 0 });

    const buyer = await stelaiOf(await withCredits());
    const offer = await buyer.market.getOffer({ offerId: offerIds[0] ?? 0n });
    const { licenceId } = await (await buyer.market.buy(offer)).wait();
    await attest(licenceId);
    await (await buyer.market.accept({ licenceId })).wait();
    const gross = 2_000_003n * WEI_PER_MICROCREDIT;
    const { commissionBps } = await buyer.market.getLicence({ licenceId });
    const net = gross - (gross * BigInt(commissionBps)) / 10_000n;
    for (const [person, bps] of [
      [ann, 7_000n],
      [ben, 3_000n],
    ] as const) {
      const own = await stelaiOf(person);
      const { amount } = await (await own.payouts.claim({ steps: await own.payouts.findFlows() })).wait();
      expect(amount).to.equal((net * bps) / 10_000n);
    }
  });

  it("owes its parents what they asked when it was made, and pays it through its payee", async () => {
    const parent = await withWork([]);
    const maker = await newcomer();
    const stelai = await stelaiOf(maker);
    const parents = [parent.workId];
    const refused = await failure(stelai.works.create({ ...work(), parents }));
    expect(refused).to.be.instanceOf(DerivativesNotAllowedError);
    await (await parent.seller.works.setDerivatives({ workId: parent.workId, allowed: true, bps: 2_500 })).wait();
    const { workId, payee } = await (await stelai.works.create({ ...work(), parents })).wait();
    await (await parent.seller.works.setDerivatives({ workId: parent.workId, allowed: false, bps: 0 })).wait();
    expect(await stelai.works.getParents({ workId })).to.deep.equal([
      { workId: parent.workId, payee: payeeOf(parent.creator.address), bps: 2_500 },
    ]);
    const shares = [
      { recipient: payeeOf(parent.creator.address), bps: 2_500 },
      { recipient: payeeOf(maker.address), bps: 7_500 },
    ].sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
    expect(payee).to.equal(stelai.payouts.splitOf(shares));
    expect((await stelai.works.getWork({ workId })).depth).to.equal(1);
  });

  it("owes its parents no more than was agreed to, though one raised its share meanwhile", async () => {
    const parent = await withWork([]);
    const { workId } = parent;
    await (await parent.seller.works.setDerivatives({ workId, allowed: true, bps: 1_000 })).wait();
    const stelai = await stelaiOf(await newcomer());
    const made = { ...work(), parents: [workId] };
    await (await parent.seller.works.setDerivatives({ workId, allowed: true, bps: 1_001 })).wait();
    const refused = await failure(stelai.works.create({ ...made, maxParentsBps: 1_000 }));
    expect(refused).to.be.instanceOf(ParentsOwedTooMuchError);
    const agreed = await (await stelai.works.create({ ...made, maxParentsBps: 1_001 })).wait();
    expect((await stelai.works.getParents(agreed))[0]?.bps).to.equal(1_001);
  });

  it("is changed by its owner alone, and a new payee voids its offers", async () => {
    const { seller, creator, workId, first } = await withWork();
    const stranger = await stelaiOf(await newcomer());
    const metadataURI = "ipfs://better";
    expect(await failure(stranger.works.setMetadata({ workId, metadataURI }))).to.be.instanceOf(NotWorkOwnerError);
    const empty = await failure(seller.works.setMetadata({ workId, metadataURI: "" }));
    expect(empty).to.be.instanceOf(InvalidMetadataURIError);
    await (await seller.works.setMetadata({ workId, metadataURI })).wait();
    expect((await seller.market.getOffer({ offerId: first })).state).to.equal("open");
    const nobody = await failure(seller.works.setPayee({ workId, payee: 0n }));
    expect(nobody).to.be.instanceOf(InvalidWorkPayeeError);
    await (await seller.works.setPayee({ workId, payee: payeeOf(creator.address) + 1n })).wait();
    expect((await seller.market.getOffer({ offerId: first })).state).to.equal("void");
    const found = await seller.works.getWork({ workId });
    expect(found).to.include({ metadataURI, epoch: 2, ownerPayee: payeeOf(creator.address) + 1n });
    expect(found.royaltyPayee).to.equal(payeeOf(creator.address));
    const greedy = await failure(seller.works.create({ ...work(), royaltyBps: 1_001 }));
    expect(greedy).to.be.instanceOf(RoyaltyTooHighError);
  });

  it("belongs to whom it is given, with what it earns from then on", async () => {
    const { seller, workId } = await withWork();
    const heir = await newcomer();
    await (await seller.works.transfer({ workId, to: heir.address })).wait();
    const found = await seller.works.getWork({ workId });
    expect(found).to.include({ owner: heir.address, ownerPayee: payeeOf(heir.address), epoch: 2 });
  });

  describe("of a generation", () => {
    let relayer: TestRelayer;
    before(async () => {
      relayer = await startTestRelayer();
    });
    after(() => relayer.stop());

    it("is proved by the receipt that its creator paid for, once, and by nobody else", async () => {
      const { characterId } = await withCharacter();
      const storage = memoryStorage();
      const stelai = await stelaiOf(await withCredits(), { relayerUrl: relayer.url, storage });
      const { session } = await (await stelai.tab.openSession({ cap: 3_000_000n, by: "transfer" })).wait();
      const messages = [{ role: "user" as const, content: "hello there" }];
      await stelai.generate.chat({ session, characterId, maxTokens: 60, messages });
      const { operator, tabId, account: sessionKey } = session;
      const { entries } = await stelai.statement.getStatement({ operator, tabId, sessionKey });
      const receipt = entries[0]?.receipt as SignedReceipt;
      // The file that the receipt names.
      const made = { ...work(), contentHash: keccak256(stringToBytes("You said: hello there")), receipt };
      expect(receipt.receipt.response).to.equal(made.contentHash);
      const other = await stelaiOf(await newcomer());
      expect(await failure(other.works.create(made))).to.be.instanceOf(UnfitProofError);
      const forged = await failure(stelai.works.create({ ...made, contentHash: someHash(2) }));
      expect(forged).to.be.instanceOf(UnfitProofError);
      const { workId } = await (await stelai.works.create(made)).wait();
      expect((await stelai.works.getWork({ workId })).receipt).to.match(/^0x[0-9a-f]{64}$/);
      expect(await failure(stelai.works.create(made))).to.be.instanceOf(UnfitProofError);
    });
  });
});

describe("A review of a work", () => {
  it("rests on a released licence, changes, is answered and taken back", async () => {
    const order = await withOrder();
    const { stelai, seller, workId, licenceId, holder } = order;
    const write = (rating: number) => ({ workId, licenceId, rating, textURI: "ipfs://text" });
    expect(await stelai.reviews.canReviewWork({ workId })).to.deep.equal({ licenceId: null, why: "notReleased" });
    expect(await failure(stelai.reviews.reviewWork(write(5)))).to.be.instanceOf(NotLicenseeError);
    await (await stelai.market.accept({ licenceId })).wait();
    expect(await stelai.reviews.canReviewWork({ workId })).to.deep.equal({ licenceId, why: null });
    expect(await seller.reviews.canReviewWork({ workId })).to.deep.equal({ licenceId: null, why: "own" });
    expect(await failure(seller.reviews.reviewWork(write(5)))).to.be.instanceOf(OwnWorkError);
    await (await stelai.reviews.reviewWork(write(4))).wait();
    await (await stelai.market.transferLicence({ licenceId, to: (await newcomer()).address })).wait();
    // Who wrote one may change it, whoever holds the licence by now.
    const change = await stelai.reviews.canReviewWork({ workId });
    expect(change).to.deep.equal({ licenceId: 0n, why: null });
    await (await stelai.reviews.reviewWork({ workId, licenceId: change.licenceId ?? 1n, rating: 2 })).wait();
    expect(await stelai.reviews.getWorkRating({ workId })).to.equal(2);
    const answer = { workId, author: holder.address, textURI: "ipfs://answer" };
    expect(await failure(stelai.reviews.replyWork(answer))).to.be.instanceOf(NotWorkOwnerError);
    await (await seller.reviews.replyWork(answer)).wait();
    await (await stelai.reviews.withdrawWork({ workId })).wait();
    expect(await stelai.reviews.getWorkRating({ workId })).to.equal(0);
    expect(await failure(seller.reviews.replyWork(answer))).to.be.instanceOf(NoReviewError);
    const none = await (await stelaiOf(await newcomer())).reviews.canReviewWork({ workId });
    expect(none).to.deep.equal({ licenceId: null, why: "notLicensed" });
  });
});
