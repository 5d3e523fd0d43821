/** How long charging what was delivered of an ended answer may take. */
const CONCLUDING_MS = 5_000;

/** Inferences that are under way, so that a stopping process can let them end. */
export class Runs {
  readonly #pending = new Map<Promise<unknown>, (() => void) | undefined>();
  readonly #closing = new AbortController();

  /** Whether the process is stopping: nothing new is begun. */
  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Aborted when the process begins to stop. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get size(): number {
    return this.#pending.size;
  }

  /**
   * Counts work until it ends, however it ends.
   * @param abort Ends it soon: what was delivered by then is charged.
   */
  track<T>(work: Promise<T>, abort?: () => void): Promise<T> {
    const tracked = work.finally(() => this.#pending.delete(tracked));
    this.#pending.set(tracked, abort);
    return tracked;
  }

  /** Begins nothing new, and waits for what is under way, at most so long; then ends it, and waits until that is charged. */
  async close(milliseconds: number): Promise<void> {
    this.#closing.abort();
    if (await this.#isIdle(milliseconds)) return;
    for (const abort of this.#pending.values()) abort?.();
    await this.#isIdle(CONCLUDING_MS);
  }

  async #isIdle(milliseconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    const idle = async () => {
      while (this.#pending.size > 0) await Promise.allSettled(this.#pending.keys());
    };
    await Promise.race([idle(), limit]);
    clearTimeout(timer);
    return this.#pending.size === 0;
  }
}
