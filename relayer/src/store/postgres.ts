import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { INSTANCE_TIMEOUT_SECONDS, type Store } from "./index.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema/index.ts";

/** How long one waits for a connection before that is an error, in milliseconds. */
const WAIT_MS = 10_000;

/** Opens a Postgres that any number of instances may share. */
export async function openPostgres(url: string, instanceTimeoutSeconds = INSTANCE_TIMEOUT_SECONDS): Promise<Store> {
  const options = {
    ...{ connectionString: url, application_name: "stelai-relayer", connectionTimeoutMillis: WAIT_MS },
    // A server that vanished without a word is noticed, and so is, there, a client that did.
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...options, max: 16 });
  // Who holds a lock needs another connection for its work: from one pool, enough holders would wait for each other.
  const locks = new pg.Pool({ ...options, max: 8 });
  // An idle connection that breaks is dropped by the pool, and the next query opens another. One that breaks while it is
  // used fails the query that runs; between two queries nobody would hear of it, and the process would end.
  for (const one of [pool, locks]) {
    one.on("error", () => {});
    one.on("connect", (client) => client.on("error", () => {}));
  }
  await withLock(locks, "migrate", (client) => migrate(runnerOf(client)));
  const db = drizzle(pool, { schema, casing: "snake_case" });
  return {
    kind: "postgres",
    db,
    instanceTimeoutSeconds,
    book: async (batch) => {
      await again(() => pool.query({ name: "book", text: "select relayer.book($1::jsonb)", values: [batch] }));
    },
    transaction: (work) => again(() => db.transaction((tx) => work(tx))),
    exclusively: (name, work) => tryWithLock(locks, name, work),
    reset: () =>
      withLock(locks, "migrate", async (client) => {
        await client.query("drop schema relayer cascade");
        await migrate(runnerOf(client));
      }),
    close: async () => {
      await Promise.all([pool.end(), locks.end()]);
    },
  };
}

/** Postgres ends one of two transactions that wait for each other: that one is run again. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 3 || !isConflict(error)) throw error;
    }
  }
}

/** `deadlock_detected` or `serialization_failure`. */
function isConflict(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && (cause.code === "40P01" || cause.code === "40001")) return true;
  }
  return false;
}

function runnerOf(client: pg.PoolClient) {
  return {
    run: async (sql: string) => {
      await client.query(sql);
    },
    rows: async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows,
  };
}

/** Advisory locks are numbered; the number is the hash of the name. */
function lockNumber(name: string): string {
  return createHash("sha256").update(`stelai relayer ${name}`).digest().readBigInt64BE().toString();
}

async function withLock(pool: pg.Pool, name: string, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockNumber(name)]);
    await work(client);
    await client.query("select pg_advisory_unlock($1)", [lockNumber(name)]);
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release();
}

async function tryWithLock<T>(pool: pg.Pool, name: string, work: () => Promise<T>): Promise<T | undefined> {
  const client = await pool.connect();
  // The lock belongs to the connection: a process that dies lets go of it.
  let broken: Error | undefined;
  const onBroken = (error: Error) => {
    broken = error;
  };
  client.on("error", onBroken);
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
      lockNumber(name),
    ]);
    if (rows[0]?.held !== true) return undefined;
    try {
      return await work();
    } finally {
      await client.query("select pg_advisory_unlock($1)", [lockNumber(name)]).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    client.removeListener("error", onBroken);
    client.release(broken);
  }
}
