import { randomUUID } from "node:crypto";
import { PAYMENT_SIGNATURE_HEADER } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { Character } from "../chain/characters.ts";
import { StoppingError, toHttpError } from "../errors.ts";
import { type AppEnv, onDisconnect, parseJson, readBody } from "../http.ts";
import { admit, once, usePass } from "../inference/admission.ts";
import { type ChatBody, chatBodySchema, messagesOf } from "../inference/chat-body.ts";
import { payingOf } from "../inference/paying.ts";
import { resolveChat } from "../inference/resolve.ts";
import { Run } from "../inference/run.ts";
import { serveAgain, serveStream, serveWhole } from "../inference/serve.ts";
import { PaymentRequiredError } from "../metering/errors.ts";
import type { Admitted } from "../metering/index.ts";
import type { VerifiedPayment } from "../metering/payment.ts";
import type { CountedUse } from "../passes/uses.ts";
import { payingHeaders, signedIn } from "../people/authorize.ts";
import { isFreeHere, quoteOf, tokenLimit } from "../pricing.ts";
import type { Persona } from "../providers/persona.ts";
import type { KnownPassage } from "../providers/retrieval.ts";
import type { Services } from "../services.ts";
import { CHAT } from "../x402/discovery.ts";
import { pricedRequest } from "../x402/offers.ts";
import type { SinglePayment } from "../x402/payment.ts";
import { requestHash } from "../x402/requests.ts";
import { offered } from "../x402/required.ts";

/** `POST /v1/chat/completions`. */
export function chatRoutes(services: Services): Hono<AppEnv> {
  const { config, log } = services;
  const free = services.limits.perMinute("chat.free", config.RATE_FREE_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/chat/completions", async (context) => {
    const started = performance.now();
    if (services.runs.closed) throw new StoppingError();
    const bytes = await readBody(context, config.BODY_LIMIT);
    const body = parseJson(bytes, chatBodySchema);
    const account = once(() => signedIn(context, services.people));
    const paying = payingOf(services, payingHeaders(context), bytes);
    const character = await resolveChat(services, body.model, { signedIn: account, payer: paying.payer });
    const maxTokens = tokenLimit(config, body);
    const quote = quoteOf(config, character, messagesOf(body), maxTokens);
    const stream = body.stream === true;
    // Before anything is held: the storage may be out of reach.
    const persona = await services.minds.of(character);
    const singleHeader = context.req.header(PAYMENT_SIGNATURE_HEADER);
    const priced = () => pricedRequest(config, "chat", CHAT, requestHash(CHAT.path, bytes), quote);
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: body.model };

    let admitted: Admitted | undefined;
    let single: SinglePayment | undefined;
    let pass: CountedUse | undefined;
    const paid = await paying.payment(character, quote);
    if (paid !== undefined) {
      admitted = await admit(services, paid, character, quote);
      if (admitted.kind === "served") {
        const { answer, metered } = admitted;
        return serveAgain({ ...head, id: idOf(paid), created: answer.created }, answer, metered, stream);
      }
      head.id = idOf(paid);
    } else if (!isFreeHere(character) && services.x402 !== undefined && singleHeader !== undefined) {
      single = await services.x402.take(singleHeader, priced(), context.get("ip"));
      const { answered, paid: payment, headers, key } = single;
      head.id = `chatcmpl-${key.nonce.slice(2)}`;
      if (answered !== undefined) {
        return serveAgain({ ...head, created: answered.created }, answered, { payment }, stream, headers);
      }
    } else if (isFreeHere(character)) {
      free.take(services.people.quotas.addressKey(context.get("ip")));
    } else {
      pass = await usePass(services, character, await account());
      if (pass === undefined) {
        throw new PaymentRequiredError(quote, services.x402 && offered(services.x402.offer(priced())));
      }
    }
    // Only now: searching costs time, which nobody has who was turned away.
    const knowledge = await knowledgeOf(services, character, body, { admitted, single, pass });
    services.metrics.added.observe((performance.now() - started) / 1000);
    const talker =
      admitted?.kind === "held" ? admitted.payer : (single?.payer ?? (await account().catch(() => undefined)));
    if (talker !== undefined)
      services.people.talks.note(character.id, talker, (error) => log.warn({ error }, "a talk"));

    const run = new Run(services.provider, requestOf(body, { persona, knowledge }, maxTokens, admitted));
    const reservation = admitted?.kind === "held" ? admitted.reservation : undefined;
    const serving = {
      services,
      character,
      quote,
      run,
      head,
      reservation,
      single,
      pass,
      requestId: context.get("requestId"),
    };
    const disconnect = (callback: () => void) => onDisconnect(context, callback);
    return stream ? serveStream(serving, disconnect) : serveWhole(serving, disconnect);
  });

  return routes;
}

/** What the character's files say on this. Whatever keeps it from being searched, nothing stays held or counted. */
async function knowledgeOf(
  { people, metering }: Services,
  character: Character,
  body: ChatBody,
  {
    admitted,
    single,
    pass,
  }: { admitted: Admitted | undefined; single: SinglePayment | undefined; pass: CountedUse | undefined },
): Promise<KnownPassage[] | undefined> {
  try {
    return await people.knowledge.find(character, messagesOf(body));
  } catch (error) {
    pass?.end();
    await pass?.giveBack();
    await (single?.isSettled ? single.leave() : single?.release(error));
    if (admitted?.kind === "held") {
      const { code, message } = toHttpError(error).body.error;
      await metering.release({ reservation: admitted.reservation, error: { code, message } });
    }
    throw error;
  }
}

/** What of a character answers: hidden from the client, and not charged. */
type Mind = { persona: Persona | undefined; knowledge: KnownPassage[] | undefined };

function requestOf(body: ChatBody, { persona, knowledge }: Mind, maxTokens: number, admitted: Admitted | undefined) {
  const { temperature, seed, stop } = body;
  return {
    persona,
    ...(knowledge === undefined ? {} : { knowledge }),
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
