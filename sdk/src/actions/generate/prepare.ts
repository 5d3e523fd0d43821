import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import type { StelaiError } from "../../errors/base.ts";
import { type AgreedTerms, MaxCostTooLowError, TermsChangedError, VoucherRequiredError } from "../../errors/relayer.ts";
import { INFERENCE_ERRORS } from "../../errors/relayerEndpoints.ts";
import { MaxCostExceededError } from "../../errors/tab.ts";
import { type RelayerRequest, relayerResponse } from "../../internal/http.ts";
import { toJson } from "../../internal/json.ts";
import { memoizedOperator } from "../../internal/sponsor.ts";
import { type Cost, isFree, type Quality } from "../../pricing.ts";
import { type ChatMessage, type ChatQuote, quoteChat as quoteOf } from "../../quote.ts";
import type { PendingRequest, TabSession } from "../../tab/session.ts";
import { modelId } from "../characters/getModel.ts";
import { getTerms } from "../characters/getTerms.ts";

/** What a chat request says, streaming or not. */
export type ChatParameters = {
  characterId: bigint;
  messages: readonly ChatMessage[];
  /** Who pays. A free character needs none, and neither does an account that is signed in and holds a pass. */
  session?: TabSession | undefined;
  /** The longest answer, in tokens: 1,024 when absent, or the operator's maximum where that is less. */
  maxTokens?: number | undefined;
  temperature?: number | undefined;
  seed?: number | undefined;
  stop?: string | readonly string[] | undefined;
  /** The most it may cost, in microcredits; what the quote says when absent. */
  maxCost?: bigint | undefined;
  /** What the person agreed to pay; what was agreed to last on this tab, then the chain's, when absent. */
  terms?: AgreedTerms | undefined;
  /** Idempotency key: the same id and body are the same answer and one charge. A fresh one when absent. */
  id?: Hex | undefined;
  signal?: AbortSignal | undefined;
};

/** A quote and the terms it rests on: show both, then pass them as `maxCost` and `terms`. */
export type AgreedQuote = ChatQuote & { agreed: AgreedTerms; maxTokens: number };

const DEFAULT_MAX_TOKENS = 1_024;

/** The most a request can cost under the terms that are, or would be, agreed to. */
export async function quoteRequest(client: StelaiClient, parameters: ChatParameters): Promise<AgreedQuote> {
  const { characterId, messages } = parameters;
  const operator = await memoizedOperator(client);
  const maxTokens = parameters.maxTokens ?? Math.min(DEFAULT_MAX_TOKENS, operator.maximumTokens);
  const agreed = parameters.terms ??
    parameters.session?.agreedTerms(characterId) ?? {
      ...(await getTerms(client, { characterId })),
      feePerUnit: operator.fees.Chat,
    };
  const quote = quoteOf({ terms: agreed.terms, feePerUnit: agreed.feePerUnit, messages, maxTokens });
  return { ...quote, agreed, maxTokens };
}

/** A request on its way: the answer, and what to hold its receipt against (nothing for a free character). */
export type SentRequest = { response: Response; pending: PendingRequest | undefined };

/** Sends a chat request, paid by the session where the character has a price. */
export async function sendChat(
  client: StelaiClient,
  parameters: ChatParameters,
  stream: boolean,
): Promise<SentRequest> {
  const { session, characterId } = parameters;
  const body = (maxTokens: number | undefined) =>
    toJson({
      model: modelId(characterId),
      messages: parameters.messages,
      max_tokens: maxTokens,
      temperature: parameters.temperature,
      seed: parameters.seed,
      stop: parameters.stop,
      ...(stream ? { stream, stream_options: { include_usage: true } } : {}),
    });
  if (!session) {
    const unpaid = body(parameters.maxTokens ?? DEFAULT_MAX_TOKENS);
    const { signal } = parameters;
    return { response: await sendUnpaid(client, { ...COMPLETION, body: unpaid, signal }), pending: undefined };
  }
  const quote = await quoteRequest(client, parameters);
  const maxCost = maxCostOf(quote, parameters.maxCost);
  const { agreed, maxTokens } = quote;
  const { id, signal } = parameters;
  const paid = { session, body: body(maxTokens), characterId, agreed, maxCost, id, signal };
  return sendPaid(client, { ...COMPLETION, ...paid });
}

/**
 * What a request may cost: its quote, never more. A fee that rose is then refused by the relayer, instead of being
 * charged within a wider maximum.
 * @throws MaxCostExceededError when that is more than `wanted`.
 */
export function maxCostOf(quote: Pick<Cost, "total">, wanted: bigint | undefined): bigint {
  if (wanted !== undefined && quote.total > wanted) throw new MaxCostExceededError(quote.total, wanted);
  return quote.total;
}

/** Where a chat is asked. */
export const COMPLETION = { path: "/v1/chat/completions", method: "POST", errors: INFERENCE_ERRORS } as const;

/** A body for one of the endpoints that serve an inference. */
export type InferenceRequest = RelayerRequest & { method: "POST"; body: string };

/** Sends a body without a payment: for a free character, or under a pass of the account that is signed in. */
export function sendUnpaid(client: StelaiClient, request: InferenceRequest): Promise<Response> {
  return relayerResponse(client, { ...request, signedIn: true });
}

export type PaidRequest = InferenceRequest & {
  session: TabSession;
  characterId: bigint;
  agreed: AgreedTerms;
  maxCost: bigint;
  /** Standard when absent. */
  quality?: Quality | undefined;
  /** How extensive it was quoted to be, where the quote is exact. */
  milliunits?: bigint | undefined;
  id?: Hex | undefined;
};

/**
 * Sends a body with its payment. Signs the voucher that is asked for and repeats the request once; agrees to other
 * terms by itself only where nothing in them is dearer.
 * @throws TermsChangedError when something is dearer.
 */
export async function sendPaid(client: StelaiClient, paid: PaidRequest): Promise<SentRequest> {
  const { session, characterId } = paid;
  let { agreed, id } = paid;
  let acknowledged = false;
  let renewed = false;
  for (;;) {
    if (isFree(agreed.terms)) return { response: await sendUnpaid(client, paid), pending: undefined };
    const pending = await session.pay({ ...paid, agreed, id });
    id = pending.request.id;
    try {
      const response = await relayerResponse(client, { ...paid, headers: { ...paid.headers, ...pending.headers } });
      await session.agree(characterId, agreed);
      return { response, pending };
    } catch (error) {
      await session.failed(pending, error);
      if (error instanceof VoucherRequiredError && !acknowledged) {
        // Served beyond what is known here: some answer never arrived.
        if ((error.amount("cumulative") ?? 0n) > session.snapshot.served) session.missed();
        await session.acknowledge();
        acknowledged = true;
      } else if (error instanceof TermsChangedError || error instanceof MaxCostTooLowError) {
        const next = await session.repriced(error, agreed);
        if (renewed) throw error;
        agreed = next;
        renewed = true;
      } else {
        // It may have been served all the same.
        if ((error as StelaiError).moneyMoved !== "no") session.missed();
        throw error;
      }
    }
  }
}

/** Whether anything metered costs more than was agreed to. */
export function isDearer(current: AgreedTerms, agreed: AgreedTerms): boolean {
  return (
    current.terms.perInference > agreed.terms.perInference ||
    current.terms.perUnit > agreed.terms.perUnit ||
    current.feePerUnit > agreed.feePerUnit
  );
}
