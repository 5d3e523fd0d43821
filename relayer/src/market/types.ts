import type { ContentKey, Deposit, WorkDeposit } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import type { GenerationRow } from "../generations/types.ts";
import type { MadeModality } from "../providers/media.ts";
import type { deposits } from "../store/schema/market.ts";
import type { Releases } from "./releases.ts";

/** A deposit as it is stored: its key is sealed. */
export type DepositRow = typeof deposits.$inferSelect;

/** What opens a deposited file, for whom the chain confirms. */
export type FileKey = { deposit: DepositRow; key: Uint8Array };

/** Who deposits, and from which network address: both have so many a day. */
export type Depositor = { account: Address; networkAddress: string };

/** An encrypted file that an account brings along. */
export type Upload = {
  /** 32 bytes. */
  key: Uint8Array;
  /** keccak256 of the file, as the account says. */
  contentHash: Hex;
  /** 12 bytes nonce, the ciphertext, 16 bytes tag. */
  ciphertext: Uint8Array;
  /** Tells a voiceover from music; what bytes tell, it does not decide. */
  modality: MadeModality | undefined;
};

/** Files that this operator holds the keys of, and delivers for the works that their depositors create of them. */
export interface Deposits {
  /** A deposit by the file's hash and who deposited it: of a work its creator. */
  find(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined>;
  /**
   * Whether the file can be had now: stored, opened by its key, and of this hash. A problem lasts, and is in words for
   * buyer and seller.
   * @throws UnavailableError when that cannot be known right now: ask again.
   */
  verify(contentHash: Hex, depositor: Address): Promise<"ok" | { problem: string }>;
  /**
   * A deposit that can be delivered, as far as can be told without reading the file: its key opens, and it is stored.
   * @throws UnavailableError when that cannot be known right now.
   */
  held(contentHash: Hex, depositor: Address): Promise<DepositRow | undefined>;
  /**
   * A deposit for its depositor, who may be about to list it: it is kept for 30 days from now at least.
   * @throws NotDepositedError when there is none or its file is lost, UnavailableError when the storage cannot be asked.
   */
  renew(contentHash: Hex, depositor: Address): Promise<DepositRow>;
  /**
   * The file, opened and compared with its hash.
   * @throws NotDepositedError, UnfitFileError when what is stored is not that file, UnavailableError
   */
  open(contentHash: Hex, depositor: Address): Promise<Uint8Array>;
  /**
   * The key of a deposit's file; who may have it is for the caller to say.
   * @throws NotDepositedError, UnavailableError
   */
  keyFor(contentHash: Hex, depositor: Address): Promise<FileKey>;
  /**
   * Deposits what was generated, under a key of its own: deleting the generation does not end it. The same again is the
   * same deposit. It counts for the account's day and its network's, also when the file turns out unfit.
   * @throws GenerationNotFoundError, GenerationNotFinishedError, DailyLimitError, UnavailableError
   */
  depositGeneration(depositor: Depositor, row: GenerationRow): Promise<DepositRow>;
  /**
   * Deposits a file that the account brings along, under a key of its own. It counts as a generation does.
   * @throws UnfitFileError when hash, type or key are not what they say; DailyLimitError, UnavailableError
   */
  depositFile(depositor: Depositor, upload: Upload): Promise<DepositRow>;
  /** A deposit as its depositor sees it. */
  view(row: DepositRow): Deposit;
  /** All of an account's, newest first. */
  ofAccount(account: Address): Promise<DepositRow[]>;
  /**
   * Forgets those of an account's that no work of theirs needs. @returns the hashes of those that stay.
   * @throws UnavailableError when the chain cannot be asked: then nothing is forgotten.
   */
  forgetAccount(account: Address): Promise<Hex[]>;
  /**
   * Forgets deposits that for 30 days nobody deposited again or asked for, and that no work of their depositor's names; a few at a time,
   * and nothing while somebody else is at it.
   * @throws UnavailableError when the chain cannot be asked: then nothing is forgotten.
   */
  prune(): Promise<void>;
}

/** What opens files, for whom the chain confirms. */
export interface Keys {
  /**
   * For the holder of a licence that is Delivered or Released and has not ended.
   * @throws NotFoundError, NotLicensedError, NotFinalError, NotDepositedError, UnavailableError
   */
  ofLicence(licenceId: bigint, account: Address): Promise<ContentKey>;
  /** For the owner of a work. @throws as {@link ofLicence} */
  ofWork(workId: bigint, account: Address): Promise<ContentKey>;
}

/** What the relayer does for the marketplace. */
export type Market = {
  readonly deposits: Deposits;
  readonly keys: Keys;
  readonly releases: Releases;
  /**
   * Whether a work can be delivered from its creator's deposit.
   * @throws NotFoundError when there is no such work, UnavailableError when that cannot be known right now.
   */
  depositOf(workId: bigint): Promise<WorkDeposit>;
  /** Begins to forget, now and then, deposits that no work names. */
  start(): void;
  /** {@link Deposits.prune}, after the one that runs. */
  prune(): Promise<void>;
  stop(): Promise<void>;
};
