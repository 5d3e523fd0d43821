import type { Address } from "viem";
import type { Config } from "../config.ts";
import { DailyLimitError } from "../people/errors.ts";
import type { QuotaClaim, Quotas } from "../people/quotas.ts";
import type { Database } from "../store/index.ts";
import { TooMuchUnpaidError } from "./errors.ts";
import type { PaymentRow } from "./types.ts";

/** What a row says of how it is counted; nulls when it is not. */
export type Counted = Pick<PaymentRow, "countedOn" | "network">;

/** Not counted. */
export const UNCOUNTED: Counted = { countedOn: null, network: null };

type UnpaidOptions = {
  quotas: Pick<Quotas, "leftOf" | "within" | "today" | "addressKey" | "secondsToMidnight">;
  config: Pick<Config, "X402_UNPAID_PER_DAY" | "X402_UNPAID_PER_NETWORK_PER_DAY">;
};

/**
 * Work that is done, and gas that is spent, on payers' promises. A payment counts, for its payer and for the network that
 * it came from, from when it is taken until it is charged; one that comes to nothing by the payer's doing counts until the
 * day is over. So nobody is worked for without end who never pays.
 */
export class Unpaid {
  readonly #options: UnpaidOptions;

  constructor(options: UnpaidOptions) {
    this.#options = options;
  }

  /**
   * Counts one, in the SQL transaction that takes it.
   * @param networkAddress Where it came from; undefined: it counts for its payer alone.
   * @throws TooMuchUnpaidError
   */
  async count(tx: Database, payer: Address, networkAddress: string | undefined): Promise<Counted> {
    const { quotas } = this.#options;
    const network = networkAddress === undefined ? null : quotas.addressKey(networkAddress);
    const counted = { countedOn: quotas.today(), network };
    try {
      await quotas.within(tx).take(this.#claims(payer, counted.network), "");
    } catch (error) {
      throw error instanceof DailyLimitError ? new TooMuchUnpaidError(quotas.secondsToMidnight()) : error;
    }
    return counted;
  }

  /** That one more of this payer would be counted today, wherever it comes from. @throws TooMuchUnpaidError */
  async require(payer: Address): Promise<void> {
    const { quotas } = this.#options;
    for (const claim of this.#claims(payer, null)) {
      if ((await quotas.leftOf(claim)) < claim.amount) throw new TooMuchUnpaidError(quotas.secondsToMidnight());
    }
  }

  /** What was counted did not come to nothing by the payer's doing. */
  async giveBack(tx: Database, { payer, countedOn, network }: Pick<PaymentRow, "payer"> & Counted): Promise<void> {
    if (countedOn === null) return;
    const quotas = this.#options.quotas.within(tx);
    for (const claim of this.#claims(payer, network)) await quotas.giveBack(countedOn, claim);
  }

  #claims(payer: Address, network: string | null): QuotaClaim[] {
    const { X402_UNPAID_PER_DAY: ofPayer, X402_UNPAID_PER_NETWORK_PER_DAY: ofNetwork } = this.#options.config;
    const own = { scope: "x402.payer", subject: payer.toLowerCase(), amount: 1n, limit: BigInt(ofPayer) } as const;
    if (network === null) return [own];
    return [own, { scope: "x402.address", subject: network, amount: 1n, limit: BigInt(ofNetwork) }];
  }
}
