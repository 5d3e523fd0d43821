import { WHOLE_BPS } from "@stelai/sdk";
import { parseDecimal } from "../../format/decimal.ts";
import { WEI_PER_MICROCREDIT } from "../../format/money.ts";

/** Prices of listings have 64 bits on the chain. */
const HIGHEST = 2n ** 64n - 1n;

/** How many days a listing may stand. */
export const LISTING_DAYS = [7, 30, 90, 365] as const;

/** Where a resale's price goes, in wei of STELAI: `price = royalty + commission + kept`. */
export interface Proceeds {
  readonly price: bigint;
  /** The work's royalty payee's; no commission is taken of it. */
  readonly royalty: bigint;
  /** The treasury's, of what is left. */
  readonly commission: bigint;
  /** The seller's. */
  readonly kept: bigint;
}

/**
 * What a sale brings, to the wei, as Resale and Payouts divide it: the royalty rounded down to a microcredit, the
 * commission to a wei.
 * @param price Microcredits.
 * @param royaltyBps The work's royalty.
 * @param commissionBps What Payouts takes of resales now.
 */
export function proceedsOf(price: bigint, royaltyBps: number, commissionBps: number): Proceeds {
  const whole = BigInt(WHOLE_BPS);
  const wei = price * WEI_PER_MICROCREDIT;
  const royalty = ((price * BigInt(royaltyBps)) / whole) * WEI_PER_MICROCREDIT;
  const commission = ((wei - royalty) * BigInt(commissionBps)) / whole;
  return { price: wei, royalty, commission, kept: wei - royalty - commission };
}

/**
 * Reads the price of a listing as typed in credits, exactly.
 * @returns Microcredits, or why not.
 */
export function parseListingPrice(text: string): bigint | "empty" | "unreadable" | "tooHigh" {
  if (text.trim() === "") return "empty";
  const price = parseDecimal(text.replaceAll(",", ""), 6);
  if (price === undefined || price === 0n) return "unreadable";
  return price > HIGHEST ? "tooHigh" : price;
}
