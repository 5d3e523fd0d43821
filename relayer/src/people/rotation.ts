import type { Logger } from "../log.ts";
import { VaultError } from "./vault.ts";

/** How many records of one kind are sealed anew in a round. */
const BATCH = 200;
/** Once none is left, how long before it is looked again: a process of before may still have written one. */
const AGAIN_MS = 3_600_000;

/** Records of one kind that are sealed under master keys. */
export type SealedRecords<T = unknown> = {
  readonly name: string;
  /** Some that are under another master key than the current one, after the one that is named; in a fixed order. */
  outdated(after: T | undefined, limit: number): Promise<T[]>;
  /** Seals one anew, unless it was written meanwhile. @throws VaultError when it cannot be opened. */
  reseal(record: T): Promise<void>;
};

/**
 * Brings records under the current master key, so that a rotation ends: when it has said so, `PREVIOUS_MASTER_KEYS` is
 * not needed for them any more. What cannot be opened is told once an hour, and left as it is.
 */
export class Rotation {
  readonly #kinds: readonly SealedRecords[];
  readonly #log: Logger;
  #nextLook = 0;

  constructor(kinds: readonly SealedRecords[], log: Logger) {
    this.#kinds = kinds;
    this.#log = log;
  }

  /** One round over every kind; cheap while nothing is outdated. */
  async tend(now = Date.now()): Promise<void> {
    if (now < this.#nextLook) return;
    for (const kind of this.#kinds) await this.#all(kind);
    this.#nextLook = now + AGAIN_MS;
  }

  async #all({ name, outdated, reseal }: SealedRecords): Promise<void> {
    let [count, lost] = [0, 0];
    for (let after: unknown; ; ) {
      const records = await outdated(after, BATCH);
      for (const record of records) {
        try {
          await reseal(record);
          count += 1;
        } catch (error) {
          if (!(error instanceof VaultError)) throw error;
          lost += 1;
        }
      }
      if (records.length < BATCH) break;
      after = records.at(-1);
    }
    if (count > 0) this.#log.info({ kind: name, count }, "records are under the current master key now");
    if (lost > 0) this.#log.error({ kind: name, count: lost }, "records are under a master key that is not configured");
  }
}
