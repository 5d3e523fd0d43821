import type { Address, Hex } from "viem";
import { type X402Record, x402RecordSchema } from "../wireX402.ts";

export type FetchPaymentParameters = {
  /** The operator's relayer. */
  relayer: string;
  payer: Address;
  /** The authorization's. */
  nonce: Hex;
  signal?: AbortSignal | undefined;
};

/**
 * The operator's bill of a payment by x402; undefined when it knows of none. What was asked stands in it, as a hash, for
 * the payer alone.
 * @throws ZodError when the answer is no such bill; what `fetch` throws.
 *
 * @example
 * ```ts
 * const bill = await fetchPayment({ relayer: relayerUrl, payer, nonce: salt });
 * ```
 */
export async function fetchPayment({
  relayer,
  payer,
  nonce,
  signal,
}: FetchPaymentParameters): Promise<X402Record | undefined> {
  const url = `${relayer.replace(/\/$/, "")}/x402/payments/${payer}/${nonce}`;
  const response = await fetch(url, signal === undefined ? {} : { signal });
  if (response.status === 404) return undefined;
  return x402RecordSchema.parse(await response.json());
}
