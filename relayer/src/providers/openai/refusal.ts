import { z } from "zod";
import type { UpstreamResponse } from "../connection.ts";
import { type ProviderError, UpstreamRefusedError, UpstreamStatusError } from "../errors.ts";

const errorSchema = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().nullish(),
      type: z.string().nullish(),
      code: z.union([z.string(), z.number()]).nullish(),
    }),
  ]),
});

type UpstreamError = { message: string; type: string; code: string };

/** Codes and types by which upstreams say that their policy, not the request's form, is the reason. */
const POLICY = /content_(?:filter|policy)|policy_violation|moderation|safety|responsible_?ai/i;
const POLICY_STATUS: ReadonlySet<number> = new Set([400, 403, 422, 451]);
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** The error object of an OpenAI-compatible upstream, in a body or in a stream; undefined when it is none. */
export function upstreamErrorIn(value: unknown): UpstreamError | undefined {
  // Nearly every event has none, and a schema that says why it does not fit costs more than the event.
  if (typeof value !== "object" || value === null || !("error" in value)) return undefined;
  const parsed = errorSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { error } = parsed.data;
  if (typeof error === "string") return { message: error, type: "", code: "" };
  return { message: error.message ?? "", type: error.type ?? "", code: String(error.code ?? "") };
}

/** What a status other than 2xx means. */
export function statusError(provider: string, response: UpstreamResponse, body: string): ProviderError {
  const said = upstreamErrorIn(parse(body));
  const detail =
    said === undefined ? body.slice(0, 500) : [said.code, said.type, said.message].filter(Boolean).join(": ");
  if (isPolicy(said) && POLICY_STATUS.has(response.status)) return new UpstreamRefusedError(provider, detail);
  return new UpstreamStatusError(provider, response.status, detail, retryAfter(response.headers.get("retry-after")));
}

/** What an error object in the middle of a stream means. */
export function streamError(provider: string, said: UpstreamError): ProviderError {
  const detail = [said.code, said.type, said.message].filter(Boolean).join(": ");
  if (isPolicy(said)) return new UpstreamRefusedError(provider, detail);
  const status = Number(said.code);
  return new UpstreamStatusError(
    provider,
    Number.isInteger(status) && status >= 400 && status < 600 ? status : 502,
    detail,
  );
}

function isPolicy(said: UpstreamError | undefined): boolean {
  return said !== undefined && (POLICY.test(said.code) || POLICY.test(said.type));
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1_000);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, MAX_RETRY_AFTER_SECONDS) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
