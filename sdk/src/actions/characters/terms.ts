import type { Terms } from "../../pricing.ts";

/** Who finds a character, in the order of `ICharacters.Visibility`. */
export const VISIBILITIES = ["Public", "Unlisted", "Private"] as const;
/** Who finds a character: one of {@link VISIBILITIES}. */
export type Visibility = (typeof VISIBILITIES)[number];

/** Terms in which what is not given is free (metered prices) or not offered (passes). */
export type TermsInput = Partial<Terms>;

/** Terms as viem encodes them: it types 40 bits as number. */
export function termsArgument(terms: TermsInput) {
  return {
    lifetime: Number(terms.lifetime ?? 0n),
    monthly: Number(terms.monthly ?? 0n),
    annual: Number(terms.annual ?? 0n),
    perInference: Number(terms.perInference ?? 0n),
    perUnit: Number(terms.perUnit ?? 0n),
  } as const;
}

/** The inverse. */
export function termsOf(terms: Record<keyof Terms, number>): Terms {
  return {
    lifetime: BigInt(terms.lifetime),
    monthly: BigInt(terms.monthly),
    annual: BigInt(terms.annual),
    perInference: BigInt(terms.perInference),
    perUnit: BigInt(terms.perUnit),
  };
}
