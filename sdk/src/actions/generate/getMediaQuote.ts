import type { StelaiClient } from "../../client.ts";
import { type AgreedMediaQuote, type GenerateParameters, type MediaSettings, quoteGeneration } from "./media.ts";

/** The tool, and what the price depends on: `size` of an image, `seconds` of video and music, `text` to speak. */
export type GetMediaQuoteParameters = MediaSettings &
  Pick<GenerateParameters, "characterId" | "session" | "terms" | "signal">;

/** Amounts in microcredits. */
export type GetMediaQuoteReturnType = AgreedMediaQuote;

/**
 * What a generation costs, exactly, and the terms and settings that rests on: from what was agreed to on this tab, else
 * from the chain and the operator's published fee; what is left open is as the tool has it first. Once the terms are
 * known, `quoteMedia` says the same at once, for every move of a slider.
 * @throws NotAToolError, ModelNotFoundError.
 *
 * @example
 * ```ts
 * const quote = await stelai.generate.getMediaQuote({ characterId, modality: "Image", size: "1024x1024", quality: "High" });
 * // "Generate · 4.2", then:
 * const { agreed: terms, total: maxCost, size, quality } = quote;
 * await stelai.generate.image({ session, characterId, prompt, size, quality, terms, maxCost });
 * ```
 */
export async function getMediaQuote(
  client: StelaiClient,
  parameters: GetMediaQuoteParameters,
): Promise<GetMediaQuoteReturnType> {
  return quoteGeneration(client, parameters);
}
