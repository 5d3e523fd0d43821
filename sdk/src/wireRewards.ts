/**
 * What travels of bonus credits and of the people who earn them: sponsored codes and grants, contributions, feedback and
 * shares. Part of `wire.ts`; described in docs/PROTOCOL.md, "Contributions, feedback and shares". Amounts are microcredits
 * but for a grant's, which is what its signature names.
 */
import * as z from "zod";
import { address, hash, signature, uint48, uint64, uint256 } from "./wirePrimitives.ts";

/** What a contribution campaign's signer vouches for, as `IRewards.Grant` has it. */
export const grantSchema = z.object({
  campaignId: uint256,
  account: address,
  /** In wei of STELAI, unlike what is shown. */
  amount: uint256,
  deed: hash,
  deadline: uint256,
});

/** Body of `POST /v1/sponsor/codes`: the code's key signed for `account`. */
export const sponsoredCodeSchema = z.object({ campaignId: uint256, account: address, signature });

/** Body of `POST /v1/sponsor/grants`, and answer of `POST /v1/contributions`. */
export const signedGrantSchema = z.object({ grant: grantSchema, signature });

/**
 * What is done for a bonus. The deed is keccak256 of the UTF-8 text `stelai:deed:<kind>:<subject>`, the subject of a
 * `review` `<contract>:<characterId or licenceId>:<account>` (addresses in small letters), of a `share` the content hash,
 * of `feedback` its id.
 */
export const DEED_KINDS = ["review", "share", "feedback"] as const;

/**
 * Where a deed stands: `ready` can be claimed; `granted` is signed and not claimed yet; `claimed` is on the chain;
 * `tooEarly` will be ready; `refused` will not, `reason` says why.
 */
export const DEED_STATES = ["ready", "granted", "claimed", "tooEarly", "refused"] as const;

/** Something done that a bonus is given for, and where that stands. */
export const deedSchema = z.object({
  deed: hash,
  kind: z.enum(DEED_KINDS),
  subject: z.string(),
  /** What it is about, for people. */
  title: z.string(),
  amount: uint64,
  state: z.enum(DEED_STATES),
  /** In words, of what is too early or refused. */
  reason: z.string().nullable(),
  /** When it was done, Unix time in seconds. */
  at: z.int(),
});

/** `GET /v1/contributions` (signed in): what the account did that a bonus is given for, the newest first. */
export const contributionsSchema = z.object({
  /** Null where this operator has no campaign, or it is over. */
  campaign: z
    .object({
      campaignId: uint256,
      perAccount: uint64,
      daily: uint64,
      /** Unix time in seconds. */
      end: z.int(),
      /** What the account can still get of it today. */
      left: uint64,
    })
    .nullable(),
  deeds: z.array(deedSchema),
});

/** Body of `POST /v1/contributions` (signed in); answered with `signedGrantSchema`. */
export const contributionRequestSchema = z.object({ deed: hash });

/** What feedback can be about. */
export const FEEDBACK_SUBJECTS = ["dapp", "characters", "market", "billing", "api", "other"] as const;
/** Where feedback can stand with the moderators. */
export const FEEDBACK_STATES = ["open", "accepted", "declined"] as const;

/** Body of `POST /v1/feedback` (signed in); answered 201 with `{ id }`. */
export const feedbackRequestSchema = z.object({
  text: z.string().trim().min(10).max(2_000),
  about: z.enum(FEEDBACK_SUBJECTS),
});

/** One piece of feedback, as who sent it sees it. */
export const feedbackSchema = z.object({
  id: z.string(),
  text: z.string(),
  about: z.enum(FEEDBACK_SUBJECTS),
  state: z.enum(FEEDBACK_STATES),
  /** What the moderator said of it, to who sent it. */
  note: z.string().nullable(),
  /** ISO 8601. */
  sentAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});

/** `GET /v1/feedback/own` (signed in), the newest first. */
export const ownFeedbackSchema = z.object({ feedback: z.array(feedbackSchema) });

/** `GET /v1/feedback?state=&before=&limit=`, for who holds the role MODERATOR on the chain. */
export const feedbackQueueSchema = z.object({
  feedback: z.array(feedbackSchema.extend({ account: address, decidedBy: address.nullable() })),
  /** Goes on before this id, or null at the end. */
  next: z.string().nullable(),
});

/** Body of `POST /v1/feedback/:id`, by a moderator; answered 204. A decision can be changed until it was paid for. */
export const feedbackDecisionSchema = z.object({
  accepted: z.boolean(),
  note: z.string().trim().max(500).default(""),
});

/** What can be shared. */
export const SHARE_KINDS = ["generation", "work", "character"] as const;

/** Body of `POST /v1/shares` (signed in): exactly one of them. Of a generation only its maker. */
export const shareRequestSchema = z.union([
  z.strictObject({ generationId: z.string().min(1).max(64) }),
  z.strictObject({ workId: uint48 }),
  z.strictObject({ characterId: uint48 }),
]);

/** Answer of `POST /v1/shares`: the address to send around. The same shared again is the same answer. */
export const sharedSchema = z.object({ id: z.string(), url: z.url() });

/** `GET /v1/shares` (signed in): what the account shares, the newest first. */
export const sharesSchema = z.object({
  shares: z.array(
    sharedSchema.extend({
      kind: z.enum(SHARE_KINDS),
      /** The generation's id, or the work's or the character's in decimal. */
      subject: z.string(),
      title: z.string(),
      /** ISO 8601. */
      sharedAt: z.iso.datetime(),
    }),
  ),
});

/** What a contribution campaign's signer vouches for, as `IRewards.Grant` has it. */
export type Grant = z.output<typeof grantSchema>;
/** A code that the operator is asked to redeem for an account. */
export type SponsoredCode = z.output<typeof sponsoredCodeSchema>;
/** A grant, and the signature of the campaign's signer. */
export type SignedGrant = z.output<typeof signedGrantSchema>;
/** What a bonus is given for. */
export type DeedKind = (typeof DEED_KINDS)[number];
/** Where a deed stands. */
export type DeedState = (typeof DEED_STATES)[number];
/** Something done that a bonus is given for, and where that stands. */
export type Deed = z.output<typeof deedSchema>;
/** What an account did that a bonus is given for, and what that is. */
export type Contributions = z.output<typeof contributionsSchema>;
/** Feedback, as it is sent. */
export type FeedbackRequest = z.output<typeof feedbackRequestSchema>;
/** What feedback is about. */
export type FeedbackSubject = (typeof FEEDBACK_SUBJECTS)[number];
/** Where feedback stands with the moderators. */
export type FeedbackState = (typeof FEEDBACK_STATES)[number];
/** One piece of feedback, as who sent it sees it. */
export type Feedback = z.output<typeof feedbackSchema>;
/** A page of feedback, for moderators. */
export type FeedbackQueue = z.output<typeof feedbackQueueSchema>;
/** What a moderator decides on feedback. */
export type FeedbackDecision = z.output<typeof feedbackDecisionSchema>;
/** What is shared. */
export type ShareKind = (typeof SHARE_KINDS)[number];
/** What is to be shared: exactly one thing. */
export type ShareRequest = z.output<typeof shareRequestSchema>;
/** One thing that an account shares. */
export type SharedCreation = z.output<typeof sharesSchema>["shares"][number];
