import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import type { Address } from "viem";
import { createApp } from "./app.ts";
import { createCharacterRegistry } from "./chain/characters.ts";
import { type Chain, connectChain, type Head } from "./chain/index.ts";
import { createSplitBook } from "./chain/splits.ts";
import { type Watched, Watcher } from "./chain/watcher.ts";
import type { Config } from "./config.ts";
import { type ContentStore, openContentStore } from "./content/index.ts";
import { Feedback } from "./contributions/feedback.ts";
import { Contributions } from "./contributions/index.ts";
import { createGenerations } from "./generations/index.ts";
import { sealedGenerations } from "./generations/sealed.ts";
import { Secrets } from "./generations/secrets.ts";
import { Workshop } from "./generations/workshop/index.ts";
import type { AppEnv } from "./http.ts";
import { InFlight } from "./inFlight.ts";
import { Minds } from "./inference/minds.ts";
import { Runs } from "./inference/runs.ts";
import { contextOfKey, createKeys, KEYS_VAULT } from "./keys/index.ts";
import { RateLimits } from "./limits.ts";
import { createLogger, type Logger } from "./log.ts";
import { createDeliveries } from "./market/deliveries.ts";
import { contextOf as contextOfDeposit } from "./market/deposits.ts";
import { createMarket } from "./market/index.ts";
import { storeLicenceTexts } from "./market/licenceTexts.ts";
import { createMetering } from "./metering/index.ts";
import { leaveInstances } from "./metering/recovery.ts";
import { createMetrics } from "./metrics.ts";
import { operatorFrom } from "./operator.ts";
import { createPasses } from "./passes/index.ts";
import { createPeople } from "./people/index.ts";
import { ChainEvents } from "./people/notifications/chainEvents.ts";
import { Delivery } from "./people/notifications/delivery.ts";
import type { PushTransport } from "./people/notifications/push.ts";
import { Rotation, sealedRows } from "./people/rotation.ts";
import { sealedOfPeople } from "./people/sealed.ts";
import { Vault } from "./people/vault.ts";
import { createPlans } from "./plans/index.ts";
import { LocalProvider } from "./providers/local/chat/index.ts";
import { type MediaProviders, mediaProvidersFrom } from "./providers/mediaProviders.ts";
import { OpenAIProvider } from "./providers/openai/index.ts";
import type { ChatProvider } from "./providers/provider.ts";
import { loadTokenizer } from "./providers/tokens.ts";
import { createRounds } from "./rounds.ts";
import type { Services } from "./services.ts";
import { createSettlement } from "./settlement/index.ts";
import { createTransactionQueue } from "./settlement/transactions.ts";
import { Shares } from "./shares/index.ts";
import { SharePictures } from "./shares/pictures.ts";
import { Showcase } from "./shares/showcase.ts";
import { Sponsor } from "./sponsor/index.ts";
import { openStore, type Store } from "./store/index.ts";
import { budgetKeys } from "./store/schema/keys.ts";
import { deposits } from "./store/schema/market.ts";
import { facts } from "./store/schema/operation.ts";
import { openX402 } from "./x402/index.ts";

/** A relayer that works, behind no socket yet. */
export type Relayer = {
  readonly app: Hono<AppEnv>;
  readonly services: Services;
  readonly watcher: Watcher;
  /** What makes notifications of the chain's events, and what sends them. */
  readonly events: ChainEvents;
  readonly delivery: Delivery;
  /** What brings what is encrypted under the current master key. */
  readonly rotation: Rotation;
  /** Takes nothing new (503, and `/ready` says no), and lets what is under way end, for `DRAIN_SECONDS` at most. */
  drain(): Promise<void>;
  /** Drains, gives what waits in queues to the others, then stops everything. */
  stop(): Promise<void>;
};

/** Thrown when the database holds the state of another chain that cannot be dropped. */
export class OtherChainError extends Error {
  override readonly name = "OtherChainError";
}

