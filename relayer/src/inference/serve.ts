import { quoteUp } from "@stelai/sdk";
import type { QuoteResponse } from "@stelai/sdk/wire";
import type { Hex } from "viem";
import type { Character } from "../chain/characters.ts";
import { type ErrorBody, RelayerError, StoppingError, toHttpError } from "../errors.ts";
import type { KeptAnswer } from "../metering/answers.ts";
import { keccak256 } from "../metering/keccak.ts";
import type { Reservation } from "../metering/requests.ts";
import { type CountedUse, passHeaders } from "../passes/uses.ts";
import { feeOf } from "../pricing.ts";
import { ProviderError, UpstreamStoppedError } from "../providers/errors.ts";
import type { Services } from "../services.ts";
import type { SinglePayment } from "../x402/payment.ts";
import { type AnswerHead, chunks, completion, type Extra } from "./format.ts";
import type { Outcome, Run } from "./run.ts";

/** `Standard`, as receipts number it. */
const STANDARD = 1;

/** What became of a single payment whose answer broke off. */
const CHARGED =
  "It was charged. Send the same request again with the same PAYMENT-SIGNATURE: it is answered anew, and not charged again.";

/** One answer to be given: to whom it is charged, if it is. */
export type Serving = {
  services: Pick<Services, "config" | "log" | "metering" | "metrics" | "runs">;
  character: Character;
  quote: QuoteResponse;
  run: Run;
  head: AnswerHead;
  reservation: Reservation | undefined;
  /** The single payment that pays for it: charged in full once there is something to deliver. */
  single: SinglePayment | undefined;
  /** The pass that it is served under. */
  pass: CountedUse | undefined;
  requestId: string;
};

/** What is left when an inference has ended: the answer, its receipt, and what ended it early. */
type Ending = { answer: KeptAnswer; extra: Extra; error: ErrorBody | undefined };

/**
 * The answer in one piece.
 * @throws ProviderError when it did not come to its end: then nothing was delivered and nothing is charged.
 */
export async function serveWhole(serving: Serving, onDisconnect: (callback: () => void) => void): Promise<Response> {
  const { run, services } = serving;
  onDisconnect(() => {
    // What was paid for is made, and kept for who comes back for it.
    if (serving.single?.isSettled !== true) run.abort();
  });
  return services.runs.track(
    (async () => {
      await begin(serving);
      let text: string | undefined;
      do text = await run.next();
      while (text !== undefined);
      const { outcome } = run;
      if (outcome.kind === "aborted") {
        const error = abortedBy(services);
        await release(serving, error);
        if (error instanceof StoppingError)
          throw serving.single?.isSettled === true ? new StoppingError(CHARGED) : error;
        // Nobody reads it.
        return new Response(null, { status: 499 });
      }
      if (outcome.kind === "failed") {
        await release(serving, outcome.error);
        throw outcome.error;
      }
      // Nothing was delivered yet: what is broken off before this costs nothing.
      await serving.single?.settle();
      const { answer, extra } = await conclude(serving);
      return new Response(completion(serving.head, answer, extra), {
        headers: { "Content-Type": "application/json", ...headersOf(serving) },
      });
    })().finally(() => serving.pass?.end()),
    () => run.abort(),
  );
}

/**
 * The answer as it comes, as server-sent events; nothing is held back.
 * @throws ProviderError when no word comes: then nothing is charged.
 */
