/** What a character makes, in the order of `ICharacters.Modality`. */
export const MODALITIES = ["Chat", "Image", "Video", "Voice", "Music"] as const;
/** What a character makes: one of {@link MODALITIES}. */
export type Modality = (typeof MODALITIES)[number];

/** How well it is made, in the order that receipts number it. */
export const QUALITIES = ["Draft", "Standard", "High", "Ultra"] as const;
/** How well it is made: one of {@link QUALITIES}. */
export type Quality = (typeof QUALITIES)[number];

/** What a quality multiplies the unit price by, in ten-thousandths (DESIGN section 1). */
export const QUALITY_BPS: Readonly<Record<Quality, bigint>> = {
  Draft: 5_000n,
  Standard: 10_000n,
  High: 20_000n,
  Ultra: 40_000n,
};

/** What one unit of each modality is: 1,000 milliunits. */
export const UNIT: Readonly<Record<Modality, string>> = {
  Chat: "1,000 tokens",
  Image: "1 megapixel",
  Video: "1 second",
  Voice: "1,000 characters",
  Music: "1 second",
};

/** 1 credit is 1,000,000 microcredits; 1 microcredit is 1e12 wei of STELAI. */
export const MICROCREDITS_PER_CREDIT = 1_000_000n;
/** Wei of STELAI in a microcredit. */
export const WEI_PER_MICROCREDIT = 1_000_000_000_000n;

/** A character's prices in microcredits; 0 is free for the last two and "not offered" for the passes. */
export type Terms = {
  lifetime: bigint;
  monthly: bigint;
  annual: bigint;
  perInference: bigint;
  perUnit: bigint;
};

/** The two prices that metering uses, in microcredits. */
export type MeteredPrices = Pick<Terms, "perInference" | "perUnit">;

/** How extensively something was used. */
export type Usage = {
  /** Thousandths of the modality's unit. */
  milliunits: bigint;
  quality: Quality;
};

/**
 * What one inference costs at the given prices, in microcredits, rounded up
 * (DESIGN section 6: `perInference + ceil(milliunits × perUnit × qualityBps / 10_000_000)`).
 *
 * @example
 * ```ts
 * costUp({ perInference: 100_000n, perUnit: 50_000n }, { milliunits: 420n, quality: "Standard" }); // 121_000n
 * ```
 */
export function costUp(prices: MeteredPrices, usage: Usage): bigint {
  const scaled = usage.milliunits * prices.perUnit * QUALITY_BPS[usage.quality];
  return prices.perInference + (scaled + 9_999_999n) / 10_000_000n;
}

/** What an inference costs in all: the character's part and the operator's fee for compute. */
export type Cost = { amount: bigint; fee: bigint; total: bigint };

/**
 * The whole price of one inference, in microcredits: what the character earns (`amount`) and what the
 * operator takes for compute (`fee`, its published price per unit, no price per inference).
 */
export function quoteUp(terms: MeteredPrices, feePerUnit: bigint, usage: Usage): Cost {
  const amount = costUp(terms, usage);
  const fee = costUp({ perInference: 0n, perUnit: feePerUnit }, usage);
  return { amount, fee, total: amount + fee };
}

/** Whether a character can be used without paying anyone (its metered prices are zero). */
export function isFree(prices: MeteredPrices): boolean {
  return prices.perInference === 0n && prices.perUnit === 0n;
}