/** Chains that begin anew with every start; their state is dropped then. */
const LOCAL_CHAINS: ReadonlySet<number> = new Set([1337, 31337]);

const TEND_MS = 10_000;
/** How long the last bytes of an answer may take on their way out when the process stops. */
const FLUSH_MS = 2_000;

/**
 * Builds every service and begins to watch and settle.
 * @param overrides What tests put in the place of the configured parts.
 */
export async function startRelayer(
  config: Config,
  overrides: {
    log?: Logger;
    provider?: ChatProvider;
    media?: Partial<MediaProviders>;
    content?: ContentStore;
    pushTransport?: PushTransport;
  } = {},
): Promise<Relayer> {
  const log = overrides.log ?? createLogger(config);
  const metrics = createMetrics();
  const operator = operatorFrom(config.OPERATOR_PRIVATE_KEY);
  const chain = await connectChain(config);
  const store = await openStore(config);
  const limits = new RateLimits({ store, masterKey: config.MASTER_KEY, log });
  const inFlight = new InFlight({
    ...{ requests: config.REQUESTS_IN_FLIGHT, bytes: config.BODIES_IN_FLIGHT_BYTES },
    bodyTimeoutMs: config.BODY_TIMEOUT_MS,
  });
  await bindToChain(store, chain, log);
  loadTokenizer();

  const content =
    overrides.content ?? (await openContentStore({ dataDir: config.DATA_DIR, ipfsApiUrl: config.IPFS_API_URL }));
  const characters = createCharacterRegistry(chain, operator.address);
  const splits = createSplitBook(chain);
  const { pushTransport } = overrides;
  const people = createPeople({
    ...{ config, db: store.db, chain, content, registry: characters },
    ...(pushTransport === undefined ? {} : { pushTransport }),
  });
  const watchFrom = await watchedSince(store, chain);
  await Promise.all([characters.load(), splits.load()]);
  const metering = createMetering({ store, chain, operator, config });
  await metering.tend();
  const stuckSeconds = config.TRANSACTION_STUCK_SECONDS;
  const transactions = createTransactionQueue({ store, chain, operator, log, metrics, stuckSeconds });
  const sponsor = new Sponsor({
    ...{ config, store, chain, operator: operator.address, transactions },
    quotas: people.quotas,
    blocklist: people.blocklist,
  });
  const x402 = await openX402({
    ...{ config, store, chain, transactions, people, limits, log, metrics },
    ...{ operator: operator.address, instance: metering.instance },
  });
  const settlement = createSettlement({
    ...{ store, chain, operator, metering, transactions, characters, config, log, metrics },
  });
  const passes = createPasses({
    ...{ store, chain, characters, transactions, config, log, metrics },
    notices: people.feed,
  });
  const plans = createPlans({
    ...{ store, chain, transactions, config, log, metrics, operator: operator.address },
    ...{ accounts: people.accounts, notices: people.feed, quotas: people.quotas },
  });
  const workshop = new Workshop(config.GENERATIONS_AT_ONCE);
  const media = { ...mediaProvidersFrom(config, workshop), ...overrides.media };
  const minds = new Minds(people.personas);
  const generations = createGenerations({
    ...{ config, store, content, metering, operator, characters, people, minds, media, workshop, log, metrics },
    uses: passes.uses,
    payments: x402,
  });
  const keys = createKeys({
    ...{ config, store, chain, operator, metering, generations, log },
    ...{ quotas: people.quotas, nudge: () => settlement.nudge() },
  });
  const market = createMarket({ config, store, chain, content, operator, people, generations, media, log });
  const deliveries = createDeliveries({
    ...{ store, chain, transactions, config, log, metrics },
    ...{ operator: operator.address, deposits: market.deposits, releases: market.releases },
  });
  const showcase = new Showcase({ chain, content, characters, generations, people });
  const shares = new Shares({ db: store.db, operator: operator.address, config, showcase, ...people });
  const sharePictures = new SharePictures();
  const feedback = new Feedback({ db: store.db, config, quotas: people.quotas, notices: people.feed });
  const contributions = new Contributions({
    ...{ config, db: store.db, chain, operator: operator.address, quotas: people.quotas },
    ...{ feedback, showcase, generations, characters, splits },
  });
  const services: Services = {
    ...{ config, log, metrics, store, chain, operator, characters, splits, metering, keys },
    ...{ transactions, settlement, passes, plans },
    provider: overrides.provider ?? providerFrom(config),
    ...{ media, generations, minds },
    ...{ runs: new Runs(), inFlight, limits },
    ...{ content, people, sponsor, market, deliveries },
    ...{ showcase, shares, sharePictures, feedback, contributions, x402 },
    // Of a node that stands still nothing is known, however often it answers.
    watchedAt: () => (standsStill(chain.head(), config) ? 0 : watcher.lookedAt()),
  };

  const nudging = (watched: readonly Watched[], { nudge }: { nudge(): void }): Watched[] =>
    watched.map((one) => ({
      ...one,
      onChange: async (change) => {
        await one.onChange(change);
        nudge();
      },
    }));
  const watched = [
    // Before the characters that they are the payees of.
    splits.watched,
    ...nudging([metering.watched, characters.watched], settlement),
    keys.watched,
    ...nudging(people.access.watched, passes),
    ...nudging([deliveries.watched], deliveries),
  ];
  const watcher = new Watcher(chain, log, watched, watchFrom);
  // What happened while this process was away is known before it serves; logs that are gone are not seen as gone.
  await metering.tabs.syncSince(watchFrom);
  await watcher.look();
  watcher.start(config.CHAIN_POLL_MS);
  settlement.start();
  passes.start();
  plans.start();
  deliveries.start();
  market.start();
  limits.start();
  await generations.tend();
  generations.start();
  await people.versions.engineIs(engineOf(config, services.provider), characters.all());
  const delivery = new Delivery({ ...people, log });
  const events = new ChainEvents({ store, chain, registry: characters, ...people, log });
  events.start(config.CHAIN_POLL_MS);
  delivery.nudge();

  const rotation = rotationOver(store, operator.address, config, log);
  let hasLicenceTexts = await storeLicenceTexts(content, log);

  const tend = async () => {
    await generations.tend();
    await people.prune();
    await passes.prune();
    await sponsor.reconcile();
    await x402?.tend();
    await limits.prune();
    await keys.tend();
    await rotation.tend();
    if (!hasLicenceTexts) hasLicenceTexts = await storeLicenceTexts(content, log);
    await remember(store, WATCHED, watcher.position().toString());
  };
  const tendMs = Math.min(TEND_MS, (config.INSTANCE_TIMEOUT_SECONDS * 1_000) / 3);
  // What is slow waits for itself alone: others take a process for dead whose metering is not tended.
  const sayAlive = async () => {
    await metering.tend();
    await x402?.catchUp();
  };
  const tending = [sayAlive, tend].map((round) =>
    createRounds({
      round,
      intervalMs: tendMs,
      onError: (error) => log.warn({ error }, "housekeeping failed; it is repeated"),
    }),
  );
  for (const { start } of tending) start(tendMs);

  let draining: Promise<void> | undefined;
  const drain = () => {
    draining ??= (async () => {
      await services.runs.close(config.DRAIN_SECONDS * 1_000);
      // The last bytes of what was answered; whoever does not take them is not waited for.
      await Promise.race([inFlight.idle(), new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())]);
    })();
    return draining;
  };

  return {
    drain,
    app: createApp(services),
    services,
    watcher,
    events,
    delivery,
    rotation,
    stop: async () => {
      await drain();
      await generations.stop();
      await workshop.close();
      await sharePictures.close();
      await keys.stop();
      for (const { stop } of tending) await stop();
      await watcher.stop();
      await settlement.stop();
      await passes.stop();
      await plans.stop();
      await deliveries.stop();
      await market.stop();
      await events.stop();
      await limits.stop();
      await delivery.settled();
      people.mail.close();
      await remember(store, WATCHED, watcher.position().toString());
      await x402?.catchUp();
      await leaveInstances(store, metering.instance);
      await content.close();
      await store.close();
    },
  };
}

