import type { WorkDeposit } from "@stelai/sdk/wire";
import type { Chain } from "../chain/index.ts";
import { requireWork } from "../chain/market.ts";
import type { Config } from "../config.ts";
import type { ContentStore } from "../content/index.ts";
import type { Generations } from "../generations/types.ts";
import { Workshop } from "../generations/workshop/index.ts";
import { available } from "../http.ts";
import { recordOf } from "../inference/generationView.ts";
import type { Logger } from "../log.ts";
import type { OperatorAccount } from "../operator.ts";
import type { People } from "../people/index.ts";
import { Vault } from "../people/vault.ts";
import type { MediaProviders } from "../providers/mediaProviders.ts";
import { createRounds } from "../rounds.ts";
import type { Store } from "../store/index.ts";
import { StoredDeposits } from "./deposits.ts";
import { KeyRelease } from "./keys.ts";
import { Releases } from "./releases.ts";
import type { Market } from "./types.ts";
import { WorkFiles } from "./workFiles.ts";

/** How many deposits are looked at at a time, beside what is being generated. */
const EXAMINED_AT_ONCE = 2;
const PRUNE_MS = 10_000;

export type MarketOptions = {
  config: Config;
  store: Store;
  chain: Chain;
  content: ContentStore;
  operator: OperatorAccount;
  people: Pick<People, "quotas">;
  generations: Generations;
  media: MediaProviders;
  log: Logger;
};

/** What the relayer does for the marketplace: keeps the files that works are delivered from, and releases their keys. */
export function createMarket(options: MarketOptions): Market {
  const { config, store, chain, content, operator, people, generations, log } = options;
  const workshop = new Workshop(EXAMINED_AT_ONCE);
  const deposits = new StoredDeposits({
    ...{ config, store, operator: operator.address, content, workshop, generations, log },
    workFiles: new WorkFiles(store.db, chain),
    vault: depositsVault(config),
    quotas: people.quotas,
    provenanceOf: (row) => recordOf(options, row),
  });
  const depositOf = async (workId: bigint): Promise<WorkDeposit> => {
    const { number } = await available("The chain", chain.refresh());
    const work = await requireWork(chain, workId, number);
    const held = await deposits.held(work.contentHash, work.creator);
    if (held === undefined) return { workId, isDeposited: false };
    return { workId, isDeposited: true, modality: held.modality, bytes: held.file.bytes };
  };
  const releases = new Releases(store.db, operator.address);
  const keys = new KeyRelease({ chain, deposits, releases });
  const pruning = createRounds({
    round: () => deposits.prune(),
    intervalMs: PRUNE_MS,
    onError: (error) => log.warn({ error }, "deposits that no work names could not be forgotten; it is repeated"),
  });
  return {
    ...{ deposits, keys, releases, depositOf },
    start: () => pruning.start(PRUNE_MS),
    prune: pruning.work,
    stop: async () => {
      await pruning.stop();
      await workshop.close();
    },
  };
}

/** What the keys of deposited files are sealed by. */
export function depositsVault(config: Pick<Config, "MASTER_KEY" | "PREVIOUS_MASTER_KEYS">): Vault {
  return new Vault("deposits", [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
}
