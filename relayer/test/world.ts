import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Terms } from "@stelai/sdk";
import {
  characterAccessAbi,
  charactersAbi,
  creditPlansAbi,
  creditStoreAbi,
  inferenceMeterAbi,
  licensesAbi,
  payoutsAbi,
  resaleAbi,
  reviewsAbi,
  rewardsAbi,
  stelaiAbi,
  workReviewsAbi,
  worksAbi,
} from "@stelai/sdk/abis";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  type Hex,
  http,
  keccak256,
  maxUint256,
  type PrivateKeyAccount,
  parseAbi,
  parseEventLogs,
  type TransactionReceipt,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { loadConfig } from "../src/config.ts";
import { type Relayer, startRelayer } from "../src/start.ts";
import { type OpenTab, TabClient } from "./client.ts";
import { freshDatabase } from "./database.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const accessManagerAbi = parseAbi([
  "function grantRole(uint64 roleId, address account, uint32 executionDelay)",
  "function revokeRole(uint64 roleId, address account)",
]);

const usdcAbi = parseAbi([
  "function mint(address to, uint256 amount)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function blacklist(address account, bool isBlacklisted)",
]);

/** Chain, contracts and upstream of a test file: all of them real. */
export type World = {
  chain: TestChain;
  upstream: Upstream;
  operator: PrivateKeyAccount;
  creator: PrivateKeyAccount;
  payer: PrivateKeyAccount;
  /** A new chat character that lists the operator. */
  publish(prices: Partial<Terms>, fields?: Partial<Publication>): Promise<bigint>;
  setTerms(characterId: bigint, prices: Partial<Terms>): Promise<void>;
  setSuspended(characterId: bigint, suspended: boolean): Promise<void>;
  /** An account with no part in the deployment nor in the world; it has nothing until it is given something. */
  account(index: number): PrivateKeyAccount;
  /** ETH and credits of the payer for another account, which also lets CharacterAccess take them. */
  give(account: PrivateKeyAccount, credits: bigint): Promise<void>;
  /** A transaction of anyone on one of the contracts. */
  write(
    from: PrivateKeyAccount,
    contract: keyof typeof ABIS,
    functionName: string,
    args: readonly unknown[],
  ): Promise<TransactionReceipt>;
  /** Moves the chain's time, and mines a block then. */
  pass(seconds: number): Promise<void>;
  /** A new tab of the payer with a fresh session key; cap in microcredits. */
  openTab(cap: bigint, seconds?: number): Promise<OpenTab>;
  /** A transaction of the payer on the meter. */
  meter(functionName: "requestClose" | "rotate" | "topUp" | "extend", args: readonly unknown[]): Promise<void>;
  /** Settles seals as anyone may. */
  settleSealed(batch: Hex): Promise<void>;
  readMeter(functionName: "accruedOf" | "accruedFeeOf", args: readonly unknown[]): Promise<bigint>;
  tabOf(tabId: bigint): Promise<{ spent: bigint; cap: bigint; closing: boolean }>;
  /** The environment of a relayer on a folder of its own. */
  environment(more?: Record<string, string>): Record<string, string>;
  stop(): Promise<void>;
};

const FREE: Terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 0n, perUnit: 0n };
const ABIS = {
  ...{ Characters: charactersAbi, CharacterAccess: characterAccessAbi },
  ...{ Reviews: reviewsAbi, Stelai: stelaiAbi, AccessManager: accessManagerAbi },
  ...{ Works: worksAbi, Licenses: licensesAbi, Resale: resaleAbi, WorkReviews: workReviewsAbi },
  ...{ CreditStore: creditStoreAbi, CreditPlans: creditPlansAbi, Rewards: rewardsAbi },
  ...{ InferenceMeter: inferenceMeterAbi, Payouts: payoutsAbi, Reserve: usdcAbi },
};

/** What a call costs can rise from one second to the next: a lapse date moves. */
const ENOUGH_GAS = 5_000_000n;

