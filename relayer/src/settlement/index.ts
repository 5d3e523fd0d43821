import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metering } from "../metering/index.ts";
import type { Metrics } from "../metrics.ts";
import type { OperatorAccount } from "../operator.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import type { Store } from "../store/index.ts";
import { closeTabs } from "./close.ts";
import { collectEarnings } from "./collect.ts";
import { reconcile } from "./reconcile.ts";
import { sendSeals } from "./send.ts";
import type { TransactionQueue } from "./transactions.ts";
import { tabsToSeal } from "./triggers.ts";

/** Turns vouchers into money: seals, sends, watches until final, closes, collects (docs/PROTOCOL.md, "Settlement"). */
export type Settlement = Omit<Rounds, "start"> & { start(): void };

export type SettlementOptions = {
  store: Store;
  chain: Chain;
  operator: OperatorAccount;
  metering: Metering;
  transactions: TransactionQueue;
  characters: CharacterRegistry;
  config: Config;
  log: Logger;
  metrics: Metrics;
};

/** The settler of one operator; of several processes one works at a time. */
export function createSettlement(options: SettlementOptions): Settlement {
  const { config, log, metering, metrics, store, transactions } = options;
  // What may have something to collect: everything once, then what was settled.
  let uncollected: Set<bigint> | undefined;

  const round = async (): Promise<void> => {
    await transactions.work();
    await store.exclusively("settlement", async () => {
      uncollected ??= new Set([0n, ...options.characters.all().map(({ id }) => id)]);
      for (const id of await reconcile(options)) uncollected.add(id);
      for (const { tabId, trigger } of await tabsToSeal(options)) {
        const seal = await metering.seal(tabId);
        if (seal === undefined) continue;
        metrics.seals.inc({ trigger });
        log.info({ tab: tabId.toString(), total: seal.voucher.cumulative.toString(), trigger }, "sealed");
      }
      await sendSeals(options);
      await closeTabs(options);
      if (config.COLLECT_VALUE > 0n) await collectEarnings(options, uncollected);
    });
  };

  const rounds = createRounds({
    round,
    intervalMs: config.SETTLE_INTERVAL_MS,
    onError: (error) => log.error({ error }, "a round of settlement failed; it is repeated"),
  });
  return { ...rounds, start: () => rounds.start(config.SETTLE_INTERVAL_MS) };
}
