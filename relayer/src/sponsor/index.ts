import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { type Address, formatEther, type Hex } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { BlockedError, NotFoundError } from "../errors.ts";
import { available } from "../http.ts";
import { RequestInProgressError } from "../metering/errors.ts";
import { DailyLimitError } from "../people/errors.ts";
import type { Moderation } from "../people/moderation.ts";
import type { QuotaClaim, Quotas } from "../people/quotas.ts";
import { type TransactionQueue, TransactionRefusedError } from "../settlement/transactions.ts";
import { type Store, tables } from "../store/index.ts";
import { type CallContext, FREE_OPENING_SECONDS, type SponsoredCall, type SponsoredKind } from "./calls.ts";
import { SponsorRefusedError } from "./errors.ts";
import { refusal, simulate } from "./simulate.ts";

export { sponsorConditions } from "./conditions.ts";

const { sponsored, transactions } = tables;

const GWEI = 1_000_000_000n;

export type SponsorOptions = {
  config: Pick<
    Config,
    | "SPONSOR"
    | "SPONSOR_PURCHASE_FEE"
    | "SPONSOR_TAB_FEE"
    | "SPONSOR_MINIMUM_CAP"
    | "SPONSOR_PER_ACCOUNT_PER_DAY"
    | "SPONSOR_PER_ADDRESS_PER_DAY"
    | "SPONSOR_MAXIMUM_GAS"
    | "SPONSOR_DAILY_BUDGET"
  >;
  store: Store;
  chain: Pick<Chain, "client" | "contracts" | "refresh">;
  operator: Address;
  transactions: TransactionQueue;
  quotas: Quotas;
  blocklist: Pick<Moderation, "isAccountBlocked">;
};

/** Exits are open to everyone, also to accounts that this operator refuses otherwise. */
const EXITS: ReadonlySet<SponsoredKind> = new Set<SponsoredKind>(["closures", "rotations"]);
/**
 * What an account did not sign itself: whoever knows a code redeems it for anyone, and what becomes of that holds up
 * nothing that the account signs. One of these changes nothing that another call rests on but for the better.
 */
const UNSIGNED: ReadonlySet<string> = new Set<SponsoredKind>(["codes", "grants"]);

/**
 * Sends transactions for wallets without ETH. What keeps it from being drained: every call is run on the pending
 * state first; one at a time for each account; no more for an account one of whose calls reverted that day; limits
 * on gas, calls for each account and network address, and a budget for all of a day, held before anything is sent.
 */
export class Sponsor {
  readonly #options: SponsorOptions;
  readonly #running = new Map<Hex, Promise<Hex>>();

  constructor(options: SponsorOptions) {
    this.#options = options;
  }

  /** What calls are checked against now. */
  async context(): Promise<CallContext> {
    const { config, chain, operator } = this.#options;
    if (!config.SPONSOR) throw new NotFoundError("This operator does not sponsor. Send the transaction yourself.");
    return {
      chain,
      operator,
      time: (await available("The chain", chain.refresh())).timestamp,
      purchaseFee: config.SPONSOR_PURCHASE_FEE,
      tabFee: config.SPONSOR_TAB_FEE,
      minimumCap: config.SPONSOR_MINIMUM_CAP,
    };
  }

  /**
   * Sends a call, once: the same agreement gives the same transaction.
   * @param networkAddress Whose limit it counts against besides the account's.
   * @returns the transaction's hash.
   * @throws SponsorRefusedError, DailyLimitError, RequestInProgressError, BlockedError, UnavailableError.
   */
  send(call: SponsoredCall, networkAddress: string): Promise<Hex> {
    const running = this.#running.get(call.key);
    if (running !== undefined) return running;
    const sending = this.#send(call, networkAddress).finally(() => this.#running.delete(call.key));
    this.#running.set(call.key, sending);
    return sending;
  }

