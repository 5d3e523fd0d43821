import { UsageError } from "./failures.ts";

/** Wei of STELAI in a microcredit. */
export const WEI_PER_MICROCREDIT = 10n ** 12n;

/** Decimals of the reserve asset (USDC). */
const RESERVE_DECIMALS = 6;

/** An amount with its decimals, those at the end that say nothing left out: `1234500`, 6 → "1.2345". */
export function decimal(value: bigint, decimals: number, least = 0): string {
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = digits
    .slice(digits.length - decimals)
    .replace(/0+$/, "")
    .padEnd(least, "0");
  return `${sign}${whole}${rest === "" ? "" : `.${rest}`}`;
}

/** Microcredits as credits. */
export function credits(micro: bigint): string {
  return decimal(micro, 6);
}

/** Wei of STELAI as credits, cut to microcredits. */
export function creditsOfWei(wei: bigint): string {
  return credits(wei / WEI_PER_MICROCREDIT);
}

/** Wei of the chain's coin, cut to nine decimals. */
export function ether(wei: bigint): string {
  return `${decimal(wei / 10n ** 9n, 9)} ETH`;
}

/** Reserve units as dollars. */
export function dollars(reserve: bigint): string {
  return `$${decimal(reserve, RESERVE_DECIMALS, 2)}`;
}

/** What microcredits are redeemed for at the floor (reserve units a credit), cut to reserve units. */
export function atFloor(micro: bigint, floorPrice: bigint): bigint {
  return (micro * floorPrice) / 1_000_000n;
}

/** Credits with what they are redeemed for. */
export function both(micro: bigint, floorPrice: bigint): string {
  return `${credits(micro)} credits (${dollars(atFloor(micro, floorPrice))} at the floor)`;
}

/**
 * A decimal number as an integer of its smallest unit; undefined when it is none, is negative, or is finer than that.
 * `text` is what was written: no float comes in between.
 */
export function parseDecimal(text: string, decimals: number): bigint | undefined {
  const match = /^(\d{1,30})(?:\.(\d+))?$/.exec(text.trim().replace(/^\+/, ""));
  const [, whole, fraction = ""] = match ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** An option in dollars, as reserve units. @throws UsageError */
export function dollarsOption(name: string, text: string): bigint {
  const value = parseDecimal(text.replace(/^\$/, ""), RESERVE_DECIMALS);
  if (value === undefined) throw new UsageError(`${name} must be dollars with at most six decimals, such as 12.50.`);
  return value;
}

/** An option in credits, as microcredits. @throws UsageError */
export function creditsOption(name: string, text: string): bigint {
  const value = parseDecimal(text, 6);
  if (value === undefined) throw new UsageError(`${name} must be credits with at most six decimals, such as 2.5.`);
  return value;
}
