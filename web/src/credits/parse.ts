/**
 * Credits as a person types them (`12`, `12.5`, `1,000`), exactly.
 * @returns Wei of STELAI; undefined when it is not a number with at most 18 decimals.
 */
export function parseCredits(text: string): bigint | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{1,18}))?$/.exec(text.trim());
  const [whole, fraction] = [match?.[1], match?.[2]];
  if (!match || (whole === undefined && fraction === undefined)) return undefined;
  return BigInt((whole ?? "0").replaceAll(",", "") + (fraction ?? "").padEnd(18, "0"));
}
