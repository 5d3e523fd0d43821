import type { StelaiClient } from "../../client.ts";
import { type AgreedQuote, type ChatParameters, quoteRequest } from "./prepare.ts";

export type GetQuoteParameters = Pick<ChatParameters, "characterId" | "messages" | "session" | "maxTokens" | "terms">;

/** Amounts in microcredits. */
export type GetQuoteReturnType = AgreedQuote;

/**
 * The most a message can cost, and the terms that the quote rests on: from what was agreed to on this tab, else
 * from the chain and the operator's published fee. Pass both on, and nothing dearer is ever agreed to.
 *
 * @example
 * ```ts
 * const quote = await stelai.generate.getQuote({ session, characterId, messages, maxTokens: 400 });
 * // "Send · ≤ 0.4", then:
 * await stelai.generate.chat({ session, characterId, messages, maxTokens: 400, terms: quote.agreed, maxCost: quote.total });
 * ```
 */
export async function getQuote(client: StelaiClient, parameters: GetQuoteParameters): Promise<GetQuoteReturnType> {
  return quoteRequest(client, parameters);
}
