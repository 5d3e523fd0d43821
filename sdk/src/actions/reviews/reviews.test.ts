import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import {
  InvalidRatingError,
  NeverHeldError,
  NoReviewError,
  NotCharacterOwnerError,
  NotPayerError,
  OwnCharacterError,
  type SignedReceipt,
  UnfitReceiptError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("A review", () => {
  let relayer: TestRelayer;
  before(async () => {
    relayer = await startTestRelayer();
  });
  after(() => relayer.stop());

  it("rests on a pass, changes, counts once, and is taken back", async () => {
    const { characterId, creator } = await withCharacter({ monthly: 1_000_000n });
    const reader = await withCredits();
    const stelai = await stelaiOf(reader);
    expect(await stelai.reviews.canReview({ characterId })).to.equal(false);
    expect(await failure(stelai.reviews.review({ characterId, rating: 5 }))).to.be.instanceOf(NeverHeldError);
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: false })).wait();
    expect(await stelai.reviews.canReview({ characterId })).to.equal(true);
    expect(await failure(stelai.reviews.review({ characterId, rating: 6 }))).to.be.instanceOf(InvalidRatingError);
    await (await stelai.reviews.review({ characterId, rating: 5, textURI: "ipfs://text" })).wait();
    await (await stelai.reviews.review({ characterId, rating: 2 })).wait();
    expect(await stelai.reviews.getRating({ characterId })).to.equal(2);
    expect(await stelai.reviews.getScore({ characterId })).to.deep.equal({ count: 1, sum: 2, average: 200 });

    const owner = await stelaiOf(creator);
    const answer = { characterId, author: reader.address, textURI: "ipfs://answer" };
    await (await owner.reviews.reply(answer)).wait();
    expect(await failure(stelai.reviews.reply(answer))).to.be.instanceOf(NotCharacterOwnerError);
    expect(await failure(owner.reviews.review({ characterId, rating: 5 }))).to.be.instanceOf(NeverHeldError);
    await (await stelai.reviews.withdraw({ characterId })).wait();
    expect(await stelai.reviews.getScore({ characterId })).to.deep.equal({ count: 0, sum: 0, average: 0 });
    expect(await failure(owner.reviews.reply(answer))).to.be.instanceOf(NoReviewError);
  });

  it("rests on a receipt of one's own tab as well, and on nobody else's", async () => {
    const { characterId } = await withCharacter();
    const stelai = await stelaiOf(await withCredits(), { relayerUrl: relayer.url });
    const { session } = await (await stelai.tab.openSession({ cap: 3_000_000n, by: "transfer" })).wait();
    await stelai.generate.chat({
      ...{ session, characterId, maxTokens: 60 },
      messages: [{ role: "user", content: "hello there" }],
    });
    const { entries } = await stelai.statement.getStatement({
      ...{ operator: session.operator, tabId: session.tabId, sessionKey: session.account },
    });
    const receipt = entries[0]?.receipt as SignedReceipt;
    const other = await stelaiOf(await newcomer());
    expect(await failure(other.reviews.review({ characterId, rating: 1, receipt }))).to.be.instanceOf(NotPayerError);
    const elsewhere = (await withCharacter()).characterId;
    const unfit = await failure(stelai.reviews.review({ characterId: elsewhere, rating: 1, receipt }));
    expect(unfit).to.be.instanceOf(UnfitReceiptError);
    await (await stelai.reviews.review({ characterId, rating: 4, receipt })).wait();
    expect(await stelai.reviews.getScore({ characterId })).to.deep.equal({ count: 1, sum: 4, average: 400 });
  });

  it("is refused of one's own character", async () => {
    const { characterId, creator } = await withCharacter({ monthly: 1_000_000n });
    const giver = await stelaiOf(await withCredits());
    await (await giver.access.gift({ characterId, account: creator.address, plan: "Monthly" })).wait();
    const owner = await stelaiOf(creator);
    expect(await failure(owner.reviews.review({ characterId, rating: 5 }))).to.be.instanceOf(OwnCharacterError);
  });
});
