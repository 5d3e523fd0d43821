import {
  characterVersionsSchema,
  modelSchema,
  type Notification,
  type Notifications,
  notificationsSchema,
} from "@stelai/sdk/wire";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import { signInAt } from "../../../test/signIn.ts";
import { answer } from "../../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../../test/world.ts";
import { tables } from "../../store/index.ts";
import { ChainEvents } from "./chainEvents.ts";

const CREDIT = 1_000_000n;
const MONTHLY = 1;

describe("notifications", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 0;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { RATE_WRITES_PER_MINUTE: "1000", CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  function newcomer(): PrivateKeyAccount {
    people += 1;
    return world.account(people);
  }

  async function call(account: PrivateKeyAccount, path: string, method = "GET", body?: unknown): Promise<Response> {
    const headers = await signInAt(relayer, account);
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return fetch(`${relayer.url}${path}`, init);
  }

  async function feed(account: PrivateKeyAccount, query = ""): Promise<Notifications> {
    return notificationsSchema.parse(await (await call(account, `/v1/notifications${query}`)).json());
  }

  /** What an account was told of this kind, after everything on the chain was seen. */
  async function told(account: PrivateKeyAccount, kind: Notification["kind"]): Promise<Notification[]> {
    await relayer.watcher.look();
    await relayer.events.look();
    return (await feed(account)).notifications.filter((one) => one.kind === kind);
  }

  const gift = async (id: bigint, from: PrivateKeyAccount, to: PrivateKeyAccount) =>
    world.write(from, "CharacterAccess", "gift", [id, to.address, MONTHLY, CREDIT, "0x"]);

  it("tell of a gift, once however often and by however many the chain is read", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const [ann, ben] = [newcomer(), newcomer()];
    await world.give(ann, 20n);
    await gift(id, ann, ben);
    const [notice] = await told(ben, "gift");
    expect(notice).to.include({ characterId: id, read: false });
    expect(notice?.data).to.include({ from: ann.address, plan: "Monthly" });
    const { services } = relayer;
    const { store, chain, people: all, log } = services;
    const another = () => new ChainEvents({ store, chain, registry: services.characters, ...all, log }).look();
    await Promise.all([another(), another(), relayer.events.look()]);
    // As if it was read for the first time after a restart that lost its place.
    await store.db.delete(tables.chainEvents);
    await another();
    expect(await told(ben, "gift")).to.have.length(1);
    expect(await told(ann, "gift")).to.have.length(0);
  });

  it("are taken back when a reorganisation removes what they tell of, and told again when it comes back", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const [ann, ben] = [newcomer(), newcomer()];
    await world.give(ann, 20n);
    const snapshot = await world.chain.request("evm_snapshot");
    await gift(id, ann, ben);
    expect(await told(ben, "gift")).to.have.length(1);
    await world.chain.request("evm_revert", [snapshot]);
    await world.chain.request("hardhat_mine", ["0x3"]);
    expect(await told(ben, "gift")).to.have.length(0);
    await gift(id, ann, ben);
    expect(await told(ben, "gift")).to.have.length(1);
  });

  it("tell who is put on an allow list and was here before, and no stranger's feed", async () => {
    const id = await world.publish({}, { visibility: 2 });
    const [ann, stranger] = [newcomer(), newcomer()];
    await feed(ann);
    await world.write(world.creator, "Characters", "setAllowed", [id, [ann.address, stranger.address], true]);
    const [notice] = await told(ann, "invited");
    expect(notice).to.include({ characterId: id });
    expect(notice?.data).to.deep.equal({ owner: world.creator.address });
    expect(await told(stranger, "invited")).to.have.length(0);
  });

  it("tell of an invitation once for each private character, and of none to a public one", async () => {
    const [id, open] = [await world.publish({}, { visibility: 2 }), await world.publish({})];
    const ann = newcomer();
    await feed(ann);
    const allow = (to: bigint, allowed: boolean) =>
      world.write(world.creator, "Characters", "setAllowed", [to, [ann.address], allowed]);
    for (const allowed of [true, false, true]) await allow(id, allowed);
    await allow(open, true);
    expect((await told(ann, "invited")).map(({ characterId }) => characterId)).to.deep.equal([id]);
    for (const allowed of [false, true]) await allow(id, allowed);
    const other = await world.publish({}, { visibility: 2 });
    await allow(other, true);
    expect((await told(ann, "invited")).map(({ characterId }) => characterId)).to.deep.equal([other, id]);
  });

  it("tell an owner of reviews, and who wrote one of the reply", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const ann = newcomer();
    await world.give(ann, 20n);
    await world.write(ann, "CharacterAccess", "subscribe", [id, MONTHLY, CREDIT, false, "0x"]);
    await world.write(ann, "Reviews", "review", [id, 4, "ipfs://words"]);
    await world.write(world.creator, "Reviews", "reply", [id, ann.address, "ipfs://thanks"]);
    await world.write(world.creator, "Reviews", "reply", [id, ann.address, "ipfs://thanks-again"]);
    const [review] = await told(world.creator, "review");
    expect(review?.data).to.deep.equal({ author: ann.address, rating: 4 });
    expect(await told(ann, "reply")).to.have.length(1);
  });

  it("sum an account's earnings up by day, and take off what a reorganisation removes", async () => {
    const ann = newcomer();
    await feed(world.creator);
    await world.give(ann, 20n);
    const ids = [await world.publish({ monthly: 3n * CREDIT }), await world.publish({ monthly: 3n * CREDIT })];
    for (const id of ids)
      await world.write(ann, "CharacterAccess", "subscribe", [id, MONTHLY, 3n * CREDIT, false, "0x"]);
    // Into the first hours of a day, so that both are earned in one.
    const { timestamp } = relayer.services.chain.head();
    await world.pass(86_400 - Number(timestamp % 86_400n) + 3_600);
    await world.write(ann, "CharacterAccess", "harvest", [ids[0], 100n]);
    const [first] = await told(world.creator, "payout");
    const snapshot = await world.chain.request("evm_snapshot");
    await world.write(ann, "CharacterAccess", "harvest", [ids[1], 100n]);
    const after = await told(world.creator, "payout");
    expect(BigInt(first?.data.amount ?? 0) > 0n).to.equal(true);
    await world.chain.request("evm_revert", [snapshot]);
    await world.chain.request("hardhat_mine", ["0x4"]);
    const back = await told(world.creator, "payout");
    expect(after[0]?.id).to.equal(first?.id);
    expect(BigInt(after[0]?.data.wei ?? 0)).to.equal(2n * BigInt(first?.data.wei ?? 0));
    expect(after[0]?.data.amount).to.equal(String(BigInt(after[0]?.data.wei ?? 0) / 10n ** 12n));
    expect(back[0]?.data).to.deep.equal(first?.data);
  });

  it("tell followers of a public character, and of no private one", async () => {
    const ann = newcomer();
    expect((await call(ann, `/v1/follows/${world.creator.address}`, "PUT")).status).to.equal(204);
    const id = await world.publish({});
    await world.publish({}, { visibility: 2 });
    const notices = await told(ann, "character_published");
    expect(notices.map(({ characterId }) => characterId)).to.deep.equal([id]);
  });

  it("tell who holds a pass or talked lately of a change, count it as a version, and not the owner", async () => {
    const id = await world.publish({ monthly: CREDIT });
    const [holder, talker, other] = [newcomer(), newcomer(), newcomer()];
    await world.give(holder, 20n);
    await world.write(holder, "CharacterAccess", "subscribe", [id, MONTHLY, CREDIT, false, "0x"]);
    await relayer.watcher.look();
    await relayer.services.passes.work();
    relayer.services.people.talks.note(id, talker.address, (error) => {
      throw error;
    });
    await world.write(world.creator, "Characters", "setPersona", [id, `0x${"11".repeat(32)}`]);
    for (const one of [holder, talker]) {
      const [notice] = await told(one, "character_changed");
      expect(notice?.data).to.deep.equal({ change: "persona" });
    }
    expect(await told(other, "character_changed")).to.have.length(0);
    expect(await told(world.creator, "character_changed")).to.have.length(0);

    await call(world.creator, `/v1/characters/${id}/knowledge?name=a.txt`, "POST", "The tide turns at noon.");
    expect((await told(talker, "character_changed")).map(({ data }) => data.change)).to.deep.equal([
      ...["knowledge", "persona"],
    ]);
    const response = await fetch(`${relayer.url}/v1/characters/${id}/versions`);
    const { versions } = characterVersionsSchema.parse(await response.json());
    expect(versions.map(({ version, kind }) => `${version} ${kind}`)).to.deep.equal([
      ...["3 knowledge", "2 persona", "1 published"],
    ]);
  });

  it("say in the catalogue how often persona and engine changed, and tell users of another engine", async () => {
    const id = await world.publish({});
    const ann = newcomer();
    await told(ann, "gift");
    const { versions, talks } = relayer.services.people;
    talks.note(id, ann.address, () => {});
    await world.pass(10);
    await relayer.watcher.look();
    await versions.engineIs("another model", relayer.services.characters.all());
    await versions.engineIs("another model", relayer.services.characters.all());
    const [notice, ...more] = await told(ann, "character_changed");
    expect(notice?.data).to.deep.equal({ change: "engine", engine: "another model" });
    expect(more).to.deep.equal([]);
    const model = modelSchema.parse(await (await fetch(`${relayer.url}/v1/models/stelai-${id}`)).json());
    expect(model.stelai.persona.version).to.equal(2);
    expect(model.stelai.persona.changedAt).to.equal(Number(relayer.services.chain.head().timestamp));
  });

  it("hide the versions of a private character from strangers", async () => {
    const id = await world.publish({}, { visibility: 2 });
    await relayer.watcher.look();
    const response = await call(newcomer(), `/v1/characters/${id}/versions`);
    expect(response.status).to.equal(404);
    expect((await call(world.creator, `/v1/characters/${id}/versions`)).status).to.equal(200);
  });

  it("come in pages, newest first, and are read up to where one has seen them", async () => {
    const ann = newcomer();
    const tell = (key: string) =>
      relayer.services.people.feed.tell({
        ...{ key, account: ann.address, kind: "pass_ended", characterId: 1n, data: { until: key } },
      });
    for (const key of ["1", "2", "3", "3"]) await tell(key);
    const page = await feed(ann, "?limit=2");
    expect(page.notifications.map(({ data }) => data.until)).to.deep.equal(["3", "2"]);
    expect(page.unread).to.equal(3);
    const rest = await feed(ann, `?limit=2&before=${page.next}`);
    expect(rest.notifications.map(({ data }) => data.until)).to.deep.equal(["1"]);
    expect(rest.next).to.equal(null);
    const upTo = page.notifications[1]?.id ?? "";
    expect((await call(ann, "/v1/notifications/read", "POST", { upTo })).status).to.equal(204);
    expect((await feed(ann)).notifications.map(({ read }) => read)).to.deep.equal([false, true, true]);
    expect((await call(ann, "/v1/notifications/read", "POST", { upTo: "x" })).status).to.equal(400);
    expect((await fetch(`${relayer.url}/v1/notifications`)).status).to.equal(401);
  });
});