export async function serveStream(serving: Serving, onDisconnect: (callback: () => void) => void): Promise<Response> {
  const { run, services, head } = serving;
  let ended: () => void = () => {};
  void services.runs.track(
    new Promise<void>((resolve) => {
      ended = () => {
        serving.pass?.end();
        resolve();
      };
    }),
    () => run.abort(),
  );
  let isGone = false;
  onDisconnect(() => {
    isGone = true;
    // What was paid for in full is made in full, and kept for who comes back for it.
    if (serving.single?.isSettled !== true) run.abort();
  });
  try {
    await begin(serving);
    if (serving.single !== undefined) await charge(serving, serving.single, () => isGone);
  } catch (error) {
    run.abort();
    ended();
    throw error;
  }
  const say = chunks(head);
  const encoder = new TextEncoder();
  const sayError = ({ error }: ErrorBody) => say.error({ error: { ...error, request_id: serving.requestId } });
  const finish = async (): Promise<string> => {
    const { answer, extra, error } = await conclude(serving).finally(ended);
    const reason = answer.finishReason === null ? "" : say.finish(answer.finishReason);
    return reason + (error === undefined ? "" : sayError(error)) + say.receipt(answer, extra) + say.end();
  };
  let concluded: Promise<string> | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const text = await run.next();
        if (text !== undefined) {
          controller.enqueue(encoder.encode(say.delta(text)));
          return;
        }
        concluded ??= finish().catch((error: unknown) => {
          services.log.error({ request: serving.requestId, error }, "an answer could not be charged");
          return sayError(toHttpError(error).body) + say.end();
        });
        controller.enqueue(encoder.encode(await concluded));
        controller.close();
      },
      cancel: async () => {
        if (serving.single === undefined) run.abort();
        else while ((await run.next()) !== undefined);
        concluded ??= finish().catch((error: unknown) => {
          services.log.error({ request: serving.requestId, error }, "an answer could not be charged");
          return "";
        });
        await concluded;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
    ...headersOf(serving),
  };
  return new Response(body, { headers });
}

/** The answer that was given before, whole or as events. */
export function serveAgain(
  head: AnswerHead,
  answer: KeptAnswer,
  extra: Extra,
  stream: boolean,
  more: Readonly<Record<string, string>> = {},
): Response {
  if (!stream) {
    const headers = { "Content-Type": "application/json", ...more };
    return new Response(completion(head, answer, extra), { headers });
  }
  const say = chunks(head);
  const reason = answer.finishReason === null ? "" : say.finish(answer.finishReason);
  const error =
    answer.error === undefined ? "" : say.error({ error: { ...answer.error, type: "upstream_error", param: null } });
  const events = say.delta(answer.text) + reason + error + say.receipt(answer, extra) + say.end();
  return new Response(events, {
    headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache", ...more },
  });
}

/** The client left before anything was delivered: what a failed request says of itself in the statement. */
class ClientGoneError extends RelayerError {
  readonly status = 400;
  readonly code = "stopped";
  constructor() {
    super("The client went away before anything was delivered. Nothing was charged.");
  }
}

/** Who ended an answer early: the relayer, which stops, or the client. */
function abortedBy({ runs }: Serving["services"]): StoppingError | ClientGoneError {
  return runs.closed ? new StoppingError() : new ClientGoneError();
}

/** Charges a single payment once the first words are there. @throws its own errors, ClientGoneError, StoppingError */
async function charge(serving: Serving, single: SinglePayment, isGone: () => boolean): Promise<void> {
  // Nothing is delivered to whoever is gone by then, nor of what the relayer's stop broke off before.
  if (!single.isSettled && (isGone() || !serving.run.hasWords)) {
    const error = isGone() ? new ClientGoneError() : abortedBy(serving.services);
    await release(serving, error);
    throw error;
  }
  await single.settle();
}

async function begin(serving: Serving): Promise<void> {
  try {
    await serving.run.begin();
  } catch (error) {
    await release(serving, error);
    throw error;
  }
}

/** What was delivered nothing of is not charged; nor counted, unless who asked for it did not wait. */
async function release({ services, reservation, single, pass, requestId }: Serving, error: unknown): Promise<void> {
  services.metrics.inferences.inc({ outcome: error instanceof ClientGoneError ? "aborted" : "failed" });
  if (error instanceof ProviderError) services.metrics.upstreamErrors.inc({ code: error.code });
  // The upstream worked for it: going away is no way to have it work for nothing.
  const counts = error instanceof ClientGoneError;
  if (!counts)
    await pass?.giveBack().catch((cause: unknown) => {
      services.log.error({ request: requestId, error: cause }, "a use of a pass could not be given back");
    });
  if (single !== undefined) {
    // Nor is an answer that is to stop before it begins.
    const fault = counts || error instanceof UpstreamStoppedError ? "payer" : "operator";
    await (single.isSettled ? single.leave(codeOf(error)) : single.release(error, fault));
  }
  if (reservation === undefined) return;
  const { code, message } = toHttpError(error).body.error;
  await services.metering.release({ reservation, error: { code, message } });
}

