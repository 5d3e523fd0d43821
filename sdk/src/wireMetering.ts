/**
 * What travels of metering: payments, vouchers, seals, receipts and quotes. Part of `wire.ts`; the protocol is described
 * in docs/PROTOCOL.md.
 */
import * as z from "zod";
import { MODALITIES, QUALITIES } from "./pricing.ts";
import { address, hash, signature, uint8, uint40, uint48, uint64 } from "./wirePrimitives.ts";

/** One line of a voucher: how much a character is owed, and what for. */
export const lineSchema = z.object({ characterId: uint48, amount: uint40, inferences: uint48, milliunits: uint48 });

/** A voucher: the tab's running total, and the hashes of its lines and receipts (DESIGN section 5). */
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

/** The operator's record of one inference; each names the one before (DESIGN section 5). */
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

/** Answer of `POST /v1/quotes`: the most a request can cost; of a tool exactly what it costs. */
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
  /** Whether bonus credits may pay for it: not for what who asks owns or earns from. Left out where nobody is known to ask. */
  bonus: z.boolean().optional(),
});

/** A voucher that the session key signed, with the lines that its hash stands for. */
export type SignedVoucher = z.output<typeof signedVoucherSchema>;
/** A voucher that the operator countersigned: the only one of its base that it will settle. */
export type Seal = z.output<typeof sealSchema>;
/** A receipt, and the operator's EIP-712 signature over it. */
export type SignedReceipt = z.output<typeof signedReceiptSchema>;
/** What pays for one request: the `Stelai-Payment` header, decoded. */
export type Payment = z.output<typeof paymentSchema>;
/** What reads a tab: the `Stelai-Session` header, decoded. */
export type Session = z.output<typeof sessionSchema>;
/** What a metered answer carries besides OpenAI's fields. */
export type Metered = z.output<typeof meteredSchema>;
/** What speaks for an account: the `Stelai-Account` header, decoded. */
export type AccountHeader = z.output<typeof accountSchema>;
/** Where the day's use of a pass stands. */
export type PassUse = z.output<typeof passUseSchema>;
/** The relayer's quote of a request. */
export type QuoteResponse = z.output<typeof quoteSchema>;
