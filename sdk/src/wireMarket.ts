/**
 * What travels of works and their licences: metadata, deposits, keys, deliveries, votes and what moderators see. Part of
 * `wire.ts`; described in docs/PROTOCOL.md, "The marketplace".
 */
import * as z from "zod";
import { MODALITIES } from "./pricing.ts";
import { madeFileSchema, provenanceSchema } from "./wireGenerations.ts";
import { address, hash, uint48 } from "./wirePrimitives.ts";

/** What a buyer may do, in the order of `ILicenses.Tier`. */
export const TIERS = ["Personal", "Commercial", "Exclusive"] as const;
/** What a licence allows: one of {@link TIERS}. */
export type Tier = (typeof TIERS)[number];

/** Where an order stands, in the order of `ILicenses.Status`. */
export const LICENCE_STATUSES = ["None", "Escrowed", "Delivered", "Disputed", "Released", "Refunded"] as const;
/** Where an order stands (DESIGN section 4). */
export type LicenceStatus = (typeof LICENCE_STATUSES)[number];

const ipfs = z
  .string()
  .max(256)
  .regex(/^ipfs:\/\//, "must be ipfs:// and a CID");

/** A file in the encrypted storage: 12 bytes nonce, ciphertext, 16 bytes tag (AES-256-GCM) under a key of its own. */
export const depositedFileSchema = madeFileSchema.omit({ publicCid: true });

/** What anyone may see or hear of a work: small and marked, of a video or a sound only the beginning or a card. */
export const workPreviewSchema = z.object({
  uri: ipfs,
  mediaType: z.string().max(40),
  width: z.int().optional(),
  height: z.int().optional(),
});

const tag = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(32)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} '&-]*$/u, "letters, digits, blanks, - & and ' only");

/** A work's metadata, as JSON on IPFS: what `Works.tokenURI` leads to. */
export const workMetadataSchema = z.object({
  version: z.literal(1),
  kind: z.literal("work"),
  title: z.string().trim().min(1).max(120),
  description: z.string().trim().max(4_000).default(""),
  tags: z.array(tag).max(12).default([]),
  modality: z.enum(MODALITIES).exclude(["Chat"]),
  file: depositedFileSchema,
  preview: workPreviewSchema,
  /** A still of a video, or a cover. */
  poster: workPreviewSchema.optional(),
  /** How it was made; null for a file that was brought along. What of it counts is on the chain (`Work.receipt`). */
  provenance: provenanceSchema.nullable(),
});

/** Body of `POST /v1/deposits` as JSON: a completed generation of the account. */
export const depositRequestSchema = z.object({ generation: z.string().min(1).max(64) });

/** A file that this operator holds the key of, and delivers for the works that its depositor creates of it. */
export const depositSchema = z.object({
  contentHash: hash,
  modality: z.enum(MODALITIES).exclude(["Chat"]),
  file: depositedFileSchema,
  preview: workPreviewSchema,
  poster: workPreviewSchema.optional(),
  provenance: provenanceSchema.nullable(),
  /** Who attests deliveries of it: to be named by its offers. */
  attestor: address,
});

/**
 * `GET /v1/works/:id/deposit`, for anyone: whether this operator holds the file of a work and can open it, so that it can
 * deliver it. What it is, is told when it does.
 */
export const workDepositSchema = z.object({
  workId: uint48,
  isDeposited: z.boolean(),
  modality: z.enum(MODALITIES).exclude(["Chat"]).optional(),
  /** Of the file once opened. */
  bytes: z.int().optional(),
});

