import type { Address } from "viem";
import { deleteChainState, readChainState, writeChainState } from "../../config/chainState.ts";

/** How many accounts go into one transaction. */
export const BATCH = 200;

/** What still has to be sent of a change to an allow list: it outlives the page. */
export interface AllowJob {
  /** On the list, or off it. */
  readonly allowed: boolean;
  /** Not sent yet. */
  readonly accounts: readonly Address[];
  /** How many there were at first. */
  readonly total: number;
}

const key = (characterId: bigint) => `allow:${characterId}`;

/** The change that was begun and not finished, if there is one. */
export function readAllowJob(characterId: bigint): Promise<AllowJob | undefined> {
  return readChainState<AllowJob>(key(characterId));
}

/** Remembers what is left of a change; with nothing left, that there is none. */
export function writeAllowJob(characterId: bigint, job: AllowJob | undefined): Promise<void> {
  return job && job.accounts.length > 0 ? writeChainState(key(characterId), job) : deleteChainState(key(characterId));
}

/** What is left after the next batch went through. */
export function afterBatch(job: AllowJob): AllowJob {
  return { ...job, accounts: job.accounts.slice(BATCH) };
}

/** How many transactions are left, and which of all the next one is. */
export function stepsOf({ accounts, total }: AllowJob): { left: number; step: number; count: number } {
  const [left, count] = [Math.ceil(accounts.length / BATCH), Math.ceil(total / BATCH)];
  return { left, step: count - left + 1, count };
}
