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
   * `POST /x402/verify`: whether it would be settled now, so that nobody works for one that is not.
   * @throws UnavailableError when the chain cannot be asked; GasTooDearError
   */
  async verify(payment: Payment, requirements: X402Requirements): Promise<X402Verified> {
    const { chain, context, balanceOf } = this.#options;
    const { from, nonce, value } = payment.signed;
    const payer = getAddress(from);
    try {
      await this.#check(payment, requirements);
      await context.book.requireRoom({ payer, nonce }, value, await balanceOf(from), chain.head().timestamp);
      return { isValid: true, payer };
    } catch (error) {
      if (error instanceof TooMuchUnpaidError) {
        return { isValid: false, invalidReason: "too_much_unpaid", invalidMessage: error.message, payer };
      }
      if (!(error instanceof PaymentProblem)) throw error;
      return { isValid: false, invalidReason: error.reason, invalidMessage: error.message, payer };
    }
  }

  /**
   * `POST /x402/settle`. Who asks sells something for it: of one payment it is said once that it was settled.
   * @throws UnavailableError when the chain cannot be asked; TooMuchUnpaidError, GasTooDearError
   */
  async settle(payment: Payment, requirements: X402Requirements): Promise<X402Settled> {
    const { context, chain, balanceOf } = this.#options;
    const { book, settling, waitMs, observe } = context;
    const { signed, payload } = payment;
    const payer = getAddress(signed.from);
    const key = { payer, nonce: signed.nonce };
    try {
      const before = await book.find(key);
      const isSent = before?.status === "sent" || before?.status === "settled";
      if (isSent) checkAgreed(payment, this.#askedBy(requirements));
      else await this.#check(payment, requirements);
      const header = createHash("sha256").update(toWire(payload.payload)).digest("hex");
      const lines = [{ characterId: "0", amount: signed.value.toString() }];
      const draft = { signed, purpose: "own" as const, request: null, header, lines, passOf: 0n };
      const known = isSent ? "unchecked" : { balance: await balanceOf(signed.from), networkAddress: undefined };
      await book.take(draft, known, chain.head().timestamp);
      const row = await settling.settle(key, waitMs).finally(() => book.leave(key));
      if (!(await book.spend(key))) {
        const spent = new PaymentProblem("invalid_exact_evm_nonce_already_used");
        return failedOf(context, payer, spent, row.transaction);
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
        return failedOf(context, payer, new PaymentProblem("invalid_exact_evm_nonce_already_used"));
      }
      throw error;
    }
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
