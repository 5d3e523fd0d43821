import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { INSTANCE_TIMEOUT_SECONDS, type Store } from "./index.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema/index.ts";

/** Thrown when another process has the embedded database open: two would corrupt it. */
export class DatabaseInUseError extends Error {
  override readonly name = "DatabaseInUseError";
  constructor(folder: string, pid: number) {
    super(
      `DATA_DIR ${folder} is in use by process ${pid}. Stop that one, choose another DATA_DIR, ` +
        "or set DATABASE_URL: several relayers can share a Postgres.",
    );
  }
}

/**
 * How often the embedded database gives back the room of what was replaced and deleted, and counts its rows anew: Postgres
 * does it by itself, this one has nobody else. It stands still for about a second for every 100,000 requests.
 */
const TIDY_MS = 86_400_000;

/** Opens the embedded database in `folder`, alone. `memory` keeps nothing. */
export async function openPglite(folder: string | "memory", tidyMs = TIDY_MS): Promise<Store> {
  const release = folder === "memory" ? () => {} : lock(folder);
  try {
    return await open(folder, tidyMs, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function open(folder: string, tidyMs: number, release: () => void): Promise<Store> {
  const client = await PGlite.create(folder === "memory" ? "memory://" : join(folder, "database"));
  const runner = {
    run: async (sql: string) => {
      await client.exec(sql);
    },
    rows: async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows,
  };
  await migrate(runner);
  const db = drizzle(client, { schema, casing: "snake_case" });
  const held = new Set<string>();
  const tidying = setInterval(() => {
    // What fails now is done tomorrow; whatever else is wrong with it shows elsewhere.
    void client.exec("vacuum (analyze)").catch(() => {});
  }, tidyMs).unref();
  return {
    kind: "pglite",
    db,
    instanceTimeoutSeconds: INSTANCE_TIMEOUT_SECONDS,
    // The simple protocol takes half the time of a bound parameter here; a quoted literal is as safe.
    book: async (batch) => {
      await client.exec(`select relayer.book('${batch.replaceAll("'", "''")}'::jsonb)`);
    },
    transaction: (work) => db.transaction((tx) => work(tx)),
    // One process has the database: a lock in memory is enough.
    exclusively: async (name, work) => {
      if (held.has(name)) return undefined;
      held.add(name);
      try {
        return await work();
      } finally {
        held.delete(name);
      }
    },
    reset: async () => {
      await client.exec("drop schema relayer cascade");
      await migrate(runner);
    },
    close: async () => {
      clearInterval(tidying);
      await client.close();
      release();
    },
  };
}

/** A file that names the process; a dead process's file is taken over. */
function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "relayer.pid");
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST") || attempt > 0) throw error;
      const pid = Number(readFileSync(path, "utf8"));
      if (pid !== process.pid && isAlive(pid)) throw new DatabaseInUseError(folder, pid);
      if (pid === process.pid) throw new DatabaseInUseError(folder, pid);
      rmSync(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
