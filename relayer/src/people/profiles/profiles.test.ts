import { charactersAbi } from "@stelai/sdk/abis";
import { type Profile, profileNamesSchema, profileSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { Hono } from "hono";
import { type Address, type PrivateKeyAccount, type PublicClient, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../../test/periphery.ts";
import type { AppEnv } from "../../http.ts";
import { profileRoutes } from "../../routes/profiles.ts";
import { EnsNames } from "./ens.ts";
import { skeletonOf } from "./skeleton.ts";

const FREE = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };
const ADDRESS: Address = "0x00000000000000000000000000000000000000AA";

describe("profiles", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery();
    app = world.app(profileRoutes(world));
  });
  after(() => world.stop());

  const fresh = () => privateKeyToAccount(generatePrivateKey());

  async function put(account: PrivateKeyAccount, profile: unknown): Promise<Response> {
    return app.request("/v1/profile", jsonRequest("PUT", profile, await world.signIn(account)));
  }

  async function named(account: PrivateKeyAccount, name: string): Promise<Profile> {
    const response = await put(account, { name });
    expect(response.status).to.equal(200);
    return profileSchema.parse(await response.json());
  }

  async function read(account: PrivateKeyAccount, viewer?: PrivateKeyAccount): Promise<Profile> {
    const headers = viewer === undefined ? {} : await world.signIn(viewer);
    return profileSchema.parse(await (await app.request(`/v1/profiles/${account.address}`, { headers })).json());
  }

  async function follow(method: string, follower: PrivateKeyAccount, followed: PrivateKeyAccount): Promise<Response> {
    return app.request(`/v1/follows/${followed.address}`, { method, headers: await world.signIn(follower) });
  }

  it("flag a name that looks like the one a public character's creator goes by, but not for that creator", async () => {
    const creator = world.account(0);
    const card = { name: "Mara", creator: "Isla Penrose" };
    const cid = await world.content.add(new TextEncoder().encode(JSON.stringify(card)));
    const creation = {
      ...{ modality: 0, visibility: 0, payee: BigInt(creator.address), personaHash: zeroHash },
      ...{ metadataURI: `ipfs://${cid}`, terms: FREE, operators: [world.operator], shares: [] },
    };
    await world.write(creator, world.chain.contracts.Characters, charactersAbi, "create", [creation]);
    await world.registry.load();
    expect((await named(fresh(), "lsla Penr0se")).looksLike).to.deep.equal({
      ...{ address: creator.address, name: "Isla Penrose" },
    });
    expect((await named(creator, "Isla Penrose")).looksLike).to.equal(null);
  });

  it("give the names of many accounts at once: of those that chose one", async () => {
    const [ann, ben, nobody] = [fresh(), fresh(), fresh()];
    await named(ann, "Ann Adler");
    await named(ben, "Ben Brook");
    const list = [ann, nobody, ben, ann].map(({ address }) => address.toLowerCase()).join(",");
    const response = await app.request(`/v1/profiles?addresses=${list}`);
    const { profiles } = profileNamesSchema.parse(await response.json());
    expect(profiles).to.have.deep.members([
      { address: ann.address, name: "Ann Adler", picture: null },
      { address: ben.address, name: "Ben Brook", picture: null },
    ]);
  });

  it("give no names of what are no addresses, nor of more than a hundred", async () => {
    const many = Array.from({ length: 101 }, () => ADDRESS).join(",");
    for (const addresses of ["", "ann", many]) {
      expect(await codeOf(await app.request(`/v1/profiles?addresses=${addresses}`))).to.equal("invalid_request");
    }
    expect(await codeOf(await app.request("/v1/profiles"))).to.equal("invalid_request");
  });

  it("are empty for who never set one, and what was set for everyone else", async () => {
    const account = fresh();
    expect(await read(account)).to.deep.equal({
      ...{ address: account.address, name: null, ens: null, bio: "", picture: null, links: [] },
      ...{ looksLike: null, followers: 0, following: null },
    });
    const links = ["https://mara.example/about"];
    const response = await put(account, { name: "  Mara   Lind ", bio: "Keeper.", links });
    expect(response.status).to.equal(200);
    expect(await read(account)).to.include({ name: "Mara Lind", bio: "Keeper.", picture: null });
    expect((await read(account)).links).to.deep.equal(links);
  });

  it("refuse names that cannot be seen, pictures that are none, links that are no plain https", async () => {
    const account = fresh();
    const wrong = [
      { name: "Ma\u202era" },
      { name: "\u200b\u200b" },
      { name: "!!!" },
      { name: "Mara", picture: "https://elsewhere.example/a.png" },
      { name: "Mara", links: ["http://mara.example"] },
      { name: "Mara", links: ["https://user:password@mara.example"] },
    ];
    for (const profile of wrong) expect(await codeOf(await put(account, profile))).to.equal("invalid_request");
    expect(await codeOf(await app.request("/v1/profile", jsonRequest("PUT", { name: "Mara" })))).to.equal(
      "not_signed_in",
    );
    expect(await codeOf(await app.request("/v1/profiles/mara"))).to.equal("invalid_request");
  });

  it("flag a name that looks like another account's older one, and never the older one", async () => {
    const [older, newer] = [fresh(), fresh()];
    await named(older, "Skerry Light");
    expect((await named(newer, "Ѕkerrу L1ght")).looksLike).to.deep.equal({
      ...{ address: older.address, name: "Skerry Light" },
    });
    expect((await read(older)).looksLike).to.equal(null);
    expect((await named(newer, "Another Light")).looksLike).to.equal(null);
  });

  it("keep the age of a name that is only written otherwise", async () => {
    const [older, newer] = [fresh(), fresh()];
    await named(older, "Harbour Master");
    await named(newer, "Harb0ur Master");
    await named(older, "HARBOUR MASTER");
    expect((await read(older)).looksLike).to.equal(null);
    expect((await read(newer)).looksLike?.address).to.equal(older.address);
  });

  it("count who follows, tell the viewer whether they do, and list whom one follows", async () => {
    const [ann, ben] = [fresh(), fresh()];
    await named(ben, "Ben");
    expect((await follow("PUT", ann, ben)).status).to.equal(204);
    expect((await follow("PUT", ann, ben)).status).to.equal(204);
    expect(await read(ben, ann)).to.include({ followers: 1, following: true });
    expect(await read(ben)).to.include({ followers: 1, following: null });
    const list = await app.request("/v1/follows", { headers: await world.signIn(ann) });
    const { profiles } = (await list.json()) as { profiles: { name: string }[] };
    expect(profiles.map(({ name }) => name)).to.deep.equal(["Ben"]);
    expect((await follow("DELETE", ann, ben)).status).to.equal(204);
    expect(await read(ben, ann)).to.include({ followers: 0, following: false });
    expect(await codeOf(await follow("PUT", ann, ann))).to.equal("invalid_request");
  });
});

