import { charactersAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Hono } from "hono";
import { type PrivateKeyAccount, zeroHash } from "viem";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { cardRoutes } from "../routes/cards.ts";

const FREE = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };

describe("private cards", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery({ CARDS_PER_DAY: "8" });
    app = world.app(cardRoutes(world));
  });
  after(() => world.stop());

  const creator = () => world.account(0);
  const stranger = () => world.account(1);

  async function upload(account: PrivateKeyAccount, card: unknown): Promise<Response> {
    return app.request("/v1/cards", jsonRequest("PUT", card, await world.signIn(account)));
  }

  async function uploaded(account: PrivateKeyAccount, name: string): Promise<string> {
    const response = await upload(account, { name });
    expect(response.status).to.equal(200);
    return ((await response.json()) as { uri: string }).uri;
  }

  async function create(owner: PrivateKeyAccount, metadataURI: string): Promise<bigint> {
    const { Characters } = world.chain.contracts;
    const creation = {
      ...{ modality: 0, visibility: 2, payee: BigInt(owner.address), personaHash: zeroHash },
      ...{ metadataURI, terms: FREE, operators: [], shares: [] },
    };
    await world.write(owner, Characters, charactersAbi, "create", [creation]);
    return world.chain.client.readContract({ address: Characters, abi: charactersAbi, functionName: "count" });
  }

  function transfer(from: PrivateKeyAccount, to: PrivateKeyAccount, id: bigint): Promise<unknown> {
    const { Characters } = world.chain.contracts;
    return world.write(from, Characters, charactersAbi, "transferFrom", [from.address, to.address, id]);
  }

  it("are named by the SHA-256 of their canonical JSON, and keep nothing in the clear", async () => {
    const response = await upload(creator(), { tagline: "Keeps the light", name: "Mara" });
    expect(await response.json()).to.deep.equal({
      // printf '{"name":"Mara","tagline":"Keeps the light"}' | sha256sum
      uri: "stelai:card:4ed257de8c0e7e2ce5a82d920f2e4810094533d7e476737a0889a65985a160ba",
    });
    const rows = await world.store.db.query.cards.findMany();
    for (const row of rows) expect(Buffer.from(row.ciphertext).includes("Mara")).to.equal(false);
  });

  it("are refused from nobody, when they are no card or too large, and above the day's allowance", async () => {
    const anonymous = await app.request("/v1/cards", jsonRequest("PUT", { name: "Mara" }));
    expect(await codeOf(anonymous)).to.equal("not_signed_in");
    const account = world.account(2);
    expect(await codeOf(await upload(account, { tagline: "no name" }))).to.equal("invalid_request");
    expect(await codeOf(await upload(account, ["Mara"]))).to.equal("invalid_request");
    expect(await codeOf(await upload(account, { name: "Mara", x: "y".repeat(70_000) }))).to.equal("body_too_large");
    for (let left = 7; left > 0; left -= 1) expect((await upload(account, { name: "Mara" })).status).to.equal(200);
    expect(await codeOf(await upload(account, { name: "Mara" }))).to.equal("rate_limited");
  });

  it("belong to the character whose owner uploaded them and set their URI, also after it is sold", async () => {
    const uri = await uploaded(creator(), "Mara of the light");
    const id = await create(creator(), uri);
    expect((await world.people.cards.of(uri, id))?.name).to.equal("Mara of the light");
    expect((await world.people.personas.personaOf(id, zeroHash))?.name).to.equal("Mara of the light");
    await transfer(creator(), stranger(), id);
    expect((await world.people.cards.of(uri, id))?.name).to.equal("Mara of the light");
  });

  it("are given to no character whose URI was copied, not even when it is given to who uploaded them", async () => {
    const uri = await uploaded(creator(), "Mara in private");
    const copy = await create(stranger(), uri);
    expect(await world.people.cards.of(uri, copy)).to.equal(null);
    await transfer(stranger(), creator(), copy);
    expect(await world.people.cards.of(uri, copy)).to.equal(null);
  });

  it("follow an owner who names another one", async () => {
    const id = await create(creator(), await uploaded(creator(), "Before"));
    const uri = await uploaded(creator(), "After");
    await world.write(creator(), world.chain.contracts.Characters, charactersAbi, "setMetadata", [id, uri]);
    expect((await world.people.cards.of(uri, id))?.name).to.equal("After");
    expect(await world.people.cards.of("ipfs://card", id)).to.equal(null);
    expect(await world.people.cards.of(`stelai:card:${"0".repeat(64)}`, id)).to.equal(null);
  });
});
