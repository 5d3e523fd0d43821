/** From so long before it lapses on, a bonus is said to lapse soon: when the first notice of it is sent. */
const SOON_SECONDS = 14n * 86_400n;

/** When a bonus lapses, as it is shown. */
export type Lapse =
  | { readonly is: "none" }
  /** `left` in seconds. */
  | { readonly is: "soon"; readonly at: bigint; readonly left: bigint }
  | { readonly is: "later"; readonly at: bigint };

/** @param balance In microcredits. @param lapsesAt Unix seconds, as is `now`. */
export function lapseOf(balance: bigint, lapsesAt: bigint, now: bigint): Lapse {
  const left = lapsesAt - now;
  if (balance === 0n || left <= 0n) return { is: "none" };
  return left <= SOON_SECONDS ? { is: "soon", at: lapsesAt, left } : { is: "later", at: lapsesAt };
}
