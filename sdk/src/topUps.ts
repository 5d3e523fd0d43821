/** What a top-up would do now, or why it would not, in the order of `ICreditPlans.TopUpStatus`. */
export const TOP_UP_STATUSES = [
  "Due",
  "NotAgreed",
  "BalanceEnough",
  "Paused",
  "OtherAmount",
  "PriceAboveMaximum",
  "CapReached",
  "BalanceTooLow",
  "AllowanceTooLow",
] as const;
/** One of {@link TOP_UP_STATUSES}. */
export type TopUpStatus = (typeof TOP_UP_STATUSES)[number];

/** The status that the contract's number stands for. */
export function topUpStatusOf(index: number): TopUpStatus {
  return TOP_UP_STATUSES[index] ?? "NotAgreed";
}

/** A package as the price table has it: credits in wei of STELAI, price in reserve units. */
type Package = { packageId: bigint; credits: bigint; price: bigint };

/** How an amount is bought; `price` in reserve units, for all of it. */
export type PackageOrder = { packageId: bigint; quantity: bigint; price: bigint };

/**
 * The cheapest way to buy exactly so many credits (wei of STELAI) from a price table, one package taken often enough;
 * undefined when no package comes to it.
 *
 * @example
 * ```ts
 * const order = cheapestOrder(await stelai.credits.getPackages(), parseEther("250"));
 * ```
 */
export function cheapestOrder(packages: readonly Package[], credits: bigint): PackageOrder | undefined {
  if (credits <= 0n) return undefined;
  let cheapest: PackageOrder | undefined;
  for (const entry of packages) {
    if (credits % entry.credits !== 0n) continue;
    const quantity = credits / entry.credits;
    const price = entry.price * quantity;
    if (!cheapest || price < cheapest.price) cheapest = { packageId: entry.packageId, quantity, price };
  }
  return cheapest;
}
