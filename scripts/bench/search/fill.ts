/** The index's tables, filled without its chain, and what it asks beside it. */
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import pg from "pg";
import type { Market, Rows } from "./works.ts";

type Query = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, string>[] }>;
const ROWS_AT_ONCE = 500;

/** Fills the tables of an index that is stopped, in PGlite's `directory`. */
export async function fillPglite(directory: string, rows: Rows): Promise<void> {
  // The one that Ponder opens them with.
  const require = createRequire(import.meta.resolve("ponder"));
  const { PGlite } = require("@electric-sql/pglite") as {
    PGlite: new (directory: string) => { query: Query; close: () => Promise<void> };
  };
  const database = new PGlite(directory);
  await fill((text, values) => database.query(text, values), rows);
  await database.close();
}

/** Fills the tables of an index that is stopped, in Postgres. */
export async function fillPostgres(connectionString: string, rows: Rows): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await fill((text, values) => client.query(text, values), rows);
  await client.end();
}

async function fill(query: Query, tables: Rows): Promise<void> {
  const found = await query("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'stelai\\_%'");
  const schema = found.rows[0]?.schema_name;
  if (schema === undefined) throw new Error("The index has made no tables.");
  // Triggers note what a reorganisation would take back; these rows are of no block.
  await query("SET session_replication_role = replica");
  for (const [table, rows] of Object.entries(tables)) {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const insert = `INSERT INTO "${schema}"."${table}" SELECT * FROM json_populate_recordset(NULL::"${schema}"."${table}", $1)`;
      await query(insert, [JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))]);
    }
  }
  await query("ANALYZE");
}

/** A gateway that has the works' texts, and a relayer that knows their creators' names. */
export async function serve({ files, names }: Market): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const file = files.get(url.pathname.slice("/ipfs/".length));
    if (file !== undefined) return response.end(file);
    if (url.pathname !== "/v1/profiles") return response.writeHead(404).end();
    const profiles = (url.searchParams.get("addresses") ?? "").split(",").flatMap((address) => {
      const name = names.get(address);
      return name === undefined ? [] : [{ address, name, picture: null }];
    });
    return response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ profiles }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = Object(server.address()) as { port: number };
  return { url: `http://127.0.0.1:${port}`, server };
}
