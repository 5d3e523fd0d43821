import type { Address } from "viem";

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