/** `GET /v1/licences/:id/key` and `GET /v1/works/:id/key`: what opens the file. */
export const contentKeySchema = z.object({
  workId: uint48,
  /** What the file is opened under; null: owning the work. */
  licenceId: uint48.nullable(),
  contentHash: hash,
  /** CID of the encrypted file, and what it is once opened. */
  cid: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  /** 32 bytes in base64url. */
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/**
 * Where a delivery stands here: `waiting` for finality or its turn, `attested` (sent or mined), `ready` (the key can be
 * had), `failed` (this operator cannot deliver it: the order is refunded by time), `ended` (refunded, or burned).
 */
export const DELIVERY_STATES = ["waiting", "attested", "ready", "failed", "ended"] as const;

/** `GET /v1/licences/:id/delivery`, for anyone. */
export const deliverySchema = z.object({
  licenceId: uint48,
  workId: uint48,
  state: z.enum(DELIVERY_STATES),
  /** Why it failed, in words. */
  problem: z.string().nullable(),
  /** Blocks until what it waits for is final; null when that is not it. */
  blocksLeft: z.int().nullable(),
  transaction: hash.nullable(),
  /** When this operator first released the file's key for the licence (chain time, Unix seconds); null: not yet. */
  releasedAt: z.int().nullable(),
});

/** What reviews are of, as it stands in addresses: `character:7`, `work:12`. */
export const reviewSubjectSchema = z.string().regex(/^(character|work):[1-9][0-9]{0,14}$/);

/** `GET /v1/votes/:subject`: who finds which reviews helpful. */
export const votesSchema = z.object({
  /** By the review's author. */
  votes: z.array(z.object({ author: address, helpful: z.int() })),
  /** Authors whose review the account that is signed in found helpful; null when nobody is signed in. */
  mine: z.array(address).nullable(),
});

/** `GET /v1/profiles?addresses=`: those of them that chose a name. */
export const profileNamesSchema = z.object({
  profiles: z.array(z.object({ address, name: z.string(), picture: z.string().nullable() })),
});

/** Where a report can stand with the moderators. */
export const REPORT_STATES = ["open", "dismissed", "acted"] as const;

/** One report in the moderators' queue. */
export const queuedReportSchema = z.object({
  id: z.string(),
  characterId: uint48.nullable(),
  workId: uint48.nullable(),
  reviewBy: address.nullable(),
  reason: z.string(),
  details: z.string(),
  excerpt: z.string().nullable(),
  /** ISO 8601. */
  reportedAt: z.iso.datetime(),
  /** How many open reports the same subject has, this one included. */
  open: z.int(),
  state: z.enum(REPORT_STATES),
  closedBy: address.nullable(),
  closedAt: z.iso.datetime().nullable(),
  note: z.string().nullable(),
});

/** `GET /v1/moderation/reports?state=&before=&limit=`, for who holds the role MODERATOR on the chain. */
export const moderationQueueSchema = z.object({ reports: z.array(queuedReportSchema), next: z.string().nullable() });

/** Body of `POST /v1/moderation/reports/:id`. */
export const moderationDecisionSchema = z.object({
  state: z.enum(REPORT_STATES),
  note: z.string().trim().max(500).default(""),
});

/** What a work's metadata file holds. */
export type WorkMetadata = z.output<typeof workMetadataSchema>;
/** What everybody may see of a work's file. */
export type WorkPreview = z.output<typeof workPreviewSchema>;
/** An encrypted file, as a work's metadata names it. */
export type DepositedFile = z.output<typeof depositedFileSchema>;
/** What the operator keeps of a creator's deposit. */
export type Deposit = z.output<typeof depositSchema>;
/** A deposit as a work is created with it: hashes, preview, and who attests its deliveries. */
export type WorkDeposit = z.output<typeof workDepositSchema>;
/** The key of a licensed file, for its licensee. */
export type ContentKey = z.output<typeof contentKeySchema>;
/** Where the delivery of a licence stands. */
export type Delivery = z.output<typeof deliverySchema>;
/** What became of a delivery so far. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];
/** How many found which reviews helpful, and which the account did. */
export type Votes = z.output<typeof votesSchema>;
/** A report, as moderators see it. */
export type QueuedReport = z.output<typeof queuedReportSchema>;
