import { PAYMENT_SIGNATURE_HEADER, type X402Paid } from "@stelai/sdk/wire";
import type { Context } from "hono";
import { toHttpError } from "../errors.ts";
import { paymentOf } from "../generations/rows.ts";
import type { GenerationRow, Viewer } from "../generations/types.ts";
import { type AppEnv, json, onDisconnect, readBody } from "../http.ts";
import { once } from "../inference/admission.ts";
import type { Asking } from "../inference/fileServing.ts";
import { GenerationGoesOnError, GenerationNotFoundError } from "../inference/generationErrors.ts";
import type { Making } from "../inference/making.ts";
import { fieldsOf, type MediaBody, mediaBodyOf } from "../inference/media-body.ts";
import { keyOf } from "../inference/paying.ts";
import { tabOfSession } from "../metering/sessions.ts";
import { passHeaders } from "../passes/uses.ts";
import { payingHeaders, requireSignedIn, signedIn } from "../people/authorize.ts";
import type { MadeModality } from "../providers/media.ts";
import type { Services } from "../services.ts";

/** Puts what a request asks for into the queue. */
export async function place(
  context: Context<AppEnv>,
  { config, people }: Pick<Services, "config" | "people">,
  { orders }: Making,
  modality: MadeModality,
): Promise<{ row: GenerationRow; body: MediaBody }> {
  const bytes = await readBody(context, config.BODY_LIMIT);
  const body = mediaBodyOf(modality, await fieldsOf(bytes, context.req.header("Content-Type")));
  const row = await orders.place({
    ...{ modality, body, bytes },
    headers: payingHeaders(context),
    single: context.req.header(PAYMENT_SIGNATURE_HEADER),
    ip: context.get("ip"),
    account: once(() => signedIn(context, people)),
  });
  return { row, body };
}

/**
 * Answers with what was asked for when it is there; at once, with the generation, when the client prefers that.
 * @param answer What the file of a finished one is answered as.
 */
export async function whenMade(
  context: Context<AppEnv>,
  services: Pick<Services, "log" | "people">,
  { waiting, waits, view }: Making,
  row: GenerationRow,
  answer: (row: GenerationRow) => Promise<Response>,
): Promise<Response> {
  return afterTaking(services.log, row, async () => {
    if (prefersAsync(context)) {
      const headers = { ...PREFERENCE_APPLIED, Location: `/v1/generations/${row.id}`, ...passHeadersOf(row) };
      return json(await view(row), 202, headers);
    }
    const made = await waits.during(row.id, waiterOf(context, services, row), () =>
      waiting.until(row, (callback) => onDisconnect(context, callback)),
    );
    // Nobody reads it.
    return made === undefined ? new Response(null, { status: 499 }) : answer(made);
  });
}

/**
 * What is done once a generation is in the queue.
 * @throws GenerationGoesOnError for what nobody foresaw: the client learns what it asked for, and where it is.
 */
export async function afterTaking<T>(log: Services["log"], { id }: GenerationRow, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!toHttpError(error).unexpected) throw error;
    log.error({ generation: id, error }, "a generation goes on without its answer");
    throw new GenerationGoesOnError(id, { cause: error });
  }
}

/** Who waits for a generation, as it is counted. */
export function waiterOf(
  context: Context<AppEnv>,
  { people }: Pick<Services, "people">,
  { account, requester }: Pick<GenerationRow, "account" | "requester">,
): { account: string; network: string } {
  return { account: account ?? requester, network: people.quotas.addressKey(context.get("ip")) };
}

/** A request for a file, as it is served. */
export function askingFor(context: Context<AppEnv>): Asking {
  return {
    method: context.req.method,
    header: (name) => context.req.header(name),
    ip: context.get("ip"),
    onDisconnect: (callback) => onDisconnect(context, callback),
  };
}

export const PREFERENCE_APPLIED = { "Preference-Applied": "respond-async" } as const;

/** `Prefer: respond-async` (RFC 7240, section 4.1). */
export function prefersAsync(context: Context<AppEnv>): boolean {
  const preferences = (context.req.header("Prefer") ?? "").split(",");
  return preferences.some((one) => one.split(";")[0]?.trim().toLowerCase() === "respond-async");
}

/** What a generation under a pass says of it in the headers. */
export function passHeadersOf({ pass }: GenerationRow): Record<string, string> {
  return pass === null ? {} : passHeaders(pass.use);
}

/** What paid for a generation, if a single payment did: for the answer's headers and its body. */
export async function proofOf(
  { x402 }: Pick<Services, "x402">,
  row: GenerationRow,
): Promise<{ headers: Record<string, string>; paid?: { payment: X402Paid } }> {
  const key = paymentOf(row);
  const proof = key === undefined ? undefined : await x402?.proofOf(key);
  return proof === undefined ? { headers: {} } : { headers: proof.headers, paid: { payment: proof.paid } };
}

/**
 * A generation, for whose it is: the account that is signed in, or the session key or budget key of the tab that paid. One
 * that nobody was known for is for who has its id.
 * @throws GenerationNotFoundError, and what a bad session or sign-in is told.
 */
export async function requireGeneration(
  context: Context<AppEnv>,
  services: Pick<Services, "generations" | "keys" | "metering" | "people">,
): Promise<GenerationRow> {
  const row = await services.generations.find(context.req.param("id") ?? "");
  if (row !== undefined && row.account === null && row.tabId === null) return row;
  const session = context.req.header("Stelai-Session");
  if (session !== undefined) {
    const { tabId } = await tabOfSession(services.metering, session);
    if (row?.tabId === tabId) return row;
  }
  const key = await keyOf(services, context.req.header("Authorization"));
  if (row !== undefined && key?.tabId != null && row.tabId === key.tabId) return row;
  const account = await signedIn(context, services.people);
  if (row !== undefined && account !== undefined && row.account === account) return row;
  throw new GenerationNotFoundError();
}

/** Whose generations are listed. */
export async function requireViewer(
  context: Context<AppEnv>,
  { keys, metering, people }: Pick<Services, "keys" | "metering" | "people">,
): Promise<Viewer> {
  const session = context.req.header("Stelai-Session");
  if (session !== undefined) return { tabId: (await tabOfSession(metering, session)).tabId };
  const key = await keyOf({ keys }, context.req.header("Authorization"));
  // No tab is numbered below one: a key without a tab has made nothing.
  if (key !== undefined) return { tabId: key.tabId ?? 0n };
  return { account: await requireSignedIn(context, people) };
}
