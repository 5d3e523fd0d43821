import type { Address } from "viem";
import { ledgerOf } from "./ledger.ts";
import type { TabRecord } from "./record.ts";

/** What a session shows; a new object whenever something changed. */
export type SessionSnapshot = {
  operator: Address;
  tabId: bigint;
  payer: Address;
  sessionKey: Address;
  /** Verified and counted so far, in microcredits. */
  served: bigint;
  /** The total that the operator has a voucher for, in microcredits. */
  signed: bigint;
  /** The total sealed last, in microcredits. */
  base: bigint;
  /** Number of the newest receipt. */
  sequence: bigint;
  /** Requests under way from this window. */
  inFlight: number;
};

/** What is stored of a tab, as it is shown. */
export function snapshotOf(record: TabRecord, sessionKey: Address, inFlight: number): SessionSnapshot {
  const { cumulative: served, sequence } = ledgerOf(record.anchor, record.receipts).state;
  const { operator, tabId, payer, signed, anchor } = record;
  return { operator, tabId, payer, sessionKey, served, signed, base: anchor.base, sequence, inFlight };
}
