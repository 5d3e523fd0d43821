/** An exact decimal number as text, which `Intl.NumberFormat` formats without passing through a float. */
export type Decimal = `${number}`;

/**
 * Writes an integer of smallest units as an exact decimal number.
 * @param value In the smallest unit.
 * @param decimals How many of them make one, as a power of ten (18 for STELAI, 6 for USDC).
 * @example decimal(1_250_000n, 6) // "1.250000"
 */
export function decimal(value: bigint, decimals: number): Decimal {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : `.${digits.slice(digits.length - decimals)}`;
  return `${value < 0n ? "-" : ""}${whole}${fraction}` as Decimal;
}

const DECIMAL = /^(\d*)(?:\.(\d*))?$/;

/**
 * Reads what a person typed as an amount; the inverse of {@link decimal}.
 * @returns Smallest units, or undefined when it is no number or is finer than the unit.
 */
export function parseDecimal(text: string, decimals: number): bigint | undefined {
  const [match, whole = "", fraction = ""] = DECIMAL.exec(text.trim()) ?? [];
  if (match === undefined || whole + fraction === "" || fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
