import { decimal } from "./decimal.ts";

const EXACT = { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 6 } as const;

/** Reserve units to the last digit: `$10.75`, `$0.0105`. For prices that are compared, where a rounded one says nothing. */
export function exactUsd(units: bigint, locale = "en"): string {
  return new Intl.NumberFormat(locale, EXACT).format(decimal(units, 6));
}
