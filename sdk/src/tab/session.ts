import type { Address, Hex, LocalAccount } from "viem";
import { close } from "../actions/tab/close.ts";
import { getStatus } from "../actions/tab/getStatus.ts";
import { getTab } from "../actions/tab/getTab.ts";
import type { StelaiClient } from "../client.ts";
import { type AgreedTerms, type MaxCostTooLowError, RelayerError, type TermsChangedError } from "../errors/relayer.ts";
import { VOUCHER_ERRORS, VoucherRefusedError, VoucherStaleError } from "../errors/relayerEndpoints.ts";
import { ReceiptRefusedError, SealRefusedError, SessionKeyMissingError } from "../errors/tab.ts";
import { randomHash } from "../internal/authorization.ts";
import { chainClock } from "../internal/clock.ts";
import { meterOf } from "../internal/meter.ts";
import { relayerRequestSoon } from "../internal/soon.ts";
import { encodePayment, hashBody, type MeteredRequest, PAYMENT_HEADER, signMeter, signPayment } from "../payment.ts";
import type { Quality } from "../pricing.ts";
import { hashReceipt, type Receipt, voucherOf } from "../voucher.ts";
import type { Metered, Seal, TabStatus } from "../wire.ts";
import {
  type AskedRequest,
  agreementOf,
  noteCharged,
  noteQueued,
  noteRefused,
  noteSigned,
  noteUnmade,
  type SignedFor,
} from "./asked.ts";
import { drain, fetchBooks, sealsAfter } from "./books.ts";
import { holdsReceipt, ledgerOf } from "./ledger.ts";
import { listedBook } from "./listed.ts";
import { exclusively } from "./lock.ts";
import { deleteRecord, loadRecord, lockName, saveRecord, type TabRecord } from "./record.ts";
import { repriced } from "./repriced.ts";
import { join, tell } from "./siblings.ts";
import { type SessionSnapshot, snapshotOf } from "./snapshot.ts";
import { verifyReceipt } from "./verify.ts";

export type { SessionSnapshot } from "./snapshot.ts";

/** How long the relayer may take to begin serving a signed request, in seconds. */
const REQUEST_LIFETIME = 300n;
/** How often one acknowledgement follows a base that moved on. */
const MAX_REBASES = 4;

/** A request that was signed and not answered yet. */
export type PendingRequest = SignedFor & { headers: Record<string, string> };

/**
 * A tab as its session key uses it (DESIGN section 5): pays for requests, holds every receipt against what was
 * agreed to, signs vouchers, follows the operator's seals. Made by `tab.openSession` and `tab.resumeSession`.
 *
 * Everything that changes its books runs alone, across windows too, on what is stored; so sessions of one tab in
 * several windows agree. Those of one window show what any of them stored.
 */
export class TabSession {
  readonly operator: Address;
  readonly tabId: bigint;
  readonly payer: Address;
  /** The session key. Signs requests, vouchers and the closing. */
  readonly account: LocalAccount;
  readonly #client: StelaiClient;
  readonly #listeners = new Set<() => void>();
  #snapshot: SessionSnapshot;
  #agreed: TabRecord["agreed"];
  #inFlight = 0;
  /** Set when an answer was lost, so that its receipt must be asked for. */
  #missed = false;
  readonly #now: () => Promise<bigint>;
  readonly #requireListed: ReturnType<typeof listedBook>;

