/** Whether what a sheet shows may be signed for. */
export type PriceState = "agreed" | "changed" | "notSold" | "reading" | "unread";

/**
 * @param agreed What the person saw, in microcredits.
 * @param current What the chain says; 0 where it is not sold, undefined until it has answered.
 * @param isFailed Whether the last reading failed.
 */
export function priceState(agreed: bigint, current: bigint | undefined, isFailed: boolean): PriceState {
  if (current === undefined) return isFailed ? "unread" : "reading";
  if (current === 0n) return "notSold";
  return current === agreed ? "agreed" : "changed";
}
