import {
  type Address,
  type Hex,
  hashStruct,
  hashTypedData,
  isAddressEqual,
  keccak256,
  type LocalAccount,
  recoverAddress,
  stringToBytes,
  type TypedData,
} from "viem";
import { fromBase64Url, toBase64Url } from "./internal/base64url.ts";
import { parseWire, toJson } from "./internal/json.ts";
import { meterDomain, meterTypes } from "./typedData.ts";
import type { Payment, Session } from "./wire.ts";

/** Name of the header that pays for a request. */
export const PAYMENT_HEADER = "Stelai-Payment";
/** Name of the header by which a session key reads its tab's books. */
export const SESSION_HEADER = "Stelai-Session";

/** The fields of the EIP-712 `Request` that the session key signs for one inference. */
export type MeteredRequest = {
  operator: Address;
  tabId: bigint;
  /** Idempotency key. */
  id: Hex;
  /** keccak256 of the HTTP body's bytes. */
  body: Hex;
  characterId: bigint;
  termsVersion: bigint;
  /** The most it may cost, the operator's fee included, in microcredits. */
  maxCost: bigint;
  /** Unix seconds by which the relayer must have begun. */
  deadline: bigint;
};

/** Names of the structs that are signed under the meter's domain. */
export type MeterType = keyof typeof meterTypes;

/** Which meter on which chain: what {@link meterDomain} makes a domain of. */
export type MeterReference = { chainId: number; inferenceMeter: Address };

/** EIP-712 struct hash of a request: what its receipt names. */
export function hashRequest(request: MeteredRequest): Hex {
  return hashStruct({ types: meterTypes as TypedData, primaryType: "Request", data: { ...request } });
}

/** keccak256 of an HTTP body, as `Request.body` holds it. */
export function hashBody(body: string | Uint8Array): Hex {
  return keccak256(typeof body === "string" ? stringToBytes(body) : body);
}

/** EIP-712 digest of anything that is signed under the meter's domain. */
export function meterDigest(meter: MeterReference, primaryType: MeterType, message: object): Hex {
  return hashTypedData({
    domain: meterDomain(meter.chainId, meter.inferenceMeter),
    types: meterTypes as TypedData,
    primaryType,
    // viem types integers up to 48 bits as number and encodes bigint alike.
    message: message as Record<string, unknown>,
  });
}

/** Signs a struct under the meter's domain with a local key. */
export function signMeter(
  account: LocalAccount,
  meter: MeterReference,
  primaryType: MeterType,
  message: object,
): Promise<Hex> {
  return account.signTypedData({
    domain: meterDomain(meter.chainId, meter.inferenceMeter),
    types: meterTypes as TypedData,
    primaryType,
    message: message as Record<string, unknown>,
  });
}

/**
 * Whether `signer`'s key signed a struct under the meter's domain. A signature that cannot be read is false, never
 * an exception: it comes from the other side.
 */
export async function isMeterSignature(
  signer: Address,
  meter: MeterReference,
  primaryType: MeterType,
  message: object,
  signature: Hex,
): Promise<boolean> {
  try {
    const hash = meterDigest(meter, primaryType, message);
    return isAddressEqual(await recoverAddress({ hash, signature }), signer);
  } catch {
    return false;
  }
}

/** A payment as the `Stelai-Payment` header carries it: base64url of its JSON. */
export function encodePayment(payment: Payment): string {
  return toBase64Url(toJson(payment));
}

/** Reads a `Stelai-Payment` header without validating it: a relayer then parses it with `paymentSchema`. */
export function decodePayment(header: string): Payment {
  return parseWire<Payment>(fromBase64Url(header));
}

/** A session as the `Stelai-Session` header carries it. */
export function encodeSession(session: Session): string {
  return toBase64Url(toJson(session));
}

/**
 * Signs one request for one inference.
 *
 * @example
 * ```ts
 * const payment = await signPayment(key, meter, { ...request, body: hashBody(json) });
 * headers[PAYMENT_HEADER] = encodePayment(payment);
 * ```
 */
export async function signPayment(
  account: LocalAccount,
  meter: MeterReference,
  request: MeteredRequest,
): Promise<Payment> {
  const { body: _body, ...fields } = request;
  return { ...fields, signature: await signMeter(account, meter, "Request", request) };
}
