import { type Model, quoteUp } from "@stelai/sdk";

/** Tokens of a message and its answer that a card's price is told for. */
export const TYPICAL_TOKENS = 100n;

/** What a message of ordinary length costs in all, in microcredits. */
export function typicalCost({ stelai: { terms, feePerUnit } }: Model): bigint {
  return quoteUp(terms, feePerUnit, { milliunits: TYPICAL_TOKENS, quality: "Standard" }).total;
}
