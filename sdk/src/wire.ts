/**
 * What travels between clients and an operator's relayer, once: the relayer validates with these schemas,
 * the client is typed by them. Integers of money travel as decimal strings and become bigint.
 * The endpoints are described in docs/PROTOCOL.md.
 */
import type { Address, Hex } from "viem";
import * as z from "zod";
import { MODALITIES, QUALITIES } from "./pricing.ts";

const uint = z.string().regex(/^(0|[1-9][0-9]{0,77})$/, "must be a decimal integer in a string");
const bounded = (bits: number) =>
  uint.transform((text, context) => {
    const value = BigInt(text);
    if (value >> BigInt(bits) === 0n) return value;
    context.addIssue({ code: "custom", message: `must fit ${bits} bits` });
    return z.NEVER;
  });

export const uint8 = z.int().min(0).max(255);
export const uint40 = bounded(40);
export const uint48 = bounded(48);
export const uint64 = bounded(64);
export const uint256 = bounded(256);
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be an address")
  .transform((text) => text as Address);
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, "must be 32 bytes in hex")
  .transform((text) => text.toLowerCase() as Hex);
export const signature = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){64,4096}$/, "must be a signature in hex")
  .transform((text) => text as Hex);

export const lineSchema = z.object({ characterId: uint48, amount: uint40, inferences: uint48, milliunits: uint48 });

export const voucherSchema = z.object({
  operator: address,
  tabId: uint64,
  base: uint40,
  cumulative: uint40,
  lines: hash,
  receipts: hash,
});

/** A voucher the session key signed, with the lines its hash stands for. */
export const signedVoucherSchema = z.object({
  voucher: voucherSchema,
  lines: z.array(lineSchema).min(1).max(16),
  signature,
});

/** A voucher that the operator countersigned: the only one of its base that it will settle. */
export const sealSchema = signedVoucherSchema.extend({ sealSignature: signature });

export const receiptSchema = z.object({
  operator: address,
  tabId: uint64,
  sequence: uint64,
  request: hash,
  response: hash,
  characterId: uint48,
  termsVersion: uint40,
  milliunits: uint48,
  quality: uint8,
  amount: uint40,
  fee: uint40,
  servedAt: uint64,
  previous: hash,
});

/** A receipt and the operator's EIP-712 signature over it. */
export const signedReceiptSchema = z.object({ receipt: receiptSchema, signature });

/**
 * The `Stelai-Payment` header: base64url of this as JSON. The session key signs
 * `Request(operator, tabId, id, keccak256(body), characterId, termsVersion, maxCost, deadline)`.
 */
export const paymentSchema = z.object({
  operator: address,
  tabId: uint64,
  /** Idempotency key: the same id is the same answer and one charge. */
  id: hash,
  characterId: uint48,
  termsVersion: uint40,
  /** The most this may cost, the operator's fee included, in microcredits. */
  maxCost: uint40,
  /** Unix seconds by which the relayer must have begun. */
  deadline: uint64,
  signature,
});

/** The `Stelai-Session` header: base64url of this as JSON; the session key signs `Session(operator, tabId, deadline)`. */
export const sessionSchema = z.object({ operator: address, tabId: uint64, deadline: uint64, signature });

/**
 * The `Stelai-Account` header: base64url of this as JSON. A session key that the account bound by signing in signs
 * `Account(operator, account, deadline)`; it stands for the account wherever the token of the sign-in would.
 */
export const accountSchema = z.object({ operator: address, account: address, deadline: uint64, signature });

/** The line in a sign-in message's `Resources` (EIP-4361) that binds a session key to the account. */
export const SESSION_KEY_RESOURCE = "urn:stelai:session-key:";

/** `POST /v1/auth/verify`. */
export const signedInSchema = z.object({
  token: z.string(),
  address,
  /** The session key that was bound, if the message named one. */
  sessionKey: address.nullable(),
  /** ISO 8601; of the token and of the bound key. */
  expiresAt: z.iso.datetime(),
});

/** What an answer under a pass says of the day's use, as `stelai.pass`; the headers `Stelai-Pass-…` say the same. */
export const passUseSchema = z.object({
  limit: z.int(),
  remaining: z.int(),
  /** Unix seconds at which it starts anew: the next UTC midnight. */
  resetsAt: z.int(),
});

/** What a metered answer carries besides OpenAI's fields, as `stelai`. */
export const meteredSchema = z.object({
  receipt: signedReceiptSchema,
  /** The base that the next voucher starts from. */
  base: uint40,
});

export const termsSchema = z.object({
  lifetime: uint40,
  monthly: uint40,
  annual: uint40,
  perInference: uint40,
  perUnit: uint40,
});

