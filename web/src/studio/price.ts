import { type AgreedTerms, type MediaQuote, QUALITY_BPS, type Quality, quoteMedia, type Settings } from "@stelai/sdk";
import { decimal } from "../format/decimal.ts";
import type { MadeModality } from "./modalities.ts";

/** What a price rests on. */
export interface Priced {
  readonly modality: MadeModality;
  readonly agreed: Pick<AgreedTerms, "terms" | "feePerUnit">;
  readonly settings: Settings;
  /** The prompt; it counts for a voice alone. */
  readonly text: string;
}

/** What generating this costs; undefined while it is not known, as with nothing to speak yet. */
export function priceOf({ modality, agreed, settings, text }: Priced): MediaQuote | undefined {
  const spoken = text.trim();
  if (modality === "Voice" && spoken === "") return undefined;
  const { terms, feePerUnit } = agreed;
  const { quality, size, seconds } = settings;
  try {
    return quoteMedia({ modality, terms, feePerUnit, quality, size, seconds, text: spoken });
  } catch (error) {
    // A tool whose operator offers no size or length has no price either.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The same with another quality: what stands beside each. */
export function priceAt(priced: Priced, quality: Quality): bigint | undefined {
  return priceOf({ ...priced, settings: { ...priced.settings, quality } })?.total;
}

/** How a price comes about; amounts in microcredits. */
export interface Breakdown {
  /** Thousandths of the unit, written as units: "1.049". */
  readonly units: string;
  readonly perUnit: bigint;
  readonly perInference: bigint;
  readonly fee: bigint;
  /** What the quality multiplies by: "0.5", "2". */
  readonly factor: string;
  /** To the tool's creator, to the operator, and both. */
  readonly amount: bigint;
  readonly feeAmount: bigint;
  readonly total: bigint;
}

/** The parts behind a price, as its sheet tells them. */
export function breakdownOf(priced: Priced): Breakdown | undefined {
  const quote = priceOf(priced);
  if (!quote) return undefined;
  const { terms, feePerUnit } = priced.agreed;
  return {
    units: trimmed(decimal(quote.milliunits, 3)),
    perUnit: terms.perUnit,
    perInference: terms.perInference,
    fee: feePerUnit,
    factor: trimmed(decimal(QUALITY_BPS[priced.settings.quality], 4)),
    amount: quote.amount,
    feeAmount: quote.fee,
    total: quote.total,
  };
}

const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
