import { bind } from "./bind.ts";
import { createStelaiClient, type StelaiConfig } from "./client.ts";
import { composeStelai, type Stelai } from "./compose.ts";
import { market, search, works } from "./marketNouns.ts";

/**
 * Stelai on one chain, for one wallet, through one operator's relayer. A new wallet is a new Stelai.
 * @throws TypeError when neither `transport` nor `publicClient` is given.
 *
 * @example
 * ```ts
 * const stelai = createStelai({
 *   chain, deployment, transport: http(rpcUrl), walletClient, relayerUrl, storage: indexedDbStorage(),
 * });
 * await (await stelai.credits.buySponsored({ packageId })).wait();
 * const { session } = await (await stelai.tab.openSession({ cap: 5_000_000n })).wait();
 * for await (const event of stelai.generate.streamChat({ session, characterId: 1n, messages })) …
 * ```
 */
export function createStelai(config: StelaiConfig): Stelai {
  const client = createStelaiClient(config);
  const marketplace = { works: bind(client, works), market: bind(client, market), search: bind(client, search) };
  return composeStelai(client, marketplace);
}
