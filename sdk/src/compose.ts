import type { Address } from "viem";
import { allowanceAfter } from "./actions/access/allowanceAfter.ts";
import { comparePlans } from "./actions/access/comparePlans.ts";
import { PLAN_DAYS, PLANS, priceOf, RENEWAL_STATUSES, recordedMonthly } from "./actions/access/plan.ts";
import { refundOn } from "./actions/access/refundOn.ts";
import { encodeInvite } from "./actions/characters/encodeInvite.ts";
import { fetchCard, gatewayUrl } from "./actions/characters/fetchCard.ts";
import { characterIdOf, getModel, modelId } from "./actions/characters/getModel.ts";
import { listModels } from "./actions/characters/listModels.ts";
import { getBalance } from "./actions/credits/getBalance.ts";
import { type StatementRange, statementUrl } from "./actions/credits/statementUrl.ts";
import * as generate from "./actions/generate/index.ts";
import { type GraphqlParameters, graphql } from "./actions/indexer/index.ts";
import { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES } from "./actions/market/tiers.ts";
import type * as payouts from "./actions/payouts/index.ts";
import * as relayer from "./actions/relayer/index.ts";
import type * as reviews from "./actions/reviews/index.ts";
import { inviteUrl } from "./actions/rewards/inviteUrl.ts";
import { BONUS_SOURCES } from "./actions/rewards/source.ts";
import { type BoundAll, bind, typedStream } from "./bind.ts";
import type { StelaiClient } from "./client.ts";
import { inviteHash } from "./internal/invite.ts";
import type { access } from "./nouns/access.ts";
import type { budgetKeys } from "./nouns/budgetKeys.ts";
import type { characters } from "./nouns/characters.ts";
import type { credits as laterCredits } from "./nouns/credits.ts";
import type * as marketplace from "./nouns/market.ts";
import type { plans } from "./nouns/plans.ts";
import type { rewards } from "./nouns/rewards.ts";
import type { roles } from "./nouns/roles.ts";
import type { statement } from "./nouns/statement.ts";
import type { tab } from "./nouns/tab.ts";
import { personaHash } from "./persona.ts";
import { splitOf } from "./splits.ts";

/** Nouns that not every page of an app needs, bound. */
export type LaterNouns = {
  /** Those of its actions that only some pages need. */
  credits: BoundAll<typeof laterCredits>;
  plans: BoundAll<typeof plans>;
  access: BoundAll<typeof access>;
  budgetKeys: BoundAll<typeof budgetKeys>;
  /** Those of its actions that only some pages need. */
  characters: BoundAll<typeof characters>;
  works: BoundAll<typeof marketplace.works>;
  market: BoundAll<typeof marketplace.market>;
  search: BoundAll<typeof marketplace.search>;
  payouts: BoundAll<typeof payouts>;
  reviews: BoundAll<typeof reviews>;
  rewards: BoundAll<typeof rewards>;
  roles: BoundAll<typeof roles>;
  statement: BoundAll<typeof statement>;
  tab: BoundAll<typeof tab>;
};

/** Everything bound to one client, by noun. */
export type Stelai = ReturnType<typeof composeStelai>;

/** `createStelai` of parts: an app that fetches its code page by page binds some of them later. */
export function composeStelai(client: StelaiClient, later: LaterNouns) {
  const { createFetch, streamChat, verifyProvenance, waitForGeneration, ...asked } = generate;
  return {
    /** For the standalone actions. */
    client,
    credits: Object.assign(later.credits, bind(client, { getBalance }), {
      statementUrl: (range: StatementRange) => statementUrl(client, range),
    }),
    plans: later.plans,
    access: Object.assign(later.access, {
      ...{ PLANS, PLAN_DAYS, RENEWAL_STATUSES, allowanceAfter, comparePlans, priceOf, recordedMonthly, refundOn },
    }),
    characters: Object.assign(later.characters, bind(client, { fetchCard, getModel, listModels }), {
      gatewayUrl: (uri: string, gateway?: string) => gatewayUrl(client, uri, gateway),
      ...{ modelId, characterIdOf, personaHash, encodeInvite, inviteHash },
    }),
    /** API keys for clients that can send nothing but a bearer token. */
    budgetKeys: later.budgetKeys,
    tab: later.tab,
    generate: {
      ...bind(client, asked),
      streamChat: (parameters: generate.ChatParameters) => typedStream(streamChat(client, parameters)),
      waitForGeneration: (parameters: generate.WaitForGenerationParameters) =>
        typedStream(waitForGeneration(client, parameters)),
      verifyProvenance,
      createFetch: (parameters: generate.CreateFetchParameters) => createFetch(client, parameters),
    },
    /** A `fetch` that makes any OpenAI client pay by itself from a session. */
    fetch: (parameters: generate.CreateFetchParameters) => createFetch(client, parameters),
    payouts: Object.assign(later.payouts, { splitOf }),
    roles: later.roles,
    statement: later.statement,
    relayer: bind(client, relayer),
    reviews: later.reviews,
    rewards: Object.assign(later.rewards, {
      BONUS_SOURCES,
      inviteUrl: (account: Address) => inviteUrl(client, account),
    }),
    works: later.works,
    market: Object.assign(later.market, { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES }),
    search: later.search,
    indexer: {
      graphql: <data = unknown>(parameters: GraphqlParameters) => graphql<data>(client, parameters),
    },
  };
}
