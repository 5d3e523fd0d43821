import {
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  type Hex,
  type LocalAccount,
  type Transport,
} from "viem";
import { type Deployment, type DeploymentFile, parseDeployment } from "./deployments.ts";
import { WalletRequiredError } from "./errors/client.ts";
import { accountHeaders } from "./internal/account.ts";
import { memoryStorage, type TabStorage } from "./tab/storage.ts";

/** Reads the chain: a viem public client, or any client of its kind. */
export type ChainReader = Client<Transport, Chain | undefined>;

/** Signs and sends: a viem wallet client, its account a local key or a wallet's address. */
export type Wallet = Client<Transport, Chain | undefined, Account | undefined>;

/** What every action works with. Made by {@link createStelaiClient} or, with all actions bound, `createStelai`. */
export type StelaiClient = {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly publicClient: ChainReader;
  readonly walletClient: Wallet | undefined;
  readonly relayerUrl: string | undefined;
  readonly indexerUrl: string | undefined;
  readonly fetch: typeof fetch;
  readonly storage: TabStorage;
  /** The sign-in of this client at its relayer, set by `relayer.signIn`, cleared by `relayer.signOut`. */
  readonly signIn: SignInState;
  /** Headers that speak for the account signed in; none when nobody is. */
  readonly accountHeaders: () => Promise<Record<string, string>>;
};

/**
 * Who a client speaks for at its relayer. Kept by an app, without the token or with it, and given back as
 * `createStelai({ signIn })`, it spares the next visit a signature.
 */
export type SignInState = {
  /** Bearer token; ends with the relayer's session. */
  token?: string | undefined;
  address?: Address | undefined;
  /** ISO 8601; of the token and of the bound key. Nothing is sent after it. */
  expiresAt?: string | undefined;
  /** The key that the account bound: signs the `Stelai-Account` header. A key, or its private key in hex. */
  sessionKey?: LocalAccount | Hex | undefined;
};

/** What a Stelai is made of: a chain, its deployment, a wallet, an operator's relayer and an index. */
export type StelaiConfig = {
  chain: Chain;
  /** As read, or as its JSON file has it. */
  deployment: Deployment | DeploymentFile;
  /** How to reach the chain; or give a client. */
  transport?: Transport | undefined;
  publicClient?: ChainReader | undefined;
  /** Needed by what signs or sends; everything else works without. */
  walletClient?: Wallet | undefined;
  /** Base URL of the operator's relayer, without `/v1`. */
  relayerUrl?: string | undefined;
  /** Base URL of the index. */
  indexerUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
  /** Where tab sessions live; in memory when absent, so a reload loses them. */
  storage?: TabStorage | undefined;
  /** A sign-in of before; kept by reference, so that clients may share one. */
  signIn?: SignInState | undefined;
};

/**
 * A client for the standalone actions, so that a bundle holds only what it uses.
 * @throws TypeError when neither `transport` nor `publicClient` is given.
 *
 * @example
 * ```ts
 * const client = createStelaiClient({ chain, transport: http(), deployment });
 * const { stelai: wei } = await getBalance(client, { account });
 * ```
 */
export function createStelaiClient(config: StelaiConfig): StelaiClient {
  const { chain, transport } = config;
  const publicClient = config.publicClient ?? (transport && createClient({ chain, transport }));
  if (!publicClient) throw new TypeError("createStelai needs a transport or a publicClient.");
  const client: StelaiClient = {
    chain,
    deployment: parseDeployment(config.deployment),
    publicClient,
    walletClient: config.walletClient,
    relayerUrl: config.relayerUrl,
    indexerUrl: config.indexerUrl,
    fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    storage: config.storage ?? memoryStorage(),
    signIn: config.signIn ?? {},
    accountHeaders: () => accountHeaders(client),
  };
  return client;
}

/** The wallet and its account. @throws WalletRequiredError when the client has none. */
export function requireWallet(client: StelaiClient): { wallet: Wallet; account: Account } {
  const wallet = client.walletClient;
  if (!wallet?.account) throw new WalletRequiredError();
  return { wallet, account: wallet.account };
}