/** Everything that is kept under master keys, but for kept answers, which are forgotten soon. */
function rotationOver({ db }: Store, operator: Address, config: Config, log: Logger): Rotation {
  const vaultFor = (purpose: string) => new Vault(purpose, [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
  return new Rotation(
    [
      sealedRows(db, ["deposits", deposits], vaultFor("deposits"), contextOfDeposit),
      sealedRows(db, ["budget keys", budgetKeys], vaultFor(KEYS_VAULT), contextOfKey),
      sealedGenerations(db, operator, new Secrets(config)),
      ...sealedOfPeople(db, vaultFor),
    ],
    log,
  );
}

/** Whether the newest block is older than it may be. */
function standsStill({ timestamp }: Head, { HEAD_AGE_SECONDS }: Pick<Config, "HEAD_AGE_SECONDS">): boolean {
  return HEAD_AGE_SECONDS > 0 && Date.now() / 1_000 - Number(timestamp) > HEAD_AGE_SECONDS;
}

const GENESIS = "genesis";
const WATCHED = "watched";

/** The database belongs to one chain: a local one's state is dropped when it began anew, another's is kept apart. */
async function bindToChain(store: Store, chain: Chain, log: Logger): Promise<void> {
  const identity = `${chain.id}:${chain.genesisHash}:${chain.contracts.InferenceMeter}`;
  const known = await recall(store, GENESIS);
  if (known !== undefined && known !== identity) {
    const isLocal = LOCAL_CHAINS.has(chain.id) && LOCAL_CHAINS.has(Number(known.split(":")[0]));
    if (!isLocal) {
      throw new OtherChainError(
        `The database holds the state of another chain or deployment (${known}, not ${identity}). ` +
          "Choose another DATABASE_URL or DATA_DIR; this one may still have vouchers to settle there.",
      );
    }
    log.info("the local chain began anew: the state of the one before is dropped");
    await store.reset();
  }
  await remember(store, GENESIS, identity);
}

async function watchedSince(store: Store, chain: Chain): Promise<bigint> {
  const known = await recall(store, WATCHED);
  if (known !== undefined) return BigInt(known);
  // Nothing is known of any tab yet: each is read when it is first used.
  return (await chain.refresh()).number;
}

async function recall(store: Store, key: string): Promise<string | undefined> {
  const [row] = await store.db.select().from(facts).where(eq(facts.key, key));
  return row?.value;
}

async function remember(store: Store, key: string, value: string): Promise<void> {
  await store.db.insert(facts).values({ key, value }).onConflictDoUpdate({ target: facts.key, set: { value } });
}

/** What answers, as a character's versions name it. */
function engineOf(config: Config, provider: ChatProvider): string {
  return config.PROVIDER === "openai" && config.OPENAI_MODEL !== undefined ? config.OPENAI_MODEL : provider.label;
}

function providerFrom(config: Config): ChatProvider {
  if (config.PROVIDER === "local") return new LocalProvider();
  return new OpenAIProvider({
    // `loadConfig` refuses PROVIDER=openai without them.
    baseUrl: config.OPENAI_BASE_URL ?? "",
    model: config.OPENAI_MODEL ?? "",
    ...(config.OPENAI_API_KEY === undefined ? {} : { apiKey: config.OPENAI_API_KEY }),
    connectTimeoutMs: config.UPSTREAM_CONNECT_TIMEOUT_MS,
    idleTimeoutMs: config.UPSTREAM_IDLE_TIMEOUT_MS,
  });
}