/** Charges what was delivered. */
async function conclude(serving: Serving): Promise<Ending> {
  const { services, character, run, quote, reservation, single, head } = serving;
  const { outcome, text } = run;
  const error = errorOf(outcome);
  const usage = run.usage();
  const answer: KeptAnswer = {
    text,
    finishReason: outcome.kind === "done" ? outcome.finishReason : null,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    created: head.created,
    ...(error === undefined ? {} : { error: { code: error.error.code, message: error.error.message } }),
  };
  if (text === "") {
    await release(serving, outcome.kind === "failed" ? outcome.error : abortedBy(services));
    return { answer, extra: extraOf(serving), error: single?.isSettled ? chargedOf(error) : error };
  }
  services.metrics.inferences.inc({ outcome: outcome.kind });
  if (single !== undefined) {
    // A whole answer is given again; one that was broken off is begun anew, for the same payment.
    const kept = answer.error === undefined ? single.keep(answer) : single.brokeOff(answer.error.code);
    // It was charged: who paid for it gets it, whether or not it could be kept.
    await kept.catch((cause: unknown) => {
      services.log.error({ request: serving.requestId, error: cause }, "an answer that was paid for could not be kept");
    });
    return { answer, extra: extraOf(serving), error: chargedOf(error) };
  }
  if (reservation === undefined) return { answer, extra: extraOf(serving), error };
  const milliunits = atMost(BigInt(usage.promptTokens + usage.completionTokens), quote.milliunits);
  const feePerUnit = feeOf(services.config, character.modality);
  const { amount, fee, total } = quoteUp(character.terms, feePerUnit, { milliunits, quality: "Standard" });
  const delivery = {
    ...{ reservation, milliunits, quality: STANDARD, amount, fee, answer },
    response: responseHash(text),
    error: answer.error,
  };
  try {
    const metered = await services.metering.charge(delivery);
    services.metrics.charged.inc(Number(total));
    return { answer, extra: metered, error };
  } catch (cause) {
    await release(serving, cause);
    throw cause;
  }
}

/** What an answer carries that no tab is charged for: what paid for it, or where the pass stands, if it is under one. */
function extraOf({ single, pass }: Serving): Extra {
  if (single !== undefined) return single.isSettled ? { payment: single.paid } : null;
  return pass === undefined ? null : { pass: pass.use };
}

function headersOf({ single, pass }: Serving): Record<string, string> {
  if (single !== undefined) return single.headers;
  return pass === undefined ? {} : passHeaders(pass.use);
}

function codeOf(error: unknown): string {
  return toHttpError(error).body.error.code;
}

/** What broke off an answer that was paid for in full. */
function chargedOf(body: ErrorBody | undefined): ErrorBody | undefined {
  if (body === undefined) return undefined;
  const { error } = body;
  return { error: { ...error, message: `${error.message} ${CHARGED}` } };
}

function errorOf(outcome: Outcome): ErrorBody | undefined {
  if (outcome.kind === "done") return undefined;
  if (outcome.kind === "failed") return toHttpError(outcome.error).body;
  const message = "The answer was stopped. What was delivered before is charged.";
  return { error: { message, type: "invalid_request_error", param: null, code: "stopped" } };
}

/** keccak256 of the answer's UTF-8 text, as receipts name it. */
function responseHash(text: string): Hex {
  return keccak256(Buffer.from(text, "utf8"));
}

function atMost(value: bigint, limit: bigint): bigint {
  return value < limit ? value : limit;
}
