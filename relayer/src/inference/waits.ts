import { TooManyWaitsError } from "./generationErrors.ts";

/** How many requests wait for generations at a time: of one account, and of one network. In memory, for this process. */
export class Waits {
  readonly #limits: { account: number; network: number };
  readonly #counts = new Map<string, number>();

  constructor(limits: { account: number; network: number }) {
    this.#limits = limits;
  }

  /**
   * Counts one until it ends.
   * @param of Whose generation it is, and where the request comes from.
   * @throws TooManyWaitsError
   */
  async during<T>(id: string, of: { account: string; network: string }, work: () => Promise<T>): Promise<T> {
    const keys = (["account", "network"] as const).map((kind) => ({ key: `${kind}:${of[kind]}`, kind }));
    for (const { key, kind } of keys) {
      if (this.#of(key) >= this.#limits[kind]) throw new TooManyWaitsError(id);
    }
    for (const { key } of keys) this.#counts.set(key, this.#of(key) + 1);
    try {
      return await work();
    } finally {
      for (const { key } of keys) {
        const left = this.#of(key) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      }
    }
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
