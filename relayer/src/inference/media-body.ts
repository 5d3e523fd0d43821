import * as z from "zod";
import { InvalidJsonError, InvalidRequestError } from "../errors.ts";
import { validate } from "../http.ts";
import type { MadeModality } from "../providers/media.ts";
import type { Asked, FieldNames } from "./asked.ts";

/** A number, or its digits: OpenAI's clients send seconds as text, and a form has nothing else. */
const number = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^[0-9]{1,10}(\.[0-9]{1,6})?$/)
      .transform(Number),
  ],
  "must be a number",
);
const word = z.string().min(1).max(64).nullish();
const text = z.string("must be text");
const seed = number
  .refine((value) => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff, "must be whole, from 0 to 2^32 - 1")
  .nullish();
const one = number.refine((value) => value === 1, "only one is made at a time").nullish();
const whole = z.union([z.literal(false), z.literal("false")], "files are given whole, not streamed").nullish();

const common = { model: z.string().min(1).max(200), quality: word, seed };

/** OpenAI's body of `POST /v1/images/generations`, as far as it is honoured; other fields are ignored. */
export const imageBodySchema = z.object({
  ...common,
  prompt: text,
  n: one,
  size: word,
  output_format: word,
  response_format: z.enum(["b64_json", "url"], "must be b64_json or url").nullish(),
  stream: whole,
});

/** OpenAI's body of `POST /v1/audio/speech`, and our quality and seed. */
export const speechBodySchema = z.object({
  ...common,
  input: text,
  voice: z.union([z.string().max(64), z.object({ id: z.string().max(64) }).transform(({ id }) => id)]).nullish(),
  response_format: word,
  speed: number.nullish(),
  stream_format: z.literal("audio", "files are given whole, not as events").nullish(),
});

const noReference = z.undefined("a picture to begin with is not supported here").optional();

/** OpenAI's body of `POST /v1/videos`, and our quality, seed and format. */
export const videoBodySchema = z.object({
  ...common,
  prompt: text,
  n: one,
  size: word,
  seconds: number.nullish(),
  format: word,
  input_reference: noReference,
});

/** The body of `POST /v1/music`, in the same style. */
export const musicBodySchema = videoBodySchema.omit({ size: true });

const SCHEMAS = {
  Image: imageBodySchema,
  Voice: speechBodySchema,
  Video: videoBodySchema,
  Music: musicBodySchema,
} as const;

/** A body that is checked for its shape: which tool, and what is asked of it. */
export type MediaBody = {
  model: string;
  asked: Asked;
  names: FieldNames;
  /** Image: how the answer holds the file. */
  responseFormat: "b64_json" | "url";
};

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The bytes of a body as fields: JSON, or a multipart form (RFC 7578), read from the very bytes that a payment signs.
 * @throws InvalidJsonError, InvalidRequestError for a form that cannot be read or holds a file.
 */
export async function fieldsOf(bytes: Uint8Array, contentType: string | undefined): Promise<unknown> {
  if (contentType === undefined || !/^multipart\/form-data\s*;/i.test(contentType)) {
    try {
      return JSON.parse(UTF8.decode(bytes));
    } catch {
      throw new InvalidJsonError();
    }
  }
  let form: FormData;
  try {
    form = await new Response(Uint8Array.from(bytes), { headers: { "Content-Type": contentType } }).formData();
  } catch {
    throw new InvalidRequestError("The form cannot be read. Send multipart/form-data, or JSON.");
  }
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== "string") {
      throw new InvalidRequestError(`${name.slice(0, 64)}: files are not supported here. Leave it out.`, name);
    }
    if (fields.has(name)) throw new InvalidRequestError(`${name.slice(0, 64)} is there twice.`, name);
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/**
 * Fields as a request of a modality.
 * @throws InvalidRequestError naming the first field that is wrong.
 */
export function mediaBodyOf(modality: MadeModality, fields: unknown): MediaBody {
  if (modality === "Voice") {
    const { model, input, response_format: format, ...rest } = validate(fields, SCHEMAS.Voice);
    const names = { prompt: "input", format: "response_format" };
    return { model, asked: { ...rest, prompt: input, format }, names, responseFormat: "b64_json" };
  }
  if (modality === "Image") {
    const { model, output_format: format, response_format: how, ...rest } = validate(fields, SCHEMAS.Image);
    const names = { format: "output_format" };
    return { model, asked: { ...rest, format }, names, responseFormat: how ?? "b64_json" };
  }
  const { model, ...asked } = validate(fields, SCHEMAS[modality]);
  return { model, asked, names: {}, responseFormat: "b64_json" };
}
