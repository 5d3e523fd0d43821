import { createCharacterRegistry } from "../src/chain/characters.ts";
import { type Chain, connectChain } from "../src/chain/index.ts";
import { Watcher } from "../src/chain/watcher.ts";
import { loadConfig } from "../src/config.ts";
import { createLogger } from "../src/log.ts";
import { createMetrics, type Metrics } from "../src/metrics.ts";
import { operatorFrom } from "../src/operator.ts";
import { createPasses, type Passes } from "../src/passes/index.ts";
import { Accounts } from "../src/people/accounts.ts";
import type { Notice } from "../src/people/notices.ts";
import { Quotas } from "../src/people/quotas.ts";
import { createPlans, type Plans } from "../src/plans/index.ts";
import { createTransactionQueue } from "../src/settlement/transactions.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase } from "./database.ts";
import type { World } from "./world.ts";

/** A keeper as one process runs it, with nothing else of a relayer beside it. */
export type TestKeeper = {
  readonly passes: Passes;
  readonly plans: Plans;
  /** Who was here. */
  readonly accounts: Accounts;
  readonly chain: Chain;
  readonly store: Store;
  readonly metrics: Metrics;
  /** What it told, in order. */
  readonly told: Notice[];
  /** One round, after it has seen what the chain says of characters. */
  work(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts one over a world; `environment` is laid over the world's. */
export async function startKeeper(world: World, environment: Record<string, string> = {}): Promise<TestKeeper> {
  const config = loadConfig(world.environment(environment));
  if (environment.DATABASE_URL === undefined) await freshDatabase(config.DATA_DIR);
  const [log, metrics, operator] = [createLogger(config), createMetrics(), operatorFrom(config.OPERATOR_PRIVATE_KEY)];
  const chain = await connectChain(config);
  const store = await openStore(config);
  const characters = createCharacterRegistry(chain, operator.address);
  await characters.load();
  const watcher = new Watcher(chain, log, [characters.watched], chain.startBlock);
  const transactions = createTransactionQueue({ store, chain, operator, log, metrics, stuckSeconds: 3_600 });
  const told: Notice[] = [];
  const notices = {
    tell: async (notice: Notice) => {
      // As a feed does it: each once.
      if (!told.some(({ key }) => key === notice.key)) told.push(notice);
    },
  };
  const accounts = new Accounts(store.db);
  const keeping = { store, chain, transactions, config, log, metrics, notices };
  const passes = createPasses({ ...keeping, characters });
  const quotas = new Quotas(store.db, config.MASTER_KEY);
  const plans = createPlans({ ...keeping, accounts, quotas, operator: operator.address });
  return {
    ...{ passes, plans, accounts, chain, store, metrics, told },
    work: async () => {
      await watcher.look();
      await passes.work();
    },
    stop: async () => {
      await passes.stop();
      await plans.stop();
      await store.close();
    },
  };
}
