/** A number as a person types it (`12`, `12.5`, `1,000`), exactly, as a whole number of its smallest unit. */
function parseDecimal(text: string, decimals: number): bigint | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?$/.exec(text.trim());
  const [whole, fraction] = [match?.[1], match?.[2]];
  if (!match || (whole === undefined && fraction === undefined)) return undefined;
  if (fraction !== undefined && fraction.length > decimals) return undefined;
  return BigInt((whole ?? "0").replaceAll(",", "") + (fraction ?? "").padEnd(decimals, "0"));
}

/**
 * Credits as a person types them (`12`, `12.5`, `1,000`), exactly.
 * @returns Wei of STELAI; undefined when it is not a number with at most 18 decimals.
 */
export function parseCredits(text: string): bigint | undefined {
  return parseDecimal(text, 18);
}

/**
 * Dollars as a person types them (`$20`, `9.50`), exactly.
 * @returns Reserve units (USDC: 6 decimals); undefined when it is not a number with at most 6 decimals.
 */
export function parseUsd(text: string): bigint | undefined {
  return parseDecimal(text.trim().replace(/^\$\s*/, ""), 6);
}

/**
 * How many credits to buy, as a person types it: whole ones.
 * @returns Credits, not wei; undefined when it is not a whole number above zero.
 */
export function parseQuantity(text: string): bigint | undefined {
  const quantity = parseDecimal(text, 0);
  return quantity === 0n ? undefined : quantity;
}
