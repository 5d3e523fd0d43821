import type { Address, Hex } from "viem";
import type { QueuePlace, RequestStatus } from "../store/schema/metering.ts";
import type { TabRow } from "./tabs.ts";

/** What a client asks to be served and how much is to be held for it. */
export type Reservation = {
  tabId: bigint;
  /** Idempotency key. */
  id: Hex;
  bodyHash: Hex;
  characterId: bigint;
  termsVersion: bigint;
  maxCost: bigint;
  deadline: bigint;
  signature: Hex;
  /** EIP-712 struct hash of the request, and who signed it (lower-case). */
  structHash: Hex;
  signer: string;
  /** The most it can cost: what is held. */
  needed: bigint;
  /** Why it is not served, unless it was served before. */
  refusal: Error | undefined;
  /**
   * It waits in a queue: held within the cap, by no process, and no exposure until it is started. What is served at once
   * leaves this out.
   */
  isQueued?: true;
  /**
   * Whether what the character earns is an account's own: asked of the payer while the tab has bonus credits, which may
   * not be spent on that. Left out where nobody can be asked.
   */
  isOwn?: (payer: Address) => boolean;
};

/** What was delivered and is to be charged. */
export type Charge = {
  reservation: Reservation;
  milliunits: bigint;
  quality: number;
  amount: bigint;
  fee: bigint;
  /** keccak256 of the answer. */
  response: Hex;
  /** The answer to repeat, encrypted; null where it is kept elsewhere. */
  answer: Uint8Array | null;
  /** What ended it early, if something did. */
  error: { code: string; message: string } | undefined;
};

/** What was admitted and failed without a charge. */
export type Release = { reservation: Reservation; error: { code: string; message: string } };

/** What is known of a request that came before. */
export type Known = {
  status: RequestStatus | "concluding";
  bodyHash: Hex;
  characterId: bigint;
  instance: string;
  /** Of what is held for a queue. */
  queue: QueuePlace | null;
};

/** Tabs by id. */
export type TabRows = Map<bigint, TabRow>;
