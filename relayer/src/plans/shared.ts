import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { DailyLimitError } from "../people/errors.ts";
import type { Notice } from "../people/notices.ts";
import type { Quotas } from "../people/quotas.ts";
import { takeFromBudget } from "../settlement/gas.ts";
import { type TransactionQueue, TransactionRefusedError, type TransactionRequest } from "../settlement/transactions.ts";
import type { Database, Store } from "../store/index.ts";

/** What every part of this keeper works with. */
export type KeeperOptions = {
  store: Store;
  chain: Chain;
  transactions: TransactionQueue;
  config: Pick<
    Config,
    | "KEEPER_MAX_GAS_PRICE"
    | "KEEPER_BATCH"
    | "KEEPER_PLANS_DAILY_BUDGET"
    | "TOP_UPS_PER_ACCOUNT_PER_DAY"
    | "TOP_UP_MINIMUM_PRICE"
    | "BURN_MINIMUM"
    | "BALANCE_LOW"
  >;
  quotas: Pick<Quotas, "leftOf" | "within" | "today" | "secondsToMidnight">;
  log: Logger;
  metrics: Metrics;
  /** Tells an account; never throws. */
  tell: (notice: Notice) => Promise<void>;
};

/** Accounts or tabs that one transaction is for. */
type Batch<T> = {
  rows: readonly T[];
  request(rows: readonly T[]): TransactionRequest;
  /** What must be true exactly if it is sent, in the SQL transaction that stores it. */
  sent(tx: Database, rows: readonly T[], transactionId: number): Promise<void>;
  /** What the chain refuses alone. */
  refused(row: T, error: TransactionRefusedError): Promise<void>;
};

/**
 * Sends a batch. One that would revert as a whole is halved until what the chain refuses stands alone: a single account
 * that the stablecoin's issuer has blocked keeps nobody else waiting.
 * @throws DailyLimitError when the day's budget does not cover it; nothing is stored then.
 */
export async function sendBatch<T>(options: SendOptions, batch: Batch<T>): Promise<void> {
  const { rows } = batch;
  const [only] = rows;
  if (only === undefined) return;
  try {
    await options.transactions.enqueue(batch.request(rows), async (tx, id) => {
      await takeFromBudget(options, { scope: "keeper.gwei", limit: options.config.KEEPER_PLANS_DAILY_BUDGET }, tx, id);
      await batch.sent(tx, rows, id);
    });
  } catch (error) {
    const isRefused = error instanceof TransactionRefusedError;
    if (rows.length === 1 && isRefused) return batch.refused(only, error);
    // Of what is left for today a smaller one may have its part.
    if (!isRefused && !(error instanceof DailyLimitError && rows.length > 1)) throw error;
    const middle = Math.ceil(rows.length / 2);
    await sendBatch(options, { ...batch, rows: rows.slice(0, middle) });
    await sendBatch(options, { ...batch, rows: rows.slice(middle) });
  }
}

type SendOptions = Pick<KeeperOptions, "transactions" | "quotas"> & {
  config: Pick<Config, "KEEPER_PLANS_DAILY_BUDGET">;
};

/** What became of a transaction: it goes on, it was mined, or it came to nothing. */
export function outcomeOf(status: string | null): "open" | "mined" | "failed" {
  if (status === "sent") return "open";
  return status === "mined" || status === "final" ? "mined" : "failed";
}