export const quoteSchema = z.object({
  characterId: uint48,
  termsVersion: uint40,
  modality: z.enum(MODALITIES),
  quality: z.enum(QUALITIES),
  /** The most that can be used, in thousandths of the modality's unit. */
  milliunits: uint48,
  /** Microcredits: the character's part, the operator's fee, and both. */
  amount: uint40,
  fee: uint40,
  total: uint40,
});

/** The public card behind a character's metadata URI. */
export const cardSchema = z.object({
  name: z.string().min(1).max(80),
  tagline: z.string().max(160).default(""),
  description: z.string().max(4000).default(""),
  tags: z.array(z.string().min(1).max(32)).max(12).default([]),
  /** `ipfs://…` of an image, or absent: clients then carve one from the id. */
  image: z.string().max(256).optional(),
  /** Chat: what it says first, and what one may ask it. */
  greeting: z.string().max(2000).optional(),
  openers: z.array(z.string().min(1).max(200)).max(6).default([]),
  /** Name the creator goes by. */
  creator: z.string().max(80).optional(),
});

/** The text of a review, or of an answer to one, behind its `textURI`. */
export const reviewTextSchema = z.object({ text: z.string().trim().min(1).max(4000) });

/** One entry of `GET /v1/models`. */
export const modelSchema = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: z.number(),
  owned_by: z.string(),
  stelai: z.object({
    characterId: uint48,
    owner: address,
    modality: z.enum(MODALITIES),
    visibility: z.enum(["Public", "Unlisted", "Private"]),
    suspended: z.boolean(),
    termsVersion: uint40,
    terms: termsSchema,
    /** The operator's price per unit for this modality, in microcredits. */
    feePerUnit: uint40,
    personaHash: hash,
    metadataURI: z.string(),
    card: cardSchema.nullable(),
    /** Honest words on what answers. */
    engine: z.object({ name: z.string(), label: z.string(), isLanguageModel: z.boolean() }),
    /** Whether it answers here without a tab, rate-limited. */
    free: z.boolean(),
    /** Counts the changes of persona and of engine, from 1; `changedAt` is Unix time in seconds of the last one, or null. */
    persona: z.object({ version: z.int(), changedAt: z.int().nullable() }),
  }),
});
export const modelListSchema = z.object({ object: z.literal("list"), data: z.array(modelSchema) });

/** `GET /v1/operator`: who runs this relayer, and on what conditions. */
export const operatorSchema = z.object({
  operator: address,
  chainId: z.int(),
  genesisHash: hash,
  contracts: z.object({
    Stelai: address,
    CreditStore: address,
    Payouts: address,
    Characters: address,
    InferenceMeter: address,
    CharacterAccess: address,
    Reviews: address,
    Reserve: address,
  }),
  finalityBlocks: z.int(),
  /** Price per unit of each modality, in microcredits. */
  fees: z.object({ Chat: uint40, Image: uint40, Video: uint40, Voice: uint40, Music: uint40 }),
  sponsor: z.object({
    enabled: z.boolean(),
    feeRecipient: address,
    /** For a purchase, in reserve units; for a tab or a top-up, in wei of STELAI. */
    purchaseFee: uint256,
    tabFee: uint256,
    /** The smallest cap or top-up that is sponsored, in microcredits. */
    minimumCap: uint40,
  }),
  /** Unsigned exposure a new tab is allowed, in microcredits. */
  exposureLimit: uint40,
  maximumTokens: z.int(),
  /** How many requests a day a pass is good for here, per character. */
  passDailyRequests: z.int(),
});

/** `GET /v1/tabs/:tabId`: where a tab stands with this operator. */
export const tabStatusSchema = z.object({
  operator: address,
  tabId: uint64,
  payer: address,
  sessionKey: address,
  cap: uint40,
  /** Settled on-chain. */
  spent: uint40,
  expiry: uint64,
  closing: z.boolean(),
  /** Base of the next voucher: the total sealed last. */
  base: uint40,
  /** Served so far. */
  cumulative: uint40,
  /** Signed so far. */
  signed: uint40,
  /** Reserved by requests in flight. */
  reserved: uint40,
  exposureLimit: uint40,
  sequence: uint64,
  head: hash,
  lines: z.array(lineSchema),
});

