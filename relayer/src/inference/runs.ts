/** Inferences that are under way, so that a stopping process can let them end. */
export class Runs {
  readonly #pending = new Set<Promise<unknown>>();
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

  /** Counts work until it ends, however it ends. */
  track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
    return tracked;
  }

  /** Begins nothing new, and waits for what is under way, at most so long. */
  async close(milliseconds: number): Promise<void> {
    this.#closing.abort();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    const idle = async () => {
      while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
    };
    await Promise.race([idle(), limit]);
    clearTimeout(timer);
  }
}
