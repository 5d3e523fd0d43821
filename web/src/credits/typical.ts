/** The one in the middle of what characters ask, so that neither a dear nor a cheap one tells for all. */
export function middle(costs: readonly bigint[]): bigint | undefined {
  const sorted = costs.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
