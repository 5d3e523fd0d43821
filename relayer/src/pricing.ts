import { type ChatMessage, isFree, MODALITIES, type Modality, quoteChat, quoteMedia } from "@stelai/sdk";
import type { QuoteResponse, Settings } from "@stelai/sdk/wire";
import type { Character } from "./chain/characters.ts";
import type { Config } from "./config.ts";
import { InvalidRequestError } from "./errors.ts";

type Fees = Pick<Config, `FEE_PER_UNIT_${"CHAT" | "IMAGE" | "VIDEO" | "VOICE" | "MUSIC"}`>;

/** The operator's price per unit of a modality, in microcredits. */
export function feeOf(config: Fees, modality: Modality): bigint {
  const fees: Readonly<Record<Modality, bigint>> = {
    Chat: config.FEE_PER_UNIT_CHAT,
    Image: config.FEE_PER_UNIT_IMAGE,
    Video: config.FEE_PER_UNIT_VIDEO,
    Voice: config.FEE_PER_UNIT_VOICE,
    Music: config.FEE_PER_UNIT_MUSIC,
  };
  return fees[modality];
}

/** All of them. */
export function feesOf(config: Fees): Record<Modality, bigint> {
  return Object.fromEntries(MODALITIES.map((modality) => [modality, feeOf(config, modality)])) as Record<
    Modality,
    bigint
  >;
}

/** Whether a character answers without a tab: it has no price per inference and per unit. */
export function isFreeHere(character: Character): boolean {
  return isFree(character.terms);
}

/**
 * How many completion tokens a request may have.
 * @throws InvalidRequestError when it asks for more than the operator gives.
 */
export function tokenLimit(
  config: Pick<Config, "DEFAULT_TOKENS" | "MAXIMUM_TOKENS">,
  body: { max_tokens?: number | null | undefined; max_completion_tokens?: number | null | undefined },
): number {
  const asked = body.max_completion_tokens ?? body.max_tokens ?? config.DEFAULT_TOKENS;
  if (asked <= config.MAXIMUM_TOKENS) return asked;
  const param = body.max_completion_tokens == null ? "max_tokens" : "max_completion_tokens";
  throw new InvalidRequestError(
    `${param} is ${asked}; this operator answers with at most ${config.MAXIMUM_TOKENS}.`,
    param,
  );
}

/** The most a chat request can cost (DESIGN section 6). */
export function quoteOf(
  config: Fees,
  character: Character,
  messages: readonly ChatMessage[],
  maxTokens: number,
): QuoteResponse {
  const feePerUnit = feeOf(config, character.modality);
  const { amount, fee, total, milliunits } = quoteChat({ terms: character.terms, feePerUnit, messages, maxTokens });
  return {
    characterId: character.id,
    termsVersion: character.termsVersion,
    modality: character.modality,
    quality: "Standard",
    milliunits,
    ...{ amount, fee, total },
  };
}

/** What a generation costs (DESIGN section 6); exact, for what is made has the extent that was asked for. */
export function quoteOfMedia(config: Fees, character: Character, text: string, settings: Settings): QuoteResponse {
  const { id: characterId, termsVersion, terms, modality } = character;
  const { quality, size, seconds } = settings;
  const feePerUnit = feeOf(config, modality);
  const { amount, fee, total, milliunits } = quoteMedia({
    ...{ modality, terms, feePerUnit, quality },
    ...{ size, seconds, text },
  });
  return { characterId, termsVersion, modality, quality, milliunits, amount, fee, total };
}
