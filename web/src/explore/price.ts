import { type Model, quoteUp } from "@stelai/sdk";
import type { MadeModality } from "../studio/modalities.ts";

/** Tokens of a message and its answer that a card's price is told for. */
export const TYPICAL_TOKENS = 100n;

/** What a message of ordinary length costs in all, in microcredits. */
export function typicalCost({ stelai: { terms, feePerUnit } }: Model): bigint {
  return quoteUp(terms, feePerUnit, { milliunits: TYPICAL_TOKENS, quality: "Standard" }).total;
}

/** The prices of a tool as its card tells them, in microcredits, the operator's fee included. */
export interface UnitPrice {
  readonly modality: MadeModality;
  /** For a megapixel, a second or 1,000 characters at Standard quality. */
  readonly perUnit: bigint;
  /** For each generation besides. */
  readonly each: bigint;
}

/** @returns Undefined for a character that chats. */
export function unitPrice({ stelai: { modality, terms, feePerUnit } }: Model): UnitPrice | undefined {
  if (modality === "Chat") return undefined;
  return { modality, perUnit: terms.perUnit + feePerUnit, each: terms.perInference };
}
