import { type Model, quoteUp } from "@stelai/sdk";
import { isToolModel, type MadeModality } from "../studio/modalities.ts";
import { priceOf } from "../studio/price.ts";
import { fit } from "../studio/settings.ts";

/** Tokens of a message and its answer that a card's price is told for. */
export const TYPICAL_TOKENS = 100n;
/** A voice's price is told for this much text. */
const TYPICAL_TEXT = "x".repeat(100);

/** What a message of ordinary length costs in all, in microcredits. */
export function typicalCost({ stelai: { terms, feePerUnit } }: Model): bigint {
  return quoteUp(terms, feePerUnit, { milliunits: TYPICAL_TOKENS, quality: "Standard" }).total;
}

/** What a message, or a generation with a tool's first settings, costs in all, in microcredits. */
export function typicalUse(model: Model): bigint {
  if (!isToolModel(model)) return typicalCost(model);
  const { modality, tool, terms, feePerUnit } = model.stelai;
  const settings = fit(modality, tool, {});
  // What the operator offers no size or length of cannot be asked for, and costs nothing.
  return priceOf({ modality, agreed: { terms, feePerUnit }, settings, text: TYPICAL_TEXT })?.total ?? 0n;
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
