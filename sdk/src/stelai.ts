import * as access from "./actions/access/index.ts";
import * as characters from "./actions/characters/index.ts";
import * as credits from "./actions/credits/index.ts";
import * as generate from "./actions/generate/index.ts";
import { type GraphqlParameters, graphql } from "./actions/indexer/index.ts";
import * as market from "./actions/market/index.ts";
import * as payouts from "./actions/payouts/index.ts";
import * as relayer from "./actions/relayer/index.ts";
import * as reviews from "./actions/reviews/index.ts";
import * as search from "./actions/search/index.ts";
import * as statement from "./actions/statement/index.ts";
import * as tab from "./actions/tab/index.ts";
import * as works from "./actions/works/index.ts";
import { createStelaiClient, type StelaiClient, type StelaiConfig } from "./client.ts";
import { decodeError } from "./errors/decode.ts";
import { personaHash } from "./persona.ts";
import { splitOf } from "./splits.ts";
import * as sessions from "./tab/openSession.ts";

/** An action without its client. */
export type Bound<action> = action extends (client: StelaiClient, ...rest: infer rest) => infer result
  ? (...rest: rest) => result
  : never;

type Action = (client: StelaiClient, ...rest: never[]) => unknown;
type BoundAll<actions extends Record<string, Action>> = { [name in keyof actions]: Bound<actions[name]> };

/** Binds actions to a client; what they throw, now or when waited for, becomes a typed error. */
function bind<const actions extends Record<string, Action>>(client: StelaiClient, actions: actions): BoundAll<actions> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [
      name,
      (...rest: never[]) => withTypedErrors(() => action(client, ...rest)),
    ]),
  ) as BoundAll<actions>;
}

function withTypedErrors(work: () => unknown): unknown {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    throw decodeError(error);
  }
  if (!(result instanceof Promise)) return result;
  return result.then(withTypedWait, (error) => {
    throw decodeError(error);
  });
}

/** What was sent fails later, in `wait`. */
function withTypedWait(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("wait" in result)) return result;
  const wait = result.wait as (...rest: unknown[]) => Promise<unknown>;
  return { ...result, wait: (...rest: unknown[]) => withTypedErrors(() => wait(...rest)) };
}

/** Everything bound to one client, by noun. */
export type Stelai = ReturnType<typeof createStelai>;

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
export function createStelai(config: StelaiConfig) {
  const client = createStelaiClient(config);
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
  const { createWork, fetchWorkMetadata, getWorkDetails, transferWork, ...worksRest } = works;
  const { setWorkMetadata, setWorkPayee, setWorkSuspended, ...worksActions } = worksRest;
  const { encodeLicencePayment: _payment, encodeResalePurchase: _purchase, ...marketRest } = market;
  const { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES, ...marketNamed } = marketRest;
  const { acceptLicence, buyLicence, concludeLicences, disputeLicence, resolveDispute, ...marketOther } = marketNamed;
  const { delistToken, listToken, ...marketActions } = marketOther;
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
    works: bind(client, {
      ...worksActions,
      create: createWork,
      fetchMetadata: fetchWorkMetadata,
      getDetails: getWorkDetails,
      setMetadata: setWorkMetadata,
      setPayee: setWorkPayee,
      setSuspended: setWorkSuspended,
      transfer: transferWork,
    }),
    market: {
      ...bind(client, {
        ...marketActions,
        accept: acceptLicence,
        buy: buyLicence,
        conclude: concludeLicences,
        delist: delistToken,
        dispute: disputeLicence,
        list: listToken,
        resolve: resolveDispute,
      }),
      ...{ BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES },
    },
    search: bind(client, {
      works: search.searchWorks,
      characters: search.searchCharacters,
      similar: search.similarWorks,
      trending: search.trendingWorks,
    }),
    indexer: {
      graphql: <data = unknown>(parameters: GraphqlParameters) => graphql<data>(client, parameters),
    },
  };
}

async function* typedStream<event>(stream: AsyncGenerator<event, void, undefined>): typeof stream {
  try {
    yield* stream;
  } catch (error) {
    throw decodeError(error);
  }
}
