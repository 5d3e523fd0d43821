import { type Address, createPublicClient, defineChain, type Hex, http, type PublicClient } from "viem";
import type { Config, ContractAddresses } from "../config.ts";

/** The chain this relayer works on. */
export type Chain = {
  readonly id: number;
  /** Whether it is a chain for development. */
  readonly isLocal: boolean;
  readonly genesisHash: Hex;
  readonly startBlock: bigint;
  /** Blocks after which something counts as final. */
  readonly finalityBlocks: number;
  readonly contracts: ContractAddresses;
  readonly client: PublicClient;
  /** The newest block as last seen: the chain's time is `timestamp` (unix seconds). */
  head(): Head;
  /**
   * Reads the newest block.
   * @throws WrongChainError when the node serves another chain by now.
   */
  refresh(): Promise<Head>;
};
export type Head = {
  readonly number: bigint;
  readonly hash: Hex;
  readonly timestamp: bigint;
  readonly seenAt: number;
};

/** How often the node is asked again which chain it serves, in milliseconds. */
const IDENTITY_MS = 30_000;
/** Chains that begin anew with every start, and that a developer may wind back. */
const LOCAL_CHAINS: ReadonlySet<number> = new Set([1337, 31337]);

/** Thrown when the RPC serves another chain than the deployment names. */
export class WrongChainError extends Error {
  override readonly name = "WrongChainError";
}

/**
 * Connects to `RPC_URL`.
 * @throws WrongChainError when its chain id or genesis block differ from the deployment's.
 */
export async function connectChain(config: Pick<Config, "RPC_URL" | "deployment">): Promise<Chain> {
  const { deployment } = config;
  const definition = defineChain({
    id: deployment.chainId,
    name: `chain ${deployment.chainId}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [config.RPC_URL] } },
  });
  const client: PublicClient = createPublicClient({
    chain: definition,
    cacheTime: 0,
    transport: http(config.RPC_URL, { batch: { batchSize: 100 }, timeout: 15_000, retryCount: 2 }),
  });
  await requireChain(client, deployment);
  let head = await readHead(client);
  let identifiedAt = Date.now();
  return {
    id: deployment.chainId,
    isLocal: LOCAL_CHAINS.has(deployment.chainId),
    genesisHash: deployment.genesisHash,
    startBlock: deployment.startBlock,
    finalityBlocks: deployment.finalityBlocks,
    contracts: deployment.contracts,
    client,
    head: () => head,
    refresh: async () => {
      const next = await readHead(client);
      // A node that jumps back may be another one.
      if (next.number < head.number || Date.now() - identifiedAt > IDENTITY_MS) {
        await requireChain(client, deployment);
        identifiedAt = Date.now();
      }
      head = next;
      return head;
    },
  };
}

type Deployed = Pick<Config["deployment"], "chainId" | "genesisHash">;

async function requireChain(client: PublicClient, deployment: Deployed): Promise<void> {
  const [chainId, genesis] = await Promise.all([client.getChainId(), client.getBlock({ blockNumber: 0n })]);
  if (chainId !== deployment.chainId) {
    throw new WrongChainError(`RPC_URL serves chain ${chainId}, but DEPLOYMENT is of chain ${deployment.chainId}.`);
  }
  if (genesis.hash.toLowerCase() !== deployment.genesisHash) {
    throw new WrongChainError(
      `RPC_URL serves a chain that began with block ${genesis.hash}, but DEPLOYMENT is of one that began with ` +
        `${deployment.genesisHash}: deploy again, or use the deployment of this chain.`,
    );
  }
}

async function readHead(client: PublicClient): Promise<Head> {
  const block = await client.getBlock({ blockTag: "latest" });
  return { number: block.number, hash: block.hash, timestamp: block.timestamp, seenAt: Date.now() };
}

/** Whether two addresses are the same account. */
export function sameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
