import { stelaiAbi } from "@stelai/sdk/abis";
import type {
  X402Paid,
  X402Record,
  X402Required,
  X402Requirements,
  X402Settled,
  X402Supported,
  X402Verified,
} from "@stelai/sdk/wire";
import type { Address } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { BlockedError } from "../errors.ts";
import { available } from "../http.ts";
import type { RateLimiter, RateLimits } from "../limits.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { People } from "../people/index.ts";
import type { TransactionQueue } from "../settlement/transactions.ts";
import type { Store } from "../store/index.ts";
import { type Fault, type Known, PaymentBook, type PaymentKey } from "./book.ts";
import {
  type Settling as Call,
  checkTerms,
  checkTimeLeft,
  type PresentedPayment,
  readPayment,
  simulateSettling,
} from "./checks.ts";
import { PaymentPendingError, PaymentProblem, PaymentRefusedError } from "./errors.ts";
import { Facilitator } from "./facilitator.ts";
import { SettlingGas } from "./gas.ts";
import { networkOf, offerOf, type Priced, requirementsOf, secondsNeeded, WEI } from "./offers.ts";
import { type PaymentContext, pendingOf, SinglePayment, settledHeaders } from "./payment.ts";
import { createReceiver, findReceiver } from "./receiver.ts";
import { Settling } from "./settling.ts";
import { isSignedByKey } from "./signature.ts";
import { Tending } from "./tending.ts";
import { Unpaid } from "./unpaid.ts";
import { paidOf, recordOf, signedOf } from "./views.ts";

export { forgetPaymentsOf, paymentsOfAccount } from "./records.ts";

/** How long it is waited at the start for a receiver that is being made. */
const CREATE_MS = 30_000;

export type X402Options = {
  config: Config;
  store: Store;
  chain: Chain;
  operator: Address;
  transactions: TransactionQueue;
  people: Pick<People, "blocklist" | "quotas">;
  /** This process among those on one database. */
  instance: string;
  limits: Pick<RateLimits, "perMinute">;
  log: Logger;
  metrics: Pick<Metrics, "singlePayments" | "singlePaymentsWait">;
};

/** Single payments by x402 version 2, `exact`, in STELAI, to the operator's receiver (docs/PROTOCOL.md, "Single payments"). */
export class X402 {
  readonly #options: X402Options;
  readonly #receiver: Address;
  readonly #domain: { name: string; version: string };
  readonly #book: PaymentBook;
  readonly #settling: Settling;
  readonly #context: PaymentContext;
  readonly #gas: SettlingGas;
  readonly #tending: Tending;
  /** Of one network: what has the chain asked, and what has a contract run there to say who signed. */
  readonly #perNetwork: RateLimiter;
  readonly #unrecovered: RateLimiter;
  readonly facilitator: Facilitator;

  constructor(options: X402Options, receiver: Address, domain: { name: string; version: string }) {
    const { config, store, chain, operator, transactions, instance, limits, log, metrics, people } = options;
    this.#options = options;
    this.#receiver = receiver;
    this.#domain = domain;
    this.#perNetwork = limits.perMinute("x402.payments", config.RATE_PAYMENTS_PER_MINUTE);
    this.#unrecovered = limits.perMinute("x402.unrecovered", config.RATE_WRITES_PER_MINUTE);
    const { quotas } = people;
    this.#gas = new SettlingGas({ config, chain, quotas, log, metrics });
    this.#book = new PaymentBook({ store, operator, instance, config, unpaid: new Unpaid({ quotas, config }) });
    this.#settling = new Settling({
      ...{ store, chain, transactions, operator, receiver, book: this.#book, gas: this.#gas },
      maximumGas: config.X402_MAXIMUM_GAS,
    });
    this.#tending = new Tending({ store, book: this.#book, settling: this.#settling, log, metrics });
    this.#context = {
      ...{ book: this.#book, settling: this.#settling, receiver, network: networkOf(chain) },
      waitMs: config.X402_SETTLE_SECONDS * 1_000,
      recordUrl: ({ payer, nonce }) => `${config.publicUrl}/x402/payments/${payer}/${nonce}`,
      observe: (outcome) => metrics.singlePayments.inc({ outcome }),
    };
    this.facilitator = new Facilitator({
      ...{ chain, operator, context: this.#context, maximumGas: config.X402_MAXIMUM_GAS },
      minimum: config.X402_FEE * WEI,
      asked: (amount) => requirementsOf(chain, receiver, domain, amount),
      balanceOf: (account) => this.#balanceOf(account),
      requireGas: () => this.#gas.require(),
    });
  }

