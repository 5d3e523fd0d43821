import { expect } from "chai";
import { startPostgres, type TestPostgres } from "../test/postgres.ts";
import { RateLimitedError } from "./errors.ts";
import { RateLimiter, RateLimits } from "./limits.ts";
import { createLogger } from "./log.ts";
import type { Store } from "./store/index.ts";
import { openPostgres } from "./store/postgres.ts";

const MASTER_KEY = `0x${"42".repeat(32)}` as const;
const log = createLogger({ LOG_LEVEL: "silent" });

/** How many of `count` are let through. */
function taken(limiter: RateLimiter, key: string, count: number, now?: number): number {
  let through = 0;
  for (let one = 0; one < count; one += 1) {
    try {
      limiter.take(key, now);
      through += 1;
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
    }
  }
  return through;
}

describe("A limit a minute", () => {
  it("gives a burst, then as much as the minute brings, and says how long to wait", () => {
    const limiter = new RateLimiter("test", 60);
    expect(taken(limiter, "a", 100, 0)).to.equal(60);
    expect(() => limiter.take("a", 0)).to.throw(RateLimitedError, "Try again in 1 s");
    expect(taken(limiter, "a", 100, 10_000)).to.equal(10);
    expect(taken(limiter, "b", 100, 10_000)).to.equal(60);
  });

  it("counts an IPv6 network of one household as one, and a clock that goes back as standing still", () => {
    const limiter = new RateLimiter("test", 2);
    limiter.take("2001:db8:1:2::1", 60_000);
    limiter.take("2001:0db8:0001:0002:ffff::", 0);
    expect(() => limiter.take("2001:db8:1:2:3:4:5:6", 0)).to.throw(RateLimitedError);
    limiter.take("2001:db8:1:3::1", 0);
  });
});

describe("Limits a minute over several processes", () => {
  let postgres: TestPostgres;
  let url: string;
  let stores: [Store, Store];

  before(async () => {
    postgres = await startPostgres();
    url = await postgres.database();
    stores = [await openPostgres(url), await openPostgres(url)];
  });
  after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  let names = 0;
  const pair = (perMinute: number) => {
    names += 1;
    return stores.map((store) => {
      const limits = new RateLimits({ store, masterKey: MASTER_KEY, log });
      return { limits, limiter: limits.perMinute(`test.${names}`, perMinute) };
    }) as [{ limits: RateLimits; limiter: RateLimiter }, { limits: RateLimits; limiter: RateLimiter }];
  };

  it("are counted together as soon as one has told the other", async () => {
    const [one, other] = pair(60);
    expect(taken(one.limiter, "a", 40)).to.equal(40);
    await one.limits.share();
    // What the other gives before it hears of it is bounded by what its copy has; then it knows.
    expect(taken(other.limiter, "a", 1)).to.equal(1);
    await other.limits.share();
    expect(taken(other.limiter, "a", 100)).to.be.within(19, 22);
    await other.limits.share();
    expect(taken(one.limiter, "a", 1)).to.equal(1);
    await one.limits.share();
    expect(taken(one.limiter, "a", 100)).to.be.at.most(2);
  });

  it("owe what was too much: two bursts at once leave nothing for as long as a burst takes to come back", async () => {
    const [one, other] = pair(60);
    expect(taken(one.limiter, "a", 100) + taken(other.limiter, "a", 100)).to.equal(120);
    await one.limits.share();
    await other.limits.share();
    const later = Date.now() + 50_000;
    expect(taken(other.limiter, "a", 100, later)).to.equal(0);
    expect(taken(other.limiter, "b", 1, later)).to.equal(1);
  });

  it("go on for each process alone while the database is away, and are told when it is back", async () => {
    const [one, other] = pair(10);
    const store: Store = { ...stores[0], db: { execute: () => Promise.reject(new Error("away")) } as never };
    const limits = new RateLimits({ store, masterKey: MASTER_KEY, log });
    const limiter = limits.perMinute(one.limiter.name, 10);
    expect(taken(limiter, "a", 4)).to.equal(4);
    expect(await limits.share().catch((error: Error) => error.message)).to.equal("away");
    expect(taken(limiter, "a", 2)).to.equal(2);
    Object.assign(store, { db: stores[0].db });
    await limits.share();
    expect(taken(other.limiter, "a", 1)).to.equal(1);
    await other.limits.share();
    expect(taken(other.limiter, "a", 10)).to.equal(3);
  });

  it("owe after a long outage what is missing then, and keep nothing of whom nothing is missing", async () => {
    const [, other] = pair(60);
    const away = new Error("away");
    const store: Store = { ...stores[0], db: { execute: () => Promise.reject(away) } as never };
    const limits = new RateLimits({ store, masterKey: MASTER_KEY, log });
    const limiter = limits.perMinute(other.limiter.name, 60);
    // Ten minutes at the limit's rate, without a word from the database.
    const start = Date.now() - 600_000;
    for (let minute = 0; minute <= 10; minute += 1) {
      expect(taken(limiter, "a", 100, start + minute * 60_000)).to.equal(60);
      if (minute === 0) limiter.take("once", start);
      expect(await limits.share().catch((error: unknown) => error)).to.equal(away);
    }
    expect(limiter.waiting).to.equal(1);
    Object.assign(store, { db: stores[0].db });
    await limits.share();
    other.limiter.take("a");
    await other.limits.share();
    // One too much was taken; a quarter of a minute brings a quarter of it back.
    expect(taken(other.limiter, "a", 100, Date.now() + 15_000)).to.be.within(13, 15);
  });

  it("owe a burst at most while a statement hangs, and remember so many keys and no more", () => {
    const store: Store = { ...stores[0], db: { execute: () => new Promise(() => {}) } as never };
    const limiter = new RateLimits({ store, masterKey: MASTER_KEY, log }).perMinute("test.hanging", 10);
    for (let minute = 0; minute < 20; minute += 1) expect(taken(limiter, "a", 20, minute * 60_000)).to.equal(10);
    expect(limiter.untold().map((told) => told.taken)).to.deep.equal([10]);
    for (let one = 0; one < 50_010; one += 1) limiter.take(`key ${one}`, 0);
    expect(limiter.waiting).to.equal(50_000);
  });

  it("remember nothing to tell where there is nobody else", () => {
    const store: Store = { ...stores[0], kind: "pglite" };
    const limiter = new RateLimits({ store, masterKey: MASTER_KEY, log }).perMinute("test.alone", 10);
    expect(taken(limiter, "a", 20)).to.equal(10);
    expect(limiter.waiting).to.equal(0);
  });

  it("keep no key that anyone could read, and forget what is full again", async () => {
    const [{ limits, limiter }] = pair(10);
    limiter.take("192.0.2.7");
    await limits.share();
    const { rows } = (await stores[0].db.execute("select * from relayer.rate_buckets")) as unknown as {
      rows: unknown[];
    };
    expect(JSON.stringify(rows)).to.include(limiter.name).and.not.include("192.0.2.7");
    await stores[0].db.execute("update relayer.rate_buckets set at = now() - interval '6 minutes'");
    await limits.prune();
    const left = (await stores[0].db.execute("select * from relayer.rate_buckets")) as unknown as { rows: unknown[] };
    expect(left.rows).to.deep.equal([]);
  });
});
