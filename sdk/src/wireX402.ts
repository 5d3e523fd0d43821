/**
 * What travels of single payments by x402 version 2, `exact` scheme on EVM (EIP-3009): the published wire, and the record
 * that an operator keeps of each. Part of `wire.ts`; what a relayer does with it is described in docs/PROTOCOL.md.
 */
import * as z from "zod";
import { address, hash, uint48, uint256 } from "./wirePrimitives.ts";

/** The headers of x402 version 2: base64 of JSON each. */
export const PAYMENT_REQUIRED_HEADER = "PAYMENT-REQUIRED";
/** The header that a request is paid by (x402 v2). */
export const PAYMENT_SIGNATURE_HEADER = "PAYMENT-SIGNATURE";
/** The header that says what became of a payment (x402 v2). */
export const PAYMENT_RESPONSE_HEADER = "PAYMENT-RESPONSE";

/** The version of x402 that is spoken. */
export const X402_VERSION = 2;

const anything = z.record(z.string(), z.unknown());

/** A chain as CAIP-2 names it. */
const network = z.string().regex(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/, "must be a chain such as eip155:8453");

/** One way to pay: what is to be signed for. */
export const x402RequirementsSchema = z.object({
  scheme: z.string().min(1).max(64),
  network,
  /** In the asset's smallest unit; for STELAI in wei. */
  amount: uint256,
  asset: address,
  payTo: address,
  /** How long the authorization may be valid. */
  maxTimeoutSeconds: z.number().positive(),
  /** `name` and `version` of the asset's EIP-712 domain. */
  extra: anything.nullish(),
});

/** What is paid for. */
export const x402ResourceSchema = z.object({
  url: z.string().min(1).max(2_048),
  description: z.string().max(2_000).nullish(),
  mimeType: z.string().max(128).nullish(),
  serviceName: z.string().max(32).nullish(),
  tags: z.array(z.string().max(32)).max(5).nullish(),
});

/** `PAYMENT-REQUIRED`: how a priced request can be paid. */
export const x402RequiredSchema = z.object({
  x402Version: z.literal(X402_VERSION),
  /** Why a payment that came was not taken. */
  error: z.string().nullish(),
  resource: x402ResourceSchema,
  accepts: z.array(x402RequirementsSchema).min(1),
  extensions: anything.nullish(),
});

/** What the payer signed, by EIP-3009's `TransferWithAuthorization`. */
export const x402AuthorizationSchema = z.object({
  from: address,
  to: address,
  value: uint256,
  validAfter: uint256,
  validBefore: uint256,
  nonce: hash,
});

/** The payload of the `exact` scheme on EVM. */
export const x402ExactSchema = z.object({
  authorization: x402AuthorizationSchema,
  /** Of a key, or whatever the payer's ERC-1271 wallet understands. */
  signature: z
    .string()
    .regex(/^0x([0-9a-fA-F]{2}){1,4096}$/, "must be a signature in hex")
    .transform((text) => text as `0x${string}`),
});

/** `PAYMENT-SIGNATURE`: a signed payment. */
export const x402PayloadSchema = z.object({
  x402Version: z.literal(X402_VERSION),
  resource: x402ResourceSchema.nullish(),
  accepted: x402RequirementsSchema,
  payload: x402ExactSchema,
  extensions: anything.nullish(),
});

/** The body of `POST /x402/verify` and `POST /x402/settle`. */
export const x402FacilitateSchema = z.object({
  x402Version: z.literal(X402_VERSION),
  paymentPayload: x402PayloadSchema,
  paymentRequirements: x402RequirementsSchema,
});

/** The answer of `POST /x402/verify`. */
export const x402VerifiedSchema = z.object({
  isValid: z.boolean(),
  invalidReason: z.string().optional(),
  invalidMessage: z.string().optional(),
  payer: z.string().optional(),
});

/** Who earns what of a payment; character 0 is the operator itself. */
export const x402LineSchema = z.object({ characterId: uint48, amount: uint256 });

/** `PAYMENT-RESPONSE`, and the answer of `POST /x402/settle`. */
export const x402SettledSchema = z.object({
  success: z.boolean(),
  errorReason: z.string().optional(),
  errorMessage: z.string().optional(),
  payer: z.string().optional(),
  /** Empty where there is none. */
  transaction: z.string(),
  network: z.string(),
  amount: z.string().optional(),
  /** Ours: the lines, and where the payment's record is. */
  extra: z.object({ lines: z.array(x402LineSchema), passOf: uint48.nullable(), record: z.string() }).optional(),
});

/** `GET /x402/supported`. */
export const x402SupportedSchema = z.object({
  kinds: z.array(
    z.object({ x402Version: z.number(), scheme: z.string(), network: z.string(), extra: anything.optional() }),
  ),
  extensions: z.array(z.string()),
  signers: z.record(z.string(), z.array(z.string())),
});

/**
 * Where a payment stands: `held` while it is worked for and nothing is charged, `sent` when the transaction is on its way,
 * `settled` when it is mined, `released` when it came to nothing and the authorization is unused, `refused` when the chain
 * does not take it.
 */
export const X402_STATUSES = ["held", "sent", "settled", "released", "refused"] as const;

/** `GET /x402/payments/:payer/:nonce`: the bill of one payment. */
export const x402RecordSchema = z.object({
  payer: address,
  nonce: hash,
  status: z.enum(X402_STATUSES),
  /** keccak256 of what was asked: the path, a line feed, the body's bytes. For the payer alone; null to others. */
  request: hash.nullable(),
  /** In wei of STELAI. */
  value: uint256,
  lines: z.array(x402LineSchema),
  /** The character whose lifetime pass was bought. */
  passOf: uint48.nullable(),
  payTo: address,
  transaction: hash.nullable(),
  /** `distribute` when somebody else had sent the payment to the chain before. */
  by: z.enum(["settle", "distribute"]).nullable(),
  /** The transaction in which somebody else had sent it, where it was distributed. */
  brought: hash.nullable().default(null),
  /** OpenAI's counts of a chat that was answered. */
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() }).nullable(),
  /** Why it came to nothing, or what broke the answer off. */
  reason: z.string().nullable(),
});

/** What a paid answer carries as `stelai.payment`. */
export const x402PaidSchema = x402RecordSchema.pick({
  payer: true,
  nonce: true,
  value: true,
  lines: true,
  passOf: true,
  payTo: true,
  transaction: true,
});

/** One way to pay for a request (x402 v2, `PaymentRequirements`). */
export type X402Requirements = z.output<typeof x402RequirementsSchema>;
/** What a request costs, and how it can be paid (x402 v2, `PaymentRequired`). */
export type X402Required = z.output<typeof x402RequiredSchema>;
/** A payment, as a client sends it (x402 v2, `PaymentPayload`). */
export type X402Payload = z.output<typeof x402PayloadSchema>;
/** The EIP-3009 authorization of a payment. */
export type X402Authorization = z.output<typeof x402AuthorizationSchema>;
/** Whether a payment would be taken, or why not. */
export type X402Verified = z.output<typeof x402VerifiedSchema>;
/** What became of a payment. */
export type X402Settled = z.output<typeof x402SettledSchema>;
/** What this facilitator takes. */
export type X402Supported = z.output<typeof x402SupportedSchema>;
/** Who is paid what of a payment. */
export type X402Line = z.output<typeof x402LineSchema>;
/** A payment, as the operator keeps it. */
export type X402Record = z.output<typeof x402RecordSchema>;
/** What a paid answer carries of its payment. */
export type X402Paid = z.output<typeof x402PaidSchema>;
