import { UnavailableError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Store } from "../store/index.ts";
import type { PaymentBook, PaymentRow } from "./book.ts";
import { PaymentProblem } from "./errors.ts";
import { NotYetSettledError, type Settling } from "./settling.ts";
import { isGiven } from "./views.ts";

/** For how long it is tried, ever less often, to distribute what the chain does not let be distributed: 30 days. */
const UNDISTRIBUTED_MS = 2_592_000_000;

export type TendingOptions = {
  store: Pick<Store, "exclusively">;
  book: PaymentBook;
  settling: Pick<Settling, "settle" | "lookAfter">;
  log: Logger;
  metrics: Pick<Metrics, "singlePayments">;
};

/**
 * Looks after payments that nobody waits for. One process at a time does:
 * - what is on its way, or was taken back by a reorganisation, is brought to the chain;
 * - what a process held that died is let go of, or charged if it was given already;
 * - what came to nothing here and was brought to the chain by somebody else is distributed by the lines that it was
 *   priced with: its payer may come back for what it bought.
 */
export class Tending {
  readonly #options: TendingOptions;

  constructor(options: TendingOptions) {
    this.#options = options;
  }

  async tend(): Promise<void> {
    const { store, book } = this.#options;
    await store.exclusively("x402", async () => {
      for (const row of await book.unsettled()) await this.#bring(row);
      for (const row of await book.orphans()) await this.#conclude(row);
      for (const row of await book.lookable()) await this.#look(row);
      await book.prune();
    });
  }

  async #bring(row: PaymentRow): Promise<void> {
    const { book } = this.#options;
    const { status, transactionId } = row;
    if (status === "settled" && transactionId !== null) await book.unsent(row, transactionId);
    await this.#settle({ ...row, status: "held" }, status === "settled" || isGiven(row));
  }

  async #conclude(row: PaymentRow): Promise<void> {
    if (isGiven(row) || row.reverts > 0) await this.#settle(row, isGiven(row));
    else await this.#options.book.letGo(row);
  }

  /** @param isCharged Whether it was given as charged: what the chain took back it may not take again. */
  async #settle(row: PaymentRow, isCharged: boolean): Promise<void> {
    const { settling, log, metrics } = this.#options;
    const { payer, nonce } = row;
    try {
      await settling.settle(row, 0);
    } catch (error) {
      // The next round goes on.
      if (error instanceof NotYetSettledError) return;
      if (!(error instanceof PaymentProblem)) return this.#warn(row, error);
      metrics.singlePayments.inc({ outcome: isCharged ? "lost" : "refused" });
      if (!isCharged) return log.info({ payer, nonce, reason: error.reason }, "a payment was refused by the chain");
      log.error(
        { payer, nonce, reason: error.reason },
        "what was given for a payment is lost: the chain takes it no more",
      );
    }
  }

  async #look(row: PaymentRow): Promise<void> {
    const { book, settling } = this.#options;
    try {
      await book.lookedAt(row, await settling.lookAfter(row));
    } catch (error) {
      if (!(error instanceof PaymentProblem)) return this.#warn(row, error);
      const { payer, nonce } = row;
      // A pass may cost again what was paid for it.
      await book.lookedAt(row, Date.now() - row.takenAt.getTime() > UNDISTRIBUTED_MS);
      this.#options.log.error({ payer, nonce }, "what somebody else brought for a payment cannot be distributed");
    }
  }

  /** The next round tries again. */
  #warn({ payer, nonce }: PaymentRow, error: unknown): void {
    const isAway = error instanceof UnavailableError;
    this.#options.log[isAway ? "info" : "warn"](
      { payer, nonce, error },
      "a payment could not be looked after; it is repeated",
    );
  }
}
