import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestChain } from "../../test/harness/chain.ts";
import { bareEnvironment } from "../../test/harness/environment.ts";
import { indexHead, untilIndexed } from "../head.ts";

/** A running indexer of its own. */
export type TestIndexer = {
  url: string;
  /** Waits until it holds all of the chain. */
  caughtUp: () => Promise<unknown>;
  /** Ends the process as a service manager would; resolves with its exit code. */
  stop: () => Promise<number | null>;
  /** What it has printed, at most the last two million characters. */
  output: () => string;
};

/** Starts the indexer as a process on a free port; without `dataDir` on an empty database that goes with it. */
export async function startIndexer(
  chain: Pick<TestChain, "rpcUrl" | "deployment">,
  variables: Record<string, string> = {},
): Promise<TestIndexer> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-indexer-"));
  const deployment = join(folder, "deployment.json");
  writeFileSync(deployment, JSON.stringify(chain.deployment));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, output } = runStart({
    RPC_URL: chain.rpcUrl,
    CHAIN_ID: String(chain.deployment.chainId),
    DEPLOYMENT: deployment,
    DATA_DIR: folder,
    PORT: String(port),
    POLLING_INTERVAL_MS: "100",
    // What a test has just written is found, however busy the machine.
    SEARCH_PATIENCE_MS: "20000",
    ...variables,
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  const begin = Date.now();
  while (!(await indexHead(url).catch(() => null))) {
    if (child.exitCode !== null) throw new Error(`The indexer ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() - begin > 240_000) {
      await stop();
      throw new Error(`The indexer did not start:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const caughtUp = () =>
    untilIndexed(url, chain.rpcUrl, { seconds: 240 }).catch((error) => {
      throw new Error(`${error.message}\n${output()}`);
    });
  return { url, caughtUp, stop, output };
}

/** Runs the start script with nothing but these variables; for refusals. */
export function runStart(variables: Record<string, string>): { child: ChildProcess; output: () => string } {
  const start = fileURLToPath(new URL("../start.ts", import.meta.url));
  const child = spawn(process.execPath, [start], { env: { ...bareEnvironment(), ...variables } });
  let text = "";
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2_000_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return { child, output: () => text };
}

/** A port that nobody holds at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** A GraphQL query to the index. @throws Error with what it complained about. */
export async function graphql<Data>(
  indexerUrl: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(`${indexerUrl}/graphql`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}
