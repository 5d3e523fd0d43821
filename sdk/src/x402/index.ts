/**
 * @stelai/sdk/x402: what the published x402 client needs to pay in STELAI, and what a payer needs to check whom it pays
 * and what became of it. It depends on none of x402's packages.
 */
export { type AuditPaymentParameters, auditPayment, PaymentAuditError } from "./auditPayment.ts";
export { type FetchPaymentParameters, fetchPayment } from "./fetchPayment.ts";
export { readPaymentRequired, readPaymentResponse } from "./headers.ts";
export {
  NotAReceiverError,
  type OnlyReceiversParameters,
  onlyReceivers,
  requireReceiver,
} from "./receivers.ts";
export { type X402Asset, x402Asset, x402SpendControls } from "./spendControls.ts";
