import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DeploymentFile, parseDeployment } from "@stelai/sdk";
import type { Deployment } from "../deploy/deployment.ts";
import { deployLocal } from "../deploy/local.ts";
import { seed } from "../seed/index.ts";
import { CONTRIBUTIONS, DEMO_ACCOUNTS, OPERATOR } from "./accounts.ts";
import { build } from "./build.ts";
import { assertFree, type Ports } from "./ports.ts";
import { assertAlive, type Running, startService, stopService, untilReady } from "./processes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where a running stack is reached. */
export type Stack = {
  urls: { web: string; relayer: string; indexer: string; chain: string };
  deployment: Deployment;
  /** Where logs and data are, until the stack stops. */
  folder: string;
  services: Record<"chain" | "relayer" | "indexer" | "web", Running>;
  /** Starts the relayer again after it was stopped or killed, on the same state. */
  restartRelayer: () => Promise<void>;
  stop: () => Promise<void>;
  /** Resolves when a service ends by itself, with why. */
  failed: Promise<Error>;
};

export type StackOptions = {
  ports: Ports;
  /** Where logs and data go; emptied first. */
  folder: string;
  say: (text: string) => void;
  /** More environment for the relayer. */
  relayer?: Record<string, string>;
};

/** Starts chain, contracts, relayer with storage, indexer, demo content and dApp, each ready before it returns. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, folder, say } = options;
  await assertFree(ports);
  await build(say);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const logs = join(folder, "logs");
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const urls = {
    web: `http://localhost:${ports.web}`,
    relayer: url(ports.relayer),
    indexer: url(ports.indexer),
    chain: url(ports.chain),
  };
  const running: Running[] = [];
  const start = (name: string, words: string[], cwd: string, environment: Record<string, string>) => {
    const service = startService(name, words, { cwd, environment, logs });
    running.push(service);
    return service;
  };
  const stop = async () => {
    stopping = true;
    for (const service of running.reverse()) await stopService(service);
  };
  let stopping = false;

  try {
    say("Starting the local chain.");
    const chain = start("chain", ["scripts/dev/chain.ts", String(ports.chain)], root, {});
    await untilReady(chain, () => answers(urls.chain, '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}'), 60);

    say("Deploying the contracts.");
    const deployment = await deployLocal(urls.chain);
    const deploymentFile = join(folder, "deployment.json");
    writeFileSync(deploymentFile, JSON.stringify(deployment, null, 2));

    say("Starting relayer, storage and indexer.");
    const webOrigins = `http://localhost:${ports.web},http://127.0.0.1:${ports.web}`;
    const relayerEnvironment: Record<string, string> = {
      PORT: String(ports.relayer),
      RPC_URL: urls.chain,
      DEPLOYMENT: deploymentFile,
      DATA_DIR: join(folder, "relayer"),
      OPERATOR_PRIVATE_KEY: OPERATOR.privateKey,
      // A throw-away secret: the chain and everything encrypted under it end with this run.
      MASTER_KEY: createHash("sha256").update(randomBytes(32)).digest("hex"),
      WEB_ORIGIN: webOrigins,
      PUBLIC_URL: urls.relayer,
      // What a person should see of an operator's conditions: a small fee for compute, one for sponsoring.
      FEE_PER_UNIT_CHAT: "20000",
      FEE_PER_UNIT_IMAGE: "50000",
      FEE_PER_UNIT_VIDEO: "40000",
      FEE_PER_UNIT_VOICE: "30000",
      FEE_PER_UNIT_MUSIC: "5000",
      SPONSOR_TAB_FEE: "200000000000000000",
      X402: "true",
      X402_FEE: "200000",
      // Soon enough to watch: what was used shows as an earning while one still looks.
      SETTLE_AGE_SECONDS: "15",
      SETTLE_INTERVAL_MS: "2000",
      COLLECT_VALUE: "1",
      KEEPER_INTERVAL_MS: "1000",
      DELIVERY_INTERVAL_MS: "1000",
      CONTRIBUTIONS_KEY: CONTRIBUTIONS.privateKey,
      INDEXER_URL: urls.indexer,
      ...options.relayer,
    };
    const startRelayer = async () => {
      const relayer = start("relayer", ["src/index.ts"], join(root, "relayer"), relayerEnvironment);
      await untilReady(relayer, () => answers(`${urls.relayer}/ready`), 60);
      return relayer;
    };
    const indexer = start("indexer", ["start.ts"], join(root, "indexer"), {
      PORT: String(ports.indexer),
      RPC_URL: urls.chain,
      CHAIN_ID: String(deployment.chainId),
      DEPLOYMENT: deploymentFile,
      DATA_DIR: join(folder, "indexer"),
      WEB_ORIGIN: webOrigins,
      RELAYER_URL: urls.relayer,
      OPERATORS: OPERATOR.address,
      POLLING_INTERVAL_MS: "500",
    });
    const relayer = await startRelayer();
    await untilReady(indexer, () => answers(`${urls.indexer}/status`), 90);

    say("Publishing the demo characters.");
    await seed({
      rpcUrl: urls.chain,
      relayerUrl: urls.relayer,
      deployment: parseDeployment(deployment),
      webOrigin: urls.web,
    });

    const configFile = join(folder, "config.json");
    writeFileSync(configFile, JSON.stringify(webConfig(urls, deployment), null, 2));
    const web = start("web", ["scripts/dev/webServer.ts", String(ports.web), configFile], root, {});
    await untilReady(web, () => answers(`http://127.0.0.1:${ports.web}/config.json`), 30);

    const services = { chain, relayer, indexer, web };
    const failed = new Promise<Error>((resolve) => {
      for (const service of Object.values(services)) {
        service.child.once("exit", () => {
          if (stopping || services[service.name as keyof typeof services] !== service) return;
          try {
            assertAlive(service);
          } catch (error) {
            resolve(error as Error);
          }
        });
      }
    });
    return {
      urls,
      deployment,
      folder,
      services,
      restartRelayer: async () => {
        await stopService(services.relayer);
        services.relayer = await startRelayer();
      },
      stop,
      failed,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function webConfig(urls: Stack["urls"], deployment: DeploymentFile) {
  return {
    chain: {
      id: deployment.chainId,
      name: "Stelai local chain",
      rpcUrl: urls.chain,
      genesisHash: deployment.genesisHash,
      startBlock: deployment.startBlock,
      finalityBlocks: deployment.finalityBlocks,
      isLocal: true,
      demoAccounts: DEMO_ACCOUNTS,
    },
    contracts: deployment.contracts,
    relayerUrl: urls.relayer,
    indexerUrl: urls.indexer,
  };
}

async function answers(url: string, body?: string): Promise<boolean> {
  const request = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body };
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(2_000) });
  return response.ok;
}
