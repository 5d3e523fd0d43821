import * as access from "./actions/access/index.ts";
import * as characters from "./actions/characters/index.ts";
import * as credits from "./actions/credits/index.ts";
import * as generate from "./actions/generate/index.ts";
import { type GraphqlParameters, graphql } from "./actions/indexer/index.ts";
import { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES } from "./actions/market/tiers.ts";
import * as payouts from "./actions/payouts/index.ts";
import * as relayer from "./actions/relayer/index.ts";
import * as reviews from "./actions/reviews/index.ts";
import * as statement from "./actions/statement/index.ts";
import * as tab from "./actions/tab/index.ts";
import { type BoundAll, bind, typedStream } from "./bind.ts";
import type { StelaiClient } from "./client.ts";
import type * as nouns from "./marketNouns.ts";
import { personaHash } from "./persona.ts";
import { splitOf } from "./splits.ts";
import * as sessions from "./tab/openSession.ts";

/** The marketplace's nouns, bound. */
export type Marketplace = {
  works: BoundAll<typeof nouns.works>;
  market: BoundAll<typeof nouns.market>;
  search: BoundAll<typeof nouns.search>;
};

/** Everything bound to one client, by noun. */
export type Stelai = ReturnType<typeof composeStelai>;

/** `createStelai` of parts: an app that fetches its code page by page binds the marketplace later. */
export function composeStelai(client: StelaiClient, marketplace: Marketplace) {
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
  const { PLANS, PLAN_DAYS, RENEWAL_STATUSES, ...accessRest } = access;
  const { allowanceAfter, comparePlans, priceOf, recordedMonthly, refundOn, ...accessActions } = accessRest;
  const { gatewayUrl, modelId, characterIdOf, encodeInvite, inviteHash, ...characterRest } = characters;
  const { VISIBILITIES: _visibilities, ...characterActions } = characterRest;
  const { auditBill, termsKey: _termsKey, ...statementActions } = statement;
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
    access: {
      ...bind(client, accessActions),
      ...{ PLANS, PLAN_DAYS, RENEWAL_STATUSES, allowanceAfter, comparePlans, priceOf, recordedMonthly, refundOn },
    },
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
    payouts: { ...bind(client, payouts), splitOf },
    statement: { ...bind(client, statementActions), auditBill },
    relayer: bind(client, relayer),
    reviews: bind(client, reviews),
    works: marketplace.works,
    market: Object.assign(marketplace.market, { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES }),
    search: marketplace.search,
    indexer: {
      graphql: <data = unknown>(parameters: GraphqlParameters) => graphql<data>(client, parameters),
    },
  };
}