  /** Replaces what is held of the budget by what mined transactions cost. Call now and then. */
  async reconcile(): Promise<void> {
    const { store, chain, quotas } = this.#options;
    const open = await store.db
      .select({ key: sponsored.key, heldGwei: sponsored.heldGwei, day: sponsored.day, hash: transactions.hash })
      .from(sponsored)
      .innerJoin(transactions, eq(sponsored.transactionId, transactions.id))
      .where(and(isNotNull(sponsored.heldGwei), inArray(transactions.status, ["mined", "final", "reverted"])));
    for (const { key, heldGwei, day, hash } of open) {
      if (heldGwei === null || hash === null) continue;
      const receipt = await chain.client.getTransactionReceipt({ hash }).catch(() => undefined);
      if (receipt === undefined) continue;
      const spent = toGwei(receipt.gasUsed * receipt.effectiveGasPrice);
      const mine = and(eq(sponsored.key, key), isNotNull(sponsored.heldGwei));
      const settled = await store.db
        .update(sponsored)
        .set({ heldGwei: null })
        .where(mine)
        .returning({ key: sponsored.key });
      // Another instance may have been first. A fee that rose while it was stuck costs more than was held.
      if (settled.length === 1) await quotas.giveBack(day, { ...BUDGET, amount: heldGwei - spent });
    }
  }

