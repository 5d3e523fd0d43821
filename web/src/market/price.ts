import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";

/** What a buyer pays, in credits, without the word: never less than it is. */
export const creditsText = (micro: bigint): string => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });
