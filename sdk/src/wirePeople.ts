/**
 * What travels of people: knowledge, versions, profiles, notifications, the account and its encrypted history.
 * Part of `wire.ts`; the endpoints are described in docs/PROTOCOL.md.
 */
import * as z from "zod";
import { address, uint40, uint48, uint64 } from "./wirePrimitives.ts";

/** One file of a character's knowledge, as its owner sees it. */
export const knowledgeFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.enum(["text/plain", "text/markdown", "application/pdf"]),
  /** Bytes of the file. */
  size: z.int(),
  /** How many passages it was cut into. */
  passages: z.int(),
  /** ISO 8601. */
  addedAt: z.iso.datetime(),
});
/** Answer of `GET /v1/characters/:id/knowledge`, for its owner. */
export const knowledgeListSchema = z.object({ files: z.array(knowledgeFileSchema) });

/** One entry of `GET /v1/characters/:id/versions`, newest first. */
export const characterVersionSchema = z.object({
  version: z.int(),
  kind: z.enum(["published", "persona", "knowledge", "engine"]),
  /** Unix seconds. */
  at: z.int(),
  /** Of an engine: what answers since then. */
  engine: z.string().nullable(),
});
/** Answer of `GET /v1/characters/:id/versions`. */
export const characterVersionsSchema = z.object({ versions: z.array(characterVersionSchema) });

const link = z
  .string()
  .max(256)
  .regex(/^https:\/\//, "must begin with https://");

/** Body of `PUT /v1/profile` (signed in). */
export const profileUpdateSchema = z.object({
  name: z.string().trim().min(1).max(40),
  bio: z.string().max(500).default(""),
  /** `ipfs://…` of an image, or null. */
  picture: z.string().max(256).nullable().default(null),
  links: z.array(link).max(5).default([]),
});

/** `GET /v1/profiles/:address`. */
export const profileSchema = profileUpdateSchema.extend({
  address,
  /** Null when the account never chose one; then nothing else of it is set. */
  name: z.string().nullable(),
  /** The account's ENS name where the chain has ENS and the name leads back to it. */
  ens: z.string().nullable(),
  /** Another account whose older name looks the same, so that nobody is taken for them. */
  looksLike: z.object({ address, name: z.string() }).nullable(),
  followers: z.int(),
  /** Whether the signed-in account follows; null when nobody is signed in. */
  following: z.boolean().nullable(),
});
/** Answer of `GET /v1/follows`: whom the account follows. */
export const followsSchema = z.object({ profiles: z.array(profileSchema) });

/** What the feed tells of; `data` of an entry is by its kind. */
export const NOTIFICATION_KINDS = [
  "renewal_due",
  "renewed",
  "renewal_failed",
  "pass_ended",
  "gift",
  "invited",
  "review",
  "reply",
  "payout",
  "character_changed",
  "character_published",
  "work_sold",
  "licence_delivered",
  "licence_released",
  "licence_refunded",
  "licence_disputed",
  "work_resold",
  "work_review",
  "work_review_reply",
  "plan_renewed",
  "plan_refused",
  "topped_up",
  "topup_refused",
  "balance_low",
  "bonus_granted",
  "bonus_lapsing",
  "referral_earned",
  "feedback_decided",
] as const;

/** One entry of the feed; what it is about is in `data`, by kind. Amounts are decimal strings. */
export const notificationSchema = z.object({
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  characterId: uint48.nullable(),
  /** The work it is about; of a licence, the work it is for. */
  workId: uint48.nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** ISO 8601. */
  at: z.iso.datetime(),
  read: z.boolean(),
});
/** Answer of `GET /v1/notifications`: a page of the feed, the newest first. */
export const notificationsSchema = z.object({
  notifications: z.array(notificationSchema),
  unread: z.int(),
  /** Goes on before this id, or null at the end. */
  next: z.string().nullable(),
});

/** A browser's Web Push subscription: `PushSubscription.toJSON()`. */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url().max(1024),
  keys: z.object({ p256dh: z.string().max(256), auth: z.string().max(128) }),
});

/** `GET /v1/account`: what this operator knows of the one who is signed in, and how it reaches them. */
export const accountInfoSchema = z.object({
  address,
  /** Spending over all tabs here, in microcredits, a UTC day; null is no limit. */
  dailyLimit: uint40.nullable(),
  spentToday: uint64,
  /** Unix seconds of the next UTC midnight. */
  resetsAt: z.int(),
  /** What Web Push subscribes with, or null where it is off. */
  pushKey: z.string().nullable(),
  /** Whether mail can be sent here, and where to. */
  mail: z.object({ enabled: z.boolean(), address: z.string().nullable(), confirmed: z.boolean() }),
  /** Kinds that are not sent by push or mail; the feed shows all. */
  muted: z.array(z.enum(NOTIFICATION_KINDS)),
});

/** One encrypted conversation; the operator cannot read it. */
export const historyEntrySchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** Counts up with each write; a write names the one it replaces. */
  version: z.int(),
  /** Base64 of nonce and ciphertext. */
  data: z.string().max(2_800_000),
  updatedAt: z.iso.datetime(),
});
/** Answer of `GET /v1/history`: which conversations are kept, without their text. */
export const historyListSchema = z.object({
  entries: z.array(historyEntrySchema.omit({ data: true }).extend({ size: z.int() })),
});

/** One file of a character's knowledge, as its owner sees it. */
export type KnowledgeFile = z.output<typeof knowledgeFileSchema>;
/** One change of a character's persona or engine. */
export type CharacterVersion = z.output<typeof characterVersionSchema>;
/** What an account shows of itself, as it sets it. */
export type ProfileUpdate = z.input<typeof profileUpdateSchema>;
/** What an account shows of itself, and how the one who asks stands to it. */
export type Profile = z.output<typeof profileSchema>;
/** One of the kinds that the feed tells of. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
/** One entry of the feed. */
export type Notification = z.output<typeof notificationSchema>;
/** A page of the feed. */
export type Notifications = z.output<typeof notificationsSchema>;
/** A browser's Web Push subscription: `PushSubscription.toJSON()`. */
export type PushSubscriptionJson = z.output<typeof pushSubscriptionSchema>;
/** What the operator knows of the account that is signed in, and how it reaches it. */
export type AccountInfo = z.output<typeof accountInfoSchema>;
/** One encrypted conversation; the operator cannot read it. */
export type HistoryEntry = z.output<typeof historyEntrySchema>;
