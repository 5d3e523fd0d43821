/**
 * What travels of generations: an image, a video, a voiceover or a piece of music on its way, and what came of it. Part
 * of `wire.ts`; described in docs/PROTOCOL.md, "Tools and generations".
 */
import * as z from "zod";
import { MODALITIES, QUALITIES } from "./pricing.ts";
import { meteredSchema, passUseSchema, quoteSchema, signedReceiptSchema } from "./wireMetering.ts";
import { address, hash, uint48, uint64 } from "./wirePrimitives.ts";
import { settingsSchema } from "./wireTools.ts";
import { x402PaidSchema } from "./wireX402.ts";

/** `queued` and `in_progress` go on; the others are its end. Only `completed` is ever charged. */
export const GENERATION_STATUSES = ["queued", "in_progress", "completed", "failed", "cancelled"] as const;
/** Where a generation stands. */
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

/** What was made: by its bytes, not by what was said of it. */
export const madeFileSchema = z.object({
  mediaType: z.enum([
    "image/png",
    "image/jpeg",
    "image/webp",
    "video/mp4",
    "audio/wav",
    "audio/mpeg",
    "audio/flac",
    "audio/ogg",
  ]),
  bytes: z.int(),
  /** Image, Video. */
  width: z.int().optional(),
  height: z.int().optional(),
  /** Video, Voice, Music. */
  seconds: z.number().optional(),
  /** Voice, Music. */
  sampleRate: z.int().optional(),
  channels: z.int().optional(),
  /** keccak256 of the file; the receipt's `response`. */
  contentHash: hash,
  /** CID of the file as it is stored, encrypted. */
  cid: z.string(),
  /** CID of the file itself once its owner published it. */
  publicCid: z.string().nullable(),
  /** Voice, Music: loudness over time from 0 to 100, for a waveform. */
  peaks: z.array(z.int().min(0).max(100)).max(512).optional(),
});

/** One generation, as its owner sees it. Times are Unix seconds. */
export const generationSchema = z.object({
  id: z.string(),
  object: z.literal("generation"),
  /** `stelai-<characterId>`. */
  model: z.string(),
  modality: z.enum(MODALITIES),
  status: z.enum(GENERATION_STATUSES),
  /**
   * What a queued one waits for: its turn, or that what was served before is signed for (the client acknowledges, then
   * it goes on by itself).
   */
  waitsFor: z.enum(["turn", "voucher"]).nullable(),
  /** How many of others and of one's own come before it; null unless queued. */
  ahead: z.int().nullable(),
  /** Percent. */
  progress: z.int().min(0).max(100),
  /** Seconds it will likely still take; null when that is not known, or it has ended. */
  secondsLeft: z.number().nullable(),
  created_at: z.int(),
  started_at: z.int().nullable(),
  completed_at: z.int().nullable(),
  prompt: z.string(),
  /** Everything that was asked for, seed and format included. */
  settings: settingsSchema,
  /** The most it can cost; what it did cost is in the receipt. */
  quote: quoteSchema,
  engine: z.object({ name: z.string(), label: z.string() }),
  file: madeFileSchema.nullable(),
  /** Where the file and its preview can be fetched by whoever has the address, until then. */
  urls: z.object({ content: z.string(), preview: z.string(), expiresAt: z.int() }).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Of a paid one that is completed. */
  metered: meteredSchema.nullable(),
  /** Idempotency key of the payment that it was asked under; null when none paid. */
  requestId: hash.nullable(),
  /** Of one under a pass. */
  pass: passUseSchema.nullable(),
});

/** `GET /v1/generations?modality=&status=&model=&before=&limit=`, newest first. */
export const generationListSchema = z.object({
  object: z.literal("list"),
  data: z.array(generationSchema),
  /** What to give as `before` for more; null at the end. */
  next: z.string().nullable(),
});

/** What an answer of `/v1/images/generations` carries besides OpenAI's fields, as `stelai`. */
export const madeSchema = z.object({
  generation: z.string(),
  receipt: signedReceiptSchema.optional(),
  base: meteredSchema.shape.base.optional(),
  pass: passUseSchema.optional(),
  /** The single payment that paid for it. */
  payment: x402PaidSchema.optional(),
});

/**
 * Where a made thing comes from, for anyone to check: the file hashes to `contentHash`, which the operator's receipt
 * names as its `response`; the receipt's `request` holds the body, and the payer's voucher paid for the character. What
 * is not in the receipt too (the prompt's hash, seed, engine, media type, `madeAt`) is the operator's word alone.
 */
export const provenanceSchema = z.object({
  version: z.literal(1),
  generation: z.string(),
  operator: address,
  chainId: z.int(),
  characterId: uint48,
  termsVersion: uint64,
  /** keccak256 of the prompt's UTF-8 text. */
  promptHash: hash,
  contentHash: hash,
  mediaType: z.string(),
  bytes: z.int(),
  modality: z.enum(MODALITIES),
  quality: z.enum(QUALITIES),
  seed: z.int(),
  engine: z.object({ name: z.string(), label: z.string() }),
  /** Unix seconds. */
  madeAt: z.int(),
  /** null when it was free or under a pass. */
  receipt: signedReceiptSchema.nullable(),
});

/** What is known of a file that was made. */
export type MadeFile = z.output<typeof madeFileSchema>;
/** One thing on its way, and what came of it. */
export type Generation = z.output<typeof generationSchema>;
/** A page of generations, the newest first. */
export type GenerationList = z.output<typeof generationListSchema>;
/** Where a file comes from: who asked what of which tool, on what receipt. */
export type Provenance = z.output<typeof provenanceSchema>;
