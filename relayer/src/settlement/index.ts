import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metering } from "../metering/index.ts";
import type { Metrics } from "../metrics.ts";
import type { OperatorAccount } from "../operator.ts";
import type { Store } from "../store/index.ts";
import { closeTabs } from "./close.ts";
import { collectEarnings } from "./collect.ts";
import { reconcile } from "./reconcile.ts";
import { sendSeals } from "./send.ts";
import type { TransactionQueue } from "./transactions.ts";
import { tabsToSeal } from "./triggers.ts";

/** Turns vouchers into money: seals, sends, watches until final, closes, collects (docs/PROTOCOL.md, "Settlement"). */
export type Settlement = {
  /** Looks soon: something is due that need not wait for the next interval. */
  nudge(): void;
  /** One whole round, now. Every step can be repeated: what it is at is in the database. */
  work(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

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
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
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

  const work = (): Promise<void> => {
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  };

  const schedule = (milliseconds: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await work().catch((error: unknown) => log.error({ error }, "a round of settlement failed; it is repeated"));
      const soon = again;
      again = false;
      schedule(soon ? 0 : config.SETTLE_INTERVAL_MS);
    }, milliseconds);
  };

  return {
    work,
    nudge: () => {
      if (running === undefined) schedule(0);
      else again = true;
    },
    start: () => schedule(config.SETTLE_INTERVAL_MS),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => {});
    },
  };
}