  /** Use `openSession`, `resumeSession` or `listSessions`. */
  constructor(client: StelaiClient, record: TabRecord, account: LocalAccount) {
    this.#client = client;
    this.#now = chainClock(client);
    this.#requireListed = listedBook(client, record);
    this.operator = record.operator;
    this.tabId = record.tabId;
    this.payer = record.payer;
    this.account = account;
    this.#agreed = record.agreed;
    this.#snapshot = snapshotOf(record, account.address, 0);
    join(client, record, this.#see);
  }

  /** Where the session stands; the same object until something changes, as `useSyncExternalStore` needs it. */
  get snapshot(): SessionSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` after every change. @returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What was last agreed to pay for a character here. */
  agreedTerms(characterId: bigint): AgreedTerms | undefined {
    return this.#agreed[String(characterId)];
  }

  /** Remembers what the person agreed to pay for a character: what later requests name when they name nothing. */
  async agree(characterId: bigint, terms: AgreedTerms): Promise<void> {
    const known = this.agreedTerms(characterId);
    if (known?.termsVersion === terms.termsVersion && known.feePerUnit === terms.feePerUnit) return;
    await this.#edit(async (record) => {
      record.agreed[String(characterId)] = terms;
    });
  }

  /**
   * Signs one request for one inference over the exact bytes of its body, and stores that it did: one receipt is
   * accepted for each id. `maxCost` in microcredits; `quality` is Standard when absent, as all of chat is.
   * @throws OperatorNotServingError
   */
  async pay(parameters: {
    body: string;
    characterId: bigint;
    agreed: AgreedTerms;
    maxCost: bigint;
    quality?: Quality | undefined;
    /** How extensive it was quoted to be, where the quote is exact. */
    milliunits?: bigint | undefined;
    /** Idempotency key; a fresh one when absent. */
    id?: Hex | undefined;
  }): Promise<PendingRequest> {
    const { agreed, characterId, maxCost, quality = "Standard", milliunits } = parameters;
    const [now] = await Promise.all([this.#now(), this.#requireListed(characterId)]);
    const request: MeteredRequest = {
      operator: this.operator,
      tabId: this.tabId,
      id: parameters.id ?? randomHash(),
      body: hashBody(parameters.body),
      characterId,
      termsVersion: agreed.termsVersion,
      maxCost,
      deadline: now + REQUEST_LIFETIME,
    };
    const payment = await signPayment(this.account, meterOf(this.#client), request);
    const signed: SignedFor = { request, agreed, quality, milliunits };
    await this.#edit(async (record) => noteSigned(record, signed));
    return { ...signed, headers: { [PAYMENT_HEADER]: encodePayment(payment) } };
  }

  /**
   * To be called when a request failed. Once the operator refused it, no receipt may charge it; after any other failure
   * one may still come, and is held against what was agreed to as every receipt is.
   */
  async failed({ request }: PendingRequest, error: unknown): Promise<void> {
    const isRefusal = error instanceof RelayerError && error.moneyMoved === "no";
    if (isRefusal) await this.#edit(async (record) => noteRefused(record, request));
  }

  /** What to go on with when the agreed prices were refused. @throws TermsChangedError when something is dearer. */
  repriced(error: TermsChangedError | MaxCostTooLowError, agreed: AgreedTerms): Promise<AgreedTerms> {
    return repriced(this.#client, error, agreed);
  }

  /**
   * Counts a request as under way, so that a gap in the receipts is not asked for while its answer is still coming.
   * @returns what ends it; calling that again does nothing.
   */
  begin(): () => void {
    this.#count(1);
    let ended = false;
    return () => {
      if (!ended) this.#count(-1);
      ended = true;
    };
  }

  /** To be called when a generation was queued for a request: its receipt comes later, to {@link settle}. */
  async queued({ request }: Pick<PendingRequest, "request">, generation: string): Promise<void> {
    await this.#edit(async (record) => noteQueued(record, request, generation));
  }

  /** To be called when the operator said that a generation failed or was cancelled: no receipt may charge it. */
  async unmade(generation: string): Promise<void> {
    await this.#edit(async (record) => noteUnmade(record, generation));
  }

  /** To be called when an answer was lost or left: its receipt, if there is one, is fetched before the next voucher. */
  missed(): void {
    this.#missed = true;
  }

  /**
   * Verifies an answer's receipt and counts it. The voucher is signed by {@link acknowledge}.
   * @param response keccak256 of the answer as it was received, when it was received whole.
   * @throws ReceiptRefusedError when it is not what was agreed to: nothing is signed for it.
   */
  async receive({ request }: Pick<PendingRequest, "request">, metered: Metered, response?: Hex): Promise<void> {
    await this.#take(metered, response, ({ id }) => id === request.id);
  }

  /**
   * Verifies the receipt of a generation that this key asked for, in this window, in another one or before a reload,
   * and counts it, once. The voucher is signed by {@link acknowledge}.
   * @param response keccak256 of the file.
   * @param milliunits How extensive the file is, where that can be measured: no more may be charged.
   * @throws ReceiptRefusedError when it is not what was agreed to: nothing is signed for it.
   */
  async settle(generation: string, metered: Metered, response?: Hex, milliunits?: bigint): Promise<void> {
    await this.#take(metered, response, (asked) => (asked.generation ?? generation) === generation, milliunits);
  }

  /**
   * Signs the voucher over everything verified and gives it to the operator; follows a base that moved on. Does
   * nothing when all is signed.
   * @throws ReceiptRefusedError, SealRefusedError, VoucherRefusedError, RelayerUnreachableError.
   */
  async acknowledge(): Promise<void> {
    await this.#edit(async (record) => {
      const gap = record.waiting.length > 0 && this.#inFlight === 0;
      if (this.#missed || record.behind || gap) await this.#catchUp(record);
      for (let rebases = 0; ; rebases++) {
        try {
          return await this.#postVoucher(record);
        } catch (error) {
          if (error instanceof VoucherStaleError && rebases < MAX_REBASES) {
            await this.#follow(record, error.details.seal as Seal);
          } else if (error instanceof VoucherRefusedError && rebases === 0) {
            // Another client of this key may be ahead: take its books, then try once more.
            await this.#catchUp(record);
          } else throw error;
        }
      }
    });
  }

  /**
   * Takes over what the operator has and this client lacks, every receipt and seal verified: after lost state, a
   * rotation, or work in another window.
   * @throws ReceiptRefusedError, SealRefusedError, InvalidSessionError, TabNotFoundError.
   */
  async sync(): Promise<TabStatus> {
    return this.#edit((record) => this.#catchUp(record));
  }

  /** Where the tab stands with its operator. */
  status(): Promise<TabStatus> {
    return getStatus(this.#client, { operator: this.operator, tabId: this.tabId, sessionKey: this.account });
  }

  /**
   * Closes the tab together with the operator: signs for everything served, names the final total; the relayer
   * settles and pays the rest back at once. No prompt, no ETH.
   * @returns the total in microcredits, and `wait`, which ends when the chain has paid back.
   */
  async close(): Promise<{ total: bigint; wait: (options?: { signal?: AbortSignal }) => Promise<void> }> {
    this.missed();
    await this.acknowledge();
    const { operator, tabId, account } = this;
    const total = this.#snapshot.served;
    await close(this.#client, { operator, tabId, sessionKey: account, total });
    const wait = async ({ signal }: { signal?: AbortSignal } = {}) => {
      for (;;) {
        signal?.throwIfAborted();
        const tab = await getTab(this.#client, { operator, tabId });
        if (tab.closing && tab.cap === tab.spent) return;
        await new Promise((resolve) => setTimeout(resolve, this.#client.publicClient.pollingInterval));
      }
    };
    return { total, wait };
  }

  /** Removes the session key and the books from storage. A closed tab needs neither. */
  async forget(): Promise<void> {
    await deleteRecord(this.#client, this.operator, this.tabId);
  }

  /** Verifies a receipt against what was kept of its request, whichever window signed that. */
  async #take(
    metered: Metered,
    response: Hex | undefined,
    isMeant: (asked: AskedRequest) => boolean,
    milliunits?: bigint,
  ): Promise<void> {
    const { receipt } = metered.receipt;
    await this.#edit(async (record) => {
      const asked = record.asked[receipt.request];
      const agreement = agreementOf(record, receipt);
      if (!asked || !agreement) return this.#repeated(record, receipt, response);
      if (!isMeant(asked)) throw new ReceiptRefusedError(receipt, "request", "the one it answers", receipt.request);
      // Kept first: a receipt that is fetched later may name no other answer, and no larger one, either.
      asked.response = response ?? asked.response;
      if (milliunits !== undefined && milliunits < (asked.milliunits ?? milliunits + 1n)) asked.milliunits = milliunits;
      const now = { ...agreement, response: asked.response, milliunits: asked.milliunits };
      await verifyReceipt(meterOf(this.#client), this, metered.receipt, now);
      await this.#add(record, agreement.request.id, metered);
    });
  }

  /**
   * The receipt of a request that is counted already, or that is not kept here: the statement shows it then, with this
   * key's signature.
   */
  async #repeated(record: TabRecord, receipt: Receipt, response: Hex | undefined): Promise<void> {
    const isKnown = () =>
      receipt.sequence <= record.anchor.sequence || holdsReceipt(ledgerOf(record.anchor, record.receipts), receipt);
    if (!isKnown()) await this.#catchUp(record);
    if (!isKnown()) throw new ReceiptRefusedError(receipt, "request", "one that was signed", receipt.request);
    if (response !== undefined && receipt.response !== response) {
      throw new ReceiptRefusedError(receipt, "response", response, receipt.response);
    }
  }

  async #add(record: TabRecord, id: Hex, { receipt: signed, base }: Metered): Promise<void> {
    const ledger = ledgerOf(record.anchor, record.receipts);
    const { receipt } = signed;
    if (receipt.sequence <= ledger.state.sequence) {
      // The same answer again is the same receipt; another one under its number is not.
      if (receipt.sequence > record.anchor.sequence && !holdsReceipt(ledger, receipt)) {
        throw new ReceiptRefusedError(receipt, "sequence", ledger.state.sequence + 1n, receipt.sequence);
      }
      return;
    }
    const known = record.waiting.some((other) => hashReceipt(other.receipt) === hashReceipt(receipt));
    if (!known) {
      noteCharged(record, receipt, id);
      record.waiting.push(signed);
    }
    const seals = base > record.anchor.base ? await sealsAfter(this.#client, record) : [];
    drain(record, seals);
  }

  async #postVoucher(record: TabRecord): Promise<void> {
    const { state } = ledgerOf(record.anchor, record.receipts);
    if (state.cumulative <= record.signed || state.lines.length === 0) return;
    const voucher = voucherOf(state);
    const signature = await signMeter(this.account, meterOf(this.#client), "Voucher", voucher);
    const body = { voucher, lines: state.lines, signature };
    const path = `/v1/tabs/${this.tabId}/vouchers`;
    await relayerRequestSoon(this.#client, { path, method: "POST", body, errors: VOUCHER_ERRORS });
    record.signed = state.cumulative;
  }

  /** Starts from what the operator sealed. */
  async #follow(record: TabRecord, seal: Seal | undefined): Promise<void> {
    const before = record.anchor.base;
    const seals = await sealsAfter(this.#client, record, seal);
    drain(record, seals);
    if (record.anchor.base === before) await this.#catchUp(record);
    if (record.anchor.base === before) {
      throw new SealRefusedError(this.tabId, "what it seals is not what was served and signed");
    }
  }

  async #catchUp(record: TabRecord): Promise<TabStatus> {
    const status = await this.status();
    await fetchBooks(this.#client, record, this.account);
    this.#missed = false;
    record.behind = false;
    // The operator has a voucher up to there; only what this key signed can be settled, so nothing rests on this.
    const { cumulative } = ledgerOf(record.anchor, record.receipts).state;
    if (status.signed <= cumulative) record.signed = status.signed;
    return status;
  }

  /** Runs `work` alone on what is stored, stores what it made of it, and tells the listeners. */
  async #edit<T>(work: (record: TabRecord) => Promise<T>): Promise<T> {
    return exclusively(lockName(this.#client, this.operator, this.tabId), async () => {
      const record = await loadRecord(this.#client, this.operator, this.tabId);
      if (!record) throw new SessionKeyMissingError(this.tabId);
      try {
        return await work(record);
      } finally {
        // What was verified before a failure stays verified.
        await saveRecord(this.#client, record);
        tell(this.#client, record);
      }
    });
  }

  #count(change: number): void {
    this.#inFlight += change;
    this.#snapshot = { ...this.#snapshot, inFlight: this.#inFlight };
    this.#tell();
  }

  readonly #see = (record: TabRecord): void => {
    this.#agreed = record.agreed;
    this.#snapshot = snapshotOf(record, this.account.address, this.#inFlight);
    this.#tell();
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
