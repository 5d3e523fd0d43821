import type { Hex } from "viem";
import type { AgreedTerms } from "../errors/relayer.ts";
import { ReceiptRefusedError } from "../errors/tab.ts";
import { hashRequest, type MeteredRequest } from "../payment.ts";
import type { MeteredPrices, Quality } from "../pricing.ts";
import type { Receipt } from "../voucher.ts";
import type { TabRecord } from "./record.ts";
import type { Agreement } from "./verify.ts";

/** What is stored of everything that a receipt may come for later: also after a reload, and in another window. */
type Kept = {
  /** All that was signed, and the prices agreed to for it: a receipt is held against them without asking anyone. */
  request: MeteredRequest;
  terms: MeteredPrices;
  /** How extensive it was quoted to be, where the quote is exact; what it costs is bounded by its maximum in any case. */
  milliunits: bigint | undefined;
  /** keccak256 of the answer, once it was received whole. */
  response: Hex | undefined;
  /** The generation that the operator queued for it. */
  generation: string | undefined;
};

/** A request that was signed and not charged yet. */
export type AskedRequest = Partial<Kept> & {
  /** Idempotency key: every signature under one id is for the same answer, which is charged once. */
  id: Hex;
  /** The operator's price per unit that was agreed to for it, in microcredits. */
  feePerUnit: bigint;
  /** How often it was signed without being refused; at 0 the operator said that it charges nothing for it. */
  live: number;
  quality: Quality;
};

/** What a request was signed for. */
export type SignedFor = {
  request: MeteredRequest;
  agreed: AgreedTerms;
  quality: Quality;
  /** How extensive it was quoted to be; undefined where the maximum alone bounds it. */
  milliunits: bigint | undefined;
};

/** Keeps that a request was signed: again under its id for every repetition. */
export function noteSigned(record: TabRecord, { request, agreed, quality, milliunits }: SignedFor): void {
  if (record.charged[request.id]) return;
  const hash = hashRequest(request);
  const { perInference, perUnit } = agreed.terms;
  const terms = { perInference, perUnit };
  const live = (record.asked[hash]?.live ?? 0) + 1;
  const { feePerUnit } = agreed;
  record.asked[hash] = { id: request.id, request, terms, feePerUnit, quality, milliunits, live };
}

/** Keeps that the operator refused a request without charging it. */
export function noteRefused(record: TabRecord, request: MeteredRequest): void {
  const asked = record.asked[hashRequest(request)];
  if (asked && asked.live > 0) asked.live--;
}

/**
 * Keeps which generation the operator queued for a request: for every signature under its id that none is known of, too,
 * as those asked for the same one.
 */
export function noteQueued(record: TabRecord, request: MeteredRequest, generation: string): void {
  const asked = record.asked[hashRequest(request)];
  if (!asked) return;
  asked.generation = generation;
  for (const other of Object.values(record.asked)) if (other.id === asked.id) other.generation ??= generation;
}

/**
 * Keeps that a generation came to nothing, and so is never charged, whichever signature asked for it. Asked for again, it
 * is another generation: what was signed since stays chargeable.
 */
export function noteUnmade(record: TabRecord, generation: string): void {
  for (const asked of Object.values(record.asked)) if (asked.generation === generation) asked.live = 0;
}

/** What the receipt of a request that was signed here is held against; undefined when not all of it is known. */
export function agreementOf(record: TabRecord, receipt: Receipt): Agreement | undefined {
  const asked = record.asked[receipt.request];
  if (!asked?.request || !asked.terms) return undefined;
  return { ...asked, request: asked.request, terms: asked.terms };
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
  if (record.asked[request]?.live === 0) {
    throw new ReceiptRefusedError(receipt, "request", "one that was not refused before", request);
  }
  record.charged[id] = true;
  for (const [hash, asked] of Object.entries(record.asked)) if (asked.id === id) delete record.asked[hash as Hex];
}
