import type { CharacterRegistry } from "./chain/characters.ts";
import type { Chain } from "./chain/index.ts";
import type { Config } from "./config.ts";
import type { ContentStore } from "./content/index.ts";
import type { Generations } from "./generations/types.ts";
import type { Minds } from "./inference/minds.ts";
import type { Runs } from "./inference/runs.ts";
import type { Logger } from "./log.ts";
import type { Deliveries } from "./market/deliveries.ts";
import type { Market } from "./market/types.ts";
import type { Metering } from "./metering/index.ts";
import type { Metrics } from "./metrics.ts";
import type { OperatorAccount } from "./operator.ts";
import type { Passes } from "./passes/index.ts";
import type { People } from "./people/index.ts";
import type { MediaProviders } from "./providers/mediaProviders.ts";
import type { ChatProvider } from "./providers/provider.ts";
import type { Settlement } from "./settlement/index.ts";
import type { TransactionQueue } from "./settlement/transactions.ts";
import type { Sponsor } from "./sponsor/index.ts";
import type { Store } from "./store/index.ts";

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
  readonly metering: Metering;
  readonly transactions: TransactionQueue;
  readonly settlement: Settlement;
  readonly passes: Passes;
  readonly runs: Runs;
  readonly content: ContentStore;
  readonly people: People;
  readonly sponsor: Sponsor;
  /** Deposits, and what is delivered of them. */
  readonly market: Market;
  /** Sold licences: what is delivered, and what time has decided. */
  readonly deliveries: Deliveries;
  /** When every change on the chain was last known (ms since 1970). */
  readonly watchedAt: () => number;
};
