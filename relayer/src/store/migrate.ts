import { readdirSync, readFileSync } from "node:fs";

/** The little of a database that migrations need: both drivers run several statements at once. */
export type Runner = {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
};

const FOLDER = new URL("./migrations/", import.meta.url);

/**
 * Brings the schema up to date: each file of `migrations/` once, in the order of its name, each in its own
 * transaction. The caller holds the lock that keeps other instances out.
 */
export async function migrate(database: Runner): Promise<void> {
  await database.run("create schema if not exists relayer");
  await database.run(
    "create table if not exists relayer.migrations (name text primary key, applied_at timestamptz not null)",
  );
  const applied = new Set((await database.rows("select name from relayer.migrations")).map((row) => String(row.name)));
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  for (const name of files.sort()) {
    if (applied.has(name)) continue;
    const sql = readFileSync(new URL(name, FOLDER), "utf8");
    await database.run(`begin;\n${sql}\ninsert into relayer.migrations values ('${name}', now());\ncommit;`);
  }
}
