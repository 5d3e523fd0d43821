import { allowanceAfter } from "./actions/access/allowanceAfter.ts";
import { comparePlans } from "./actions/access/comparePlans.ts";
import { PLAN_DAYS, PLANS, priceOf, RENEWAL_STATUSES, recordedMonthly } from "./actions/access/plan.ts";
import { refundOn } from "./actions/access/refundOn.ts";
import * as characters from "./actions/characters/index.ts";
import * as credits from "./actions/credits/index.ts";
import * as generate from "./actions/generate/index.ts";
import { type GraphqlParameters, graphql } from "./actions/indexer/index.ts";
import { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES } from "./actions/market/tiers.ts";
import type * as payouts from "./actions/payouts/index.ts";
import * as relayer from "./actions/relayer/index.ts";
import type * as reviews from "./actions/reviews/index.ts";
import * as tab from "./actions/tab/index.ts";
import { type BoundAll, bind, typedStream } from "./bind.ts";
import type { StelaiClient } from "./client.ts";
import type { access } from "./nouns/access.ts";
import type * as marketplace from "./nouns/market.ts";
import type { statement } from "./nouns/statement.ts";
import { personaHash } from "./persona.ts";
import { splitOf } from "./splits.ts";
import * as sessions from "./tab/openSession.ts";

/** Nouns that not every page of an app needs, bound. */
export type LaterNouns = {
  access: BoundAll<typeof access>;
  works: BoundAll<typeof marketplace.works>;
  market: BoundAll<typeof marketplace.market>;
  search: BoundAll<typeof marketplace.search>;
  payouts: BoundAll<typeof payouts>;
  reviews: BoundAll<typeof reviews>;
  statement: BoundAll<typeof statement>;
};

/** Everything bound to one client, by noun. */
export type Stelai = ReturnType<typeof composeStelai>;

/** `createStelai` of parts: an app that fetches its code page by page binds some of them later. */
export function composeStelai(client: StelaiClient, later: LaterNouns) {
  const {
    buy,
    buySponsored,
    buyWithPermit,
    getBalance,
    getPackages,
    getSolvency,
    getSurplus,
    prepareSponsoredPurchase,
    quotePackage,
    redeem,
  } = credits;
  const { createFetch, streamChat, verifyProvenance, waitForGeneration, ...asked } = generate;
  const { gatewayUrl, modelId, characterIdOf, encodeInvite, inviteHash, ...characterRest } = characters;
  const { VISIBILITIES: _visibilities, ...characterActions } = characterRest;
  return {
    /** For the standalone actions. */
    client,
    credits: bind(client, {
      buy,
      buySponsored,
      buyWithPermit,
      getBalance,
      getPackages,
      getSolvency,
      getSurplus,
      prepareSponsoredPurchase,
      quotePackage,
      redeem,
    }),
    access: Object.assign(later.access, {
      ...{ PLANS, PLAN_DAYS, RENEWAL_STATUSES, allowanceAfter, comparePlans, priceOf, recordedMonthly, refundOn },
    }),
    characters: {
      ...bind(client, characterActions),
      gatewayUrl: (uri: string, gateway?: string) => gatewayUrl(client, uri, gateway),
      modelId,
      characterIdOf,
      personaHash,
      encodeInvite,
      inviteHash,
    },
    tab: bind(client, { ...tab, ...sessions }),
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
    statement: later.statement,
    relayer: bind(client, relayer),
    reviews: later.reviews,
    works: later.works,
    market: Object.assign(later.market, { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES }),
    search: later.search,
    indexer: {
      graphql: <data = unknown>(parameters: GraphqlParameters) => graphql<data>(client, parameters),
    },
  };
}
