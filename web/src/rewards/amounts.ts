import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";

/** Microcredits as credits, without the word: what is given or left rounds down. */
export function shownCredits(micro: bigint): string {
  return formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });
}

/** Basis points as percent, without the sign: `5`, `2.5`. */
export function shownPercent(bps: number): string {
  return formatCount(bps / 100);
}
