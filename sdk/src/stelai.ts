import * as payouts from "./actions/payouts/index.ts";
import * as reviews from "./actions/reviews/index.ts";
import { bind } from "./bind.ts";
import { createStelaiClient, type StelaiConfig } from "./client.ts";
import { composeStelai, type Stelai } from "./compose.ts";
import { access } from "./nouns/access.ts";
import { market, search, works } from "./nouns/market.ts";
import { statement } from "./nouns/statement.ts";

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
  return composeStelai(client, {
    access: bind(client, access),
    works: bind(client, works),
    market: bind(client, market),
    search: bind(client, search),
    payouts: bind(client, payouts),
    reviews: bind(client, reviews),
    statement: bind(client, statement),
  });
}
