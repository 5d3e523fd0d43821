import { costUp, type MeteredPrices, QUALITIES, QUALITY_BPS, type Receipt } from "@stelai/sdk";
import { formatCount } from "../format/money.ts";

/** A character's part of a receipt with its numbers put in (DESIGN section 6); amounts in microcredits. */
export interface Formula {
  /** "1,000 + ⌈420 × 50,000 × 10,000 ÷ 10,000,000⌉ = 22,000" */
  readonly text: string;
  readonly result: bigint;
  /** Whether the receipt charges exactly that. */
  readonly fits: boolean;
}

/** @returns Undefined when the receipt names a quality that does not exist. */
export function formulaOf(receipt: Receipt, prices: MeteredPrices): Formula | undefined {
  const quality = QUALITIES[receipt.quality];
  if (quality === undefined) return undefined;
  const { milliunits } = receipt;
  const result = costUp(prices, { milliunits, quality });
  const factors = [milliunits, prices.perUnit, QUALITY_BPS[quality]].map((factor) => formatCount(factor)).join(" × ");
  const text = `${formatCount(prices.perInference)} + ⌈${factors} ÷ ${formatCount(10_000_000)}⌉ = ${formatCount(result)}`;
  return { text, result, fits: result === receipt.amount };
}
