import { readFileSync } from "node:fs";
import {
  createStelai,
  type Deployment,
  type DeploymentFile,
  deploymentOf,
  fetchDeployment,
  parseDeployment,
  type Stelai,
} from "@stelai/sdk";
import { deploymentSchema } from "@stelai/sdk/wire";
import {
  type Address,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  getAddress,
  http,
  isAddress,
  type PrivateKeyAccount,
  type PublicClient,
} from "viem";
import { CommandError, UsageError } from "./failures.ts";
import { addressOfKey, type KeySource, loadAccount } from "./keys.ts";
import { json, type Terminal, terminal } from "./output.ts";

/** What every command may be told. */
export type GlobalOptions = {
  rpc?: string;
  relayer?: string;
  indexer?: string;
  deployment?: string;
  keystore?: string;
  account?: string;
  json?: boolean;
};

/** The chain that a command works on, held against what node and deployment say of themselves. */
export type Network = { chain: Chain; deployment: Deployment; client: PublicClient };

/** Where the local stack listens. */
export const DEFAULTS = {
  rpc: "http://127.0.0.1:8545",
  relayer: "http://127.0.0.1:8787",
  indexer: "http://127.0.0.1:42069",
} as const;

/** What commands are run with: options and environment, read once; clients, made when they are needed. */
export class Context {
  readonly terminal: Terminal;
  readonly isJson: boolean;
  readonly rpcUrl: string;
  readonly relayerUrl: string;
  readonly indexerUrl: string;
  readonly #deployment: string | undefined;
  readonly #account: string | undefined;
  readonly #key: KeySource;
  #network: Promise<Network> | undefined;
  #signer: Promise<PrivateKeyAccount> | undefined;

  constructor(options: GlobalOptions, environment: Readonly<Record<string, string | undefined>> = process.env) {
    const told = (option: string | undefined, variable: string) => option ?? (environment[variable] || undefined);
    this.terminal = terminal();
    this.isJson = options.json === true;
    this.rpcUrl = url("--rpc", told(options.rpc, "STELAI_RPC") ?? DEFAULTS.rpc);
    this.relayerUrl = url("--relayer", told(options.relayer, "STELAI_RELAYER") ?? DEFAULTS.relayer);
    this.indexerUrl = url("--indexer", told(options.indexer, "STELAI_INDEXER") ?? DEFAULTS.indexer);
    this.#deployment = told(options.deployment, "STELAI_DEPLOYMENT");
    this.#account = told(options.account, "STELAI_ACCOUNT");
    this.#key = { environment, keystore: told(options.keystore, "STELAI_KEYSTORE") };
  }

  /** Prints the result: `data` for scripts, or the words for a person. */
  print(data: unknown, words: () => string): void {
    this.terminal.out(this.isJson ? json(data) : words());
  }

  /** Tells a person what is going on; scripts read results alone. */
  say(text: string): void {
    if (!this.isJson) this.terminal.error(text);
  }

  /**
   * Node and deployment, once they are known to be of one chain.
   * @throws CommandError when the node cannot be reached, or is another chain than the deployment's.
   */
  network(): Promise<Network> {
    this.#network ??= this.#findNetwork();
    return this.#network;
  }

  /** Who signs. @throws UsageError without a key. */
  signer(): Promise<PrivateKeyAccount> {
    this.#signer ??= loadAccount(this.#key);
    return this.#signer;
  }

  /** The key's source, for what passes it on. */
  get keySource(): KeySource {
    return this.#key;
  }

  /** Whose books are looked at: `--account`, or the key's. @throws UsageError when it is neither. */
  async account(): Promise<Address> {
    if (this.#account !== undefined) return address("--account", this.#account);
    if (this.#key.keystore === undefined && !this.#key.environment.STELAI_PRIVATE_KEY?.trim()) {
      throw new UsageError(
        "Whose? Name an account with --account (or STELAI_ACCOUNT), or set STELAI_PRIVATE_KEY or --keystore to look at its own.",
      );
    }
    return addressOfKey(this.#key) ?? (await this.signer()).address;
  }

  /** Stelai without a wallet, through one operator's relayer. */
  async reader(relayerUrl = this.relayerUrl): Promise<Stelai> {
    const { chain, deployment, client } = await this.network();
    return createStelai({ chain, deployment, publicClient: client, relayerUrl, indexerUrl: this.indexerUrl });
  }

  /** Stelai for the account that signs, through one operator's relayer. @throws UsageError without a key. */
  async stelai(relayerUrl = this.relayerUrl): Promise<Stelai> {
    // First, so that what is missing is said before anything is asked.
    const account = await this.signer();
    const { chain, deployment, client } = await this.network();
    const walletClient = createWalletClient({ chain, transport: http(this.rpcUrl), account });
    const urls = { relayerUrl, indexerUrl: this.indexerUrl };
    return createStelai({ chain, deployment, publicClient: client, walletClient, ...urls });
  }

  async #findNetwork(): Promise<Network> {
    const probe = createPublicClient({ transport: http(this.rpcUrl, { retryCount: 1 }) });
    const [chainId, genesis] = await Promise.all([probe.getChainId(), probe.getBlock({ blockNumber: 0n })]).catch(
      (cause: unknown) => {
        throw new CommandError(
          `The chain's node at ${this.rpcUrl} cannot be reached. Nothing was sent. Start it, or name another with --rpc.`,
          { cause },
        );
      },
    );
    const deployment = await this.#findDeployment(chainId);
    if (deployment.chainId !== chainId || deployment.genesisHash.toLowerCase() !== genesis.hash?.toLowerCase()) {
      const what = deployment.chainId === chainId ? "another chain of the same number" : `chain ${chainId}`;
      throw new CommandError(
        `The node at ${this.rpcUrl} is ${what}, the contracts are on chain ${deployment.chainId}. Nothing was sent. ` +
          "Name the right ones with --rpc and --deployment (or --relayer, which tells its own).",
      );
    }
    const chain = defineChain({
      id: chainId,
      name: `Chain ${chainId}`,
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [this.rpcUrl] } },
    });
    const client = createPublicClient({ chain, transport: http(this.rpcUrl), pollingInterval: 500, cacheTime: 0 });
    return { chain, deployment, client };
  }

  /** `--deployment`, else what the SDK knows of the chain, else what the relayer says it works with. */
  async #findDeployment(chainId: number): Promise<Deployment> {
    const named = this.#deployment;
    if (named === undefined) return deploymentOf(chainId) ?? (await fetchDeployment(this.relayerUrl));
    return parseDeployment(checkDeployment(named, await readNamed(named)));
  }
}

/** An option that is an http(s) URL, without a slash at its end. @throws UsageError */
export function url(name: string, text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(`${name} must be an http(s) URL, not "${text}".`);
  }
  return text.replace(/\/+$/, "");
}

/** An option or argument that is an address. @throws UsageError */
export function address(name: string, text: string): Address {
  if (!isAddress(text, { strict: false })) throw new UsageError(`${name} must be an address, not "${text}".`);
  return getAddress(text);
}

/** An option or argument that is a positive whole number. @throws UsageError */
export function positive(name: string, text: string): bigint {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new UsageError(`${name} must be a number from 1, not "${text}".`);
  return BigInt(text);
}

async function readNamed(named: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(named)) return readFileSync(named, "utf8");
    const response = await fetch(named, { signal: AbortSignal.timeout(10_000) });
    if (response.ok) return await response.text();
  } catch {
    // Told below, whatever it was.
  }
  throw new UsageError(`The deployment ${named} cannot be read. Give the path or the URL of its JSON.`);
}

function checkDeployment(named: string, text: string): DeploymentFile {
  let file: unknown;
  try {
    file = JSON.parse(text, (key, value) => (key === "startBlock" ? String(value) : value));
  } catch {
    throw new UsageError(`The deployment ${named} is not JSON.`);
  }
  const parsed = deploymentSchema.safeParse(file);
  if (parsed.success) return parsed.data as DeploymentFile;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${named} is not a deployment: ${issue?.path.join(".")} ${issue?.message}.`);
}
