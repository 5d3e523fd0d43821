import type { CharacterRegistry } from "./chain/characters.ts";
import type { Chain } from "./chain/index.ts";
import type { SplitBook } from "./chain/splits.ts";
import type { Config } from "./config.ts";
import type { ContentStore } from "./content/index.ts";
import type { Feedback } from "./contributions/feedback.ts";
import type { Contributions } from "./contributions/index.ts";
import type { Generations } from "./generations/types.ts";
import type { InFlight } from "./inFlight.ts";
import type { Minds } from "./inference/minds.ts";
import type { Runs } from "./inference/runs.ts";
import type { Keys } from "./keys/index.ts";
import type { RateLimits } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Deliveries } from "./market/deliveries.ts";
import type { Market } from "./market/types.ts";
import type { Metering } from "./metering/index.ts";
import type { Metrics } from "./metrics.ts";
import type { OperatorAccount } from "./operator.ts";
import type { Passes } from "./passes/index.ts";
import type { People } from "./people/index.ts";
import type { Plans } from "./plans/index.ts";
import type { MediaProviders } from "./providers/mediaProviders.ts";
import type { ChatProvider } from "./providers/provider.ts";
import type { Settlement } from "./settlement/index.ts";
import type { TransactionQueue } from "./settlement/transactions.ts";
import type { Shares } from "./shares/index.ts";
import type { SharePictures } from "./shares/pictures.ts";
import type { Showcase } from "./shares/showcase.ts";
import type { Sponsor } from "./sponsor/index.ts";
import type { Store } from "./store/index.ts";
import type { X402 } from "./x402/index.ts";

/** Everything a route may use; built once in `start.ts`, handed to `createApp`. */
export type Services = {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly store: Store;
  readonly chain: Chain;
  readonly operator: OperatorAccount;
  readonly provider: ChatProvider;
  /** What makes images, videos, voiceovers and music. */
  readonly media: MediaProviders;
  readonly generations: Generations;
  /** Personas and styles at hand. */
  readonly minds: Minds;
  readonly characters: CharacterRegistry;
  /** Who is named in splits. */
  readonly splits: SplitBook;
  readonly metering: Metering;
  /** Budget keys, and the session keys that are held for them. */
  readonly keys: Keys;
  readonly transactions: TransactionQueue;
  readonly settlement: Settlement;
  readonly passes: Passes;
  readonly plans: Plans;
  readonly runs: Runs;
  /** What is being answered. */
  readonly inFlight: InFlight;
  /** Limits a minute, counted over all processes. */
  readonly limits: RateLimits;
  readonly content: ContentStore;
  readonly people: People;
  readonly sponsor: Sponsor;
  /** Deposits, and what is delivered of them. */
  readonly market: Market;
  /** Sold licences: what is delivered, and what time has decided. */
  readonly deliveries: Deliveries;
  /** What people tell the operator. */
  readonly feedback: Feedback;
  /** What may be shown to everybody, what people show around, and the pictures of those pages. */
  readonly showcase: Showcase;
  readonly shares: Shares;
  readonly sharePictures: SharePictures;
  /** Single payments; undefined where this operator takes none. */
  readonly x402: X402 | undefined;
  /** What bonus credits are given for. */
  readonly contributions: Contributions;
  /** When every change on the chain was last known (ms since 1970). */
  readonly watchedAt: () => number;
};
