import type { Model } from "@stelai/sdk";
import { typicalCost } from "../explore/price.ts";
import { isToolModel } from "../studio/modalities.ts";
import { priceOf } from "../studio/price.ts";
import { fit } from "../studio/settings.ts";

/** A voice's price is told for this much text. */
const TYPICAL_TEXT = "x".repeat(100);

/** What a message, or a generation with a tool's first settings, costs in all, in microcredits. */
export function typicalUse(model: Model): bigint {
  if (!isToolModel(model)) return typicalCost(model);
  const { modality, tool, terms, feePerUnit } = model.stelai;
  const settings = fit(modality, tool, {});
  // What the operator offers no size or length of cannot be asked for, and costs nothing.
  return priceOf({ modality, agreed: { terms, feePerUnit }, settings, text: TYPICAL_TEXT })?.total ?? 0n;
}
