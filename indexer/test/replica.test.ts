import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import pg from "pg";
import { startPostgres, type TestPostgres } from "../../relayer/test/postgres.ts";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { indexHead } from "../head.ts";
import { freePort, runStart, startIndexer, type TestIndexer } from "./indexer.ts";
import { allTraffic, creditTraffic } from "./traffic.ts";
import { type World, worldOf } from "./world.ts";

describe("A replica of the index", () => {
  let chain: TestChain;
  let w: World;
  let postgres: TestPostgres;
  let database: Record<string, string>;
  let writer: TestIndexer;
  let replica: TestIndexer;

  before(async function () {
    this.timeout(400_000);
    [chain, postgres] = await Promise.all([startChain(), startPostgres()]);
    w = worldOf(chain);
    database = { DATABASE_URL: await postgres.database(), VIEWS_SCHEMA: "live" };
    writer = await startIndexer(chain, database);
    await writer.caughtUp();
    replica = await startIndexer(chain, { ...database, MODE: "serve" });
  });
  after(async () => {
    await replica?.stop();
    await writer?.stop();
    await postgres?.stop();
    await chain?.stop();
  });

  const said = async ({ url }: TestIndexer, path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} is answered ${response.status}: ${text}`);
    const { took: _, ...answer } = JSON.parse(text);
    return answer;
  };
  /** Every route, but for the files. */
  const paths = () => [
    ...["/totals", "/plans", "/announcements", "/orders?status=Released", "/contributors?days=all", "/ranking"],
    ...[
      "/campaigns",
      "/campaigns/1/claims",
      "/trending",
      "/trending/works",
      "/search/works?q=",
      "/search/characters?q=",
    ],
    ...["", "/orders", "/reviews", "/similar"].map((what) => `/works/1${what}`),
    ...["subscribers", "income", "usage", "circle", "reviews"].map((what) => `/characters/5/${what}`),
    ...["activity", "bonus", "credits", "licences", "passes", "reviews", "plan", "referrals", "sales", "works"].map(
      (what) => `/accounts/${w.alice.address}/${what}`,
    ),
    `/creators/${w.bob.address}/statement`,
  ];
  const found = async (of: TestIndexer) => Number((await said(of, "/search/characters?q=")).total);
  /** A question waits for what search reads anew, but not long. */
  const untilSearched = async (of: TestIndexer) => {
    for (let tries = 0; (await found(of)) === 0 && tries < 200; tries += 1) await delay(50);
  };
  const all = (of: TestIndexer) => Promise.all(paths().map((path) => said(of, path)));

  it("answers what the writer answers, and stands where it stands, as the chain goes on", async () => {
    expect(await found(replica)).to.equal(0);
    await allTraffic(w);
    await writer.caughtUp();
    for (const one of [writer, replica]) await untilSearched(one);
    expect(await all(replica)).to.deep.equal(await all(writer));
    expect((await indexHead(replica.url))?.number).to.equal((await indexHead(writer.url))?.number);
    expect(await found(replica)).to.be.greaterThan(0);
  });

  it("goes on answering while nobody writes, and follows the writer that takes over", async () => {
    const before = await all(replica);
    expect(await writer.stop()).to.equal(0);
    expect(await all(replica)).to.deep.equal(before);
    await creditTraffic(w);
    writer = await startIndexer(chain, database);
    await writer.caughtUp();
    for (const one of [writer, replica]) await untilSearched(one);
    const after = await all(replica);
    expect(after).to.deep.equal(await all(writer));
    expect(after).to.not.deep.equal(before);
  });

  it("answers again when Postgres is back after it was gone", async () => {
    const before = await all(replica);
    await postgres.restart();
    let back = await all(replica).catch(() => undefined);
    for (let tries = 0; back === undefined && tries < 200; tries += 1) {
      await delay(50);
      back = await all(replica).catch(() => undefined);
    }
    expect(back).to.deep.equal(before);
  });

  it("answers a search from what it has read, after SEARCH_PATIENCE_MS, or when it cannot read anew", async () => {
    const patience = 200;
    const variables = { ...database, MODE: "serve", SEARCH_PATIENCE_MS: String(patience) };
    const impatient = await startIndexer(chain, variables);
    const locking = new pg.Client(database.DATABASE_URL);
    try {
      await untilSearched(impatient);
      const total = await found(impatient);
      expect(total).to.equal(await found(replica));
      await locking.connect();
      const { rows } = await locking.query<{ schema: string }>(
        "SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'character'",
      );
      await locking.query("BEGIN");
      for (const { schema } of rows) await locking.query(`LOCK TABLE "${schema}"."character" IN ACCESS EXCLUSIVE MODE`);
      const waits: number[] = [];
      // Not every question finds something to read.
      for (let tries = 0; waits.length < 5 && tries < 200; tries += 1) {
        await chain.request("evm_mine");
        const begin = performance.now();
        expect(await found(impatient)).to.equal(total);
        const took = performance.now() - begin;
        if (took >= patience) waits.push(took);
      }
      expect(Math.min(...waits)).to.be.below(450);
      // Reading fails after half a second: who would wait longer is answered then.
      for (let tries = 0; tries < 10; tries += 1) {
        await chain.request("evm_mine");
        expect(await found(replica)).to.equal(total);
      }
    } finally {
      await locking.end();
      await impatient.stop();
    }
  });

  it("is refused without a database and views that it could answer from", async () => {
    const { child, output } = runStart({
      ...{
        RPC_URL: chain.rpcUrl,
        CHAIN_ID: "31337",
        DEPLOYMENT: "none",
        MODE: "serve",
        PORT: String(await freePort()),
      },
    });
    expect(await new Promise((resolve) => child.once("exit", resolve))).to.equal(1);
    expect(output()).to.match(/DEPLOYMENT|VIEWS_SCHEMA/);
  });
});
