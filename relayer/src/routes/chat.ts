import { randomUUID } from "node:crypto";
import type { QuoteResponse } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { Address } from "viem";
import type { Character } from "../chain/characters.ts";
import { BlockedError, InvalidRequestError, toHttpError, UnavailableError } from "../errors.ts";
import { type AppEnv, available, json, onDisconnect, parseJson, RateLimiter, readBody } from "../http.ts";
import { Minds } from "../inference/minds.ts";
import { resolveChat } from "../inference/resolve.ts";
import { Run } from "../inference/run.ts";
import { serveAgain, serveStream, serveWhole } from "../inference/serve.ts";
import { MaxCostTooLowError, PaymentRequiredError, TermsChangedError } from "../metering/errors.ts";
import type { Admitted } from "../metering/index.ts";
import { parsePayment, type VerifiedPayment, verifyPayment } from "../metering/payment.ts";
import { hasKey } from "../metering/tabs.ts";
import type { CountedUse } from "../passes/uses.ts";
import { signedIn } from "../people/authorize.ts";
import { feeOf, isFreeHere, quoteOf, tokenLimit } from "../pricing.ts";
import type { Persona } from "../providers/persona.ts";
import type { KnownPassage } from "../providers/retrieval.ts";
import type { Services } from "../services.ts";
import { type ChatBody, chatBodySchema, messagesOf } from "./chat-body.ts";

/** `POST /v1/quotes` and `POST /v1/chat/completions`. */
export function chatRoutes(services: Services): Hono<AppEnv> {
  const { config, log } = services;
  const minds = new Minds(services.people.personas);
  const free = new RateLimiter(config.RATE_FREE_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/quotes", async (context) => {
    const body = parseJson(await readBody(context, config.BODY_LIMIT), chatBodySchema);
    const character = await resolveChat(services, body.model, { signedIn: () => signedIn(context, services.people) });
    return json(quoteOf(config, character, messagesOf(body), tokenLimit(config, body)));
  });

  routes.post("/v1/chat/completions", async (context) => {
    const started = performance.now();
    if (services.runs.closed) throw new UnavailableError("This relayer is stopping. Nothing was charged; try again.");
    const bytes = await readBody(context, config.BODY_LIMIT);
    const body = parseJson(bytes, chatBodySchema);
    const header = context.req.header("Stelai-Payment");
    const account = once(() => signedIn(context, services.people));
    const payment = once(() => paymentOf(services, header, bytes));
    const payer = async () => payerOf(services, await payment());
    const character = await resolveChat(services, body.model, { signedIn: account, payer });
    const maxTokens = tokenLimit(config, body);
    const quote = quoteOf(config, character, messagesOf(body), maxTokens);
    const stream = body.stream === true;
    // Before anything is held: the storage may be out of reach.
    const persona = await minds.of(character);
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: body.model };

    let admitted: Admitted | undefined;
    let pass: CountedUse | undefined;
    const paid = await payment();
    if (paid !== undefined) {
      admitted = await admit(services, paid, character, quote);
      if (admitted.kind === "served") {
        const { answer, metered } = admitted;
        return serveAgain({ ...head, id: idOf(paid), created: answer.created }, answer, metered, stream);
      }
      head.id = idOf(paid);
    } else if (isFreeHere(character)) {
      free.take(context.get("ip"));
    } else {
      pass = await usePass(services, character, await account());
      if (pass === undefined) throw new PaymentRequiredError(quote);
    }
    // Only now: searching costs time, which nobody has who was turned away.
    const knowledge = await knowledgeOf(services, character, body, { admitted, pass });
    services.metrics.added.observe((performance.now() - started) / 1000);
    const talker = admitted?.kind === "held" ? admitted.payer : await account().catch(() => undefined);
    if (talker !== undefined)
      services.people.talks.note(character.id, talker, (error) => log.warn({ error }, "a talk"));

    const run = new Run(services.provider, requestOf(body, { persona, knowledge }, maxTokens, admitted));
    const reservation = admitted?.kind === "held" ? admitted.reservation : undefined;
    const serving = { services, character, quote, run, head, reservation, pass, requestId: context.get("requestId") };
    const disconnect = (callback: () => void) => onDisconnect(context, callback);
    return stream ? serveStream(serving, disconnect) : serveWhole(serving, disconnect);
  });

  return routes;
}

/** Calls `work` when it is first asked for, and no second time. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/** What a `Stelai-Payment` header pays with; undefined without one. */
async function paymentOf(
  { metering, operator }: Services,
  header: string | undefined,
  bytes: Uint8Array,
): Promise<VerifiedPayment | undefined> {
  if (header === undefined) return undefined;
  return verifyPayment(parsePayment(header), bytes, operator.address, metering.digests);
}

/** Whose tab pays, when one of its session keys signed that; also an old one, to be told that it was replaced. */
async function payerOf({ metering }: Services, payment: VerifiedPayment | undefined): Promise<Address | undefined> {
  if (payment === undefined) return undefined;
  const tab = await available("The chain", metering.tabs.find(payment.tabId, payment.signer));
  return tab !== undefined && hasKey(tab, payment.signer) ? tab.payer : undefined;
}

/** How long a pass that renews is honoured after its end: until the keeper has renewed it. */
const GRACE_SECONDS = 600n;

/** Counts a request under the account's running pass; undefined when it has none. */
async function usePass(
  { people, passes }: Services,
  character: Character,
  account: Address | undefined,
): Promise<CountedUse | undefined> {
  if (account === undefined) return undefined;
  const access = await available("The chain", people.access.of(character.id, account));
  return people.access.isRunning(access, GRACE_SECONDS) ? passes.uses.take(character.id, account) : undefined;
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
    await people.limits.require(admitted.payer, admitted.reservation);
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

/** What the character's files say on this. Whatever keeps it from being searched, nothing stays held or counted. */
async function knowledgeOf(
  { people, metering }: Services,
  character: Character,
  body: ChatBody,
  { admitted, pass }: { admitted: Admitted | undefined; pass: CountedUse | undefined },
): Promise<KnownPassage[] | undefined> {
  try {
    return await people.knowledge.find(character, messagesOf(body));
  } catch (error) {
    pass?.end();
    await pass?.giveBack();
    if (admitted?.kind === "held") {
      const { code, message } = toHttpError(error).body.error;
      await metering.release({ reservation: admitted.reservation, error: { code, message } });
    }
    throw error;
  }
}

/** A relayer that does not see the chain does not see rotations and closes: it takes no payment. */
function requireFresh(watchedAt: number, pollMs: number): void {
  if (Date.now() - watchedAt > Math.max(60_000, pollMs * 10)) {
    throw new UnavailableError(
      "The chain cannot be reached right now, and nothing was charged. Try again in a moment.",
    );
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
