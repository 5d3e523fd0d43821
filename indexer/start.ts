/**
 * Starts the indexer: `node indexer/start.ts`, settings from the environment ({@link readEnvironment}).
 * Ends cleanly on SIGTERM and SIGINT.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Environment, EnvironmentError, readEnvironment } from "./environment.ts";
import { chainRequest } from "./head.ts";

/** Refuses a node that is on another chain, or on an earlier life of the same local one. */
async function assertChain({ rpcUrls, chainId, genesisHash }: Environment): Promise<void> {
  const url = rpcUrls.find((each) => each.startsWith("http"));
  if (url === undefined) return;
  const id = Number(await chainRequest(url, "eth_chainId"));
  if (id !== chainId) throw new EnvironmentError("CHAIN_ID", `is ${chainId}, but RPC_URL answers for chain ${id}.`);
  const { hash } = Object(await chainRequest(url, "eth_getBlockByNumber", ["0x0", false])) as { hash?: string };
  if (hash !== genesisHash) {
    throw new EnvironmentError("DEPLOYMENT", `is on a chain that began with ${genesisHash}; RPC_URL's with ${hash}.`);
  }
}

/** Ponder would quietly take the next port instead. */
function assertFree({ port, host }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () => reject(new EnvironmentError("PORT", `${port} on ${host} is taken: choose another.`)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** Drops what an earlier chain of the same id, or another PGlite, left in PGlite's directory, and makes this one's. */
function prepareDirectory({ dataDir, directory, chainId }: Environment): void {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(dataDir)) {
    const isOurs = new RegExp(`^${chainId}-[0-9a-f]{12}(-pg\\d+)?$`).test(name);
    if (isOurs && name !== basename(directory)) rmSync(join(dataDir, name), { recursive: true });
  }
}

async function start(): Promise<void> {
  const environment = readEnvironment(process.env);
  await assertChain(environment);
  await assertFree(environment);
  if (environment.databaseUrl === undefined) prepareDirectory(environment);

  process.env.PONDER_TELEMETRY_DISABLED = "1";
  process.env.PORT = String(environment.port);
  process.chdir(fileURLToPath(new URL(".", import.meta.url)));
  const { mode, viewsSchema } = environment;
  const views = viewsSchema === undefined ? [] : ["--views-schema", viewsSchema];
  const what =
    mode === "serve" ? ["serve", "--schema", viewsSchema ?? ""] : ["start", "--schema", environment.schema, ...views];
  const words = [...what, "--hostname", environment.host, "--log-format", "json"];
  process.argv.splice(1, process.argv.length, "ponder", ...words);
  // Ponder has no other entry: its command line is started in this process, which keeps the signals simple.
  await import(new URL("bin/ponder.js", import.meta.resolve("ponder")).href);
}

try {
  await start();
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exit(1);
}
