import type { Config } from "../config.ts";
import type { Quotas } from "../people/quotas.ts";

/** What may be stored a UTC day of what nobody pays by a tab: for a pass by account, of what is free by network. */
export class Allowance {
  readonly #quotas: Pick<Quotas, "count" | "requireLeft">;
  readonly #limit: bigint;

  constructor(quotas: Pick<Quotas, "count" | "requireLeft">, config: Pick<Config, "FREE_MEDIA_BYTES_PER_DAY">) {
    this.#quotas = quotas;
    this.#limit = BigInt(config.FREE_MEDIA_BYTES_PER_DAY);
  }

  /**
   * Asked before anything is computed: what is under way is still stored.
   * @throws DailyLimitError when the day's allowance is used up.
   */
  async require(requester: string): Promise<void> {
    await this.#quotas.requireLeft(
      { scope: "media.bytes", subject: requester, limit: this.#limit },
      "What you have made here today without a charge is as much as this operator stores a day, so this was not made. " +
        "It begins anew at midnight UTC.",
    );
  }

  async count(requester: string, bytes: number): Promise<void> {
    await this.#quotas.count({ scope: "media.bytes", subject: requester, amount: BigInt(bytes) });
  }
}
