import type { X402Required } from "@stelai/sdk/wire";
import { RelayerError } from "../errors.ts";
import { requiredHeaders } from "./errors.ts";
import type { Priced } from "./offers.ts";

/** What x402 adds to the answer that something has to be paid for: its header, and the same beside our error. */
export function offered(required: X402Required): {
  headers: Record<string, string>;
  beside: Record<string, unknown>;
} {
  const { x402Version, resource, accepts } = required;
  return { headers: requiredHeaders(required), beside: { x402Version, resource, accepts } };
}

/** 402: a pass costs something, and no payment came with the request. */
export class PassPaymentRequiredError extends RelayerError {
  readonly status = 402;
  readonly code = "payment_required";
  override readonly type = "payment_error";
  override readonly headers: Readonly<Record<string, string>>;
  override readonly beside: Readonly<Record<string, unknown>>;
  constructor({ description }: Pick<Priced, "description">, required: X402Required) {
    super(`${description} Pay it by x402: sign what PAYMENT-REQUIRED says, and send PAYMENT-SIGNATURE.`);
    const { headers, beside } = offered(required);
    this.headers = headers;
    this.beside = beside;
  }
}
