/**
 * `@stelai/sdk/licences`: the licences that works are offered under, in full. Apart from the rest of the SDK, since a page
 * seldom needs their texts; their hashes alone are `TERMS_HASHES`. Written from licences/*.md by scripts/generate.ts.
 */
import type { Hash } from "viem";
import { LICENCE_TEXTS } from "./generated/licences.ts";
import type { Tier } from "./wireMarket.ts";

/** One licence. */
export type Licence = {
  title: string;
  /** All of it, as Markdown. */
  text: string;
  /** keccak256 of the text's UTF-8 bytes: an offer's `termsHash`. */
  hash: Hash;
  /** `ipfs://…` under which Stelai's storage has the text. */
  uri: string;
  /** What its holder may do, and may not, a sentence each: a summary for a page, no substitute for the text. */
  may: readonly string[];
  mayNot: readonly string[];
};

/**
 * The licence of each tier.
 *
 * @example
 * ```ts
 * import { LICENCES } from "@stelai/sdk/licences";
 * const { title, may, mayNot } = LICENCES.Commercial;
 * ```
 */
export const LICENCES: Readonly<Record<Tier, Licence>> = LICENCE_TEXTS;

/** The licence whose text hashes to an offer's terms; undefined for a seller's own. */
export function licenceOfTerms(termsHash: Hash): (Licence & { tier: Tier }) | undefined {
  const tiers = Object.keys(LICENCES) as Tier[];
  const tier = tiers.find((one) => LICENCES[one].hash === termsHash.toLowerCase());
  return tier && { ...LICENCES[tier], tier };
}
