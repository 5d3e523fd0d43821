import { generationListSchema, generationSchema, madeSchema, provenanceSchema } from "@stelai/sdk/wire";
import * as z from "zod";
import { imageBodySchema, musicBodySchema, speechBodySchema, videoBodySchema } from "../inference/media-body.ts";
import type { Operation } from "./openapi.ts";
import { singlePayment } from "./openapi-x402.ts";

const inHeader = (name: string, description: string) => ({
  name,
  in: "header",
  description,
  schema: { type: "string" },
});
const query = (name: string) => ({ name, in: "query", schema: { type: "string" } });
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const session = inHeader(
  "Stelai-Session",
  "base64url of a JSON session of the tab that paid; see the schema Session. Or sign in as the account.",
);
/** Whoever pays sends a payment; a pass is the account's that is signed in. */
const asking = [
  inHeader("Stelai-Payment", "base64url of a JSON payment; see the schema Payment. Free tools answer without it."),
  inHeader("Idempotency-Key", "Without a payment: the same key is the same generation."),
  inHeader("Prefer", "respond-async: answered with 202 and the generation as it is queued (RFC 7240)."),
];
/** What is given with the answer to the request for it can be paid by one payment. */
const single = [...asking, singlePayment];
const security = [{ wallet: [] }, { sessionKey: [] }];
const owner = { parameters: [id, session], security };

const imageSchema = z.object({
  created: z.int(),
  data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional() })),
  size: z.string(),
  output_format: z.string(),
  stelai: madeSchema,
});
const jobSchema = z.object({
  id: z.string(),
  object: z.enum(["video", "music"]),
  model: z.string(),
  status: z.enum(["queued", "in_progress", "completed", "failed"]),
  progress: z.int(),
  created_at: z.int(),
  completed_at: z.int().nullable(),
  expires_at: z.null(),
  size: z.string().optional(),
  seconds: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  stelai: generationSchema,
});
const jobListSchema = z.object({
  object: z.literal("list"),
  data: z.array(jobSchema),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
});
const deletedSchema = z.object({ id: z.string(), object: z.string(), deleted: z.literal(true) });

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

function jobs(path: string, what: string, body: z.ZodType, media: string): Paths {
  return {
    [path]: {
      get: {
        summary: `${what} of the account or tab, newest first`,
        answer: jobListSchema,
        parameters: [session, query("limit"), query("after")],
        security,
      },
      post: {
        summary: `Have ${what.toLowerCase()} made, on the queue`,
        ...{ body, bodyTypes: ["application/json", "multipart/form-data"], answer: jobSchema, parameters: asking },
      },
    },
    [`${path}/{id}`]: {
      get: { summary: "How far it is", answer: jobSchema, ...owner },
      delete: { summary: "Cancel and forget it", answer: deletedSchema, ...owner },
    },
    [`${path}/{id}/content`]: {
      get: { summary: "The file", media, parameters: [id, session, query("variant")], security },
    },
  };
}

/** Tools and what they make. */
export const MAKING_PATHS: Paths = {
  "/v1/images/generations": {
    post: { summary: "An image", body: imageBodySchema, answer: imageSchema, parameters: single },
  },
  "/v1/audio/speech": {
    post: { summary: "A text, spoken", body: speechBodySchema, media: "audio/*", parameters: single },
  },
  ...jobs("/v1/videos", "Videos", videoBodySchema, "video/mp4"),
  ...jobs("/v1/music", "Music", musicBodySchema, "audio/*"),
  "/v1/generations": {
    get: {
      summary: "What the account or tab had made, newest first",
      answer: generationListSchema,
      parameters: [session, ...["modality", "status", "model", "before", "limit"].map(query)],
      security,
    },
  },
  "/v1/generations/{id}": {
    get: {
      summary: "One; with ?wait= as soon as it ended or went on",
      answer: generationSchema,
      parameters: [id, session, query("wait")],
      security,
    },
    delete: { summary: "Cancel and forget it", status: 204, ...owner },
  },
  "/v1/generations/{id}/content": { get: { summary: "The file", media: "*/*", ...owner } },
  "/v1/generations/{id}/preview": { get: { summary: "Small and marked, or its beginning", media: "*/*", ...owner } },
  "/v1/generations/{id}/record": { get: { summary: "Where it comes from", answer: provenanceSchema, ...owner } },
  "/v1/generations/{id}/export": { get: { summary: "File and record", media: "application/zip", ...owner } },
  "/v1/generations/{id}/cancel": {
    post: { summary: "End it; nothing is charged", answer: generationSchema, ...owner },
  },
  "/v1/generations/{id}/publish": {
    post: { summary: "Put the file itself on IPFS, for good", answer: generationSchema, ...owner },
  },
  "/v1/files/{id}/content": {
    get: {
      summary: "A file, by its signed address",
      media: "*/*",
      parameters: [id, query("expires"), query("signature")],
    },
  },
  "/v1/files/{id}/preview": {
    get: { summary: "The same of a preview", media: "*/*", parameters: [id, query("expires"), query("signature")] },
  },
};
