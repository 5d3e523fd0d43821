import { type MediaQuote, type MeteredPrices, type Quality, quoteMedia, type Tool } from "@stelai/sdk";
import type { MadeModality } from "../../studio/modalities.ts";
import { type DraftOffer, KNOWS, secondsIn } from "./draftTool.ts";

/** Something that is made, to tell a price by. */
export interface Example {
  readonly quality: Quality;
  readonly size?: string;
  readonly seconds?: number;
  /** Of a text that is spoken. */
  readonly characters?: number;
}

const SIZE = "1024x1024";
const SECONDS = 10;
const CHARACTERS = 500;

/**
 * What most people will make with a tool: its first size and the operator's usual length, at Standard if it has that.
 * @param able What the operator can do, where that is known.
 */
export function exampleOf(modality: MadeModality, offer: DraftOffer, able: Tool | undefined): Example {
  const knows = KNOWS[modality];
  const qualities = offer.qualities.length > 0 ? offer.qualities : (able?.qualities ?? []);
  const most = secondsIn(offer.maxSeconds) ?? Number.POSITIVE_INFINITY;
  return {
    quality: qualities.includes("Standard") ? "Standard" : (qualities[0] ?? "Standard"),
    ...(knows.size && { size: offer.sizes[0] ?? able?.sizes[0] ?? SIZE }),
    ...(knows.seconds && { seconds: Math.min(able?.seconds?.default ?? SECONDS, most) }),
    ...(knows.voice && { characters: CHARACTERS }),
  };
}

/** What an example costs. @param feePerUnit The operator's, in microcredits. */
export function exampleCost(
  modality: MadeModality,
  terms: MeteredPrices,
  feePerUnit: bigint,
  { characters, ...example }: Example,
): MediaQuote {
  const text = characters === undefined ? undefined : "x".repeat(characters);
  return quoteMedia({ modality, terms, feePerUnit, ...example, text });
}