describe("skeletonOf", () => {
  it("is the same for names that look the same: other scripts, digits, accents, case, invisible letters", () => {
    for (const [name, alike] of [
      ["Vitalik", "Vita1ik"],
      ["Paypal", "Раураӏ"],
      ["Ωmega", "ΩMEGA"],
      ["Morn", "Mom"],
      ["José", "Jose\u0301"],
      ["Stelai", "Ste\u200blai"],
      ["Stelai", "Ｓｔｅｌａｉ"],
      ["George", "Georg\u0435"],
    ] as const) {
      expect(skeletonOf(name), `${name} and ${alike}`).to.equal(skeletonOf(alike));
    }
  });

  it("is another one for names that look different", () => {
    for (const [name, other] of [
      ["Mara", "Mira"],
      ["Ann", "Anna"],
      ["Agent 5", "Agent 6"],
      ["李", "王"],
    ] as const) {
      expect(skeletonOf(name)).not.to.equal(skeletonOf(other));
    }
  });
});

describe("ENS names", () => {
  const names = (forward: Address | null, name: string | null, calls = { count: 0 }) => {
    const client = {
      getEnsName: async () => {
        calls.count += 1;
        return name;
      },
      getEnsAddress: async () => forward,
    } as unknown as PublicClient;
    return new EnsNames(client, 1, ADDRESS);
  };

  it("are shown when they lead back to the account, and asked for once", async () => {
    const calls = { count: 0 };
    const ens = names(ADDRESS, "mara.eth", calls);
    expect(await ens.of(ADDRESS)).to.equal("mara.eth");
    expect(await ens.of(ADDRESS)).to.equal("mara.eth");
    expect(calls.count).to.equal(1);
  });

  it("are not shown when they lead elsewhere, are not written as ENS writes them, or the chain has none", async () => {
    expect(await names("0x00000000000000000000000000000000000000bb", "mara.eth").of(ADDRESS)).to.equal(null);
    expect(await names(ADDRESS, "MARA.eth").of(ADDRESS)).to.equal(null);
    expect(await names(ADDRESS, null).of(ADDRESS)).to.equal(null);
    expect(await new EnsNames({} as PublicClient, 31_337).of(ADDRESS)).to.equal(null);
  });

  it("that cannot be read leave the profile without one", async () => {
    const client = { getEnsName: () => Promise.reject(new Error("offline")) } as unknown as PublicClient;
    expect(await new EnsNames(client, 1, ADDRESS).of(ADDRESS)).to.equal(null);
  });
});
