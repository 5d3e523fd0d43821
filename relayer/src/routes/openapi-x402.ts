import {
  x402FacilitateSchema,
  x402PaidSchema,
  x402RecordSchema,
  x402SettledSchema,
  x402SupportedSchema,
  x402VerifiedSchema,
} from "@stelai/sdk/wire";
import * as z from "zod";
import type { Operation } from "./openapi.ts";

const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });

/** A single payment, wherever one may pay. */
export const singlePayment = {
  name: "PAYMENT-SIGNATURE",
  in: "header",
  description:
    "base64 of an x402 payment (version 2, exact, STELAI), signed for what a 402's PAYMENT-REQUIRED asks. Instead of " +
    "Stelai-Payment, where GET /v1/operator names a receiver.",
  schema: { type: "string" },
};

const passSchema = z.object({
  characterId: z.string(),
  account: z.string(),
  plan: z.literal("Lifetime"),
  payment: x402PaidSchema,
});

/** Single payments by x402, as the OpenAPI description has them. */
export const X402_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/characters/{id}/pass": {
    post: {
      summary: "Buy a character's lifetime pass for the payer, by a single payment",
      answer: passSchema,
      parameters: [inPath("id"), singlePayment],
    },
  },
  "/x402/supported": {
    get: { summary: "What payments are taken here, in x402's words", answer: x402SupportedSchema },
  },
  "/x402/verify": {
    post: {
      summary: "Whether a payment to this operator's receiver would be taken",
      body: x402FacilitateSchema,
      answer: x402VerifiedSchema,
    },
  },
  "/x402/settle": {
    post: {
      summary: "Settle a payment for what the operator sells elsewhere, as its own income",
      body: x402FacilitateSchema,
      answer: x402SettledSchema,
    },
  },
  "/x402/payments/{payer}/{nonce}": {
    get: {
      summary: "The bill of a single payment",
      answer: x402RecordSchema,
      parameters: [inPath("payer"), inPath("nonce")],
    },
  },
};
