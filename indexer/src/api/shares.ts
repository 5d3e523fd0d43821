/** What of many earnings comes to one account, through splits and splits of splits (DESIGN section 4). */
import type { Hex } from "viem";

/** A payee as the tables name it. */
export type Payee = Hex;
export type Share = { recipient: Payee; bps: number };

/**
 * Credits payees one amount after the other and says what of each comes to `account`, rounding as Payouts does:
 * down, from each split's running total. What is due counts as soon as it is earned, whether or not anyone flowed it
 * on, so the sum is what the account has been or can be credited once everything has flowed.
 */
export class ShareBook {
  readonly #account: Payee;
  readonly #shares: ReadonlyMap<Payee, readonly Share[]>;
  readonly #received = new Map<Payee, bigint>();
  readonly #flowed = new Map<string, bigint>();
  readonly #leads = new Map<Payee, boolean>();

  /** @param shares All shares of every split that amounts can come through. */
  constructor(account: Payee, shares: ReadonlyMap<Payee, readonly Share[]>) {
    this.#account = account;
    this.#shares = shares;
  }

  /** Credits `payee`; returns what of it comes to the account. */
  credit(payee: Payee, amount: bigint): bigint {
    if (payee === this.#account) return amount;
    if (amount === 0n || !this.#leadsToAccount(payee)) return 0n;
    const received = (this.#received.get(payee) ?? 0n) + amount;
    this.#received.set(payee, received);
    let mine = 0n;
    for (const { recipient, bps } of this.#shares.get(payee) ?? []) {
      const edge = `${payee}>${recipient}`;
      const total = (received * BigInt(bps)) / 10_000n;
      const due = total - (this.#flowed.get(edge) ?? 0n);
      this.#flowed.set(edge, total);
      mine += this.credit(recipient, due);
    }
    return mine;
  }

  /** A split is the hash of its shares, so no split can lead back to itself. */
  #leadsToAccount(payee: Payee): boolean {
    if (payee === this.#account) return true;
    const known = this.#leads.get(payee);
    if (known !== undefined) return known;
    const leads = (this.#shares.get(payee) ?? []).some(({ recipient }) => this.#leadsToAccount(recipient));
    this.#leads.set(payee, leads);
    return leads;
  }
}