  async #send(call: SponsoredCall, networkAddress: string): Promise<Hex> {
    const { config, chain, store, operator, blocklist } = this.#options;
    if (!EXITS.has(call.kind) && (await blocklist.isAccountBlocked(call.account))) {
      throw new BlockedError(
        "This operator does not serve this account. Closing a tab and changing its key still work.",
      );
    }
    const before = await this.#sent(call);
    if (before !== undefined) return before;
    // Outside the lock, so that what is refused holds nothing up.
    const gas = await simulate(chain.client, { ...call, account: operator }, config.SPONSOR_MAXIMUM_GAS);
    const sent = await store.exclusively(`sponsor ${call.account.toLowerCase()}`, async () => {
      const meanwhile = await this.#sent(call);
      if (meanwhile !== undefined) return meanwhile;
      await this.#requireTurn(call);
      return this.#enqueue(call, networkAddress, gas);
    });
    if (sent === undefined) throw inProgress();
    return sent;
  }

  /** The transaction of the same agreement, unless it reverted. */
  async #sent({ key }: SponsoredCall): Promise<Hex | undefined> {
    const rows = await this.#options.store.db
      .select({ status: transactions.status, hash: transactions.hash, attempts: transactions.attempts })
      .from(sponsored)
      .innerJoin(transactions, eq(sponsored.transactionId, transactions.id))
      .where(eq(sponsored.key, key));
    const row = rows[0];
    if (row === undefined || row.status === "reverted" || row.status === "replaced") return undefined;
    return row.hash ?? row.attempts.at(-1)?.hash;
  }

  /**
   * One at a time, or two calls that are each good could be bad together; and none after one reverted today, but
   * exits: anyone who sends the same call first makes this one revert. A fee is waived once in a while.
   */
  async #requireTurn({ account, kind, freeAt }: SponsoredCall): Promise<void> {
    const { store, quotas } = this.#options;
    const { day, kind: formerKind, freeAt: formerFreeAt } = sponsored;
    const rows = await store.db
      .select({ status: transactions.status, attempts: transactions.attempts, day, formerKind, formerFreeAt })
      .from(sponsored)
      .innerJoin(transactions, eq(sponsored.transactionId, transactions.id))
      .where(eq(sponsored.account, lower(account)));
    const today = quotas.today();
    for (const { status, attempts, day, formerKind, formerFreeAt } of rows) {
      if (UNSIGNED.has(formerKind) !== UNSIGNED.has(kind)) continue;
      const outcome = status === "sent" ? await this.#outcomeOf(attempts.map(({ hash }) => hash)) : status;
      if (outcome === "sent") throw inProgress();
      const isGood = outcome === "mined" || outcome === "final";
      if (freeAt !== undefined && formerFreeAt !== null && isGood && freeAt - formerFreeAt < FREE_OPENING_SECONDS) {
        throw new SponsorRefusedError(
          "FeeTooLow",
          "A tab was opened for this account without a fee less than 30 days ago. Buy credits to pay the fee, or send the " +
            "transaction yourself.",
          "sponsorship.fee",
          { needed: this.#options.config.SPONSOR_TAB_FEE, freeFrom: formerFreeAt + FREE_OPENING_SECONDS },
        );
      }
      if (outcome !== "reverted" || day !== today || EXITS.has(kind)) continue;
      const message =
        "A sponsored transaction of this account reverted today. Send this one yourself, or try again tomorrow.";
      throw new DailyLimitError(message, quotas.secondsToMidnight());
    }
  }

  /** What became of a transaction that the queue has not looked at since. */
  async #outcomeOf(hashes: readonly Hex[]): Promise<"sent" | "mined" | "reverted"> {
    for (const hash of hashes) {
      const receipt = await this.#options.chain.client.getTransactionReceipt({ hash }).catch(() => undefined);
      if (receipt !== undefined) return receipt.status === "reverted" ? "reverted" : "mined";
    }
    return "sent";
  }

  async #enqueue(call: SponsoredCall, networkAddress: string, estimate: bigint): Promise<Hex> {
    const { config, chain, store, quotas, transactions: queue } = this.#options;
    await available("The chain", this.reconcile());
    const limit = (estimate * 5n) / 4n;
    const maximumGas = limit < config.SPONSOR_MAXIMUM_GAS ? limit : config.SPONSOR_MAXIMUM_GAS;
    const { maxFeePerGas } = await available("The chain", chain.client.estimateFeesPerGas());
    const heldGwei = toGwei(maximumGas * maxFeePerGas);
    const day = quotas.today();
    const claims = this.#claims(call.account, networkAddress, heldGwei);
    await quotas.take(
      claims,
      "This operator has sponsored as much as it does in a day, for you or for all. Send it yourself, or try again tomorrow.",
    );
    const { key, kind, freeAt = null } = call;
    const row = { key, kind, account: lower(call.account), heldGwei, day, freeAt };
    try {
      const description = `sponsored ${call.kind} for ${call.account}, at most ${formatEther(heldGwei * GWEI)} ETH`;
      return await queue.enqueue(
        { to: call.to, data: call.data, description, maximumGas },
        async (tx, transactionId) => {
          await tx.delete(sponsored).where(eq(sponsored.key, call.key));
          await tx.insert(sponsored).values({ ...row, transactionId });
        },
      );
    } catch (error) {
      // Given back only when nothing was stored: a row without an answer may still be mined.
      const isStored = (await store.db.select().from(sponsored).where(eq(sponsored.key, call.key))).length > 0;
      if (!isStored) for (const claim of claims) await quotas.giveBack(day, claim);
      throw error instanceof TransactionRefusedError ? refusal(error.cause) : error;
    }
  }

  #claims(account: Address, networkAddress: string, heldGwei: bigint): QuotaClaim[] {
    const { config, quotas } = this.#options;
    return [
      {
        scope: "sponsor.account",
        subject: lower(account),
        amount: 1n,
        limit: BigInt(config.SPONSOR_PER_ACCOUNT_PER_DAY),
      },
      {
        scope: "sponsor.address",
        subject: quotas.addressKey(networkAddress),
        amount: 1n,
        limit: BigInt(config.SPONSOR_PER_ADDRESS_PER_DAY),
      },
      { ...BUDGET, amount: heldGwei, limit: config.SPONSOR_DAILY_BUDGET / GWEI },
    ];
  }
}

const BUDGET = { scope: "sponsor.gwei", subject: "all" } as const;

function inProgress(): RequestInProgressError {
  return new RequestInProgressError("A transaction for this account is on its way. Send this again when it is mined.");
}

function toGwei(wei: bigint): bigint {
  return (wei + GWEI - 1n) / GWEI;
}

function lower(account: Address): Address {
  return account.toLowerCase() as Address;
}
