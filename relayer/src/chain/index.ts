import { type Address, createPublicClient, defineChain, type Hex, http, type PublicClient } from "viem";
import type { Config, ContractAddresses } from "../config.ts";

/** The chain this relayer works on. */
export type Chain = {
  readonly id: number;
  readonly genesisHash: Hex;
  readonly startBlock: bigint;
  /** Blocks after which something counts as final. */
  readonly finalityBlocks: number;
  readonly contracts: ContractAddresses;
  readonly client: PublicClient;
  /** The newest block as last seen: the chain's time is `timestamp` (unix seconds). */
  head(): Head;
  /** Reads the newest block. */
  refresh(): Promise<Head>;
};
export type Head = { readonly number: bigint; readonly timestamp: bigint; readonly seenAt: number };

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
  let head = await readHead(client);
  return {
    id: chainId,
    genesisHash: deployment.genesisHash,
    startBlock: deployment.startBlock,
    finalityBlocks: deployment.finalityBlocks,
    contracts: deployment.contracts,
    client,
    head: () => head,
    refresh: async () => {
      head = await readHead(client);
      return head;
    },
  };
}

async function readHead(client: PublicClient): Promise<Head> {
  const block = await client.getBlock({ blockTag: "latest" });
  return { number: block.number, timestamp: block.timestamp, seenAt: Date.now() };
}

/** Whether two addresses are the same account. */
export function sameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
