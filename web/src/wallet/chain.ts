import { type Chain, defineChain } from "viem";
import type { AppConfig } from "../config/schema.ts";

/** The configured chain as viem describes one. */
export function chainOf({ chain }: AppConfig): Chain {
  return defineChain({
    id: chain.id,
    name: chain.name,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
    testnet: chain.isLocal,
    ...(chain.explorerUrl && { blockExplorers: { default: { name: chain.explorerUrl, url: chain.explorerUrl } } }),
  });
}
