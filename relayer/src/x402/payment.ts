import { PAYMENT_RESPONSE_HEADER, type X402Paid, type X402Required, type X402Settled } from "@stelai/sdk/wire";
import { type Address, getAddress, type Hex } from "viem";
import { toHttpError } from "../errors.ts";
import type { KeptAnswer } from "../metering/answers.ts";
import type { Fault, PaymentBook, PaymentKey, PaymentRow } from "./book.ts";
import { chainLines } from "./checks.ts";
import { encode, PaymentPendingError, PaymentProblem, PaymentRefusedError } from "./errors.ts";
import { NotYetSettledError, type Settling } from "./settling.ts";
import { paidOf } from "./views.ts";

/** What belongs to every payment of one operator. */
export type PaymentContext = {
  book: PaymentBook;
  settling: Pick<Settling, "settle">;
  receiver: Address;
  network: string;
  /** How long a settlement is waited for, in milliseconds. */
  waitMs: number;
  /** Where a payment's record is read. */
  recordUrl(key: PaymentKey): string;
  /** Counts how a payment came out. */
  observe(outcome: "settled" | "refused" | "pending" | "released"): void;
};

/** A single payment that was taken for one request, which this process answers. */
export class SinglePayment {
  readonly #context: PaymentContext;
  readonly #offer: X402Required;
  #row: PaymentRow;

  constructor(context: PaymentContext, row: PaymentRow, offer: X402Required) {
    this.#context = context;
    this.#row = row;
    this.#offer = offer;
  }

  get key(): PaymentKey {
    return { payer: this.payer, nonce: this.#row.nonce };
  }

  get payer(): Address {
    return getAddress(this.#row.payer);
  }

  /** Whether it is on its way to the chain. */
  get isSent(): boolean {
    return this.#row.status === "sent";
  }

  /** Whether the chain has it. */
  get isSettled(): boolean {
    return this.#row.status === "settled";
  }

  /** Whether the generation that it paid for was given: a payment buys one. */
  get isGiven(): boolean {
    return this.#row.tries > 0;
  }

  /** The answer that was given for it before. */
  get answered(): KeptAnswer | undefined {
    return this.#context.book.answerOf(this.#row);
  }

  /**
   * Charges it, once however often it is asked, and waits until the chain has it.
   * @throws PaymentRefusedError: nothing was charged; PaymentPendingError: it may be, and is not charged again;
   * UnavailableError: nothing was sent.
   */
  async settle(): Promise<void> {
    const { book, settling, waitMs, observe } = this.#context;
    try {
      this.#row = await settling.settle(this.key, waitMs);
      observe("settled");
    } catch (error) {
      if (error instanceof PaymentProblem) {
        observe("refused");
        throw new PaymentRefusedError(error, this.#offer, failedOf(this.#context, this.payer, error));
      }
      // What may have been sent is asked after when the same payment comes again.
      const row = await book.find(this.key).catch(() => undefined);
      if (!(error instanceof NotYetSettledError) && row?.status === "held") {
        await this.release(error);
        throw error;
      }
      await book.leave(this.key).catch(() => {});
      observe("pending");
      throw new PaymentPendingError(pendingOf(this.#context, this.payer, error));
    }
  }

  /**
   * Lets go of it: nothing was sent, the authorization stays unused, and may come again.
   * @param fault By whose doing: what was worked for and is not paid counts against the payer.
   */
  async release(error: unknown, fault: Fault = "operator"): Promise<void> {
    const { book, observe } = this.#context;
    observe("released");
    await book.release(this.key, toHttpError(error).body.error.code, fault);
    // What is on its way already cannot be let go of: it is asked after when the same payment comes again.
    await book.leave(this.key);
  }

  /** Keeps the whole answer, so that it is given again. */
  keep(answer: KeptAnswer): Promise<void> {
    const { promptTokens, completionTokens } = answer;
    return this.#context.book.keep(this.key, answer, {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    });
  }

  /** What was delivered of its answer broke off: it may be asked for again, a few times. */
  brokeOff(reason: string): Promise<void> {
    return this.#context.book.brokeOff(this.key, reason);
  }

  /** Nothing more is done for it here. @param reason Why nothing was delivered: it may be asked for again. */
  leave(reason?: string): Promise<void> {
    return this.#context.book.leave(this.key, reason);
  }

  /** What the answer says of it. */
  get paid(): X402Paid {
    return paidOf(this.#row, this.#context.receiver);
  }

  /** The answer's headers once it is settled. */
  get headers(): Record<string, string> {
    return settledHeaders(this.#context, this.#row);
  }
}

/** The headers of an answer that a payment paid for. */
export function settledHeaders(context: PaymentContext, row: PaymentRow): Record<string, string> {
  return { [PAYMENT_RESPONSE_HEADER]: encode(settledOf(context, row)) };
}

/** A settled payment as x402 tells of it. */
export function settledOf({ network, recordUrl }: PaymentContext, row: PaymentRow): X402Settled {
  return {
    success: true,
    payer: getAddress(row.payer),
    transaction: row.transaction ?? "",
    network,
    amount: row.value,
    extra: { lines: chainLines(row.lines), passOf: row.passOf === 0n ? null : row.passOf, record: recordUrl(row) },
  };
}

/** A payment that the chain does not take, as x402 tells of it. */
export function failedOf(
  { network }: PaymentContext,
  payer: Address,
  problem: PaymentProblem,
  transaction: Hex | null = null,
): X402Settled {
  return {
    success: false,
    errorReason: problem.reason,
    errorMessage: problem.message,
    payer,
    transaction: transaction ?? "",
    network,
  };
}

/** A payment whose settlement is not confirmed yet, as x402 tells of it. */
export function pendingOf({ network }: PaymentContext, payer: Address, error: unknown): X402Settled {
  const transaction = error instanceof NotYetSettledError ? (error.transaction ?? "") : "";
  return { success: false, errorReason: "settlement_pending", payer, transaction, network };
}
