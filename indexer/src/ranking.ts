/**
 * The monthly ranking of characters, by modality, from what was settled alone.
 *
 * *Paid* is what payers settled in a calendar month (UTC, by the time of the settlement's block) in lines of the
 * character, without the operator's fee. Left out is what its own people paid: whoever, at any time of that month,
 * owned it, was its payee, or was paid by its payee's split, through splits of splits. Of one payer at most
 * {@link PAYER_CAP} counts for one character and month, so that nobody makes a rank alone by spending more. Equal
 * sums: who reached theirs first, then the lower id.
 *
 * A cap and not a root: under a root, a sum that is split among many accounts counts for more than it is, and dust
 * from many accounts for much more. Here nothing ever counts for more than was paid.
 */

/** What counts at most of one payer's month for one character, in microcredits. */
export const PAYER_CAP = 100_000_000n;

/** First second of a month, and of the one after it, in Unix time. */
export function spanOf(month: string): { from: bigint; to: bigint } {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return { from: BigInt(Date.UTC(year, number - 1) / 1_000), to: BigInt(Date.UTC(year, number) / 1_000) };
}

/** The month before, `2026-12` for `2027-01`. */
export function monthBefore(month: string): string {
  const { from } = spanOf(month);
  return new Date(Number(from) * 1_000 - 1).toISOString().slice(0, 7);
}
