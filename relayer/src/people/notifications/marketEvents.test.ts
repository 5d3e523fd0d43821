import { type Notification, notificationsSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import { buy, buyer, createWork, PRICE } from "../../../test/sales.ts";
import { signInAt } from "../../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../../test/world.ts";
import { DELIVERY, INSPECTION } from "../../chain/market.ts";
import { ChainEvents } from "./chainEvents.ts";

describe("notices of works and licences", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 2_000;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { RATE_WRITES_PER_MINUTE: "1000", CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const customer = (): Promise<PrivateKeyAccount> => {
    people += 1;
    return buyer(world, people);
  };

  /** What an account was told of these kinds, after everything on the chain was seen. */
  async function told(account: PrivateKeyAccount, ...kinds: Notification["kind"][]): Promise<Notification[]> {
    await relayer.watcher.look();
    await relayer.events.look();
    const headers = await signInAt(relayer, account);
    const response = await fetch(`${relayer.url}/v1/notifications?limit=100`, { headers });
    const { notifications } = notificationsSchema.parse(await response.json());
    return notifications.filter(({ kind }) => kinds.includes(kind));
  }
  /** A purchase that is final, and attested. */
  async function delivered(account: PrivateKeyAccount, offerId: bigint): Promise<bigint> {
    const licenceId = await buy(world, account, offerId);
    const { deliveries, chain } = relayer.services;
    for (let block = 0; block <= chain.finalityBlocks; block += 1) await world.chain.request("evm_mine");
    await deliveries.work();
    return licenceId;
  }

  it("tell the owner of a sale, the holder of the delivery, and both when the seller is paid", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { workId, offerId } = await createWork(world, relayer, seller);
    const licenceId = await delivered(ann, offerId);
    const [sold] = await told(seller, "work_sold");
    expect(sold).to.include({ workId, characterId: null });
    expect(sold?.data).to.deep.equal({
      ...{ licenceId: String(licenceId), tier: "Personal", price: String(PRICE), buyer: ann.address },
    });
    const [got] = await told(ann, "licence_delivered");
    expect(got).to.include({ workId });
    expect(got?.data).to.deep.equal({ licenceId: String(licenceId) });
    await world.write(ann, "Licenses", "accept", [licenceId]);
    const data = { licenceId: String(licenceId), price: String(PRICE) };
    expect((await told(ann, "licence_released")).map((one) => one.data)).to.deep.equal([{ ...data, as: "holder" }]);
    expect((await told(seller, "licence_released")).map((one) => one.data)).to.deep.equal([{ ...data, as: "seller" }]);
    expect(await told(ann, "work_sold")).to.have.length(0);
  });

  it("tell the seller of a dispute and the holder of the refund, with the bond", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { offerId } = await createWork(world, relayer, seller);
    const licenceId = await delivered(ann, offerId);
    await world.write(ann, "Licenses", "dispute", [licenceId, ""]);
    const [disputed] = await told(seller, "licence_disputed");
    expect(disputed?.data).to.deep.equal({ licenceId: String(licenceId), holder: ann.address });
    await world.pass(Number(8n * 86_400n));
    await relayer.services.deliveries.work();
    const [refunded] = await told(ann, "licence_refunded");
    expect(refunded?.data).to.deep.equal({ licenceId: String(licenceId), amount: String((PRICE * 105n) / 100n) });
    expect(await told(seller, "licence_released")).to.have.length(0);
  });

  it("tell the holder of a refund when nothing came in time", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { workId, offerId } = await createWork(world, relayer, seller, { deposited: false });
    await delivered(ann, offerId);
    await world.pass(Number(DELIVERY + 1n));
    await relayer.services.deliveries.work();
    const [refunded] = await told(ann, "licence_refunded");
    expect(refunded).to.include({ workId });
    expect(refunded?.data.amount).to.equal(String(PRICE));
  });

  it("tell whom the offer pays when the work changed hands since", async () => {
    const [seller, owner, ann] = [await customer(), await customer(), await customer()];
    const { workId, offerId } = await createWork(world, relayer, seller);
    const licenceId = await delivered(ann, offerId);
    await told(seller);
    await world.write(seller, "Works", "transferFrom", [seller.address, owner.address, workId]);
    await world.pass(Number(INSPECTION + 1n));
    await relayer.services.deliveries.work();
    const paid = await told(seller, "licence_released");
    expect(paid.map(({ data }) => data.licenceId)).to.deep.equal([String(licenceId)]);
    expect(await told(owner, "licence_released")).to.have.length(0);
  });

  it("tell who sold a work or a licence on", async () => {
    const [seller, ann, ben] = [await customer(), await customer(), await customer()];
    const { workId, offerId } = await createWork(world, relayer, seller, { tier: "Commercial" });
    const licenceId = await delivered(ann, offerId);
    await world.write(ann, "Licenses", "accept", [licenceId]);
    const { Works, Licenses } = world.chain.deployment.contracts;
    for (const [from, collection, id] of [
      [ann, Licenses, licenceId],
      [seller, Works, workId],
    ] as const) {
      await world.write(from, "Resale", "list", [collection, id, PRICE, 2n ** 40n - 1n]);
      await world.write(ben, "Resale", "buy", [collection, id, PRICE, ben.address]);
    }
    const sold = { price: String(PRICE), buyer: ben.address };
    const [licence] = await told(ann, "work_resold");
    expect(licence).to.include({ workId });
    expect(licence?.data).to.deep.equal({ ...sold, licenceId: String(licenceId) });
    const [work] = await told(seller, "work_resold");
    expect(work?.data).to.deep.equal({ ...sold, licenceId: null });
  });

  it("tell the owner of a review, and its author of the reply, but not of one that is taken back", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { workId, offerId } = await createWork(world, relayer, seller);
    const licenceId = await delivered(ann, offerId);
    await world.write(ann, "Licenses", "accept", [licenceId]);
    await world.write(ann, "WorkReviews", "review", [workId, licenceId, 5, ""]);
    await world.write(seller, "WorkReviews", "reply", [workId, ann.address, "ipfs://thanks"]);
    await world.write(seller, "WorkReviews", "reply", [workId, ann.address, ""]);
    // Answering again the same day is no news.
    await world.write(seller, "WorkReviews", "reply", [workId, ann.address, "ipfs://thanks-again"]);
    expect((await told(seller, "work_review")).map(({ data }) => data)).to.deep.equal([
      { author: ann.address, rating: 5 },
    ]);
    const replies = await told(ann, "work_review_reply");
    expect(replies.map(({ workId: id, data }) => ({ id, data }))).to.deep.equal([
      { id: workId, data: { owner: seller.address } },
    ]);
  });

  it("tell of an answer once a day and review: again the next day, and of another work's the same day", async () => {
    const { address: account } = await customer();
    const { feed } = relayer.services.people;
    const at = new Date(Date.now() - 3 * 86_400_000);
    const answers = [
      [1n, 0],
      [1n, 0],
      [2n, 0],
      [1n, 1],
    ] as const;
    for (const [index, [workId, days]] of answers.entries()) {
      const entry = {
        account,
        kind: "work_review_reply",
        characterId: null,
        workId,
        data: { owner: account },
      } as const;
      const day = new Date(at.getTime() + days * 86_400_000);
      await feed.write([{ ...entry, source: `answer ${index}`, at: day, once: "day" }]);
    }
    expect((await feed.all(account)).map(({ workId }) => workId)).to.deep.equal([1n, 2n, 1n]);
  });

  it("are taken back when a reorganisation removes what they tell of", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { offerId } = await createWork(world, relayer, seller);
    const snapshot = await world.chain.request("evm_snapshot");
    await buy(world, ann, offerId);
    expect(await told(seller, "work_sold")).to.have.length(1);
    await world.chain.request("evm_revert", [snapshot]);
    await world.chain.request("evm_mine");
    expect(await told(seller, "work_sold")).to.have.length(0);
  });

  it("tell nothing of events of long ago, however late they become known", async () => {
    const [seller, ann] = [await customer(), await customer()];
    const { offerId } = await createWork(world, relayer, seller);
    await buy(world, ann, offerId);
    const { store, chain, characters, people: all, log } = relayer.services;
    // The chain's clock is ahead of ours by all that passed above: three days later by ours is later still.
    const later = Number(chain.head().timestamp) * 1_000 + 3 * 86_400_000;
    const now = Date.now;
    Date.now = () => later;
    try {
      await chain.refresh();
      await new ChainEvents({ store, chain, registry: characters, ...all, log }).look();
    } finally {
      Date.now = now;
    }
    expect(await told(seller, "work_sold")).to.have.length(0);
  });
});
