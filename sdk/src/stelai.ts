import * as payouts from "./actions/payouts/index.ts";
import * as reviews from "./actions/reviews/index.ts";
import { bind } from "./bind.ts";
import { createStelaiClient, type StelaiConfig } from "./client.ts";
import { composeStelai, type Stelai } from "./compose.ts";
import { access } from "./nouns/access.ts";
import { budgetKeys } from "./nouns/budgetKeys.ts";
import { characters } from "./nouns/characters.ts";
import { credits } from "./nouns/credits.ts";
import { market, search, works } from "./nouns/market.ts";
import { plans } from "./nouns/plans.ts";
import { rewards } from "./nouns/rewards.ts";
import { roles } from "./nouns/roles.ts";
import { statement } from "./nouns/statement.ts";
import { tab } from "./nouns/tab.ts";

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
 * for await (const event of stelai.generate.streamChat({ session, characterId: 1n, messages })) {
 *   if (event.type === "delta") process.stdout.write(event.text);
 * }
 * ```
 */
export function createStelai(config: StelaiConfig): Stelai {
  const client = createStelaiClient(config);
  return composeStelai(client, {
    credits: bind(client, credits),
    plans: bind(client, plans),
    access: bind(client, access),
    budgetKeys: bind(client, budgetKeys),
    characters: bind(client, characters),
    works: bind(client, works),
    market: bind(client, market),
    search: bind(client, search),
    payouts: bind(client, payouts),
    reviews: bind(client, reviews),
    rewards: bind(client, rewards),
    roles: bind(client, roles),
    statement: bind(client, statement),
    tab: bind(client, tab),
  });
}
