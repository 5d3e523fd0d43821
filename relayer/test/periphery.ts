import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import {
  type Abi,
  type Address,
  createWalletClient,
  type Hex,
  http,
  type PrivateKeyAccount,
  type Chain as ViemChain,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { createSiweMessage, type SiweMessage } from "viem/siwe";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { type CharacterRegistry, createCharacterRegistry } from "../src/chain/characters.ts";
import { type Chain, connectChain } from "../src/chain/index.ts";
import { type Config, loadConfig } from "../src/config.ts";
import { type ContentStore, openContentStore } from "../src/content/index.ts";
import { errorResponse } from "../src/errors.ts";
import { type AppEnv, httpMiddleware } from "../src/http.ts";
import { InFlight } from "../src/inFlight.ts";
import { Runs } from "../src/inference/runs.ts";
import { RateLimits } from "../src/limits.ts";
import { createLogger } from "../src/log.ts";
import { createMetrics } from "../src/metrics.ts";
import { operatorFrom } from "../src/operator.ts";
import { createPeople, type People } from "../src/people/index.ts";
import { openStore, type Store } from "../src/store/index.ts";

export const ORIGIN = "https://app.example";

/** A chain, a database, a content store and the services for people over them: nothing of it pretended. */
export type Periphery = {
  testChain: TestChain;
  config: Config;
  chain: Chain;
  store: Store;
  content: ContentStore;
  people: People;
  registry: CharacterRegistry;
  limits: RateLimits;
  operator: Address;
  /** An account of the chain that holds test ETH, and has no part in the deployment. */
  account: (index: number) => PrivateKeyAccount;
  /** Serves routes as the relayer does: with its middleware and its errors. */
  app: (...routes: Hono<AppEnv>[]) => Hono<AppEnv>;
  /** A bearer header for an account, by signing in. */
  signIn: (account: PrivateKeyAccount) => Promise<Record<string, string>>;
  deploy: (name: string, args: readonly unknown[]) => Promise<Address>;
  write: (
    account: PrivateKeyAccount,
    to: Address,
    abi: Abi | readonly unknown[],
    functionName: string,
    args: readonly unknown[],
  ) => Promise<Hex>;
  stop: () => Promise<void>;
};

/** Starts it all. `environment` is laid over what tests usually need. */
export async function startPeriphery(environment: Record<string, string> = {}): Promise<Periphery> {
  const testChain = await startChain();
  const directory = await mkdtemp(join(tmpdir(), "stelai-relayer-"));
  const deployment = join(directory, "deployment.json");
  await writeFile(deployment, JSON.stringify(testChain.deployment));
  const config = loadConfig({
    RPC_URL: testChain.rpcUrl,
    DEPLOYMENT: deployment,
    OPERATOR_PRIVATE_KEY: testChain.accounts[1]?.privateKey,
    MASTER_KEY: `0x${"5a".repeat(32)}`,
    WEB_ORIGIN: `${ORIGIN},http://localhost:5173`,
    LOG_LEVEL: "silent",
    ADMIN_TOKEN: "an operator's own words",
    DATA_DIR: "memory",
    RATE_WRITES_PER_MINUTE: "1000",
    ...environment,
  });
  const chain = await connectChain(config);
  const store = await openStore(config);
  const content = await openContentStore({ dataDir: directory });
  const operator = operatorFrom(config.OPERATOR_PRIVATE_KEY).address;
  const registry = createCharacterRegistry(chain, operator);
  const people = createPeople({ config, db: store.db, chain, content, registry });
  const log = createLogger(config);
  const limits = new RateLimits({ store, masterKey: config.MASTER_KEY, log });
  const inFlight = new InFlight({
    ...{ requests: config.REQUESTS_IN_FLIGHT, bytes: config.BODIES_IN_FLIGHT_BYTES },
    bodyTimeoutMs: config.BODY_TIMEOUT_MS,
  });
  const services = { config, log, metrics: createMetrics(), runs: new Runs(), inFlight };
  const account = (index: number) => privateKeyToAccount(testChain.accounts[3 + index]?.privateKey ?? "0x");
  const wallet = (signer: PrivateKeyAccount) =>
    createWalletClient({ account: signer, chain: chain.client.chain as ViemChain, transport: http(config.RPC_URL) });
  return {
    testChain,
    config,
    chain,
    store,
    content,
    people,
    registry,
    limits,
    operator,
    account,
    app: (...routes) => {
      const app = new Hono<AppEnv>();
      for (const middleware of httpMiddleware(services)) app.use(middleware);
      for (const route of routes) app.route("/", route);
      return app.onError((error) => errorResponse(error));
    },
    signIn: async (signer) => {
      const message = siweMessage({ address: signer.address, nonce: await people.sessions.nonce() });
      const { token } = await people.sessions.verify(message, await signer.signMessage({ message }));
      return { Authorization: `Bearer ${token}` };
    },
    deploy: async (name, args) => {
      const path = new URL(`../../artifacts/contracts/mocks/${name}.sol/${name}.json`, import.meta.url);
      const { abi, bytecode } = JSON.parse(await readFile(path, "utf8")) as { abi: Abi; bytecode: Hex };
      const hash = await wallet(account(0)).deployContract({ abi, bytecode, args });
      const { contractAddress } = await chain.client.waitForTransactionReceipt({ hash });
      if (!contractAddress) throw new Error(`${name} was not deployed`);
      return contractAddress;
    },
    write: async (signer, address, abi, functionName, args) => {
      const hash = await wallet(signer).writeContract({ address, abi: abi as Abi, functionName, args });
      await chain.client.waitForTransactionReceipt({ hash });
      return hash;
    },
    stop: async () => {
      await content.close();
      await store.close();
      await testChain.stop();
      await rm(directory, { recursive: true });
    },
  };
}

/** A sign-in message for the test's web page and chain, with what a test changes. */
export function siweMessage(fields: Pick<SiweMessage, "address" | "nonce"> & Partial<SiweMessage>): string {
  return createSiweMessage({ chainId: 31_337, domain: "app.example", uri: ORIGIN, version: "1", ...fields });
}

/** A request with a JSON body. */
export function jsonRequest(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = JSON.stringify(body, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return { method, body: text, headers: { "Content-Type": "application/json", ...headers } };
}

/** The code of an error answer. */
export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}
