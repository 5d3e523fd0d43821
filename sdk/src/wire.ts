/**
 * What travels between clients and an operator's relayer, once: the relayer validates with these schemas,
 * the client is typed by them. Integers of money travel as decimal strings and become bigint.
 * The endpoints are described in docs/PROTOCOL.md.
 */
import * as z from "zod";
import { MODALITIES } from "./pricing.ts";
import { lineSchema, sealSchema, signedReceiptSchema } from "./wireMetering.ts";
import { address, hash, signature, uint40, uint48, uint64, uint256 } from "./wirePrimitives.ts";
import { toolCardSchema, toolSchema } from "./wireTools.ts";

export * from "./wireGenerations.ts";
export * from "./wireKeys.ts";
export * from "./wireMarket.ts";
export * from "./wireMetering.ts";
export * from "./wirePeople.ts";
export * from "./wirePersona.ts";
export * from "./wirePrimitives.ts";
export * from "./wireRewards.ts";
export * from "./wireTools.ts";
export * from "./wireX402.ts";

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

/** A character's prices, in microcredits (DESIGN section 1). */
export const termsSchema = z.object({
  lifetime: uint40,
  monthly: uint40,
  annual: uint40,
  perInference: uint40,
  perUnit: uint40,
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
  /** Image, Video, Voice, Music: what it offers of what its operator can do, and what to begin with. */
  tool: toolCardSchema.optional(),
  /** Chat: the model id of the voice that reads its answers out, `stelai-12`, and which of its voices. */
  voice: z.object({ model: z.string().max(64), voice: z.string().max(40).optional() }).optional(),
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
    /** What can be asked of it here: of the operator's engine what its card leaves; null for one that chats. */
    tool: toolSchema.nullable(),
    /** Whether it answers here without a tab, rate-limited. */
    free: z.boolean(),
    /** Counts the changes of persona and of engine, from 1; `changedAt` is Unix time in seconds of the last one, or null. */
    persona: z.object({ version: z.int(), changedAt: z.int().nullable() }),
  }),
});
/** Answer of `GET /v1/models`. */
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
    Works: address,
    Licenses: address,
    Resale: address,
    WorkReviews: address,
    CreditPlans: address,
    Rewards: address,
    EthCheckout: address.optional(),
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
  /** Licences that cost less than this, in microcredits, it does not deliver: their buyers get their credits back. */
  delivery: z.object({ minimumPrice: uint40 }),
  /** Where single payments by x402 go, and what each costs beside the price, in microcredits; null: it takes none. */
  x402: z.object({ receiver: address, fee: uint40 }).nullish(),
  /** What its engines can be asked for, before a tool's card leaves some of it out. */
  tools: z.object({ Image: toolSchema, Video: toolSchema, Voice: toolSchema, Music: toolSchema }),
});

/** `GET /v1/deployment`: the chain and the contracts that this relayer works with, as a deployment's JSON file has them. */
export const deploymentSchema = z.object({
  chainId: z.int(),
  genesisHash: hash,
  startBlock: z.string().regex(/^(0|[1-9][0-9]{0,19})$/, "must be a decimal integer in a string"),
  finalityBlocks: z.int(),
  contracts: operatorSchema.shape.contracts.extend({ OperatorReceivers: address, AccessManager: address }),
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
/** Body of `POST /v1/sponsor/tabs`: an opening, paid by an EIP-3009 authorization that commits to it. */
export const sponsoredTabSchema = z.object({
  opening: z.object({ operator: address, sessionKey: address, cap: uint40, expiry: uint64 }),
  /** How much of the cap comes from the payer's bonus credits, in microcredits; absent: none. */
  bonus: uint40.optional(),
  authorization: authorizationSchema,
  sponsorship: sponsorshipSchema,
});
/** Body of `POST /v1/sponsor/top-ups`: paid by an EIP-3009 authorization that commits to it. */
export const sponsoredTopUpSchema = z.object({
  tabId: uint64,
  amount: uint40,
  authorization: authorizationSchema,
  sponsorship: sponsorshipSchema,
});
/** Body of `POST /v1/sponsor/extensions`, signed by the payer (EIP-712 `Extend`). */
export const sponsoredExtensionSchema = z.object({ tabId: uint64, expiry: uint64, deadline: uint256, signature });
/** Body of `POST /v1/sponsor/rotations`, signed by the payer (EIP-712 `Rotate`). */
export const sponsoredRotationSchema = z.object({ tabId: uint64, sessionKey: address, deadline: uint256, signature });
/** Body of `POST /v1/sponsor/closures`, signed by the payer (EIP-712 `RequestClose`). */
export const sponsoredClosureSchema = z.object({ tabId: uint64, deadline: uint256, signature });
/** Answer of what was sponsored: the transaction that was sent. */
export const sponsoredSchema = z.object({ transaction: hash });

/** Body of `POST /v1/tabs/:tabId/close`: the session key's signature over `Close(operator, tabId, total)`. */
export const closeTabSchema = z.object({ total: uint40, signature });

/** Body of `PUT /v1/personas` (signed in): tied to the character whose `personaHash` it has. */
export const personaUploadSchema = z.object({ persona: z.record(z.string(), z.unknown()), salt: hash });

/** What is wrong with what is reported. */
export const REPORT_REASONS = [
  "illegal",
  "sexual",
  "violence",
  "hate",
  "self-harm",
  "impersonation",
  "stolen",
  "spam",
  "other",
] as const;

/** Body of `POST /v1/reports`: about a character or a work, or about a review of either. */
export const reportSchema = z
  .object({
    characterId: uint48.optional(),
    workId: uint48.optional(),
    /** Author of the review that is reported; absent: the character or the work itself is. */
    reviewBy: address.optional(),
    reason: z.enum(REPORT_REASONS),
    details: z.string().max(4000).default(""),
    /** What is reported, as the reporter saw it: an answer, or a review's text. */
    excerpt: z.string().max(8000).optional(),
  })
  .refine(({ characterId, workId }) => (characterId === undefined) !== (workId === undefined), {
    message: "must name exactly one of characterId and workId",
    path: ["characterId"],
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

/** Answer of a sign-in: its token, and until when. */
export type SignedIn = z.output<typeof signedInSchema>;
/** A character's card: name, words, picture, and what a tool can be asked for. */
export type Card = z.output<typeof cardSchema>;
/** A character as the relayer serves it: card, terms, the operator's fee, and what answers. */
export type Model = z.output<typeof modelSchema>;
/** Who runs a relayer, and on what conditions. */
export type OperatorInfo = z.output<typeof operatorSchema>;
/** Where a tab stands with its operator. */
export type TabStatus = z.output<typeof tabStatusSchema>;
/** One line of a tab's statement: a request, and its receipt or why there is none. */
export type StatementEntry = z.output<typeof statementEntrySchema>;
/** A page of a tab's statement: what was asked, and what was sealed. */
export type Statement = z.output<typeof statementSchema>;
/** A purchase of credits that the operator is asked to send. */
export type SponsoredPurchase = z.output<typeof sponsoredPurchaseSchema>;
/** An opening of a tab that the operator is asked to send. */
export type SponsoredTab = z.output<typeof sponsoredTabSchema>;
/** A top-up of a tab that the operator is asked to send. */
export type SponsoredTopUp = z.output<typeof sponsoredTopUpSchema>;
/** What is reported to the operator's moderators, and why. */
export type Report = z.input<typeof reportSchema>;

/** JSON text in which bigint became decimal strings: the inverse of the schemas above. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item));
}
