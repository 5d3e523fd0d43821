import { charactersAbi, worksAbi } from "@stelai/sdk/abis";
import { moderationQueueSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { Hono } from "hono";
import { keccak256, type PrivateKeyAccount, parseAbi, zeroAddress, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { Moderators } from "../people/moderators.ts";
import { moderationRoutes } from "./moderation.ts";
import { reportRoutes } from "./reports.ts";

const ROLES = parseAbi(["function grantRole(uint64, address, uint32)", "function revokeRole(uint64, address)"]);
const [MODERATOR, RESOLVER] = [3n, 5n];

describe("the moderators' queue", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;
  let admin: PrivateKeyAccount;
  let moderator: PrivateKeyAccount;

  before(async () => {
    world = await startPeriphery({ REPORTS_PER_DAY: "1000" });
    admin = privateKeyToAccount(world.testChain.accounts[0]?.privateKey ?? "0x");
    moderator = world.account(1);
    await role("grantRole", [MODERATOR, moderator.address, 0]);
    const owner = world.account(2);
    const { Characters, Works } = world.chain.contracts;
    const terms = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };
    const character = {
      ...{
        modality: 0,
        visibility: 0,
        payee: BigInt(owner.address),
        personaHash: zeroHash,
        metadataURI: "ipfs://card",
      },
      ...{ terms, operators: [], shares: [] },
    };
    await world.write(owner, Characters, charactersAbi, "create", [character]);
    const work = {
      ...{
        modality: 1,
        metadataURI: "ipfs://work",
        contentHash: keccak256("0x01"),
        royaltyBps: 0,
        maxParentsBps: 0,
        parents: [],
      },
      ...{ shares: [{ recipient: BigInt(owner.address), bps: 10_000 }], allowsDerivatives: false, derivativeBps: 0 },
    };
    const receipt = {
      ...{ operator: zeroAddress, tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0 },
      ...{ termsVersion: 0, milliunits: 0, quality: 0, amount: 0, fee: 0, servedAt: 0n, previous: zeroHash },
    };
    await world.write(owner, Works, worksAbi, "create", [work, { receipt, signature: "0x" }, []]);
  });
  beforeEach(async () => {
    await world.store.reset();
    app = world.app(reportRoutes(world), moderationRoutes(world));
  });
  after(() => world.stop());

  const role = (name: "grantRole" | "revokeRole", args: readonly unknown[]) =>
    world.write(admin, world.chain.contracts.AccessManager, ROLES, name, args);
  async function report(body: Record<string, unknown>, by?: PrivateKeyAccount): Promise<Response> {
    const headers = by === undefined ? {} : await world.signIn(by);
    return app.request("/v1/reports", jsonRequest("POST", { reason: "stolen", ...body }, headers));
  }
  const get = async (query = "", account = moderator) =>
    app.request(`/v1/moderation/reports${query}`, { headers: await world.signIn(account) });
  const queue = async (query = "") => {
    const response = await get(query);
    expect(response.status).to.equal(200);
    return moderationQueueSchema.parse(await response.json());
  };
  const decide = async (id: string, body: unknown, account = moderator) =>
    app.request(`/v1/moderation/reports/${id}`, jsonRequest("POST", body, await world.signIn(account)));

  it("has reports about characters, works and reviews, without who sent them", async () => {
    const author = privateKeyToAccount(generatePrivateKey()).address;
    expect((await report({ characterId: "1" }, world.account(3))).status).to.equal(202);
    expect((await report({ workId: "1", details: "It is mine." }, world.account(3))).status).to.equal(202);
    expect((await report({ workId: "1", reviewBy: author, reason: "spam", excerpt: "buy" })).status).to.equal(202);
    const response = await get();
    const text = await response.text();
    expect(text).not.to.include("reporter").and.not.to.include(world.account(3).address);
    const { reports, next } = moderationQueueSchema.parse(JSON.parse(text));
    expect(next).to.equal(null);
    expect(reports.map(({ characterId, workId, reviewBy }) => ({ characterId, workId, reviewBy }))).to.deep.equal([
      { characterId: null, workId: 1n, reviewBy: author },
      { characterId: null, workId: 1n, reviewBy: null },
      { characterId: 1n, workId: null, reviewBy: null },
    ]);
    expect(reports[1]).to.include({ reason: "stolen", details: "It is mine.", state: "open", open: 1, closedBy: null });
  });

  it("refuses a report of both, of neither, and of a work that is not there", async () => {
    for (const body of [{}, { characterId: "1", workId: "1" }, { workId: "1", reviewBy: "someone" }]) {
      expect(await codeOf(await report(body))).to.equal("invalid_request");
    }
    expect(await codeOf(await report({ workId: "99" }))).to.equal("not_found");
    expect((await queue()).reports).to.have.length(0);
  });

  it("closes a report with who did and why, counts the open ones of a subject, and opens one again", async () => {
    for (const body of [{ workId: "1" }, { workId: "1" }, { characterId: "1" }]) await report(body);
    const [, one] = (await queue()).reports;
    expect(one).to.include({ workId: 1n, open: 2 });
    const id = one?.id ?? "";
    expect((await decide(id, { state: "acted", note: "Suspended." })).status).to.equal(204);
    const [closed] = (await queue("?state=acted")).reports;
    expect(closed).to.include({ id, state: "acted", closedBy: moderator.address, note: "Suspended.", open: 1 });
    expect(Date.parse(closed?.closedAt ?? "")).to.be.greaterThan(0);
    expect((await queue("?state=open")).reports).to.have.length(2);
    await decide(id, { state: "open" });
    const [again] = (await queue("?state=open&limit=100")).reports.filter((report) => report.id === id);
    expect(again).to.include({ closedBy: null, closedAt: null, note: null, open: 2 });
    expect(await codeOf(await decide(crypto.randomUUID(), { state: "acted" }))).to.equal("not_found");
    expect(await codeOf(await decide(id, { state: "forgotten" }))).to.equal("invalid_request");
  });

  it("comes in pages, the newest first", async () => {
    for (let count = 0; count < 5; count += 1) await report({ characterId: "1", details: String(count) });
    const seen: string[] = [];
    let before = "";
    for (let page = 0; page < 3; page += 1) {
      const { reports, next } = await queue(`?limit=2${before}`);
      seen.push(...reports.map(({ details }) => details));
      before = `&before=${next}`;
      expect(next === null).to.equal(page === 2);
    }
    expect(seen).to.deep.equal(["4", "3", "2", "1", "0"]);
  });

  it("is for whom the chain names a moderator, and for nobody else", async () => {
    expect((await app.request("/v1/moderation/reports")).status).to.equal(401);
    const other = privateKeyToAccount(generatePrivateKey());
    await role("grantRole", [RESOLVER, other.address, 0]);
    await report({ characterId: "1" });
    const [one] = (await queue()).reports;
    for (const response of [await get("", other), await decide(one?.id ?? "", { state: "dismissed" }, other)]) {
      expect(response.status).to.equal(403);
      expect(await codeOf(response)).to.equal("not_moderator");
    }
    expect((await queue()).reports[0]?.state).to.equal("open");
    await role("grantRole", [MODERATOR, other.address, 0]);
    await new Moderators(world.chain).require(other.address);
    await role("revokeRole", [MODERATOR, other.address]);
    let refused = false;
    await new Moderators(world.chain).require(other.address).catch(() => {
      refused = true;
    });
    expect(refused).to.equal(true);
  });

  it("loses the names of reporter and moderator when they delete their accounts", async () => {
    await report({ characterId: "1" }, world.account(3));
    const [one] = (await queue()).reports;
    await decide(one?.id ?? "", { state: "dismissed" });
    await world.people.blocklist.forget(world.account(3).address);
    await world.people.blocklist.forget(moderator.address);
    const [kept] = await world.people.blocklist.reports(10);
    expect(kept).to.include({ reporter: null, closedBy: null, state: "dismissed" });
  });
});
