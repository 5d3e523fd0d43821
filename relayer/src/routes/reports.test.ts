import { charactersAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Hono } from "hono";
import { zeroHash } from "viem";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { Moderation } from "../people/moderation.ts";
import { reportRoutes } from "./reports.ts";

const REPORT = { characterId: "1", reason: "spam", details: "Sells pills.", excerpt: "Buy now" };
const ADMIN = { Authorization: "Bearer an operator's own words" };

type Page = {
  reports: { id: string; details: string; reporter: string | null; characterId: string }[];
  next: string | null;
};

describe("reports and blocks", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery({ REPORTS_PER_DAY: "3", TRUST_PROXY: "true" });
    for (const visibility of [0, 2]) await publish(visibility);
  });
  beforeEach(async () => {
    await world.store.reset();
    app = world.app(reportRoutes(world));
  });
  after(() => world.stop());

  /** Character 1 is public, character 2 private. */
  async function publish(visibility: number): Promise<void> {
    const terms = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };
    const owner = world.account(2);
    const creation = {
      ...{ modality: 0, visibility, payee: BigInt(owner.address), personaHash: zeroHash, metadataURI: "ipfs://card" },
      ...{ terms, operators: [], shares: [] },
    };
    await world.write(owner, world.chain.contracts.Characters, charactersAbi, "create", [creation]);
  }

  function report(from: string, headers: Record<string, string> = {}, body: unknown = REPORT): Promise<Response> {
    return Promise.resolve(
      app.request("/v1/reports", jsonRequest("POST", body, { "X-Forwarded-For": from, ...headers })),
    );
  }

  async function list(query = ""): Promise<Page> {
    const response = await app.request(`/v1/admin/reports${query}`, { headers: ADMIN });
    expect(response.status).to.equal(200);
    return (await response.json()) as Page;
  }

  it("keeps what anyone reports, with the account when one is signed in", async () => {
    expect((await report("192.0.2.1")).status).to.equal(202);
    expect((await report("192.0.2.2", await world.signIn(world.account(0)))).status).to.equal(202);
    const { reports } = await list();
    expect(reports.map(({ reporter }) => reporter)).to.have.members([null, world.account(0).address]);
    expect(reports[0]).to.include({ characterId: "1", details: "Sells pills." });
  });

  it("takes a report of a private character from who may use it, and knows neither it nor one that is not there else", async () => {
    const hidden = { ...REPORT, characterId: "2" };
    expect((await report("192.0.2.1", await world.signIn(world.account(2)), hidden)).status).to.equal(202);
    expect(await codeOf(await report("192.0.2.1", await world.signIn(world.account(0)), hidden))).to.equal(
      "model_not_found",
    );
    expect(await codeOf(await report("192.0.2.1", {}, hidden))).to.equal("model_not_found");
    expect(await codeOf(await report("192.0.2.1", {}, { ...REPORT, characterId: "9" }))).to.equal("model_not_found");
  });

  it("refuses a report that is none", async () => {
    expect(await codeOf(await report("192.0.2.1", {}, { ...REPORT, reason: "boring" }))).to.equal("invalid_request");
    expect(await codeOf(await report("192.0.2.1", {}, { ...REPORT, details: "x".repeat(4_001) }))).to.equal(
      "invalid_request",
    );
  });

  it("limits a network address and an account, each by itself", async () => {
    const headers = await world.signIn(world.account(0));
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.2"])
      expect((await report(address, headers)).status).to.equal(202);
    expect((await report("192.0.2.3", headers)).status, "the account's fourth").to.equal(429);
    expect((await report("192.0.2.1")).status, "the address's third").to.equal(202);
    expect((await report("192.0.2.1")).status, "the address's fourth").to.equal(429);
    expect((await report("192.0.2.3")).status, "taken back from when the account was refused").to.equal(202);
  });

  it("counts one IPv6 network as one address", async () => {
    for (const end of ["::1", ":1::2", ":0:0:0:3"])
      expect((await report(`2001:db8:0:1${end}`)).status, end).to.equal(202);
    expect((await report("2001:0db8:0000:0001::4")).status).to.equal(429);
    expect((await report("2001:db8:0:2::1")).status).to.equal(202);
  });

  it("keeps no network address", async () => {
    await report("198.51.100.23");
    const rows = await world.store.db.query.quotas.findMany();
    expect(rows).to.have.length(1);
    expect(
      JSON.stringify([rows, await world.store.db.query.reports.findMany()], (_key, value) =>
        typeof value === "bigint" ? String(value) : value,
      ),
    ).not.to.include("198.51.100.23");
  });

  it("pages through reports from the newest to the oldest, each once", async () => {
    for (let number = 0; number < 7; number += 1)
      await report(`192.0.2.${number}`, {}, { ...REPORT, details: `number ${number}` });
    const seen: string[] = [];
    let query = "?limit=3";
    for (let pages = 0; pages < 3; pages += 1) {
      const { reports, next } = await list(query);
      seen.push(...reports.map(({ details }) => details));
      query = `?limit=3&before=${next}`;
      if (next === null) break;
    }
    expect([...seen].sort()).to.deep.equal(Array.from({ length: 7 }, (_, number) => `number ${number}`));
    expect(seen[0]).to.equal("number 6");
  });

  it("lets only the holder of the admin token administer, and nobody without one configured", async () => {
    for (const headers of [{}, { Authorization: "Bearer wrong" }, await world.signIn(world.account(0))]) {
      for (const [method, path] of [
        ["GET", "/v1/admin/reports"],
        ["GET", "/v1/admin/blocks"],
        ["PUT", "/v1/admin/blocks/characters/7"],
        ["DELETE", "/v1/admin/blocks/characters/7"],
      ] as const) {
        const response = await app.request(path, { method, headers });
        expect(await codeOf(response), `${method} ${path}`).to.equal("not_signed_in");
      }
    }
    const { ADMIN_TOKEN: _without, ...config } = world.config;
    const none = world.app(reportRoutes({ ...world, config }));
    expect(
      (await none.request("/v1/admin/reports", { headers: { Authorization: "Bearer undefined" } })).status,
    ).to.equal(404);
  });

  it("refuses and serves again characters and accounts, with the reason on record", async () => {
    const { blocklist } = world.people;
    const account = world.account(0).address;
    expect(await blocklist.isCharacterBlocked(7n)).to.equal(false);
    const put = (path: string) =>
      app.request(`/v1/admin/blocks/${path}`, jsonRequest("PUT", { reason: "fraud" }, ADMIN));
    expect((await put("characters/7")).status).to.equal(204);
    expect((await put(`accounts/${account.toLowerCase()}`)).status).to.equal(204);
    expect(await blocklist.isCharacterBlocked(7n)).to.equal(true);
    expect(await blocklist.isCharacterBlocked(8n)).to.equal(false);
    expect(await blocklist.isAccountBlocked(account)).to.equal(true);
    const { blocks } = (await (await app.request("/v1/admin/blocks", { headers: ADMIN })).json()) as {
      blocks: { kind: string; id: string; reason: string }[];
    };
    expect(blocks.map(({ kind, id, reason }) => ({ kind, id, reason }))).to.have.deep.members([
      { kind: "character", id: "7", reason: "fraud" },
      { kind: "account", id: account.toLowerCase(), reason: "fraud" },
    ]);
    const remove = (path: string) => app.request(`/v1/admin/blocks/${path}`, { method: "DELETE", headers: ADMIN });
    expect((await remove("characters/7")).status).to.equal(204);
    expect((await remove(`accounts/${account}`)).status).to.equal(204);
    expect((await remove("characters/7")).status).to.equal(404);
    expect(await blocklist.isCharacterBlocked(7n)).to.equal(false);
    expect(await blocklist.isAccountBlocked(account)).to.equal(false);
  });

  it("wants a reason for a block", async () => {
    const response = await app.request("/v1/admin/blocks/characters/7", jsonRequest("PUT", { reason: " " }, ADMIN));
    expect(await codeOf(response)).to.equal("invalid_request");
  });

  it("forgets reports after the retention and quotas after their day", async () => {
    await report("192.0.2.1");
    const moderation = new Moderation(world.store.db, 30);
    await moderation.prune(Date.now() + 29 * 86_400_000);
    expect((await list()).reports).to.have.length(1);
    await moderation.prune(Date.now() + 31 * 86_400_000);
    expect((await list()).reports).to.have.length(0);
  });
});
