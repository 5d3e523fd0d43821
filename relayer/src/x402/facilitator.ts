import { createHash } from "node:crypto";
import {
  toWire,
  X402_VERSION,
  type X402Requirements,
  type X402Settled,
  type X402Supported,
  type X402Verified,
} from "@stelai/sdk/wire";
import { type Address, getAddress, isAddressEqual } from "viem";
import type { Chain } from "../chain/index.ts";
import { RequestDiffersError, RequestInProgressError } from "../metering/errors.ts";
import { checkAgreed, checkTerms, type PresentedPayment, simulateTransfer } from "./checks.ts";
import { PaymentProblem, TooMuchUnpaidError } from "./errors.ts";
import { failedOf, type PaymentContext, pendingOf, settledOf } from "./payment.ts";
import { NotYetSettledError } from "./settling.ts";
import type { Draft, Known } from "./types.ts";

export type FacilitatorOptions = {
  chain: Pick<Chain, "client" | "contracts" | "head">;
  operator: Address;
  context: PaymentContext;
  maximumGas: bigint;
  /** The least that is settled, in wei: the transaction's fee. */
  minimum: bigint;
  /** What a payment of so much to this operator's receiver is. */
  asked(amount: bigint): X402Requirements;
  balanceOf(account: Address): Promise<bigint>;
  /** That one more may be settled now. @throws GasTooDearError, UnavailableError */
  requireGas(): Promise<void>;
};

/** It paid for something, or is to. */
const USED = "invalid_exact_evm_nonce_already_used";

type Payment = Omit<PresentedPayment, "header">;

/**
 * x402's facilitator, for payments to this operator's receiver alone. What it settles for others than this relayer's own
 * routes is something that the operator sells elsewhere: all of it is the operator's income.
 */
export class Facilitator {
  readonly #options: FacilitatorOptions;

  constructor(options: FacilitatorOptions) {
    this.#options = options;
  }

  /** `GET /x402/supported`. */
  supported(): X402Supported {
    const { context, operator, asked } = this.#options;
    const { extra } = asked(0n);
    return {
      kinds: [
        { x402Version: X402_VERSION, scheme: "exact", network: context.network, ...(extra == null ? {} : { extra }) },
      ],
      extensions: [],
      signers: { "eip155:*": [operator] },
    };
  }

  /**
   * `POST /x402/verify`: whether it would be settled now. Nothing is held for it: its payer may still spend what it is of.
   * @throws UnavailableError when the chain cannot be asked; GasTooDearError
   */
  async verify(payment: Payment, requirements: X402Requirements): Promise<X402Verified> {
    const { chain, context } = this.#options;
    const payer = getAddress(payment.signed.from);
    const refused = (invalidReason: string, { message }: Error): X402Verified => {
      return { isValid: false, invalidReason, invalidMessage: message, payer };
    };
    try {
      const { draft, known, isSpent } = await this.#draftOf(payment, requirements);
      if (isSpent) throw new PaymentProblem(USED);
      await context.book.requireFree(draft, known, chain.head().timestamp);
      return { isValid: true, payer };
    } catch (error) {
      if (error instanceof PaymentProblem) return refused(error.reason, error);
      if (error instanceof TooMuchUnpaidError) return refused("too_much_unpaid", error);
      if (error instanceof RequestDiffersError) return refused(USED, error);
      throw error;
    }
  }

  /**
   * `POST /x402/settle`. Who asks sells something for it: of one payment it is said once that it was settled.
   * @throws UnavailableError when the chain cannot be asked; TooMuchUnpaidError, GasTooDearError
   */
  async settle(payment: Payment, requirements: X402Requirements): Promise<X402Settled> {
    const { context, chain } = this.#options;
    const { book, settling, waitMs, observe } = context;
    const payer = getAddress(payment.signed.from);
    const key = { payer, nonce: payment.signed.nonce };
    try {
      const { draft, known } = await this.#draftOf(payment, requirements);
      await book.take(draft, known, chain.head().timestamp);
      const row = await settling.settle(key, waitMs).finally(() => book.leave(key));
      if (!(await book.spend(key))) {
        return failedOf(context, payer, new PaymentProblem(USED), row.transaction);
      }
      observe("settled");
      return settledOf(context, row);
    } catch (error) {
      if (error instanceof PaymentProblem) return failedOf(context, payer, error);
      if (error instanceof NotYetSettledError || error instanceof RequestInProgressError) {
        return pendingOf(context, payer, error);
      }
      // It pays, or paid, for something else.
      if (error instanceof RequestDiffersError) {
        return failedOf(context, payer, new PaymentProblem(USED));
      }
      throw error;
    }
  }

  /**
   * What the books are told of it, and what is known: one that was sent is not checked anew, whatever became of its time.
   * @throws PaymentProblem, UnavailableError, GasTooDearError
   */
  async #draftOf(payment: Payment, requirements: X402Requirements) {
    const { context, balanceOf } = this.#options;
    const { signed, payload } = payment;
    const before = await context.book.find({ payer: signed.from, nonce: signed.nonce });
    const isSent = before?.status === "sent" || before?.status === "settled";
    if (isSent) checkAgreed(payment, this.#askedBy(requirements));
    else await this.#check(payment, requirements);
    const header = createHash("sha256").update(toWire(payload.payload)).digest("hex");
    const lines = [{ characterId: "0", amount: signed.value.toString() }];
    const draft: Draft = { signed, purpose: "own", request: null, header, lines, passOf: 0n };
    const known: Known = isSent ? "unchecked" : { balance: await balanceOf(signed.from), networkAddress: undefined };
    // Something was sold for it.
    return { draft, known, isSpent: before?.status === "settled" && before.tries > 0 };
  }

  async #check(payment: Payment, requirements: X402Requirements): Promise<void> {
    const { chain, operator, maximumGas, minimum, requireGas } = this.#options;
    const { signed } = payment;
    checkTerms(payment, this.#askedBy(requirements), chain.head().timestamp);
    if (signed.value < minimum || signed.value === 0n) throw new PaymentProblem("amount_below_minimum");
    await simulateTransfer(chain, { operator, maximumGas }, signed);
    await requireGas();
  }

  /** @throws PaymentProblem when something else is asked for than a payment to this operator's receiver. */
  #askedBy(requirements: X402Requirements): X402Requirements {
    const asked = this.#options.asked(requirements.amount);
    const isOwn = isAddressEqual(requirements.payTo, asked.payTo);
    if (!isOwn) throw new PaymentProblem("invalid_exact_evm_recipient_mismatch");
    if (requirements.scheme !== asked.scheme) throw new PaymentProblem("unsupported_scheme");
    if (requirements.network !== asked.network) throw new PaymentProblem("invalid_exact_evm_network_mismatch");
    if (!isAddressEqual(requirements.asset, asked.asset)) {
      throw new PaymentProblem("invalid_exact_evm_asset_mismatch");
    }
    return asked;
  }
}
