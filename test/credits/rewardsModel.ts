import { LIFE_AFTER_RETURN, LIFETIME, MICRO } from "./rewardsWorld.ts";

const BPS = 10_000n;
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const whole = (amount: bigint) => amount - (amount % MICRO);

export type Terms = { referrerBps: bigint; refereeBps: bigint; cap: bigint };

type Account = { raw: bigint; lapsesAt: number; referrer: string | undefined; isBound: boolean; earned: bigint };
export type ModelTab = { payer: string; cap: bigint; bonus: bigint; spent: bigint; recorded: bigint; isOpen: boolean };

/** What both sides of a referral get of a sale, in wei. */
export function shareMargin(terms: Terms, earned: bigint, credits: bigint, margin: bigint): [bigint, bigint] {
  let referrer = (credits * terms.referrerBps) / BPS;
  let referee = (credits * terms.refereeBps) / BPS;
  const promised = referrer + referee;
  if (promised > margin) {
    referrer = (margin * referrer) / promised;
    referee = (margin * referee) / promised;
  }
  const room = terms.cap > earned ? terms.cap - earned : 0n;
  return [whole(least(referrer, room)), whole(referee)];
}

/** The ledger of bonus credits as its interface describes it, in plain words; amounts in wei, of tabs in microcredits. */
export class RewardsModel {
  readonly tabs: ModelTab[] = [];
  terms: Terms = { referrerBps: 500n, refereeBps: 500n, cap: 5_000n * 10n ** 18n };
  budget: bigint;
  readonly claimed = new Map<string, bigint>();
  /** Minted for referrals, and burned since: what the supply must differ by. */
  minted = 0n;
  burned = 0n;
  private readonly accounts = new Map<string, Account>();

  constructor(budget: bigint) {
    this.budget = budget;
  }

  of(account: string): Account {
    const found = this.accounts.get(account) ?? {
      ...{ raw: 0n, lapsesAt: 0, referrer: undefined, isBound: false, earned: 0n },
    };
    this.accounts.set(account, found);
    return found;
  }

  /** What an account can spend. */
  spendable(account: string, now: number): bigint {
    const { raw, lapsesAt } = this.of(account);
    return now > lapsesAt ? 0n : raw;
  }

  /** All that Rewards must hold, what lapsed and is not burned yet included. */
  held(): bigint {
    return [...this.accounts.values()].reduce((total, { raw }) => total + raw, this.budget);
  }

  buy(payer: string, recipient: string, referrer: string, credits: bigint, margin: bigint, now: number): void {
    const buyer = this.of(recipient);
    if (!buyer.isBound && payer === recipient) {
      buyer.isBound = true;
      buyer.referrer = referrer === recipient ? undefined : referrer;
    }
    if (buyer.referrer !== undefined) {
      const sender = this.of(buyer.referrer);
      const [forReferrer, forBuyer] = shareMargin(this.terms, sender.earned, credits, margin);
      sender.earned += forReferrer;
      this.minted += forReferrer + forBuyer;
      if (forReferrer !== 0n) this.add(buyer.referrer, forReferrer, LIFETIME, now);
      if (forBuyer !== 0n) this.add(recipient, forBuyer, LIFETIME, now);
    }
    this.pushOut(recipient, now);
  }

  /** @returns Whether the campaign gives it. */
  grant(account: string, amount: bigint, perAccount: bigint, now: number): boolean {
    const claimed = (this.claimed.get(account) ?? 0n) + amount;
    if (claimed > perAccount || amount > this.budget) return false;
    this.claimed.set(account, claimed);
    this.budget -= amount;
    this.add(account, amount, LIFETIME, now);
    return true;
  }

  /** @returns Whether the account has as much. */
  open(payer: string, cap: bigint, bonus: bigint, now: number): boolean {
    if (this.spendable(payer, now) < bonus * MICRO) return false;
    this.of(payer).raw -= bonus * MICRO;
    this.tabs.push({ payer, cap, bonus, spent: 0n, recorded: 0n, isOpen: true });
    return true;
  }

  /** @returns What goes back to the payer's own credits, in microcredits. */
  close(tab: ModelTab, now: number): bigint {
    tab.isOpen = false;
    const left = tab.bonus > tab.spent ? tab.bonus - tab.spent : 0n;
    if (left !== 0n) this.add(tab.payer, left * MICRO, LIFE_AFTER_RETURN, now);
    return tab.cap - tab.spent - left;
  }

  record(tab: ModelTab, now: number): void {
    if (tab.spent <= tab.recorded) return;
    tab.recorded = tab.spent;
    this.pushOut(tab.payer, now);
  }

  burnLapsed(account: string, now: number): void {
    const entry = this.of(account);
    if (now <= entry.lapsesAt) return;
    this.burned += entry.raw;
    entry.raw = 0n;
  }

  private add(account: string, amount: bigint, life: number, now: number): void {
    this.burnLapsed(account, now);
    const entry = this.of(account);
    entry.raw += amount;
    entry.lapsesAt = Math.max(entry.lapsesAt, now + life);
  }

  private pushOut(account: string, now: number): void {
    const entry = this.of(account);
    const hasLapsed = entry.raw !== 0n && now > entry.lapsesAt;
    if (entry.lapsesAt !== 0 && !hasLapsed) entry.lapsesAt = Math.max(entry.lapsesAt, now + LIFETIME);
  }
}
