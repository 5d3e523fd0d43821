import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { available } from "../http.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { DailyLimitError } from "../people/errors.ts";
import type { Quotas } from "../people/quotas.ts";
import { type GasBudget, GWEI, isGasAffordable, takeFromBudget } from "../settlement/gas.ts";
import type { Database } from "../store/index.ts";
import { GasTooDearError } from "./errors.ts";

export type SettlingGasOptions = {
  config: Pick<Config, "X402_MAX_GAS_PRICE" | "X402_DAILY_BUDGET" | "X402_MAXIMUM_GAS">;
  chain: Pick<Chain, "client" | "head">;
  quotas: Pick<Quotas, "leftOf" | "within">;
  log: Logger;
  metrics: Pick<Metrics, "singlePaymentsWait">;
};

/** What settling single payments may cost: a price of gas, and a budget a day. */
export class SettlingGas {
  readonly #options: SettlingGasOptions;
  readonly #budget: GasBudget;
  /** What one may cost, in gwei, by the block at which gas was not too dear: until the next one it is not asked again. */
  #cost: { at: bigint; gwei: bigint } | undefined;

  constructor(options: SettlingGasOptions) {
    this.#options = options;
    this.#budget = { scope: "x402.gwei", limit: options.config.X402_DAILY_BUDGET };
  }

  /** That one more may be settled now: asked before anything is done for it. @throws GasTooDearError, UnavailableError */
  async require(): Promise<void> {
    const { quotas, metrics } = this.#options;
    const cost = await available("The chain", this.#costNow());
    if (cost === undefined) throw new GasTooDearError();
    const { scope, limit } = this.#budget;
    const left = await quotas.leftOf({ scope, subject: "all", limit: limit / GWEI });
    metrics.singlePaymentsWait.set(left < cost ? 1 : 0);
    if (left < cost) throw new GasTooDearError();
  }

  /** Takes the most that a transaction may cost, in the SQL transaction that stores it. @throws GasTooDearError */
  async take(tx: Database, transactionId: number): Promise<void> {
    try {
      await takeFromBudget(this.#options, this.#budget, tx, transactionId);
    } catch (error) {
      throw error instanceof DailyLimitError ? new GasTooDearError() : error;
    }
  }

  /** The most that one may cost, in gwei; undefined while gas costs too much. */
  async #costNow(): Promise<bigint | undefined> {
    const { config, chain, log, metrics } = this.#options;
    const { number } = chain.head();
    if (this.#cost?.at === number) return this.#cost.gwei;
    const { X402_MAX_GAS_PRICE: maximum } = config;
    const limit = { maximum, setting: "X402_MAX_GAS_PRICE", what: "single payments" };
    const isCheap = await isGasAffordable({ chain, log }, { ...limit, gauge: metrics.singlePaymentsWait });
    if (!isCheap) return undefined;
    const { maxFeePerGas } = await chain.client.estimateFeesPerGas();
    const gwei = (config.X402_MAXIMUM_GAS * maxFeePerGas) / GWEI;
    this.#cost = { at: number, gwei };
    return gwei;
  }
}
