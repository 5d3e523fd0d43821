import { expect } from "chai";
import { sql } from "drizzle-orm";
import { TabClient } from "../../test/client.ts";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { type RelayerProcess, spawnRelayer } from "../../test/process.ts";
import { signInAt } from "../../test/signIn.ts";
import { answer, begin, end, say } from "../../test/upstream.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { openPostgres } from "./postgres.ts";
import { requests } from "./schema/metering.ts";

const PRICES = { perInference: 10_000n, perUnit: 0n };

describe("Several relayers on one Postgres", () => {
  let world: World;
  let postgres: TestPostgres;
  let url: string;
  let character: bigint;
  let first: ServedRelayer;
  let second: ServedRelayer;

  before(async () => {
    [world, postgres] = await Promise.all([startWorld(), startPostgres()]);
    character = await world.publish(PRICES);
    url = await postgres.database();
    const environment = {
      ...{ DATABASE_URL: url, EXPOSURE_INITIAL: "100000000", SETTLE_VALUE: "1", PASS_DAILY_REQUESTS: "10" },
    };
    // Both migrate at the same time.
    [first, second] = await Promise.all([serveRelayer(world, environment), serveRelayer(world, environment)]);
  });
  after(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await world.stop();
    await postgres.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  it("charge a hundred requests at once on one tab exactly as they were served", async () => {
    const tab = await world.openTab(50_000_000n);
    const clients = [first.client(tab), second.client(tab)] as const;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => clients[index % 2 === 0 ? 0 : 1].ask(character)),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
    clients[0].take(...answers);
    expect(await clients[1].status()).to.include({ cumulative: 1_000_000n, sequence: 100n, reserved: 0n });
    expect(clients[0].state.cumulative).to.equal(1_000_000n);
  });

  it("take turns on one tab: what one remembers of it never hides what the other wrote", async () => {
    const tab = await world.openTab(1_000_000n);
    const [one, other] = [first.client(tab), second.client(tab)];
    for (let turn = 1; turn <= 8; turn += 1) {
      const answered = await (turn % 2 === 0 ? one : other).ask(character);
      expect(answered.error).to.equal(undefined);
      expect(answered.receipt?.sequence).to.equal(BigInt(turn));
      one.take(answered);
    }
    expect(await other.status()).to.include({ cumulative: one.state.cumulative, head: one.state.head, reserved: 0n });
  });

  it("never spend a tab beyond its cap together", async () => {
    const tab = await world.openTab(45_000n);
    const clients = [first.client(tab), second.client(tab)] as const;
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => clients[index % 2 === 0 ? 0 : 1].ask(character)),
    );
    const served = answers.filter(({ status }) => status === 200);
    expect(served.length).to.be.within(1, 4);
    for (const { status, error } of answers) if (status !== 200) expect(error?.code).to.equal("tab_exhausted");
    expect((await clients[0].status()).cumulative).to.equal(BigInt(served.length) * 10_000n);
  });

  it("give one answer and one charge to an idempotency key that both are asked with", async () => {
    const tab = await world.openTab(1_000_000n);
    const id = randomId();
    let release: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = async (response) => {
        begin(response);
        resolve();
        await new Promise<void>((go) => {
          release = go;
        });
        say(response, "Once");
        end(response);
      };
    });
    const given = first.client(tab).ask(character, { id });
    await reached;
    expect((await second.client(tab).ask(character, { id })).error?.code).to.equal("request_in_progress");
    release();
    const once = await given;
    expect(await second.client(tab).ask(character, { id })).to.deep.equal(once);
    expect((await second.client(tab).status()).sequence).to.equal(1n);
  });

  it("count the day's fair use of a pass together", async () => {
    const holder = world.account(1);
    const priced = await world.publish({ perInference: 1n, lifetime: 1_000_000n });
    await world.give(holder, 5n);
    await world.write(holder, "CharacterAccess", "buyLifetime", [priced, 1_000_000n, "0x"]);
    await Promise.all([first.watcher.look(), second.watcher.look()]);
    const headers = await signInAt(first, holder);
    const body = JSON.stringify({ model: `stelai-${priced}`, messages: [{ role: "user", content: "Hi" }] });
    const ask = (_: unknown, index: number) =>
      fetch(`${(index % 2 === 0 ? first : second).url}/v1/chat/completions`, { method: "POST", body, headers });
    const answers: Response[] = [];
    // Each relayer answers four of a pass at once, so eight at a time are stopped by the day's limit alone.
    for (let wave = 0; wave < 3; wave += 1) {
      answers.push(...(await Promise.all(Array.from({ length: 8 }, ask))));
    }
    const served = answers.filter(({ status }) => status === 200);
    expect(served).to.have.length(10);
    for (const { status } of answers) expect(status).to.be.oneOf([200, 429]);
    const left = served.map((response) => Number(response.headers.get("Stelai-Pass-Remaining")));
    expect(left.sort((a, b) => a - b)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("see each other's vouchers, and settle each tab once although both settle", async () => {
    const tabs = await Promise.all([world.openTab(1_000_000n), world.openTab(1_000_000n), world.openTab(1_000_000n)]);
    const before = await world.readMeter("accruedOf", [character]);
    for (const tab of tabs) {
      const client = first.client(tab);
      const answered = await client.ask(character);
      expect(answered.error).to.equal(undefined);
      client.take(answered);
      const other = second.client(tab);
      other.state = client.state;
      expect((await other.acknowledge()).status).to.equal(204);
      expect((await client.status()).signed).to.equal(client.state.cumulative);
    }
    const settle = (relayer: ServedRelayer) => relayer.services.settlement.work();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([settle(first), settle(second)]);
      await Promise.all([first.watcher.look(), second.watcher.look()]);
    }
    for (const tab of tabs) expect((await world.tabOf(tab.tabId)).spent).to.equal(10_000n);
    expect((await world.readMeter("accruedOf", [character])) - before).to.equal(30_000n);
  });

  it("let go of what a killed one held", async () => {
    const tab = await world.openTab(1_000_000n);
    const id = randomId();
    const child: RelayerProcess = await spawnRelayer(world.environment({ DATABASE_URL: url }));
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = () => resolve();
    });
    const lost = new TabClient(world, child.url, tab).ask(character, { id }).catch(() => undefined);
    await reached;
    await child.kill();
    await lost;
    expect((await first.client(tab).status()).reserved).to.equal(10_000n);
    // It is dead when it has not been seen for long.
    const { db } = first.services.store;
    await db.execute(sql`update relayer.instances set seen_at = now() - interval '1 minute' where id in (
      select instance from relayer.requests where status = 'reserved')`);
    await first.services.metering.tend();
    expect((await second.client(tab).status()).reserved).to.equal(0n);
    world.upstream.behave = answer(["Again"]);
    expect((await second.client(tab).ask(character, { id })).text).to.equal("Again");
  });
});

describe("The Postgres store", () => {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  it("runs what is exclusive once at a time over all processes", async () => {
    const url = await postgres.database();
    const [one, other] = [await openPostgres(url), await openPostgres(url)];
    try {
      const result = await one.exclusively("x", async () => {
        expect(await other.exclusively("x", async () => "in")).to.equal(undefined);
        return other.exclusively("y", async () => "another name");
      });
      expect(result).to.equal("another name");
      expect(await other.exclusively("x", async () => "free again")).to.equal("free again");
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it("forgets everything when it is reset, and is whole again", async () => {
    const store = await openPostgres(await postgres.database());
    try {
      await store.db.execute(sql`insert into relayer.facts values ('a', 'b')`);
      await store.reset();
      const result = (await store.db.execute(sql`select count(*)::int as n from relayer.facts`)) as unknown;
      expect((result as { rows: unknown[] }).rows).to.deep.equal([{ n: 0 }]);
      expect(await store.db.select().from(requests)).to.deep.equal([]);
    } finally {
      await store.close();
    }
  });
});
