/**
 * One world for all tests of a run: a chain with the contracts, and two operators. Each runs a relayer of its own by the
 * command line, with its own key, database, folder and upstream, as two people on two machines would.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStelai, memoryStorage, parseDeployment, type Stelai, type StelaiConfig } from "@stelai/sdk";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  defineChain,
  type Hex,
  http,
  parseAbi,
  toHex,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { startChain } from "../../test/harness/chain.ts";
import { type Ended, type RunOptions, start, stelai } from "./command.ts";

const faucet = parseAbi(["function mint(address to, uint256 amount)"]);

export type Person = { address: Address; privateKey: Hex };

/** An operator: its relayer's process, and what its own upstream was asked. */
export type Operator = {
  address: Address;
  url: string;
  folder: string;
  upstream: { asked: string[]; says: string };
  restart: () => Promise<void>;
  kill: () => Promise<void>;
};

export type World = Awaited<ReturnType<typeof startWorld>>;

let started: Promise<World> | undefined;

/** The run's world. */
export function testWorld(): Promise<World> {
  started ??= startWorld();
  return started;
}

/** Ends the run's world if there is one. */
export async function stopWorld(): Promise<void> {
  const world = await started?.catch(() => undefined);
  started = undefined;
  await world?.stop();
}

async function startWorld() {
  const chain = await startChain();
  const folder = mkdtempSync(join(tmpdir(), "stelai-cli-"));
  const deployment = parseDeployment(chain.deployment);
  const deploymentFile = join(folder, "deployment.json");
  writeFileSync(
    deploymentFile,
    JSON.stringify(chain.deployment, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  );
  const viemChain = defineChain({
    id: deployment.chainId,
    name: "Test",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
  });
  const transport = http(chain.rpcUrl);
  const client = createPublicClient({ chain: viemChain, transport, pollingInterval: 20, cacheTime: 0 });
  const [deployer, operatorOfA] = chain.accounts;
  if (!deployer || !operatorOfA) throw new Error("the chain has too few accounts");

  const stelaiOf = (person: Person | undefined, config: Partial<StelaiConfig> = {}): Stelai => {
    const account = person && privateKeyToAccount(person.privateKey);
    const walletClient = account && createWalletClient({ chain: viemChain, transport, account });
    const storage = memoryStorage();
    return createStelai({ chain: viemChain, deployment, publicClient: client, walletClient, storage, ...config });
  };
  const setEth = (address: Address, wei: bigint) => chain.request("hardhat_setBalance", [address, toHex(wei)]);

  const giveDollars = async (to: Address, dollars: bigint) => {
    const account = privateKeyToAccount(deployer.privateKey);
    const wallet = createWalletClient({ chain: viemChain, transport, account });
    const { Reserve } = deployment.contracts;
    const hash = await wallet.writeContract({
      address: Reserve,
      abi: faucet,
      functionName: "mint",
      args: [to, dollars],
    });
    await client.waitForTransactionReceipt({ hash });
  };
  /** A new account with ETH and test dollars. */
  const newcomer = async (dollars = 1_000_000_000n): Promise<Person> => {
    const privateKey = generatePrivateKey();
    const { address } = privateKeyToAccount(privateKey);
    await setEth(address, 10n ** 18n);
    await giveDollars(address, dollars);
    return { address, privateKey };
  };
  /** A newcomer who bought the first package. */
  const withCredits = async (): Promise<Person> => {
    const person = await newcomer();
    const theirs = stelaiOf(person);
    const [first] = await theirs.credits.getPackages();
    if (!first) throw new Error("the store sells packages");
    await (await theirs.credits.buy({ packageId: first.packageId })).wait();
    return person;
  };

  const here = { STELAI_RPC: chain.rpcUrl };
  const operators = await Promise.all([
    startOperator(join(folder, "a"), "Answered by the first operator.", operatorOfA.privateKey),
    startOperator(join(folder, "b"), "And this is what the second operator answers."),
  ]);
  const [first, second] = operators;

  /** Settings by `relayer init`, a relayer by `relayer run`; a key of its own when none is given. */
  async function startOperator(
    home: string,
    says: string,
    key?: Hex,
  ): Promise<Operator & { stop: () => Promise<void> }> {
    const upstream = await startUpstream(says);
    const settings = join(home, "relayer.env");
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    const init = await stelai(["relayer", "init", settings, "--deployment", deploymentFile, "--json"], {
      environment: here,
    });
    if (init.code !== 0) throw new Error(init.error);
    let { operator } = JSON.parse(init.out) as { operator: Address };
    const port = await freePort();
    const more: Record<string, string> = {
      ...{ PORT: String(port), PROVIDER: "openai", OPENAI_BASE_URL: upstream.url, OPENAI_MODEL: "test" },
      ...{ LOG_LEVEL: "warn", CHAIN_POLL_MS: "100", FEE_PER_UNIT_CHAT: "3000" },
      // Seals as soon as anything is signed. Collecting and renewing are left to the tests.
      ...{
        SETTLE_VALUE: "1",
        SETTLE_INTERVAL_MS: "200",
        COLLECT_VALUE: "0",
        KEEPER_MAX_GAS_PRICE: "0",
        KEEPER_PLANS: "false",
      },
    };
    if (key !== undefined) {
      more.OPERATOR_PRIVATE_KEY = key;
      operator = privateKeyToAccount(key).address;
    }
    await setEth(operator, 10n ** 18n);
    let process = start(["relayer", "run", "--settings", settings], { environment: more });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, () => process);
    return {
      ...{ address: operator, url, folder: home, upstream },
      restart: async () => {
        process = start(["relayer", "run", "--settings", settings], { environment: more });
        await untilReady(url, () => process);
      },
      kill: () => process.kill(),
      stop: async () => {
        await process.kill();
        await upstream.stop();
      },
    };
  }

  return {
    ...{ chain, deployment, deploymentFile, folder, client, first, second, deployer },
    ...{ stelaiOf, newcomer, withCredits, setEth, giveDollars },
    /** Runs a command against the first operator, or another one; for a person when one is given. */
    run: (
      words: readonly string[],
      person?: Person,
      options: RunOptions & { relayer?: string } = {},
    ): Promise<Ended> => {
      const { relayer = first.url, environment, ...rest } = options;
      const key = person === undefined ? {} : { STELAI_PRIVATE_KEY: person.privateKey };
      return stelai(words, { ...rest, environment: { ...here, STELAI_RELAYER: relayer, ...key, ...environment } });
    },
    /** Writes a file into the world's folder. */
    write: (name: string, text: string | Uint8Array): string => {
      const file = join(folder, name);
      writeFileSync(file, text);
      return file;
    },
    read: (name: string): string => readFileSync(join(folder, name), "utf8"),
    passTime: async (seconds: number) => {
      await chain.request("evm_increaseTime", [seconds]);
      await chain.request("evm_mine");
    },
    stop: async () => {
      for (const { stop } of operators) await stop();
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Repeats a question until its answer is wanted; tests give it as long as they have. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** Waits until a relayer serves. @throws Error when its process ends. */
export async function untilReady(url: string, process: () => ReturnType<typeof start>): Promise<void> {
  let end: Ended | undefined;
  void process().ended.then((ended) => {
    end = ended;
  });
  await until(
    async () => {
      if (end !== undefined) throw new Error(`the relayer ended with ${end.code}: ${end.error}${end.out}`);
      return fetch(`${url}/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    (isReady) => isReady,
  );
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** An OpenAI-compatible upstream that says one thing, and remembers what system prompts it was given. */
async function startUpstream(says: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk;
    });
    request.on("end", () => {
      const { messages } = JSON.parse(text) as { messages: { role: string; content: string }[] };
      asked.push(messages.map(({ content }) => content).join("\n"));
      response.writeHead(200, { "content-type": "text/event-stream" });
      const chunk = (delta: object, finish_reason: string | null) =>
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
      chunk({ content: says }, null);
      chunk({}, "stop");
      response.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ asked, says, url: `http://127.0.0.1:${port}/v1` },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
