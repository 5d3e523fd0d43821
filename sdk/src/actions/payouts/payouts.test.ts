import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, people, stelaiOf, withCredits } from "../../../test/world.ts";
import { memoryStorage, NothingToClaimError, payeeOf, SplitAlreadyRegisteredError, sortShares } from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("Payouts", () => {
  let relayer: TestRelayer;
  before(async () => {
    relayer = await startTestRelayer();
  });
  after(() => relayer.stop());

  it("bring what a conversation paid through a split of a split to a creator, to the wei", async () => {
    const { operator } = await people();
    const [creator, partner] = [await newcomer(), await newcomer()];
    const mine = await stelaiOf(creator, { relayerUrl: relayer.url });
    const inner = sortShares([
      { recipient: payeeOf(creator.address), bps: 2_500 },
      { recipient: payeeOf(partner.address), bps: 7_500 },
    ]);
    const { split } = await (await mine.payouts.registerSplit({ shares: inner })).wait();
    expect(split).to.equal(mine.payouts.splitOf(inner));
    const shares = sortShares([
      { recipient: payeeOf(creator.address), bps: 6_000 },
      { recipient: split, bps: 4_000 },
    ]);
    const created = await mine.characters.create({
      modality: "Chat",
      metadataURI: "ipfs://card",
      terms: { perInference: 1_000_000n },
      operators: [operator.address],
      shares,
    });
    const { characterId, payee } = await created.wait();

    const payer = await stelaiOf(await withCredits({ eth: 0n }), { relayerUrl: relayer.url, storage: memoryStorage() });
    const { session } = await (await payer.tab.openSession({ cap: 5_000_000n })).wait();
    const messages = [{ role: "user" as const, content: "hello" }];
    await payer.generate.chat({ session, characterId, messages, maxTokens: 10 });
    await relayer.seal(session.tabId);
    await relayer.settle(session.tabId);
    expect(await mine.characters.getAccrued({ characterId })).to.equal(1_000_000n);
    const { amount } = await (await mine.characters.collect({ characterId })).wait();
    expect(amount).to.equal(1_000_000n);

    const [earning] = await mine.payouts.getEarnings({ payee });
    expect(earning?.gross).to.equal(10n ** 18n);
    const net = earning?.net ?? 0n;
    const steps = await mine.payouts.findFlows();
    const claimable = await mine.payouts.getClaimable({ steps });
    const throughInner = (((net * 4_000n) / 10_000n) * 2_500n) / 10_000n;
    expect(claimable).to.include({ direct: 0n, throughSplits: (net * 6_000n) / 10_000n + throughInner });
    const before = await mine.credits.getBalance();
    const claimed = await (await mine.payouts.claim({ steps: claimable.steps })).wait();
    expect(claimed.amount).to.equal(claimable.total);
    expect((await mine.credits.getBalance()).stelai - before.stelai).to.equal(claimable.total);
    expect((await mine.payouts.getClaimable({ steps })).total).to.equal(0n);
    expect(await failure(mine.payouts.claim({ steps }))).to.be.instanceOf(NothingToClaimError);

    const theirs = await stelaiOf(partner);
    const waiting = await theirs.payouts.getClaimable({ steps: await theirs.payouts.findFlows() });
    expect(waiting.total).to.equal((((net * 4_000n) / 10_000n) * 7_500n) / 10_000n);
    await (await mine.payouts.flow({ step: { shares: inner, index: waiting.steps[0]?.index ?? 0n } })).wait();
    const { floorPrice } = await theirs.credits.getSolvency();
    const cash = await theirs.payouts.claimAndRedeem({ steps: waiting.steps, minimum: 1n });
    expect((await cash.wait()).paid).to.equal((waiting.total * floorPrice) / 10n ** 18n);
  });

  it("register a split once", async () => {
    const stelai = await stelaiOf(await newcomer());
    const shares = [{ recipient: payeeOf((await newcomer({ eth: 0n, reserve: 0n })).address), bps: 10_000 }];
    await (await stelai.payouts.registerSplit({ shares })).wait();
    expect(await failure(stelai.payouts.registerSplit({ shares }))).to.be.instanceOf(SplitAlreadyRegisteredError);
  });
});
