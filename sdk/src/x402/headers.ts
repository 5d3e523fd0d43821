import {
  PAYMENT_REQUIRED_HEADER,
  PAYMENT_RESPONSE_HEADER,
  type X402Required,
  type X402Settled,
  x402RequiredSchema,
  x402SettledSchema,
} from "../wireX402.ts";

/**
 * What an answer 402 asks to be paid; undefined when it does not say so by x402.
 * @throws ZodError when its header is not x402's.
 *
 * @example
 * ```ts
 * const required = readPaymentRequired(await fetch(`${relayerUrl}/v1/characters/${characterId}/pass`, { method: "POST" }));
 * ```
 */
export function readPaymentRequired({ headers }: Pick<Response, "headers">): X402Required | undefined {
  const header = headers.get(PAYMENT_REQUIRED_HEADER);
  return header === null ? undefined : x402RequiredSchema.parse(decode(header));
}

/**
 * What became of the payment that an answer was asked for with: its transaction, and the lines it went to; undefined
 * when it was asked for without one, or nothing was charged.
 * @throws ZodError when its header is not x402's.
 *
 * @example
 * ```ts
 * // The fetch that the x402 client wraps.
 * const paid = readPaymentResponse(await fetch(`${relayerUrl}/v1/characters/${characterId}/pass`, { method: "POST" }));
 * ```
 */
export function readPaymentResponse({ headers }: Pick<Response, "headers">): X402Settled | undefined {
  const header = headers.get(PAYMENT_RESPONSE_HEADER);
  return header === null ? undefined : x402SettledSchema.parse(decode(header));
}

function decode(header: string): unknown {
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(header), (byte) => byte.charCodeAt(0))));
}