  /** Where payments go. */
  get receiver(): Address {
    return this.#receiver;
  }

  /** How something priced is paid by one payment: what a 402 says of it. */
  offer(priced: Priced): X402Required {
    const { config, chain } = this.#options;
    return offerOf({ config, chain, receiver: this.#receiver, domain: this.#domain }, priced);
  }

  /**
   * Takes the payment of a `PAYMENT-SIGNATURE` header for a request. Nothing is charged yet. The same header again is
   * the same payment: one that was charged is not checked anew, whatever became of prices and time.
   * One that was sent before is waited for.
   * @param networkAddress Where the request comes from.
   * @throws PaymentRefusedError, PaymentPendingError, PaymentDiffersError, PaymentInProgressError, AnsweredOftenError,
   * AnswerForgottenError, BlockedError, RateLimitedError, TooMuchUnpaidError, GasTooDearError, UnavailableError
   */
  async take(header: string, priced: Priced, networkAddress: string): Promise<SinglePayment> {
    // First of all: whatever comes has database and chain asked.
    this.#perNetwork.take(networkAddress);
    const offer = this.offer(priced);
    try {
      const payment = readPayment(header);
      const { signed } = payment;
      const { purpose, request, lines, passOf } = priced;
      const before = await this.#book.find({ payer: signed.from, nonce: signed.nonce });
      const isSent = before?.status === "sent" || before?.status === "settled";
      // What it pays for is being made, at the price of then.
      const isGoingOn = isSent || (before !== undefined && (await this.#book.isMade(before)));
      const isKnown = before !== undefined;
      const known = isGoingOn ? "unchecked" : await this.#check(payment, priced, { offer, networkAddress, isKnown });
      const draft = { signed, purpose, request, header: payment.header, lines, passOf };
      const row = await this.#book.take(draft, known, this.#options.chain.head().timestamp);
      const single = new SinglePayment(this.#context, row, offer);
      // Nothing is worked for while the chain has not said what becomes of it.
      if (single.isSent) await single.settle();
      return single;
    } catch (error) {
      if (error instanceof PaymentProblem) throw new PaymentRefusedError(error, offer);
      throw error;
    }
  }

  /**
   * That what pays for a generation can still be charged, before anything is made: it may have waited for long.
   * @throws PaymentProblem; GasTooDearError, UnavailableError, which pass
   */
  async require(key: PaymentKey): Promise<void> {
    const { chain, config } = this.#options;
    const row = await this.#book.find(key);
    if (row?.status === "settled" || row?.status === "sent") return;
    if (row?.status !== "held") throw new PaymentProblem("invalid_exact_evm_transaction_simulation_failed");
    await this.#gas.require();
    const { timestamp } = await available("The chain", chain.refresh());
    checkTimeLeft(row.validBefore, timestamp, secondsNeeded(config, "media"));
    await this.#requireGood({ signed: signedOf(row), lines: row.lines, passOf: row.passOf });
  }

  /** Charges what a generation is paid by, once its file is there. @throws PaymentProblem, NotYetSettledError */
  async settle(key: PaymentKey): Promise<void> {
    await this.#settling.settle(key, this.#context.waitMs);
    await this.#book.spend(key);
    this.#context.observe("settled");
  }

  /** Lets go of what a generation was to be paid by: it failed, or was cancelled. */
  async release(key: PaymentKey, reason: string, fault: Fault): Promise<void> {
    await this.#book.release(key, reason, fault);
    this.#context.observe("released");
  }

  /** What the answer to a payment says of it once it was charged. */
  async proofOf(key: PaymentKey): Promise<{ headers: Record<string, string>; paid: X402Paid } | undefined> {
    const row = await this.#book.find(key);
    if (row?.status !== "settled") return undefined;
    return { headers: settledHeaders(this.#context, row), paid: paidOf(row, this.#receiver) };
  }

  /** The bill of a payment; undefined when there is none. @param asks Who is signed in. */
  async recordOf(key: PaymentKey, asks: Address | undefined): Promise<X402Record | undefined> {
    const row = await this.#book.find(key);
    if (row === undefined) return undefined;
    return recordOf(row, this.#receiver, asks?.toLowerCase() === row.payer);
  }

  supported(): X402Supported {
    return this.facilitator.supported();
  }

  verify(payment: Omit<PresentedPayment, "header">, requirements: X402Requirements): Promise<X402Verified> {
    return this.facilitator.verify(payment, requirements);
  }

  settleOwn(payment: Omit<PresentedPayment, "header">, requirements: X402Requirements): Promise<X402Settled> {
    return this.facilitator.settle(payment, requirements);
  }

  /** Says what the database could not be told of the payments that this process answered. */
  catchUp(): Promise<void> {
    return this.#book.catchUp();
  }

  /** Looks after payments that nobody waits for, and forgets old ones. One process at a time does. */
  tend(): Promise<void> {
    return this.#tending.tend();
  }

  /**
   * Checks a payment that is not on the chain yet.
   * @returns what is promised by it; what somebody else brought there needs no balance.
   */
  async #check(
    payment: PresentedPayment,
    priced: Priced,
    { offer, networkAddress, isKnown }: { offer: X402Required; networkAddress: string; isKnown: boolean },
  ): Promise<Known> {
    const { chain, people, config } = this.#options;
    const { signed } = payment;
    const { timestamp } = chain.head();
    const [asked] = offer.accepts;
    if (asked === undefined) throw new PaymentProblem("unsupported_scheme");
    checkTerms(payment, asked, timestamp);
    if (await people.blocklist.isAccountBlocked(signed.from)) {
      throw new BlockedError("This operator does not serve this account. Nothing was charged.");
    }
    if (!(await isSignedByKey(chain, this.#domain, signed))) this.#unrecovered.take(networkAddress);
    try {
      checkTimeLeft(signed.validBefore, timestamp, secondsNeeded(config, priced.purpose));
    } catch (error) {
      // Of one that came before: refused now, it would be paid for twice if somebody else brought it.
      if (isKnown && (await this.#isBrought(signed, error))) return "brought";
      throw error;
    }
    await this.#gas.require();
    const isBrought = await this.#requireGood({ signed, lines: priced.lines, passOf: priced.passOf });
    if (isBrought) return "brought";
    return { balance: await this.#balanceOf(signed.from), networkAddress };
  }

  /**
   * That the chain takes it now.
   * @returns whether somebody else brought it there already.
   * @throws PaymentProblem, PaymentPendingError, UnavailableError
   */
  async #requireGood(call: Call): Promise<boolean> {
    const { chain, operator, config } = this.#options;
    const by = { operator, receiver: this.#receiver, maximumGas: config.X402_MAXIMUM_GAS };
    try {
      await simulateSettling(chain, by, call);
      return false;
    } catch (error) {
      // The token looks at the nonce only when the payer stands by the signature.
      if (!(error instanceof PaymentProblem) || error.reason !== "invalid_exact_evm_nonce_already_used") throw error;
      // Refused now, it would be paid for twice.
      if (await this.#isBrought(call.signed, error)) return true;
      throw error;
    }
  }

  /** Whether somebody else brought it to the receiver. @throws PaymentPendingError, UnavailableError */
  async #isBrought({ from, nonce, value, validAfter }: Call["signed"], refusal: unknown): Promise<boolean> {
    const sought = { payer: from, nonce, value, validAfter };
    const found = await available("The chain", this.#settling.elsewhereOf(sought));
    if (found === "awaited") throw new PaymentPendingError(pendingOf(this.#context, from, refusal));
    return typeof found === "object" && !found.isSettled;
  }

  #balanceOf(account: Address): Promise<bigint> {
    const { client, contracts } = this.#options.chain;
    return available(
      "The chain",
      client.readContract({ address: contracts.Stelai, abi: stelaiAbi, functionName: "balanceOf", args: [account] }),
    );
  }
}

/** Single payments where this operator takes them: undefined without a receiver, or when they are switched off. */
export async function openX402(options: X402Options): Promise<X402 | undefined> {
  const { config, chain, log } = options;
  if (config.X402 === "false") return undefined;
  const receiver = config.X402 === "true" ? await createReceiver(options, CREATE_MS) : await findReceiver(options);
  if (receiver === undefined) {
    if (config.X402 === "true")
      log.warn("the receiver of single payments is not there yet: none are taken until the next start");
    return undefined;
  }
  const { domain } = await chain.client.getEip712Domain({ address: chain.contracts.Stelai });
  return new X402(options, receiver, { name: domain.name ?? "", version: domain.version ?? "" });
}
