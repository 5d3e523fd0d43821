import { type Decimal, decimal } from "./decimal.ts";

/** Shown for an amount that is not known, so that nobody reads a zero (UX 1.3). */
export const UNKNOWN = "—";

/** Wei of STELAI in one microcredit. */
export const WEI_PER_MICROCREDIT = 1_000_000_000_000n;
/** Wei of STELAI in one credit. */
export const WEI_PER_CREDIT = 10n ** 18n;

/** Which way a shown amount may differ from the exact one: balances round down, charges up. */
export type Rounding = "down" | "up" | "nearest";

const MODE = { down: "floor", up: "ceil", nearest: "halfExpand" } as const;

export interface FormatOptions {
  /** BCP 47. Default: English. */
  readonly locale?: string | undefined;
  readonly rounding?: Rounding | undefined;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Formats with the given precision; what is not nothing never reads as nothing. */
function format(text: Decimal, isZero: boolean, smallest: Decimal, locale: string, options: Intl.NumberFormatOptions) {
  const intl = formatter(locale, options);
  const shown = intl.format(text);
  return !isZero && shown === intl.format("0") ? `<\u00a0${intl.format(smallest)}` : shown;
}

/**
 * Credits, without the word: `12.4`, `1,000`, `0.0125`.
 * @param wei Wei of STELAI; undefined is {@link UNKNOWN}.
 */
export function formatCredits(wei: bigint | undefined, options: FormatOptions = {}): string {
  if (wei === undefined) return UNKNOWN;
  const size = magnitude(wei);
  const digits = size >= 100n * WEI_PER_CREDIT ? 2 : size >= WEI_PER_CREDIT ? 3 : 6;
  return format(decimal(wei, 18), wei === 0n, "0.000001", options.locale ?? "en", {
    maximumFractionDigits: digits,
    roundingMode: MODE[options.rounding ?? "nearest"],
  });
}

/**
 * An amount of the reserve asset (USDC) as dollars: `$9.90`, and below ten cents with two significant digits: `$0.0012`.
 * @param units Reserve units, 6 decimals; undefined is {@link UNKNOWN}.
 */
export function formatUsd(units: bigint | undefined, options: FormatOptions = {}): string {
  if (units === undefined) return UNKNOWN;
  const small = units !== 0n && magnitude(units) < 100_000n;
  return format(decimal(units, 6), units === 0n, "0.000001", options.locale ?? "en", {
    style: "currency",
    currency: "USD",
    ...(small
      ? {
          minimumFractionDigits: 2,
          maximumFractionDigits: 6,
          maximumSignificantDigits: 2,
          roundingPriority: "lessPrecision",
        }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    roundingMode: MODE[options.rounding ?? "nearest"],
  });
}

/**
 * What credits are worth in the reserve asset.
 * @param wei Wei of STELAI.
 * @param rate Reserve units for one credit.
 * @returns Reserve units, rounded down; undefined when either is not known.
 */
export function worth(wei: bigint | undefined, rate: bigint | undefined): bigint | undefined {
  return wei === undefined || rate === undefined ? undefined : (wei * rate) / WEI_PER_CREDIT;
}

/** Ether for a network fee: four significant digits. */
export function formatEther(wei: bigint | undefined, options: FormatOptions = {}): string {
  if (wei === undefined) return UNKNOWN;
  return format(decimal(wei, 18), wei === 0n, "0.000000001", options.locale ?? "en", {
    maximumFractionDigits: 9,
    maximumSignificantDigits: 4,
    roundingPriority: "lessPrecision",
    roundingMode: MODE[options.rounding ?? "up"],
  });
}

/** A whole number with separators. */
export function formatCount(value: number | bigint | undefined, options: FormatOptions = {}): string {
  return value === undefined ? UNKNOWN : formatter(options.locale ?? "en", {}).format(value);
}
