import type { Hex } from "viem";
import { ReceiptRefusedError } from "../errors/tab.ts";
import { hashRequest, type MeteredRequest } from "../payment.ts";
import type { Receipt } from "../voucher.ts";
import type { TabRecord } from "./record.ts";

/** A request that was signed and not charged yet. */
export type AskedRequest = {
  /** Idempotency key: every signature under one id is for the same answer, which is charged once. */
  id: Hex;
  /** The operator's price per unit that was agreed to for it, in microcredits. */
  feePerUnit: bigint;
  /** How often it was signed without being refused; at 0 the operator said that it charges nothing for it. */
  open: number;
};

/** Keeps that a request was signed: again under its id for every repetition. */
export function noteSigned(record: TabRecord, request: MeteredRequest, feePerUnit: bigint): void {
  if (record.charged[request.id]) return;
  const hash = hashRequest(request);
  const open = (record.asked[hash]?.open ?? 0) + 1;
  record.asked[hash] = { id: request.id, feePerUnit, open };
}

/** Keeps that the operator refused a request without charging it. */
export function noteRefused(record: TabRecord, request: MeteredRequest): void {
  const asked = record.asked[hashRequest(request)];
  if (asked && asked.open > 0) asked.open--;
}

/**
 * Keeps that a verified receipt charges a request: one receipt an id, whichever of its signatures it names, and none
 * for a request that the operator refused.
 * @param id the request's idempotency key, as its hash in the receipt proves it.
 * @throws ReceiptRefusedError when the request was charged before, or refused.
 */
export function noteCharged(record: TabRecord, receipt: Receipt, id: Hex): void {
  const { request } = receipt;
  const held = [...record.receipts, ...record.waiting.map((signed) => signed.receipt)];
  if (record.charged[id] || held.some((known) => known.request === request)) {
    throw new ReceiptRefusedError(receipt, "request", "one that was not charged before", request);
  }
  if (record.asked[request]?.open === 0) {
    throw new ReceiptRefusedError(receipt, "request", "one that was not refused before", request);
  }
  record.charged[id] = true;
  for (const [hash, asked] of Object.entries(record.asked)) if (asked.id === id) delete record.asked[hash as Hex];
}
