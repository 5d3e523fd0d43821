import { addressOf, type FlowStep, isSplit, payeeOf, splitOf, WHOLE_BPS } from "@stelai/sdk";
import { type Address, type Hex, numberToHex } from "viem";
import { decimal } from "../format/decimal.ts";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";

/** Amounts in wei of STELAI: `gross − commission − split = net`. */
export interface Sums {
  readonly gross: bigint;
  readonly commission: bigint;
  readonly split: bigint;
  readonly net: bigint;
}

export const NO_SUMS: Sums = { gross: 0n, commission: 0n, split: 0n, net: 0n };

/** The days before and with `today`, oldest first, those without an earning as zero. */
export function lastDays(
  days: readonly { readonly date: string; readonly net: bigint }[],
  today: number,
  count: number,
): { day: number; net: bigint }[] {
  const net = new Map(days.map((each) => [each.date, each.net]));
  return Array.from({ length: count }, (_, index) => {
    const day = today - (count - 1 - index);
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    return { day, net: net.get(date) ?? 0n };
  });
}

/** A payee as the index writes it: an address in lower case, or the 32 bytes of a split. */
export function payeeName(payee: bigint): Hex {
  return isSplit(payee) ? numberToHex(payee, { size: 32 }) : ((addressOf(payee) ?? "0x").toLowerCase() as Hex);
}

/**
 * What of an amount paid in for a payee comes to an account: less the commission, through splits and splits of splits.
 * Rounds each step down, as Payouts does; what Payouts carries over from before can only add to it.
 * @param gross In wei of STELAI.
 * @param flows All steps that lead to the account.
 */
export function shareOf(
  account: Address,
  payee: bigint,
  gross: bigint,
  commissionBps: number,
  flows: readonly FlowStep[],
): bigint {
  const whole = BigInt(WHOLE_BPS);
  const comesTo = (to: bigint, amount: bigint): bigint => {
    if (to === payeeOf(account)) return amount;
    let mine = 0n;
    for (const { shares, index } of flows) {
      const share = shares[Number(index)];
      if (share && isSplit(to) && splitOf(shares) === to) {
        mine += comesTo(share.recipient, (amount * BigInt(share.bps)) / whole);
      }
    }
    return mine;
  };
  return comesTo(payee, gross - (gross * BigInt(commissionBps)) / whole);
}

/**
 * Sums with what still waits in the meter added, so that a line covers everything earned so far.
 * @param gross What waits, in wei of STELAI.
 * @param mine What of it comes to the account, as {@link shareOf} says.
 */
export function addWaiting(sums: Sums, gross: bigint, mine: bigint, commissionBps: number): Sums {
  const commission = (gross * BigInt(commissionBps)) / BigInt(WHOLE_BPS);
  return {
    gross: sums.gross + gross,
    commission: sums.commission + commission,
    split: sums.split + gross - commission - mine,
    net: sums.net + mine,
  };
}

/**
 * Sums as text that add up as they stand, each in full microcredits: what is finer is told with the split.
 * @param sums Gross in full microcredits, as the meter pays in.
 */
export function sumsAsText(sums: Sums, locale = "en"): Record<keyof Sums, string> {
  const whole = (wei: bigint) => wei - (wei % WEI_PER_MICROCREDIT);
  const net = whole(sums.net);
  const commission = sums.split === 0n ? sums.gross - net : whole(sums.commission);
  const intl = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const text = (wei: bigint) => intl.format(decimal(wei, 18));
  return {
    gross: text(sums.gross),
    commission: text(commission),
    split: text(sums.gross - commission - net),
    net: text(net),
  };
}
