import type { Address } from "viem";
import type { Notice } from "../people/notices.ts";

/** A plan could not be renewed; `reason` as `RenewalStatus` names it. It is tried again until it lapses. */
export function planRefused(
  account: Address,
  { planId, until, price, reason }: { planId: bigint; until: bigint; price: bigint; reason: string },
): Notice {
  const data = { planId: String(planId), reason, price: String(price), until: String(until) };
  // Once a cycle and plan, and once more when it is over.
  return notice("plan_refused", account, `${until}:${reason === "Lapsed" ? "lapsed" : planId}`, data);
}

/**
 * A top-up could not be made; `reason` as `TopUpStatus` names it. It is tried again.
 * @param since What tells one time from the next: the block that last spoke of it, and the window's end.
 */
export function topUpRefused(account: Address, reason: string, since: string): Notice {
  return notice("topup_refused", account, `${since}:${reason}`, { reason });
}

/** What an account has left, in microcredits: in its wallet, of bonus credits and in its tabs here. */
export function balanceLow(account: Address, balance: bigint, at: bigint): Notice {
  return notice("balance_low", account, String(at), { balance: String(balance) });
}

/** Bonus credits lapse in so many days or less; in microcredits. */
export function bonusLapsing(account: Address, amount: bigint, lapsesAt: bigint, days: number): Notice {
  const data = { amount: String(amount), lapsesAt: String(lapsesAt) };
  return notice("bonus_lapsing", account, `${lapsesAt}:${days}`, data);
}

function notice(kind: Notice["kind"], account: Address, about: string, data: Notice["data"]): Notice {
  return { key: `${kind}:${account.toLowerCase()}:${about}`, account, kind, characterId: null, data };
}