type Publication = {
  visibility: number;
  operators: Address[];
  modality: number;
  payee: bigint;
  shares: readonly { recipient: bigint; bps: number }[];
};

/** Starts it all. */
export async function startWorld(): Promise<World> {
  const chain = await startChain();
  const upstream = await startUpstream();
  const folder = mkdtempSync(join(tmpdir(), "stelai-"));
  const { contracts } = chain.deployment;
  const deploymentFile = join(folder, "deployment.json");
  writeFileSync(
    deploymentFile,
    JSON.stringify({ ...chain.deployment, startBlock: String(chain.deployment.startBlock) }),
  );
  const account = (index: number) => privateKeyToAccount(chain.accounts[index]?.privateKey ?? "0x");
  const [deployer, operator, payer, creator] = [account(0), account(1), account(3), account(4)];
  const client = createPublicClient({ chain: hardhat, transport: http(chain.rpcUrl), pollingInterval: 50 });
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: the chain mines each at once and takes nonces only in order. */
  const write = (
    from: PrivateKeyAccount,
    address: Address,
    abi: readonly unknown[],
    functionName: string,
    args: readonly unknown[],
  ) => {
    const mined = last.then(async () => {
      const wallet = createWalletClient({ account: from, chain: hardhat, transport: http(chain.rpcUrl) });
      const hash = await wallet.writeContract({ address, abi, functionName, args, gas: ENOUGH_GAS } as never);
      return client.waitForTransactionReceipt({ hash });
    });
    last = mined.catch(() => {});
    return mined;
  };

  await write(payer, contracts.Reserve, usdcAbi, "mint", [payer.address, 10_000_000_000n]);
  await write(payer, contracts.Reserve, usdcAbi, "approve", [contracts.CreditStore, maxUint256]);
  const order = { packageId: 1n, quantity: 20n, recipient: payer.address, referrer: zeroAddress, maxPrice: maxUint256 };
  const [firstPackage] = await client.getContractEvents({
    ...{ address: contracts.CreditStore, abi: creditStoreAbi, eventName: "PackagesReplaced", fromBlock: 0n },
  });
  const packageId = firstPackage?.args.firstId ?? 0n;
  await write(payer, contracts.CreditStore, creditStoreAbi, "buy", [{ ...order, packageId }]);
  await write(payer, contracts.Stelai, stelaiAbi, "approve", [contracts.InferenceMeter, maxUint256]);

  let folders = 0;
  return {
    chain,
    upstream,
    operator,
    creator,
    payer,
    account: (index) => privateKeyToAccount(keccak256(toHex(`person ${index}`))),
    give: async (to, credits) => {
      await chain.request("hardhat_setBalance", [to.address, toHex(10n ** 19n)]);
      await write(payer, contracts.Stelai, stelaiAbi, "transfer", [to.address, credits * 10n ** 18n]);
      await write(to, contracts.Stelai, stelaiAbi, "approve", [contracts.CharacterAccess, maxUint256]);
    },
    write: (from, contract, functionName, args) => write(from, contracts[contract], ABIS[contract], functionName, args),
    pass: async (seconds) => {
      await chain.request("evm_increaseTime", [seconds]);
      await chain.request("evm_mine");
    },
    publish: async (prices, fields = {}) => {
      const terms: Terms = { ...FREE, ...prices };
      const receipt = await write(creator, contracts.Characters, charactersAbi, "create", [
        {
          modality: 0,
          visibility: 0,
          payee: BigInt(creator.address),
          personaHash: zeroHash,
          metadataURI: "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
          terms,
          operators: [operator.address],
          shares: [],
          ...fields,
        },
      ]);
      const [created] = parseEventLogs({ abi: charactersAbi, eventName: "CharacterCreated", logs: receipt.logs });
      if (created === undefined) throw new Error("no character was created");
      return created.args.characterId;
    },
    setTerms: async (characterId, prices) => {
      const terms = { ...FREE, ...prices };
      await write(creator, contracts.Characters, charactersAbi, "setTerms", [characterId, terms]);
    },
    setSuspended: async (characterId, suspended) => {
      await write(deployer, contracts.Characters, charactersAbi, "setSuspended", [characterId, suspended, "test"]);
    },
    openTab: async (cap, seconds = 30 * 86_400) => {
      const key = privateKeyToAccount(generatePrivateKey());
      const { timestamp } = await client.getBlock();
      const expiry = timestamp + BigInt(seconds);
      const receipt = await write(payer, contracts.InferenceMeter, inferenceMeterAbi, "open", [
        { operator: operator.address, sessionKey: key.address, cap, expiry },
      ]);
      const [opened] = parseEventLogs({ abi: inferenceMeterAbi, eventName: "TabOpened", logs: receipt.logs });
      if (opened === undefined) throw new Error("no tab was opened");
      return { tabId: opened.args.tabId, key };
    },
    meter: async (functionName, args) => {
      await write(payer, contracts.InferenceMeter, inferenceMeterAbi, functionName, args);
    },
    settleSealed: async (batch) => {
      await write(creator, contracts.InferenceMeter, inferenceMeterAbi, "settleSealed", [operator.address, batch]);
    },
    readMeter: (functionName, args) =>
      client.readContract({
        address: contracts.InferenceMeter,
        abi: inferenceMeterAbi,
        functionName,
        args,
      } as never) as Promise<bigint>,
    tabOf: async (tabId) => {
      const { spent, cap, closing } = await client.readContract({
        ...{
          address: contracts.InferenceMeter,
          abi: inferenceMeterAbi,
          functionName: "tabOf",
          args: [operator.address, tabId],
        },
      });
      return { spent: BigInt(spent), cap: BigInt(cap), closing };
    },
    environment: (more = {}) => {
      folders += 1;
      return {
        HOST: "127.0.0.1",
        PORT: "0",
        RPC_URL: chain.rpcUrl,
        DEPLOYMENT: deploymentFile,
        DATA_DIR: join(folder, `relayer-${folders}`),
        OPERATOR_PRIVATE_KEY: chain.accounts[1]?.privateKey ?? "",
        MASTER_KEY: `0x${"42".repeat(32)}`,
        PROVIDER: "openai",
        OPENAI_BASE_URL: upstream.url,
        OPENAI_MODEL: "test",
        LOG_LEVEL: "silent",
        CHAIN_POLL_MS: "100",
        // Rounds of settlement, of renewals and of deliveries are run by the tests.
        SETTLE_INTERVAL_MS: "3600000",
        KEEPER_INTERVAL_MS: "3600000",
        DELIVERY_INTERVAL_MS: "3600000",
        ...more,
      };
    },
    stop: async () => {
      await upstream.stop();
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A relayer of this process, behind a real socket. */
export type ServedRelayer = Relayer & { url: string; client(tab: OpenTab): TabClient };

/** Starts one in a world; `environment` is laid over the world's. */
export async function serveRelayer(
  world: World,
  environment: Record<string, string> = {},
  overrides: Parameters<typeof startRelayer>[1] = {},
): Promise<ServedRelayer> {
  const config = loadConfig(world.environment(environment));
  if (environment.DATABASE_URL === undefined && environment.DATA_DIR === undefined)
    await freshDatabase(config.DATA_DIR);
  const relayer = await startRelayer(config, overrides);
  const server = serve({ fetch: relayer.app.fetch, hostname: "127.0.0.1", port: config.PORT });
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once("listening", () => resolve())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...relayer,
    url,
    client: (tab) => new TabClient(world, url, tab),
    stop: async () => {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
      await relayer.stop();
    },
  };
}

/** 32 random bytes. */
export function randomId(): Hex {
  return generatePrivateKey();
}
