/** What an OpenAI client's request asks for, read from its body. */
import { type Hex, keccak256, stringToBytes } from "viem";
import { randomHash } from "../../internal/authorization.ts";
import type { Modality, Quality } from "../../pricing.ts";
import { QUALITIES } from "../../pricing.ts";
import type { ChatMessage } from "../../quote.ts";
import type { MediaSettings } from "./media.ts";

/** What of a body matters for its price. */
export type AskedBody = {
  model?: string;
  messages?: ChatMessage[];
  max_tokens?: number;
  max_completion_tokens?: number;
  size?: string | null;
  seconds?: number | string | null;
  quality?: string | null;
  input?: string;
};

/** What each endpoint makes. */
const ENDPOINTS: readonly [path: string, modality: Modality][] = [
  ["/chat/completions", "Chat"],
  ["/images/generations", "Image"],
  ["/audio/speech", "Voice"],
  ["/videos", "Video"],
  ["/music", "Music"],
];

/** What a request to this address asks for; undefined when it is none of the endpoints that have a price. */
export function modalityOf(pathname: string): Modality | undefined {
  return ENDPOINTS.find(([path]) => pathname.endsWith(path))?.[1];
}

/** A body as JSON's text; undefined when it carries files. */
export async function jsonOf(request: Request): Promise<string | undefined> {
  if (!request.headers.get("content-type")?.startsWith("multipart/form-data")) return request.text();
  // A form has another boundary each time it is sent: as JSON, a retry is the same body.
  const fields = [...(await request.formData())];
  if (fields.some(([, value]) => typeof value !== "string")) return undefined;
  return JSON.stringify(Object.fromEntries(fields));
}

/** A body's fields; undefined when it is no JSON object. */
export function readBody(body: string): AskedBody | undefined {
  try {
    const read = JSON.parse(body) as unknown;
    return typeof read === "object" && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}

const OPENAI_QUALITIES: Readonly<Record<string, Quality>> = {
  low: "Draft",
  medium: "Standard",
  standard: "Standard",
  high: "High",
  hd: "High",
};

/** A quality by our name or by OpenAI's, in any case (docs/PROTOCOL.md, "Price"); undefined for `auto` and other words. */
export function qualityOf(word: string): Quality | undefined {
  const lower = word.toLowerCase();
  const known = Object.hasOwn(OPENAI_QUALITIES, lower) ? OPENAI_QUALITIES[lower] : undefined;
  return known ?? QUALITIES.find((quality) => quality.toLowerCase() === lower);
}

/** What a body says of what its price depends on. */
export function settingsOf(body: AskedBody): Omit<MediaSettings, "modality"> {
  const { size, seconds, quality, input } = body;
  return {
    // OpenAI's word for whatever the tool has first.
    size: size === "auto" ? undefined : (size ?? undefined),
    seconds: seconds == null ? undefined : Number(seconds),
    quality: quality == null ? undefined : qualityOf(quality),
    text: input ?? "",
  };
}

/** The same request again has the same id, so that it is charged once. */
export function idOf(headers: Headers, body: string, ids: Map<Hex, Hex>): Hex {
  const key = headers.get("idempotency-key");
  if (key !== null) return keccak256(stringToBytes(key));
  const hash = keccak256(stringToBytes(body));
  const retried = Number(headers.get("x-stainless-retry-count") ?? 0) > 0;
  const id = (retried ? ids.get(hash) : undefined) ?? randomHash();
  ids.set(hash, id);
  return id;
}
