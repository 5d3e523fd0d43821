import type { QuoteResponse, Settings } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import type { Character } from "../chain/characters.ts";
import type { Metered } from "../metering/ledger.ts";
import type { Reservation } from "../metering/requests.ts";
import type { CountedUse } from "../passes/uses.ts";
import type { MadeModality } from "../providers/media.ts";
import type { generations } from "../store/schema/generations.ts";

/** A generation as it is stored. */
export type GenerationRow = typeof generations.$inferSelect;

/** A generation that was admitted: everything is resolved, what it may cost is held, its pass is counted. */
export type Order = {
  character: Character & { modality: MadeModality };
  prompt: string;
  settings: Settings & { seed: number; format: string };
  quote: QuoteResponse;
  /** keccak256 of the request's body. */
  bodyHash: Hex;
  /** Whose turn it takes: an account in lower case; of what nobody pays the network it came from, `ip:` and a hash. */
  requester: string;
  /** Whose it is, when somebody is known. */
  account: Address | undefined;
  /** The key that a client named to ask once (`Idempotency-Key`) where no payment has one. */
  requestKey: string | undefined;
  /** What is held for it, with `isQueued`; undefined when nobody pays. */
  reservation: Reservation | undefined;
  /** The nonce of the single payment that pays for it; its payer is the account. */
  payment: Hex | undefined;
  pass: CountedUse | undefined;
};

/** Single payments, as far as the queue needs them. */
export type QueuedPayments = {
  /**
   * That one can still be charged, before anything is made.
   * @throws PaymentProblem when it cannot; anything else passes
   */
  require(key: { payer: Address; nonce: Hex }): Promise<void>;
  /**
   * Charges one, once however often it is asked, and waits until the chain has it.
   * @throws PaymentProblem when the chain does not take it; anything else passes
   */
  settle(key: { payer: Address; nonce: Hex }): Promise<void>;
  /** Lets go of one that came to nothing. @param fault By whose doing. */
  release(key: { payer: Address; nonce: Hex }, reason: string, fault: "payer" | "operator"): Promise<void>;
};

/** Who asks for generations: an account sees all of its own, a tab's session key those that the tab paid. */
export type Viewer = { account: Address } | { tabId: bigint };

/** Which of a viewer's generations are listed. */
export type Filter = {
  modality?: MadeModality | undefined;
  status?: GenerationRow["status"] | undefined;
  characterId?: bigint | undefined;
  /** The id that the page before ended with. */
  before?: string | undefined;
  limit: number;
};

/** The queue of generations, and what came of them; shared by all processes on one database. */
export interface Generations {
  /**
   * Whether one more may wait for this requester.
   * @throws TooManyGenerationsError
   */
  requireRoom(requester: string): Promise<void>;
  /**
   * Whether what nobody pays by a tab is still stored for this requester today.
   * @throws DailyLimitError
   */
  requireAllowance(requester: string): Promise<void>;
  /**
   * Queues a generation and takes over what is held for it. Stored before it returns.
   * @throws QueuedOrNotError when that cannot be known: then nothing may be given back.
   */
  submit(order: Order): Promise<GenerationRow>;
  find(id: string): Promise<GenerationRow | undefined>;
  /**
   * The generation that was asked for before under this payment's id, or this key of its owner: the account with its
   * checksum, or the requester where none is known.
   */
  findAsked(
    by: { tabId: bigint; requestId: Hex } | { owner: string; requestKey: string },
  ): Promise<GenerationRow | undefined>;
  list(viewer: Viewer, filter: Filter): Promise<{ rows: GenerationRow[]; next: string | null }>;
  /** How many come before it in the queue. */
  ahead(row: GenerationRow): Promise<number>;
  /** The receipt of one that was paid; undefined before. */
  meteredOf(row: GenerationRow): Promise<Metered | undefined>;
  promptOf(row: GenerationRow): string;
  /**
   * Waits until it has ended, at most so long, and gives it as it is then.
   * @param seen How it was seen last: then any change of that is waited for. Without `progress`, progress is none.
   */
  wait(
    id: string,
    milliseconds: number,
    signal: AbortSignal,
    seen?: Pick<GenerationRow, "status" | "waitsFor"> & Partial<Pick<GenerationRow, "progress">>,
  ): Promise<GenerationRow | undefined>;
  /** Ends one that has not ended: nothing is charged. One that has ended stays as it is. */
  cancel(id: string): Promise<GenerationRow | undefined>;
  /**
   * Cancels it, and forgets it with its file: nobody can decrypt what storage elsewhere may keep.
   * @throws BeingChargedError when it has its file and its charge takes long.
   */
  remove(id: string): Promise<void>;
  /**
   * Puts the file itself on IPFS, for everyone and for good. @returns its CID.
   * @throws NotOwnerError when it is no account's.
   */
  publish(row: GenerationRow): Promise<string>;
  /**
   * The file or its preview, decrypted. Others may hold the same bytes: nobody writes to them.
   * @throws ContentStoreError when the storage is out of reach, or what it has is damaged.
   */
  open(row: GenerationRow, part: "file" | "preview"): Promise<{ bytes: Uint8Array; mediaType: string }>;
  /** All of an account's, for its export; and their end, for its deletion. */
  ofAccount(account: Address): Promise<GenerationRow[]>;
  forgetAccount(account: Address): Promise<void>;
  /** Begins to work on what waits. */
  start(): void;
  /** Looks again after what may go on: new work, a voucher that came. */
  nudge(): void;
  /** Housekeeping: gives back what dead processes worked on, ends what waited too long, forgets what nobody owns. */
  tend(): Promise<void>;
  /** Stops beginning new ones; what runs is given back to the queue. */
  stop(): Promise<void>;
}
