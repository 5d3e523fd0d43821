import { createHmac, hkdfSync } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Hex, hexToBytes } from "viem";
import { RateLimitedError } from "./errors.ts";
import type { Logger } from "./log.ts";
import { networkPart } from "./net/networkPart.ts";
import { createRounds, type Rounds } from "./rounds.ts";
import type { Store } from "./store/index.ts";

/** How often what was taken here is told the others, in milliseconds, while anything is. */
const SHARE_MS = 250;
/** Buckets of one statement; and those of one limit in memory, and as many that wait to be told. */
const LARGEST_BATCH = 2_000;
const MOST_BUCKETS = 50_000;
/** A bucket that nobody took from for so long is full: nothing needs to be known of it. */
const FULL_AFTER_MINUTES = 5;

type Bucket = {
  left: number;
  at: number;
  /** Taken here and not told yet. */
  untold: number;
};
type Told = { limiter: RateLimiter; key: string; bucket: Bucket; taken: number };

/**
 * So many events a minute for each key, a burst of as many at once: a token bucket. The answer comes from memory, at
 * once; {@link RateLimits} keeps all processes' copies of a bucket together.
 */
export class RateLimiter {
  readonly name: string;
  readonly perMinute: number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #onTaken: (() => void) | undefined;
  readonly #untold = new Map<string, Bucket>();

  /** @param onTaken There is something to tell others. Without it there are none, and nothing is kept for them. */
  constructor(name: string, perMinute: number, onTaken?: () => void) {
    this.name = name;
    this.perMinute = perMinute;
    this.#onTaken = onTaken;
  }

