/** The calendar month, in UTC, that a moment is in: `2026-11`. @param seconds Unix time. */
export function monthAt(seconds: bigint): string {
  return new Date(Number(seconds) * 1_000).toISOString().slice(0, 7);
}

/** A month so many months later, or earlier with less than none. */
export function monthAway(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

/** How far back the list of months goes; an address may name one before. */
const LISTED = 12;

/** The months to choose from, newest first, the chosen one among them. */
export function monthsListed(current: string, chosen: string): string[] {
  const months = Array.from({ length: LISTED }, (_, back) => monthAway(current, -back));
  return months.includes(chosen) ? months : [...months, chosen];
}

/** The first month that there can be anything in. */
const FIRST = "2020-01";

/** The month that an address names; the current one for anything else, and for one that is still to come. */
export function monthFrom(text: string | null, current: string): string {
  const isMonth = text !== null && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);
  return isMonth && text >= FIRST && text <= current ? text : current;
}

/** How a place changed against the month before. */
export type Change =
  | { readonly kind: "new" }
  | { readonly kind: "same" }
  | { readonly kind: "up" | "down"; readonly places: number };

/** @param previousRank Null where it had none. */
export function changeOf(rank: number, previousRank: number | null): Change {
  if (previousRank === null) return { kind: "new" };
  if (previousRank === rank) return { kind: "same" };
  const places = Math.abs(previousRank - rank);
  return { kind: rank < previousRank ? "up" : "down", places };
}
