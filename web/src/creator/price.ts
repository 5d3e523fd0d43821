import { type Cost, type MeteredPrices, type Modality, quoteUp, type Terms, WHOLE_BPS } from "@stelai/sdk";
import { TYPICAL_TOKENS } from "../explore/price.ts";
import { decimal, parseDecimal } from "../format/decimal.ts";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import type { MessageId } from "../locales/en/index.ts";

/** Prices have 40 bits on the chain. */
const HIGHEST = 2n ** 40n - 1n;

/**
 * Reads a price as typed in credits, exactly; nothing typed is nothing to pay.
 * @returns Microcredits, or why not.
 */
export function parsePrice(text: string): bigint | "unreadable" | "tooHigh" {
  if (text.trim() === "") return 0n;
  const price = parseDecimal(text, 6);
  if (price === undefined) return "unreadable";
  return price > HIGHEST ? "tooHigh" : price;
}

/** Writes a price in microcredits as it would be typed; the inverse of {@link parsePrice}. */
export function priceText(price: bigint): string {
  return decimal(price, 6).replace(/\.?0+$/, "");
}

/**
 * Reads another person's percentage, with up to two decimals.
 * @returns Ten-thousandths, more than none and less than all; undefined otherwise.
 */
export function parsePercent(text: string): number | undefined {
  const bps = parseDecimal(text, 2);
  return bps !== undefined && bps > 0n && bps < BigInt(WHOLE_BPS) ? Number(bps) : undefined;
}

/** Messages that the preview reckons with. */
export const PREVIEW_MESSAGES = 40n;

/** What messages bring, in wei of STELAI: `paid = fee + commission + partner + kept`. */
export interface EarningsPreview {
  readonly paid: bigint;
  /** The operator's, for compute. */
  readonly fee: bigint;
  /** The treasury's. */
  readonly commission: bigint;
  readonly partner: bigint;
  readonly kept: bigint;
}

/**
 * What a number of messages of ordinary length bring at these prices.
 * @param feePerUnit The operator's price for 1,000 tokens, in microcredits.
 * @param commissionBps Of what the meter pays in.
 * @param partnerBps Another person's share of what is left.
 */
export function previewEarnings(
  prices: MeteredPrices,
  feePerUnit: bigint,
  commissionBps: number,
  partnerBps: number,
  messages = PREVIEW_MESSAGES,
): EarningsPreview {
  const each = quoteUp(prices, feePerUnit, { milliunits: TYPICAL_TOKENS, quality: "Standard" });
  return earningsOf(each, commissionBps, partnerBps, messages);
}

/**
 * What inferences at this price bring.
 * @param count How many of them.
 */
export function earningsOf(each: Cost, commissionBps: number, partnerBps: number, count = 1n): EarningsPreview {
  const gross = count * each.amount * WEI_PER_MICROCREDIT;
  const fee = count * each.fee * WEI_PER_MICROCREDIT;
  const commission = (gross * BigInt(commissionBps)) / BigInt(WHOLE_BPS);
  const net = gross - commission;
  const kept = (net * BigInt(WHOLE_BPS - partnerBps)) / BigInt(WHOLE_BPS);
  return { paid: gross + fee, fee, commission, partner: net - kept, kept };
}

/** Days that each kind of pass is paid for, and so vests on (DESIGN section 4); a lifetime is earned at once. */
export const PASS_DAYS = { monthly: 30n, annual: 365n, lifetime: undefined } as const;
export type PassKind = keyof typeof PASS_DAYS;

/** What one pass brings, in wei of STELAI: `paid = commission + partner + kept`. */
export interface PassPreview {
  readonly paid: bigint;
  readonly commission: bigint;
  readonly partner: bigint;
  readonly kept: bigint;
  /** What of `kept` a day of it brings on average; undefined of a lifetime, which is earned at once. */
  readonly keptPerDay: bigint | undefined;
}

/**
 * What a pass brings its creator once its days are over.
 * @param price Microcredits.
 * @param commissionBps Of what passes pay in.
 */
export function previewPass(kind: PassKind, price: bigint, commissionBps: number, partnerBps: number): PassPreview {
  const whole = BigInt(WHOLE_BPS);
  const paid = price * WEI_PER_MICROCREDIT;
  const lessCommission = (amount: bigint) => amount - (amount * BigInt(commissionBps)) / whole;
  const kept = (lessCommission(paid) * BigInt(WHOLE_BPS - partnerBps)) / whole;
  const days = PASS_DAYS[kind];
  return {
    paid,
    commission: paid - lessCommission(paid),
    partner: lessCommission(paid) - kept,
    kept,
    keptPerDay: days === undefined ? undefined : kept / days,
  };
}

/** What a creator may not have meant with these prices; nothing of it keeps them from being published. */
export function priceWarnings(
  { lifetime, monthly, annual, perInference, perUnit }: Terms,
  modality: Modality,
): MessageId[] {
  const freeAnyway: MessageId = modality === "Chat" ? "publish.warn.freeAnyway" : "tools.warn.freeAnyway";
  const hasPass = lifetime + monthly + annual > 0n;
  const dearYear = monthly > 0n && annual > 12n * monthly;
  const cheapLifetime = lifetime > 0n && (lifetime <= monthly || lifetime <= annual);
  return [
    ...(hasPass && perInference + perUnit === 0n ? [freeAnyway] : []),
    ...(dearYear ? (["publish.warn.dearYear"] as const) : []),
    ...(monthly > 0n && annual > 0n && annual <= monthly ? (["publish.warn.cheapYear"] as const) : []),
    ...(cheapLifetime ? (["publish.warn.cheapLifetime"] as const) : []),
  ];
}
