import { type Payment, paymentSchema, type Session, sessionSchema } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import { sameAddress } from "../chain/index.ts";
import { parseHeader } from "../http.ts";
import { recoverSigner } from "./curve.ts";
import { type MeterDigests, structHash } from "./digest.ts";
import { InvalidPaymentError, InvalidSessionError } from "./errors.ts";
import { keccak256 } from "./keccak.ts";

/** A payment whose signature was read: who signed it, over which body. */
export type VerifiedPayment = Payment & { bodyHash: Hex; structHash: Hex; signer: string };

/** The `Stelai-Payment` header. */
export function parsePayment(header: string): Payment {
  return parseHeader("Stelai-Payment", header, paymentSchema);
}

/**
 * Recovers who signed the payment over this body. Whether that is the tab's session key is decided where the tab
 * is locked.
 * @throws InvalidPaymentError
 */
export async function verifyPayment(
  payment: Payment,
  body: Uint8Array,
  operator: Address,
  digests: MeterDigests,
): Promise<VerifiedPayment> {
  if (!sameAddress(payment.operator, operator)) {
    throw new InvalidPaymentError(`This payment is for another operator; this one is ${operator}.`);
  }
  const bodyHash = keccak256(body);
  const hash = structHash("Request", { ...payment, body: bodyHash });
  const signer = await recoverSigner(digests.ofHash(hash), payment.signature);
  if (signer === undefined) throw new InvalidPaymentError("The payment's signature cannot be read.");
  return { ...payment, bodyHash, structHash: hash, signer };
}

/**
 * The tab that a `Stelai-Session` header may read, and who signed for it.
 * @throws InvalidSessionError
 */
export async function verifySession(
  header: string,
  operator: Address,
  digests: MeterDigests,
  now: bigint,
): Promise<Session & { signer: string }> {
  const session = parseHeader("Stelai-Session", header, sessionSchema);
  if (!sameAddress(session.operator, operator)) throw new InvalidSessionError("This session is for another operator.");
  if (session.deadline < now) throw new InvalidSessionError("The session's deadline has passed. Sign it again.");
  const signer = await recoverSigner(digests.of("Session", session), session.signature);
  if (signer === undefined) throw new InvalidSessionError("The session's signature cannot be read.");
  return { ...session, signer };
}