  /**
   * @param key An account, a network address (of IPv6 its /64 counts), or a fixed word.
   * @throws RateLimitedError with the seconds to wait.
   */
  take(key: string, now = Date.now()): void {
    const subject = networkPart(key);
    const bucket = this.#buckets.get(subject) ?? { left: this.perMinute, at: now, untold: 0 };
    const left = this.#leftOf(bucket, now);
    if (left < 1) throw new RateLimitedError(Math.ceil(((1 - left) * 60) / this.perMinute));
    Object.assign(bucket, { left: left - 1, at: now });
    // Kept in order of use, so that the oldest can go when there are many.
    this.#buckets.delete(subject);
    put(this.#buckets, subject, bucket);
    if (this.#onTaken === undefined) return;
    // However long the database takes to hear of it, nobody comes to owe more than a burst.
    bucket.untold = Math.min(this.perMinute, bucket.untold + 1);
    put(this.#untold, subject, bucket);
    this.#onTaken();
  }

  /** How many keys' takings the others were not told yet. */
  get waiting(): number {
    return this.#untold.size;
  }

  /** Hands out what the others were not told yet. */
  untold(): Told[] {
    const told = [...this.#untold].map(([key, bucket]) => ({ limiter: this, key, bucket, taken: bucket.untold }));
    this.#untold.clear();
    for (const { bucket } of told) bucket.untold = 0;
    return told;
  }

  /**
   * Could not be told: with the next ones. Alone, a process gives what its own minutes bring, so that what came back here
   * meanwhile is not owed to the others.
   */
  keep({ key, bucket, taken }: Told, now = Date.now()): void {
    bucket.untold = Math.max(0, Math.min(bucket.untold + taken, this.perMinute - this.#leftOf(bucket, now)));
    if (bucket.untold > 0) put(this.#untold, key, bucket);
    else this.#untold.delete(key);
  }

  #leftOf({ left, at }: Bucket, now: number): number {
    return Math.min(this.perMinute, left + (Math.max(0, now - at) / 60_000) * this.perMinute);
  }
}

/** Sets one of so many; the oldest goes. */
function put(buckets: Map<string, Bucket>, key: string, bucket: Bucket): void {
  buckets.set(key, bucket);
  if (buckets.size <= MOST_BUCKETS) return;
  const oldest = buckets.keys().next().value;
  if (oldest !== undefined) buckets.delete(oldest);
}

/**
 * The limits a minute of one relayer, counted over all processes on its database. Each process answers from its own
 * copy of a bucket and four times a second writes what it took into the one that all share, which tells it what the
 * others took. Nothing waits for that, and while the database is out of reach each counts for itself.
 *
 * How far off it can be: of n processes each may give away what its copy still has before it hears of the others, so
 * that in any t minutes at most `perMinute × (t + n)` get through, where one process alone lets `perMinute × (t + 1)`.
 * What was too much is owed: the shared bucket goes below zero and fills up again before anything more is given.
 */
export class RateLimits {
  readonly #store: Store;
  readonly #secret: Buffer;
  readonly #limiters: RateLimiter[] = [];
  readonly #rounds: Rounds;
  #isDue = false;

  constructor({ store, masterKey, log }: { store: Store; masterKey: Hex; log: Logger }) {
    this.#store = store;
    this.#secret = Buffer.from(hkdfSync("sha256", hexToBytes(masterKey), "stelai relayer", "rate limits", 32));
    this.#rounds = createRounds({
      round: () => this.share(),
      intervalMs: SHARE_MS,
      onError: (error) => log.warn({ error }, "limits are counted for this process alone until the database is back"),
    });
  }

  /** A limit of so many a minute; `name` is the same in every process. */
  perMinute(name: string, perMinute: number): RateLimiter {
    const onTaken = () => {
      this.#isDue = true;
    };
    // An embedded database has no other processes.
    const isShared = this.#store.kind === "postgres";
    const limiter = new RateLimiter(name, perMinute, ...(isShared ? [onTaken] : []));
    this.#limiters.push(limiter);
    return limiter;
  }

  /** Begins to count with others; an embedded database has none. */
  start(): void {
    if (this.#store.kind === "postgres") this.#rounds.start(SHARE_MS);
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.share().catch(() => {});
  }

  /** Tells what was taken here since it was told last, and learns what is left for all. */
  async share(): Promise<void> {
    if (!this.#isDue) return;
    this.#isDue = false;
    const told = this.#limiters.flatMap((limiter) => limiter.untold());
    for (let at = 0; at < told.length; at += LARGEST_BATCH) {
      const batch = told.slice(at, at + LARGEST_BATCH);
      try {
        await this.#tell(batch);
      } catch (error) {
        for (const one of told.slice(at)) one.limiter.keep(one);
        this.#isDue = true;
        throw error;
      }
    }
  }

  /** Forgets buckets that are full by now. */
  async prune(): Promise<void> {
    await this.#store.db.execute(
      sql`delete from relayer.rate_buckets where at < now() - make_interval(mins => ${FULL_AFTER_MINUTES})`,
    );
  }

  async #tell(batch: readonly Told[]): Promise<void> {
    const byKey = new Map(batch.map((one) => [`${one.limiter.name} ${this.#hashOf(one.limiter.name, one.key)}`, one]));
    const rows = [...byKey].map(([id, { limiter, taken }]) => {
      const [name, key] = id.split(" ");
      return { name, key, per_minute: limiter.perMinute, taken };
    });
    // In one order everywhere, so that two processes never wait for each other; by the database's clock alone.
    const result: unknown = await this.#store.db.execute(sql`
      insert into relayer.rate_buckets as b (name, key, per_minute, tokens, at)
      select v.name, v.key, v.per_minute, v.per_minute - v.taken, clock_timestamp()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as v(name text, key text, per_minute double precision, taken double precision)
      order by v.name, v.key
      on conflict (name, key) do update set at = excluded.at, per_minute = excluded.per_minute,
        tokens = least(excluded.per_minute, b.tokens + greatest(0, extract(epoch from excluded.at - b.at)) / 60 * excluded.per_minute)
          - (excluded.per_minute - excluded.tokens)
      returning name, key, tokens`);
    const now = Date.now();
    for (const { name, key, tokens } of (result as { rows: { name: string; key: string; tokens: number }[] }).rows) {
      const bucket = byKey.get(`${name} ${key}`)?.bucket;
      // What was taken while the database answered is not in its number yet.
      if (bucket !== undefined) Object.assign(bucket, { left: Number(tokens) - bucket.untold, at: now });
    }
  }

  /** Whoever reads the table learns nobody's network address from it. */
  #hashOf(name: string, key: string): string {
    return createHmac("sha256", this.#secret).update(`${name} ${key}`).digest("base64url");
  }
}
