import { randomUUID } from "node:crypto";
import type { QuoteResponse } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { Character } from "../chain/characters.ts";
import { BlockedError, InvalidRequestError, toHttpError, UnavailableError } from "../errors.ts";
import { type AppEnv, json, onDisconnect, parseJson, RateLimiter, readBody } from "../http.ts";
import { Minds } from "../inference/minds.ts";
import { resolveChat } from "../inference/resolve.ts";
import { Run } from "../inference/run.ts";
import { serveAgain, serveStream, serveWhole } from "../inference/serve.ts";
import { MaxCostTooLowError, PaymentRequiredError, TermsChangedError } from "../metering/errors.ts";
import type { Admitted } from "../metering/index.ts";
import { parsePayment, type VerifiedPayment, verifyPayment } from "../metering/payment.ts";
import { feeOf, isFreeHere, quoteOf, tokenLimit } from "../pricing.ts";
import type { Persona } from "../providers/persona.ts";
import type { Services } from "../services.ts";
import { type ChatBody, chatBodySchema, messagesOf } from "./chat-body.ts";

/** `POST /v1/quotes` and `POST /v1/chat/completions`. */
export function chatRoutes(services: Services): Hono<AppEnv> {
  const { config } = services;
  const minds = new Minds(services.people.personas);
  const free = new RateLimiter(config.RATE_FREE_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/quotes", async (context) => {
    const body = parseJson(await readBody(context, config.BODY_LIMIT), chatBodySchema);
    const character = await resolveChat(services, body.model);
    return json(quoteOf(config, character, messagesOf(body), tokenLimit(config, body)));
  });

  routes.post("/v1/chat/completions", async (context) => {
    const started = performance.now();
    if (services.runs.closed) throw new UnavailableError("This relayer is stopping. Nothing was charged; try again.");
    const bytes = await readBody(context, config.BODY_LIMIT);
    const body = parseJson(bytes, chatBodySchema);
    const character = await resolveChat(services, body.model);
    const maxTokens = tokenLimit(config, body);
    const quote = quoteOf(config, character, messagesOf(body), maxTokens);
    const header = context.req.header("Stelai-Payment");
    const stream = body.stream === true;
    // Before anything is held: the storage may be out of reach.
    const persona = await minds.of(character);
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: body.model };

    let admitted: Admitted | undefined;
    if (header !== undefined) {
      const { metering, operator } = services;
      const payment = await verifyPayment(parsePayment(header), bytes, operator.address, metering.digests);
      admitted = await admit(services, payment, character, quote);
      if (admitted.kind === "served") {
        const { answer, metered } = admitted;
        return serveAgain({ ...head, id: idOf(payment), created: answer.created }, answer, metered, stream);
      }
      head.id = idOf(payment);
    } else {
      if (!isFreeHere(character)) throw new PaymentRequiredError(quote);
      free.take(context.get("ip"));
    }
    services.metrics.added.observe((performance.now() - started) / 1000);

    const run = new Run(services.provider, requestOf(body, persona, maxTokens, admitted));
    const reservation = admitted?.kind === "held" ? admitted.reservation : undefined;
    const serving = { services, character, quote, run, head, reservation, requestId: context.get("requestId") };
    const disconnect = (callback: () => void) => onDisconnect(context, callback);
    return stream ? serveStream(serving, disconnect) : serveWhole(serving, disconnect);
  });

  return routes;
}

/** Checks what was agreed to, holds the maximum, and turns blocked accounts away. */
async function admit(services: Services, payment: VerifiedPayment, character: Character, quote: QuoteResponse) {
  const { metering, people, config } = services;
  if (payment.characterId !== character.id) {
    throw new InvalidRequestError(
      "The payment names another character than the body's model.",
      "Stelai-Payment.characterId",
    );
  }
  requireFresh(services.watchedAt(), config.CHAIN_POLL_MS);
  const admitted = await metering.admit(payment, quote.total, refusalOf(services, payment, character, quote));
  if (admitted.kind !== "held") return admitted;
  try {
    if (await people.blocklist.isAccountBlocked(admitted.payer)) {
      throw new BlockedError("This operator does not serve this account. What is left of the tab can be closed.");
    }
    return admitted;
  } catch (error) {
    // Whatever ends it here, nothing stays held.
    const { code, message } = toHttpError(error).body.error;
    await metering.release({ reservation: admitted.reservation, error: { code, message } });
    throw error;
  }
}

function refusalOf(services: Services, payment: VerifiedPayment, character: Character, quote: QuoteResponse) {
  const { terms, termsVersion, modality } = character;
  const feePerUnit = feeOf(services.config, modality);
  if (payment.termsVersion !== termsVersion) return new TermsChangedError(termsVersion, terms, feePerUnit);
  return payment.maxCost < quote.total ? new MaxCostTooLowError(quote, terms, feePerUnit) : undefined;
}

/** A relayer that does not see the chain does not see rotations and closes: it takes no payment. */
function requireFresh(watchedAt: number, pollMs: number): void {
  if (Date.now() - watchedAt > Math.max(60_000, pollMs * 10)) {
    throw new UnavailableError(
      "The chain cannot be reached right now, and nothing was charged. Try again in a moment.",
    );
  }
}

function requestOf(body: ChatBody, persona: Persona | undefined, maxTokens: number, admitted: Admitted | undefined) {
  const { temperature, seed, stop } = body;
  return {
    persona,
    messages: messagesOf(body),
    maxTokens,
    ...(temperature == null ? {} : { temperature }),
    ...(seed == null ? {} : { seed }),
    ...(stop == null ? {} : { stop: typeof stop === "string" ? [stop] : stop }),
    ...(admitted?.kind === "held" ? { user: `tab-${admitted.reservation.tabId}` } : {}),
  };
}

/** The same request has the same id. */
function idOf(payment: VerifiedPayment): string {
  return `chatcmpl-${payment.id.slice(2)}`;
}
