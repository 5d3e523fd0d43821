/**
 * The one stack that every browser test shares: chain, relayer, index, demo content, dApp and a browser. With STELAI_URL
 * set to a running local dApp, tests that stop no service run against that one, to try a single file at once.
 */
import { fileURLToPath } from "node:url";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { createPublicClient, createWalletClient, defineChain, type Hex, http, parseAbi, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { untilIndexed } from "../../indexer/head.ts";
import { DEPLOYER } from "../../scripts/dev/accounts.ts";
import { freePorts } from "../../scripts/dev/ports.ts";
import { type Stack, startStack } from "../../scripts/dev/stack.ts";
import { launchBrowser } from "./harness/browser.ts";
import { screenshot } from "./harness/screenshots.ts";
import { installWallet, type TestWallet } from "./harness/wallet.ts";

const FAUCET = parseAbi(["function mint(address to, uint256 amount)"]);
const ERC20 = parseAbi(["function balanceOf(address account) view returns (uint256)"]);

/** How long a test waits for one thing to appear: long enough for a transaction on a busy machine. */
export const PATIENCE_MS = 45_000;

type Reached = Pick<Stack, "urls" | "deployment">;

async function build() {
  const [ports, chromium] = await Promise.all([freePorts(), launchBrowser()]);
  try {
    const url = process.env.STELAI_URL;
    const folder = fileURLToPath(new URL("../../.stelai/e2e", import.meta.url));
    const own = url ? undefined : await startStack({ ports, folder, say: () => undefined });
    // An interrupted run does not come to its last hook.
    process.once("exit", () => Object.values(own?.services ?? {}).forEach(({ child }) => void child.kill("SIGKILL")));
    const reached = own ?? (await reach(url ?? ""));
    return {
      chromium,
      urls: reached.urls,
      deployment: reached.deployment,
      /** Its services, to stop and start again. @throws when the stack is not the tests' own. */
      get stack(): Stack {
        if (!own) throw new Error("This test stops services: run it without STELAI_URL.");
        return own;
      },
      stop: async () => {
        await chromium.close();
        await own?.stop();
      },
      ...chainOf(reached),
    };
  } catch (error) {
    await chromium.close();
    throw error;
  }
}

/** Where a running dApp finds everything, from its own configuration. */
async function reach(web: string): Promise<Reached> {
  const { chain, contracts, relayerUrl, indexerUrl } = await (await fetch(`${web}/config.json`)).json();
  const { id: chainId, genesisHash, startBlock, finalityBlocks, rpcUrl } = chain;
  return {
    urls: { web, relayer: relayerUrl, indexer: indexerUrl, chain: rpcUrl },
    deployment: { chainId, genesisHash, startBlock, finalityBlocks, contracts },
  };
}

/** Reads and test money on the stack's chain. */
function chainOf({ urls, deployment }: Reached) {
  const chain = defineChain({
    id: deployment.chainId,
    name: "Stelai local chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [urls.chain] } },
  });
  const transport = http(urls.chain);
  const reader = createPublicClient({ chain, transport, pollingInterval: 100 });
  const walletOf = (privateKey: Hex) =>
    createWalletClient({ chain, transport, account: privateKeyToAccount(privateKey) });
  const { Reserve } = deployment.contracts;
  return {
    chain,
    transport,
    reader,
    walletOf,
    /** USDC of an account on the chain, in its smallest unit. */
    usdcOf: (account: Hex) =>
      reader.readContract({ address: Reserve, abi: ERC20, functionName: "balanceOf", args: [account] }),
    /** Test USDC (smallest unit) and, for those who need it, a tenth of an ETH. */
    async fund(account: Hex, usdc: bigint, options: { eth?: boolean } = {}) {
      const bank = walletOf(DEPLOYER.privateKey);
      const minted = { address: Reserve, abi: FAUCET, functionName: "mint", args: [account, usdc] } as const;
      await reader.waitForTransactionReceipt({ hash: await bank.writeContract(minted) });
      if (!options.eth) return;
      const hash = await bank.sendTransaction({ to: account, value: parseEther("0.1") });
      await reader.waitForTransactionReceipt({ hash });
    },
    /** One JSON-RPC call, for time travel. */
    rpc: (method: string, params: readonly unknown[] = []): Promise<unknown> =>
      reader.request({ method, params } as never),
  };
}

export type World = Awaited<ReturnType<typeof build>>;

let running: Promise<World> | undefined;

/** The stack, started at the first call; it takes about a minute. */
export function world(): Promise<World> {
  running ??= build();
  return running;
}

/** Waits until a condition of the world outside of the page holds. @throws after {@link PATIENCE_MS}. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not there after ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until the index holds what the chain holds now. */
export async function untilIndexKnows(): Promise<void> {
  const { urls } = await world();
  await untilIndexed(urls.indexer, urls.chain);
}

/**
 * For `beforeEach` of a suite whose tests are steps of one story: after a failed step the rest would only wait in vain.
 * (Mocha's own `bail` also skips a suite because of failures in other files.)
 */
export function stopAfterFailure(this: Mocha.Context): void {
  const failed = this.currentTest?.parent?.tests.find((test) => test.isFailed());
  if (failed) throw new Error(`not tried, since this failed before: ${failed.title}`);
}

/** A person before a fresh browser. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors that the page wrote to its console, or threw. */
  problems: string[];
  close: () => Promise<void>;
}

const problemsIn = new WeakMap<BrowserContext, string[]>();

/** A browser without storage, at the dApp's address. */
export async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const { chromium, urls } = await world();
  const context = await chromium.browser.newContext({
    baseURL: urls.web,
    locale: "en-US",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  problemsIn.set(context, problems);
  context.on("weberror", (error) => problems.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} (${message.location().url})`);
  });
  return { context, page: await context.newPage(), problems, close: () => context.close() };
}

export interface WalletVisit extends Visit {
  wallet: TestWallet;
  privateKey: Hex;
}

/** The same with an installed EIP-6963 wallet, of a fresh key unless one is given. */
export async function visitWithWallet(
  options: { privateKey?: Hex; startOn?: number; browser?: BrowserContextOptions } = {},
): Promise<WalletVisit> {
  const { urls, deployment } = await world();
  const { privateKey = generatePrivateKey(), startOn, browser } = options;
  const visitor = await visit(browser);
  const wallet = await installWallet(visitor.context, {
    privateKey,
    chain: { id: deployment.chainId, rpcUrl: urls.chain },
    ...(startOn === undefined ? {} : { startOn }),
  });
  return { ...visitor, wallet, privateKey };
}

/** Pictures of what a failed test left on the screen, and the end of everything after the last file. */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context) {
    // It builds what is not built yet, and starts everything.
    this.timeout(600_000);
    await world();
  },
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    if (test?.state !== "failed" || !running) return;
    const { chromium } = await running;
    const pages = chromium.browser.contexts().flatMap((context) => context.pages());
    const name = test.fullTitle().replace(/\W+/g, "-").slice(0, 100);
    for (const [at, page] of pages.entries()) {
      const path = await screenshot(page, `failed-${name}-${at}`).catch(() => undefined);
      if (path) console.error(`      ${page.url()} looked like ${path}`);
      for (const problem of problemsIn.get(page.context()) ?? []) console.error(`        ${problem}`);
    }
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    const started = await running?.catch(() => undefined);
    await started?.stop();
  },
};
