import { type Votes, votesSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import { codeOf } from "../../test/periphery.ts";
import { buy, buyer, createWork } from "../../test/sales.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const MONTHLY = 1;
const CREDIT = 1_000_000n;

describe("helpful votes", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 3_000;
  /** Reviewed by `author`. */
  let subject: string;
  let author: PrivateKeyAccount;

  const customer = (): Promise<PrivateKeyAccount> => {
    people += 1;
    return buyer(world, people);
  };

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { CHAIN_POLL_MS: "60000" });
    author = await customer();
    const { workId, offerId } = await createWork(world, relayer, world.creator);
    const licenceId = await buy(world, author, offerId);
    const { chain, deliveries } = relayer.services;
    for (let block = 0; block <= chain.finalityBlocks; block += 1) await world.chain.request("evm_mine");
    await deliveries.work();
    await world.write(author, "Licenses", "accept", [licenceId]);
    await world.write(author, "WorkReviews", "review", [workId, licenceId, 4, ""]);
    subject = `work:${workId}`;
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  async function call(account: PrivateKeyAccount | undefined, path: string, method = "GET"): Promise<Response> {
    const headers = account === undefined ? {} : await signInAt(relayer, account);
    return fetch(`${relayer.url}${path}`, { method, headers });
  }
  const votes = async (account?: PrivateKeyAccount, of = subject): Promise<Votes> =>
    votesSchema.parse(await (await call(account, `/v1/votes/${of}`)).json());

  it("count once an account, and can be taken back", async () => {
    const [ann, ben] = [await customer(), await customer()];
    expect(await votes()).to.deep.equal({ votes: [], mine: null });
    const path = `/v1/votes/${subject}/${author.address.toLowerCase()}`;
    for (const account of [ann, ann, ben]) expect((await call(account, path, "PUT")).status).to.equal(204);
    expect(await votes(ann)).to.deep.equal({
      votes: [{ author: author.address, helpful: 2 }],
      mine: [author.address],
    });
    for (let again = 0; again < 2; again += 1) expect((await call(ann, path, "DELETE")).status).to.equal(204);
    expect(await votes(ann)).to.deep.equal({ votes: [{ author: author.address, helpful: 1 }], mine: [] });
    await call(ben, path, "DELETE");
  });

  it("are of reviews of characters, too", async () => {
    const characterId = await world.publish({ monthly: CREDIT });
    await world.write(author, "CharacterAccess", "subscribe", [characterId, MONTHLY, CREDIT, false, "0x"]);
    await world.write(author, "Reviews", "review", [characterId, 5, "ipfs://words"]);
    const of = `character:${characterId}`;
    const ann = await customer();
    expect((await call(ann, `/v1/votes/${of}/${author.address}`, "PUT")).status).to.equal(204);
    expect((await votes(undefined, of)).votes).to.deep.equal([{ author: author.address, helpful: 1 }]);
    expect((await votes()).votes).to.deep.equal([]);
  });

  it("are refused for one's own review, for one that is not there, and from nobody", async () => {
    const ann = await customer();
    const own = `/v1/votes/${subject}/${author.address}`;
    expect(await codeOf(await call(author, own, "PUT"))).to.equal("invalid_request");
    expect(await codeOf(await call(ann, `/v1/votes/${subject}/${ann.address.replace(/.$/, "0")}`, "PUT"))).to.equal(
      "not_found",
    );
    expect(await codeOf(await call(undefined, own, "PUT"))).to.equal("not_signed_in");
    expect(await codeOf(await call(ann, `/v1/votes/song:1/${author.address}`, "PUT"))).to.equal("invalid_request");
    expect((await votes()).votes).to.deep.equal([]);
  });

  it("are limited in how often one votes", async () => {
    const busy = await serveRelayer(world, { CHAIN_POLL_MS: "60000", RATE_WRITES_PER_MINUTE: "2" });
    try {
      const headers = await signInAt(busy, await customer());
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const url = `${busy.url}/v1/votes/${subject}/${author.address}`;
        statuses.push((await fetch(url, { method: "PUT", headers })).status);
      }
      expect(statuses).to.deep.equal([204, 204, 429]);
    } finally {
      await busy.stop();
    }
  });

  it("are so many a day of one network, however many accounts it has", async () => {
    const small = await serveRelayer(world, { CHAIN_POLL_MS: "60000", VOTES_PER_NETWORK_PER_DAY: "2" });
    try {
      const voters = [await customer(), await customer(), await customer()];
      const vote = async (account: PrivateKeyAccount) => {
        const headers = await signInAt(small, account);
        return fetch(`${small.url}/v1/votes/${subject}/${author.address}`, { method: "PUT", headers });
      };
      const statuses: number[] = [];
      // What is refused anyway does not count.
      for (const account of [author, ...voters]) statuses.push((await vote(account)).status);
      expect(statuses).to.deep.equal([400, 204, 204, 429]);
      const { votes: counted } = await small.services.people.votes.of(
        { kind: "work", id: BigInt(subject.slice(5)) },
        undefined,
      );
      expect(counted).to.deep.equal([{ author: author.address, helpful: 2 }]);
    } finally {
      await small.stop();
    }
  });

  it("are exported with the account and forgotten with it", async () => {
    const ann = await customer();
    await call(ann, `/v1/votes/${subject}/${author.address}`, "PUT");
    const exported = (await (await call(ann, "/v1/account/export")).json()) as { votes: { subject: string }[] };
    expect(exported.votes.map((vote) => vote.subject)).to.deep.equal([subject]);
    expect((await call(ann, "/v1/account", "DELETE")).status).to.equal(204);
    expect((await votes()).votes).to.deep.equal([]);
  });
});