/** One entry of a statement: a receipt, or a request that was not charged and why. */
export const statementEntrySchema = z.object({
  requestId: hash,
  characterId: uint48,
  at: uint64,
  receipt: signedReceiptSchema.nullable(),
  /** The session key's signed request, so that anyone can check what was agreed to. */
  request: z.object({ body: hash, maxCost: uint40, termsVersion: uint40, deadline: uint64, signature }).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

/** `GET /v1/tabs/:tabId/statement?after=…&limit=…`. */
export const statementSchema = z.object({
  entries: z.array(statementEntrySchema),
  seals: z.array(sealSchema),
  /** Sequence to go on after, or null at the end. */
  next: uint64.nullable(),
});

const authorizationSchema = z.object({
  from: address,
  value: uint256,
  validAfter: uint256,
  validBefore: uint256,
  signature,
});
const sponsorshipSchema = z.object({ fee: uint256, recipient: address, salt: hash });

/** Bodies of `POST /v1/sponsor/…`: what the relayer sends for a wallet that has no ETH. */
export const sponsoredPurchaseSchema = z.object({
  order: z.object({
    packageId: uint256,
    quantity: uint256,
    recipient: address,
    referrer: address,
    maxPrice: uint256,
  }),
  authorization: authorizationSchema,
  sponsorship: sponsorshipSchema,
});
export const sponsoredTabSchema = z.object({
  opening: z.object({ operator: address, sessionKey: address, cap: uint40, expiry: uint64 }),
  authorization: authorizationSchema,
  sponsorship: sponsorshipSchema,
});
export const sponsoredTopUpSchema = z.object({
  tabId: uint64,
  amount: uint40,
  authorization: authorizationSchema,
  sponsorship: sponsorshipSchema,
});
export const sponsoredExtensionSchema = z.object({ tabId: uint64, expiry: uint64, deadline: uint256, signature });
export const sponsoredRotationSchema = z.object({ tabId: uint64, sessionKey: address, deadline: uint256, signature });
export const sponsoredClosureSchema = z.object({ tabId: uint64, deadline: uint256, signature });
export const sponsoredSchema = z.object({ transaction: hash });

/** Body of `POST /v1/tabs/:tabId/close`: the session key's signature over `Close(operator, tabId, total)`. */
export const closeTabSchema = z.object({ total: uint40, signature });

/** Body of `PUT /v1/personas` (signed in): tied to the character whose `personaHash` it has. */
export const personaUploadSchema = z.object({ persona: z.record(z.string(), z.unknown()), salt: hash });

/** Body of `POST /v1/reports`. */
export const reportSchema = z.object({
  characterId: uint48,
  reason: z.enum(["illegal", "sexual", "violence", "hate", "self-harm", "impersonation", "spam", "other"]),
  details: z.string().max(4000).default(""),
  /** The answer that is reported, as the reporter saw it. */
  excerpt: z.string().max(8000).optional(),
});

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
export const followsSchema = z.object({ profiles: z.array(profileSchema) });

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
] as const;

/** One entry of the feed; what it is about is in `data`, by kind. Amounts are decimal strings. */
export const notificationSchema = z.object({
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  characterId: uint48.nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** ISO 8601. */
  at: z.iso.datetime(),
  read: z.boolean(),
});
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
export const historyListSchema = z.object({
  entries: z.array(historyEntrySchema.omit({ data: true }).extend({ size: z.int() })),
});

/** OpenAI's error shape, with our details. */
export const errorSchema = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string(),
    stelai: z.record(z.string(), z.unknown()).optional(),
  }),
});

export type SignedVoucher = z.output<typeof signedVoucherSchema>;
export type Seal = z.output<typeof sealSchema>;
export type SignedReceipt = z.output<typeof signedReceiptSchema>;
export type Payment = z.output<typeof paymentSchema>;
export type Session = z.output<typeof sessionSchema>;
export type Metered = z.output<typeof meteredSchema>;
export type AccountHeader = z.output<typeof accountSchema>;
export type SignedIn = z.output<typeof signedInSchema>;
export type PassUse = z.output<typeof passUseSchema>;
export type KnowledgeFile = z.output<typeof knowledgeFileSchema>;
export type CharacterVersion = z.output<typeof characterVersionSchema>;
export type ProfileUpdate = z.input<typeof profileUpdateSchema>;
export type Profile = z.output<typeof profileSchema>;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
export type Notification = z.output<typeof notificationSchema>;
export type Notifications = z.output<typeof notificationsSchema>;
export type PushSubscriptionJson = z.output<typeof pushSubscriptionSchema>;
export type AccountInfo = z.output<typeof accountInfoSchema>;
export type HistoryEntry = z.output<typeof historyEntrySchema>;
export type QuoteResponse = z.output<typeof quoteSchema>;
export type Card = z.output<typeof cardSchema>;
export type Model = z.output<typeof modelSchema>;
export type OperatorInfo = z.output<typeof operatorSchema>;
export type TabStatus = z.output<typeof tabStatusSchema>;
export type StatementEntry = z.output<typeof statementEntrySchema>;
export type Statement = z.output<typeof statementSchema>;
export type SponsoredPurchase = z.output<typeof sponsoredPurchaseSchema>;
export type SponsoredTab = z.output<typeof sponsoredTabSchema>;
export type SponsoredTopUp = z.output<typeof sponsoredTopUpSchema>;
export type Report = z.input<typeof reportSchema>;

/** JSON text in which bigint became decimal strings: the inverse of the schemas above. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item));
}
