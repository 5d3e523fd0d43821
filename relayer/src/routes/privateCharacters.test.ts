import { errorSchema, modelListSchema, modelSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { signInAt, speakAs } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRIVATE = 2;
const CREDIT = 1_000_000n;

describe("A private character", () => {
  let world: World;
  let relayer: ServedRelayer;
  let id: bigint;
  let free: bigint;
  const friend = () => world.account(0);
  const stranger = () => world.account(1);
  const holder = () => world.account(2);

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { RATE_FREE_PER_MINUTE: "1000", RATE_WRITES_PER_MINUTE: "1000" });
    id = await world.publish({ perInference: 1_000n, monthly: CREDIT }, { visibility: PRIVATE });
    free = await world.publish({}, { visibility: PRIVATE });
    await world.give(holder(), 10n);
    await allow(id, friend().address);
    await allow(free, friend().address);
    await relayer.watcher.look();
    await relayer.services.passes.work();
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const allow = (characterId: bigint, account: string, allowed = true) =>
    world.write(world.creator, "Characters", "setAllowed", [characterId, [account], allowed]);

  type Headers = Record<string, string>;
  const get = (path: string, headers: Headers = {}) => fetch(`${relayer.url}${path}`, { headers });
  const send = (path: string, body: unknown, headers: Headers = {}) =>
    fetch(`${relayer.url}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
  const chatOf = (characterId: bigint) => ({
    model: `stelai-${characterId}`,
    messages: [{ role: "user", content: "Hi" }],
    max_tokens: 16,
  });

  /** What each route that names the character answers. */
  async function answers(characterId: bigint, headers: Headers = {}): Promise<Record<string, Response>> {
    return {
      model: await get(`/v1/models/stelai-${characterId}`, headers),
      quote: await send("/v1/quotes", chatOf(characterId), headers),
      chat: await send("/v1/chat/completions", chatOf(characterId), headers),
      report: await send("/v1/reports", { characterId: String(characterId), reason: "spam" }, headers),
    };
  }

  async function codeOf(response: Response): Promise<string> {
    return errorSchema.parse(await response.json()).error.code;
  }

  it("answers model_not_found to strangers on every route, signed in or not, priced or free", async () => {
    const signedIn = await signInAt(relayer, stranger());
    for (const characterId of [id, free]) {
      for (const headers of [{}, signedIn, { Authorization: "Bearer sk-no-token-of-ours" }]) {
        for (const [route, response] of Object.entries(await answers(characterId, headers))) {
          expect([response.status, await codeOf(response)], route).to.deep.equal([404, "model_not_found"]);
        }
      }
    }
    const persona = await get(`/v1/characters/${id}/persona`, signedIn);
    expect([persona.status, await codeOf(persona)]).to.deep.equal([404, "model_not_found"]);
    const { data } = modelListSchema.parse(await (await get("/v1/models", signedIn)).json());
    for (const hidden of [id, free]) {
      expect(data.map(({ stelai }) => stelai.characterId)).not.to.include(hidden);
    }
  });

  it("says the same words to strangers as of a character that does not exist", async () => {
    const asked = { "X-Request-Id": "the-same" };
    const absent = await answers(9_999n, asked);
    for (const [route, response] of Object.entries(await answers(id, asked))) {
      const told = (await response.text()).replaceAll(`stelai-${id}`, "stelai-9999");
      expect(told, route).to.equal(await absent[route]?.text());
    }
  });

  it("is there for its owner and for who is on the allow list, by token and by session key", async () => {
    const key = privateKeyToAccount(generatePrivateKey());
    for (const headers of [
      await signInAt(relayer, world.creator),
      await signInAt(relayer, friend()),
      await speakAs(relayer, friend(), key),
      { ...(await speakAs(relayer, friend(), key)), Authorization: "Bearer sk-what-openai-clients-send" },
    ]) {
      const { model, quote, chat, report } = await answers(id, headers);
      expect(modelSchema.parse(await model?.json()).stelai).to.include({ characterId: id, visibility: "Private" });
      expect(model?.headers.get("Cache-Control")).to.equal("private, no-store");
      expect(quote?.status).to.equal(200);
      expect([chat?.status, chat && (await codeOf(chat))]).to.deep.equal([402, "payment_required"]);
      expect(report?.status).to.equal(202);
      expect((await answers(free, headers)).chat?.status).to.equal(200);
    }
  });

  it("is paid by the tab of who may use it, without a sign-in; nothing is held of a stranger's", async () => {
    const tab = await world.openTab(CREDIT);
    const client = relayer.client(tab);
    const refused = await client.ask(id);
    expect([refused.status, refused.error?.code]).to.deep.equal([404, "model_not_found"]);
    expect(await client.status()).to.include({ reserved: 0n, cumulative: 0n });
    expect(relayer.services.metering.tabs).to.be.an("object");
    await allow(id, world.payer.address);
    await relayer.watcher.look();
    const answer = await client.ask(id);
    expect(answer.status).to.equal(200);
    expect(answer.receipt?.amount).to.equal(1_000n);
    await allow(id, world.payer.address, false);
    await relayer.watcher.look();
    expect((await client.ask(id)).status).to.equal(404);
  });

  it("is not shown to who names a friend's tab without its key", async () => {
    const tab = await world.openTab(CREDIT);
    await allow(id, world.payer.address);
    await relayer.watcher.look();
    const thief = await relayer.client(tab).ask(id, { key: privateKeyToAccount(generatePrivateKey()) });
    expect([thief.status, thief.error?.code]).to.deep.equal([404, "model_not_found"]);
    await allow(id, world.payer.address, false);
  });

  it("is there as soon as a pass was bought by who may buy, and stays while that runs off the list", async () => {
    const headers = await signInAt(relayer, holder());
    expect((await get(`/v1/models/stelai-${id}`, headers)).status).to.equal(404);
    await allow(id, holder().address);
    await world.write(holder(), "CharacterAccess", "subscribe", [id, 1, CREDIT, false, "0x"]);
    await allow(id, holder().address, false);
    await relayer.watcher.look();
    expect((await get(`/v1/models/stelai-${id}`, headers)).status).to.equal(200);
    await world.write(holder(), "CharacterAccess", "cancelNow", [id, 0n]);
    await relayer.watcher.look();
    expect((await get(`/v1/models/stelai-${id}`, headers)).status).to.equal(404);
  });

  it("is gone for the friends of its seller when it is sold", async () => {
    const sold = await world.publish({}, { visibility: PRIVATE });
    await allow(sold, friend().address);
    await relayer.watcher.look();
    const headers = await signInAt(relayer, friend());
    expect((await get(`/v1/models/stelai-${sold}`, headers)).status).to.equal(200);
    const { address } = stranger();
    await world.write(world.creator, "Characters", "transferFrom", [world.creator.address, address, sold]);
    await relayer.watcher.look();
    expect((await get(`/v1/models/stelai-${sold}`, headers)).status).to.equal(404);
    expect((await get(`/v1/models/stelai-${sold}`, await signInAt(relayer, stranger()))).status).to.equal(200);
  });

  it("is hidden as soon as a public one becomes private", async () => {
    const shown = await world.publish({});
    const headers = await signInAt(relayer, stranger());
    expect((await get(`/v1/models/stelai-${shown}`, headers)).status).to.equal(200);
    await world.write(world.creator, "Characters", "setVisibility", [shown, PRIVATE]);
    await relayer.watcher.look();
    expect((await get(`/v1/models/stelai-${shown}`, headers)).status).to.equal(404);
  });

  it("is listed by /v1/shared for those who may use it, and for nobody else", async () => {
    const ids = async (account: Parameters<typeof signInAt>[1]) => {
      const response = await get("/v1/shared", await signInAt(relayer, account));
      return modelListSchema.parse(await response.json()).data.map(({ stelai }) => stelai.characterId);
    };
    await relayer.services.passes.work();
    expect(await ids(friend())).to.have.members([id, free]);
    expect(await ids(world.creator)).to.include.members([id, free]);
    expect(await ids(stranger())).not.to.include(id);
    expect(await codeOf(await get("/v1/shared"))).to.equal("not_signed_in");
    await allow(free, friend().address, false);
    await relayer.watcher.look();
    expect(await ids(friend())).to.have.members([id]);
  });

  it("refuses a blocked account, and says when a sign-in has lapsed", async () => {
    const headers = await signInAt(relayer, friend());
    await relayer.services.people.blocklist.blockAccount(friend().address, "test");
    expect(await codeOf(await get(`/v1/models/stelai-${id}`, headers))).to.equal("blocked");
    await relayer.services.people.blocklist.unblockAccount(friend().address);
    await fetch(`${relayer.url}/v1/auth/session`, { method: "DELETE", headers });
    for (const characterId of [id, 9_999n]) {
      expect(await codeOf(await get(`/v1/models/stelai-${characterId}`, headers))).to.equal("not_signed_in");
    }
  });
});
