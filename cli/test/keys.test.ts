import type { Stelai } from "@stelai/sdk";
import { expect } from "chai";
import OpenAI from "openai";
import { type Person, testWorld, until, type World } from "./world.ts";

const messages = [{ role: "user" as const, content: "Who are you?" }];

describe("The command line, for API keys", () => {
  let world: World;
  let payer: Person;
  let reader: Stelai;
  let model: string;
  let made: { id: string; key: string; baseUrl: string; prefix: string; tab: { tabId: string; capMicro: string } };

  before(async function () {
    this.timeout(300_000);
    world = await testWorld();
    payer = await world.withCredits();
    // The operator sponsors.
    await world.setEth(payer.address, 0n);
    reader = world.stelaiOf(undefined, { relayerUrl: world.first.url });
    const { wait } = await world.stelaiOf(await world.newcomer()).characters.create({
      ...{ modality: "Chat", metadataURI: "ipfs://card", terms: { perInference: 100_000n } },
      operators: [world.first.address],
    });
    const { characterId } = await wait();
    model = `stelai-${characterId}`;
    await until(
      () => reader.characters.getModel({ characterId }).catch(() => null),
      (found) => found !== null,
    );
  });

  const held = async () => (await reader.credits.getBalance({ account: payer.address })).stelai;
  const list = async () => JSON.parse((await world.run(["keys", "list", "--json"], payer)).out).keys;

  it("makes one with its cap, told this once, that an OpenAI client pays by as it is", async () => {
    const none = await world.run(["keys", "list"], payer);
    expect(none.out).to.include("has no API key").and.to.include("stelai keys create");
    const before = await held();
    const created = await world.run(["keys", "create", "My bot", "--cap", "2", "--days", "7", "--json"], payer);
    expect(created.code, created.error).to.equal(0);
    made = JSON.parse(created.out);
    expect(made).to.include({ name: "My bot", state: "active", baseUrl: `${world.first.url}/v1` });
    expect(made.key).to.match(/^sk-stelai-[\w-]{43}$/);
    expect(before - (await held()) >= 2n * 10n ** 18n).to.equal(true);
    const { expiry } = await reader.tab.getTab({ operator: world.first.address, tabId: BigInt(made.tab.tabId) });
    const { timestamp } = await world.client.getBlock();
    // Rounded up to four hours.
    expect(Number(expiry - timestamp) / 3_600).to.be.within(7 * 24 - 0.1, 7 * 24 + 4);

    const openai = new OpenAI({ baseURL: made.baseUrl, apiKey: made.key });
    const { choices } = await openai.chat.completions.create({ model, messages });
    expect(choices[0]?.message.content).to.equal(world.first.upstream.says);
  });

  it("shows each with what is left of it, and never the key itself", async () => {
    const [one] = await list();
    expect(one).to.include({ id: made.id, state: "active", prefix: made.key.slice(0, 14) });
    expect(one.tab.capMicro).to.equal("2000000");
    expect(Number(one.tab.spentMicro)).to.be.greaterThan(100_000);
    const { out } = await world.run(["keys", "list"], payer);
    expect(out)
      .to.include(made.id)
      .and.to.include("My bot")
      .and.to.match(/active +0\.1\d* +1\.8\d*/);
    expect(out).to.not.include(made.key);
    expect(await world.run(["keys", "list", "--json"], await world.newcomer())).to.satisfy(
      ({ out: theirs }: { out: string }) => JSON.parse(theirs).keys.length === 0,
    );
  });

  it("ends one at once: it is refused, and what it did not spend is back", async () => {
    const before = await held();
    const [{ tab }] = await list();
    const revoked = await world.run(["keys", "revoke", made.id], payer);
    expect(revoked.code, revoked.error).to.equal(0);
    expect(revoked.out).to.match(/revoked +My bot/);
    const openai = new OpenAI({ baseURL: made.baseUrl, apiKey: made.key, maxRetries: 0 });
    const refused = await openai.chat.completions.create({ model, messages }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(OpenAI.AuthenticationError);
    const back = await until(held, (now) => now > before);
    expect(back - before).to.equal((2_000_000n - BigInt(tab.spentMicro)) * 10n ** 12n);
    expect((await list())[0]).to.include({ id: made.id, state: "revoked" });
  });

  it("is sent by the wallet when that is asked for, and then needs its gas", async () => {
    const words = ["keys", "create", "second", "--cap", "1.5", "--by", "wallet", "--json"];
    const without = await world.run(words, payer);
    expect(without.code).to.equal(1);
    expect(JSON.parse(without.out).error).to.include({ name: "InsufficientEthError", moneyMoved: "no" });
    await world.setEth(payer.address, 10n ** 18n);
    const { code, out, error } = await world.run(words, payer);
    expect(code, error).to.equal(0);
    expect(JSON.parse(out).tab.capMicro).to.equal("1500000");
    expect((await list()).map(({ name }: { name: string }) => name)).to.include("second");
  });

  it("is not made without the credits for it: nothing moves, and none is left behind", async () => {
    const before = (await list()).filter(({ state }: { state: string }) => state === "active").length;
    for (const by of ["operator", "wallet"]) {
      const words = ["keys", "create", "too much", "--cap", "900000", "--by", by, "--json"];
      const { code, out } = await world.run(words, payer);
      expect([by, code]).to.deep.equal([by, 1]);
      expect(JSON.parse(out).error, by).to.include({ moneyMoved: "no" });
    }
    const states = (await list()).map(({ state }: { state: string }) => state);
    expect(states.filter((state: string) => state === "active")).to.have.length(before);
    expect(states).to.not.include("unfunded");
  });

  const wrongUses: [string, string[], RegExp][] = [
    ["no cap", ["create", "bot"], /--cap/],
    ["a cap that is no amount", ["create", "bot", "--cap", "much"], /--cap must be credits/],
    ["a cap of nothing", ["create", "bot", "--cap", "0"], /more than 0/],
    ["days that are none", ["create", "bot", "--cap", "1", "--days", "0"], /--days must be/],
    ["somebody else who sends it", ["create", "bot", "--cap", "1", "--by", "me"], /operator or wallet/],
    ["no name", ["create", " ", "--cap", "1"], /1 to 60 characters/],
    ["a key in place of its id", ["revoke", `sk-stelai-${"a".repeat(43)}`], /never an argument/],
  ];
  it("ends with 2 and says how it is used, whatever is wrong with the words", async () => {
    for (const [what, words, says] of wrongUses) {
      const { code, error } = await world.run(["keys", ...words], payer);
      expect(code, what).to.equal(2);
      expect(error, what).to.match(says);
    }
    const nobody = await world.run(["keys", "list"]);
    expect([nobody.code, nobody.error.includes("STELAI_PRIVATE_KEY")]).to.deep.equal([2, true]);
  });

  it("ends with 1 for a key that is not the account's", async () => {
    const stranger = await world.run(["keys", "revoke", made.id], await world.newcomer());
    expect([stranger.code, stranger.error.includes("Nothing was revoked.")]).to.deep.equal([1, true]);
  });
});
