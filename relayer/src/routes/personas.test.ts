import { charactersAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Hono } from "hono";
import { type Hex, keccak256, type PrivateKeyAccount, stringToHex, zeroAddress } from "viem";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import type { Character } from "../chain/characters.ts";
import { UnavailableError } from "../errors.ts";
import type { AppEnv } from "../http.ts";
import { Minds } from "../inference/minds.ts";
import { ChainCharacters, NO_PERSONA } from "../people/characterSource.ts";
import { createPeople } from "../people/index.ts";
import { personaRoutes } from "./personas.ts";

const PERSONA = {
  systemPrompt: "You keep a lighthouse.  ",
  name: "Mara",
  openers: ["Who are you?"],
  greeting: "Ahoy ✨",
};
const CANONICAL =
  '{"greeting":"Ahoy ✨","name":"Mara","openers":["Who are you?"],"systemPrompt":"You keep a lighthouse.  "}';
const STYLE = {
  kind: "style",
  name: "Slate",
  instructions: "Cold light, few things.",
  look: { scene: "seascape", line: "ink", palette: ["#0B6557", "#F6F3EC"], grain: 0.25 },
};
const FREE = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };

describe("personas", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;
  let salts = 0;

  before(async () => {
    world = await startPeriphery();
    app = world.app(personaRoutes(world));
  });
  after(() => world.stop());

  function newSalt(): Hex {
    salts += 1;
    return keccak256(stringToHex(`salt ${salts}`));
  }

  async function upload(account: PrivateKeyAccount, salt: Hex, persona: unknown = PERSONA): Promise<Response> {
    return app.request("/v1/personas", jsonRequest("PUT", { persona, salt }, await world.signIn(account)));
  }

  async function uploaded(account: PrivateKeyAccount, salt = newSalt(), persona: unknown = PERSONA): Promise<Hex> {
    const response = await upload(account, salt, persona);
    expect(response.status).to.equal(200);
    return ((await response.json()) as { personaHash: Hex }).personaHash;
  }

  async function create(owner: PrivateKeyAccount, personaHash: Hex, metadataURI = "ipfs://card"): Promise<bigint> {
    const { Characters } = world.chain.contracts;
    const creation = {
      modality: 0,
      visibility: 0,
      payee: BigInt(owner.address),
      personaHash,
      metadataURI,
      terms: FREE,
      operators: [],
      shares: [],
    };
    await world.write(owner, Characters, charactersAbi, "create", [creation]);
    return world.chain.client.readContract({ address: Characters, abi: charactersAbi, functionName: "count" });
  }

  function transfer(from: PrivateKeyAccount, to: PrivateKeyAccount, id: bigint): Promise<Hex> {
    const { Characters } = world.chain.contracts;
    return world.write(from, Characters, charactersAbi, "transferFrom", [from.address, to.address, id]);
  }

  function setPersona(owner: PrivateKeyAccount, id: bigint, personaHash: Hex): Promise<Hex> {
    return world.write(owner, world.chain.contracts.Characters, charactersAbi, "setPersona", [id, personaHash]);
  }

  async function read(account: PrivateKeyAccount, id: bigint | string): Promise<Response> {
    return app.request(`/v1/characters/${id}/persona`, { headers: await world.signIn(account) });
  }

  const creator = () => world.account(0);
  const stranger = () => world.account(1);

  it("gives the hash of salt and canonical JSON, of the persona exactly as it was sent", async () => {
    const salt = newSalt();
    const expected = keccak256(`${salt}${stringToHex(CANONICAL).slice(2)}`);
    expect(await uploaded(creator(), salt)).to.equal(expected);
  });

  it("keeps nothing of a persona in the clear", async () => {
    await uploaded(creator());
    const rows = await world.store.db.query.personas.findMany();
    expect(rows.length).to.be.greaterThan(0);
    for (const row of rows) expect(Buffer.from(row.ciphertext).includes("lighthouse")).to.equal(false);
  });

  it("refuses what is no persona, is too large, or comes from nobody", async () => {
    expect(await codeOf(await upload(creator(), newSalt(), { name: "Mara" }))).to.equal("invalid_request");
    expect(await codeOf(await upload(creator(), newSalt(), { ...PERSONA, unknown: 1 }))).to.equal("invalid_request");
    const lore = Array.from({ length: 40 }, () => ({ title: "Sea", text: "x".repeat(3_900), keywords: [] }));
    expect(await codeOf(await upload(creator(), newSalt(), { ...PERSONA, lore }))).to.equal("invalid_request");
    const anonymous = await app.request("/v1/personas", jsonRequest("PUT", { persona: PERSONA, salt: newSalt() }));
    expect(await codeOf(anonymous)).to.equal("not_signed_in");
  });

  it("answers with the uploaded persona for a character whose creator uploaded it", async () => {
    const hash = await uploaded(creator());
    const id = await create(creator(), hash);
    const persona = await world.people.personas.personaOf(id, hash);
    expect(persona?.systemPrompt).to.equal("You keep a lighthouse.");
  });

  it("shows the persona and its salt to the owner alone", async () => {
    const salt = newSalt();
    const id = await create(creator(), await uploaded(creator(), salt));
    const response = await read(creator(), id);
    expect(response.status).to.equal(200);
    expect(response.headers.get("Cache-Control")).to.equal("no-store");
    expect(await response.json()).to.deep.equal({ persona: PERSONA, salt });
    expect(await codeOf(await read(stranger(), id))).to.equal("not_owner");
    expect(await codeOf(await app.request(`/v1/characters/${id}/persona`))).to.equal("not_signed_in");
  });

  it("answers 404 for a character that does not exist or has no upload, 400 for no id", async () => {
    expect(await codeOf(await read(creator(), 9_999n))).to.equal("not_found");
    const id = await create(creator(), keccak256("0x01"));
    expect(await codeOf(await read(creator(), id))).to.equal("not_found");
    expect(await world.people.personas.personaOf(id, keccak256("0x01"))).to.equal(undefined);
    expect(await codeOf(await read(creator(), "-1"))).to.equal("invalid_request");
  });

  it("gives a persona to nobody who copied its hash from the chain", async () => {
    const hash = await uploaded(creator());
    await create(creator(), hash);
    const copy = await create(stranger(), hash);
    expect(await codeOf(await read(stranger(), copy))).to.equal("not_found");
    expect(await world.people.personas.personaOf(copy, hash)).to.equal(undefined);
    const changed = await create(stranger(), NO_PERSONA);
    await setPersona(stranger(), changed, hash);
    expect(await codeOf(await read(stranger(), changed))).to.equal("not_found");
  });

  it("gives it to nobody who had the uploader hold their character for a while", async () => {
    const hash = await uploaded(creator());
    const bait = await create(stranger(), NO_PERSONA);
    await transfer(stranger(), creator(), bait);
    await transfer(creator(), stranger(), bait);
    await setPersona(stranger(), bait, hash);
    expect(await codeOf(await read(stranger(), bait))).to.equal("not_found");
    const copy = await create(stranger(), hash);
    await transfer(stranger(), creator(), copy);
    await transfer(creator(), stranger(), copy);
    expect(await codeOf(await read(stranger(), copy))).to.equal("not_found");
  });

  it("gives it to no character that names a copied hash and was given to the uploader", async () => {
    const hash = await uploaded(creator());
    const bait = await create(stranger(), hash);
    await transfer(stranger(), creator(), bait);
    expect(await world.people.personas.personaOf(bait, hash)).to.equal(undefined);
    const changed = await create(stranger(), NO_PERSONA);
    await setPersona(stranger(), changed, hash);
    await transfer(stranger(), creator(), changed);
    expect(await world.people.personas.personaOf(changed, hash)).to.equal(undefined);
  });

  it("passes the persona on with the character when it is sold, and no longer shows it to the seller", async () => {
    const hash = await uploaded(creator());
    const id = await create(creator(), hash);
    await transfer(creator(), stranger(), id);
    expect((await read(stranger(), id)).status).to.equal(200);
    expect(await codeOf(await read(creator(), id))).to.equal("not_owner");
    expect((await world.people.personas.personaOf(id, hash))?.name).to.equal("Mara");
    // From memory of the database, once it was found.
    const offline = {
      ...world.chain,
      client: { ...world.chain.client, getLogs: () => Promise.reject(new Error("offline")) },
    };
    const again = createPeople({
      config: world.config,
      db: world.store.db,
      chain: offline as typeof world.chain,
      content: world.content,
      registry: world.registry,
    });
    expect((await again.personas.personaOf(id, hash))?.name).to.equal("Mara");
  });

  it("follows the owner who set another persona, also after the next sale", async () => {
    const id = await create(creator(), await uploaded(creator()));
    await transfer(creator(), stranger(), id);
    const hash = await uploaded(stranger());
    await setPersona(stranger(), id, hash);
    await transfer(stranger(), world.account(2), id);
    expect((await read(world.account(2), id)).status).to.equal(200);
  });

  it("answers from the public card when the chain names no persona", async () => {
    const card = {
      name: "Ada",
      tagline: "Counts on engines",
      description: "A patient mathematician.",
      openers: ["What is 2+2?"],
    };
    const cid = await world.content.add(new TextEncoder().encode(JSON.stringify(card)));
    const id = await create(creator(), NO_PERSONA, `ipfs://${cid}`);
    const persona = await world.people.personas.personaOf(id, NO_PERSONA);
    expect(persona?.name).to.equal("Ada");
    expect(persona?.systemPrompt).to.include("A patient mathematician.").and.include("Counts on engines");
    expect(persona?.openers).to.deep.equal(["What is 2+2?"]);
    const bare = await create(creator(), NO_PERSONA, "https://elsewhere.example/card.json");
    expect(await world.people.personas.personaOf(bare, NO_PERSONA)).to.equal(undefined);
  });

  it("says that the chain is out of reach when it is, instead of that there is no persona", async () => {
    const hash = await uploaded(creator());
    const id = await create(creator(), hash);
    const { createPublicClient, http } = await import("viem");
    const client = createPublicClient({ transport: http("http://127.0.0.1:9", { retryCount: 0 }) });
    const characters = new ChainCharacters(client, zeroAddress, 0n);
    const cut = { ...world, people: { ...world.people, characters } };
    const response = await world.app(personaRoutes(cut)).request(`/v1/characters/${id}/persona`, {
      headers: await world.signIn(creator()),
    });
    expect(await codeOf(response)).to.equal("unavailable");
  });

  it("reads what an earlier master key encrypted, and says when that key is missing", async () => {
    const hash = await uploaded(creator());
    const id = await create(creator(), hash);
    const fresh = `0x${"77".repeat(32)}` as const;
    const build = (PREVIOUS_MASTER_KEYS: Hex[]) =>
      createPeople({
        config: { ...world.config, MASTER_KEY: fresh, PREVIOUS_MASTER_KEYS },
        db: world.store.db,
        chain: world.chain,
        content: world.content,
        registry: world.registry,
      }).personas;
    expect((await build([world.config.MASTER_KEY]).personaOf(id, hash))?.name).to.equal("Mara");
    const error = await build([])
      .personaOf(id, hash)
      .catch((cause: Error) => cause);
    expect(String(error)).to.include("not configured");
  });

  describe("that are styles of tools", () => {
    const minds = () => new Minds(world.people.personas);

    /** The character as the relayer knows it. */
    async function characterOf(id: bigint): Promise<Character> {
      const { owner, personaHash, metadataURI } = await world.chain.client.readContract({
        address: world.chain.contracts.Characters,
        abi: charactersAbi,
        functionName: "characterOf",
        args: [id],
      });
      const rest = { visibility: "Public", suspended: false, termsVersion: 1n, served: true } as const;
      const terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 0n, perUnit: 0n };
      return { id, owner, personaHash, metadataURI, modality: "Image", terms, payee: BigInt(owner), ...rest };
    }

    it("are hashed as every persona is, and shown to their owner alone, as they were sent", async () => {
      const salt = newSalt();
      const hash = await uploaded(creator(), salt, STYLE);
      expect(hash).to.equal(
        keccak256(
          `${salt}${stringToHex(
            '{"instructions":"Cold light, few things.","kind":"style","look":{"grain":0.25,"line":"ink","palette":["#0B6557","#F6F3EC"],"scene":"seascape"},"name":"Slate"}',
          ).slice(2)}`,
        ),
      );
      const id = await create(creator(), hash);
      expect(await (await read(creator(), id)).json()).to.deep.equal({ persona: STYLE, salt });
      expect(await codeOf(await read(stranger(), id))).to.equal("not_owner");
    });

    it("are refused with a member, a kind or a value that no style has", async () => {
      const wrong = [
        { ...STYLE, systemPrompt: "You paint." },
        { ...STYLE, kind: "mind" },
        { ...PERSONA, kind: "style" },
        { ...STYLE, look: { ...STYLE.look, scene: "portrait" } },
        { ...STYLE, look: { ...STYLE.look, palette: ["red", "blue"] } },
        { ...STYLE, instructions: "x".repeat(4_001) },
        { ...STYLE, score: { tempo: 90.5 } },
      ];
      for (const style of wrong)
        expect(await codeOf(await upload(creator(), newSalt(), style))).to.equal("invalid_request");
    });

    it("are what a tool is made by, with what was left out filled in", async () => {
      const id = await create(
        creator(),
        await uploaded(creator(), newSalt(), { kind: "style", name: "Plain", look: {} }),
      );
      expect(await minds().styleOf(await characterOf(id))).to.deep.equal({
        ...{ kind: "style", name: "Plain", instructions: "" },
        look: { scene: "auto", line: "painted" },
      });
    });

    it("are nobody's who copied their hash, and those of a tool that names none are none", async () => {
      const hash = await uploaded(creator(), newSalt(), STYLE);
      const copy = await characterOf(await create(stranger(), hash));
      const refused = await minds()
        .styleOf(copy)
        .catch((cause: Error) => cause);
      expect(refused).to.be.instanceOf(UnavailableError);
      expect(await minds().styleOf(await characterOf(await create(creator(), NO_PERSONA)))).to.equal(undefined);
    });

    it("say only what its prompt says where a persona was uploaded for a tool", async () => {
      const id = await create(creator(), await uploaded(creator()));
      expect(await minds().styleOf(await characterOf(id))).to.deep.equal({
        ...{ kind: "style", name: "Mara", instructions: "You keep a lighthouse." },
      });
    });

    it("answer nobody: a character that chats by one is unavailable, and says why", async () => {
      const id = await create(creator(), await uploaded(creator(), newSalt(), STYLE));
      const refused = await minds()
        .of(await characterOf(id))
        .catch((cause: Error) => cause);
      expect(refused).to.be.instanceOf(UnavailableError);
      expect(String(refused)).to.include("style of a tool").and.include("Nothing was charged");
    });
  });
});
