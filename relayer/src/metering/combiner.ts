/** For how many turns of the event loop a batch lets more come in: at least, and at most. */
const TURNS = { least: 2, most: 8 };

/**
 * Group commit: what arrives while a batch is being written is written together in the next one, so that many
 * requests share one SQL transaction while each still waits for its own commit. Most of what a batch costs does not
 * depend on its size, so a batch also waits for what is on its way: an idle process is through its turns at once.
 */
export class Combiner<In, Out> {
  readonly #work: (items: readonly In[]) => Promise<readonly (Out | Error)[]>;
  readonly #largest: number;
  #waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  #running: Promise<void> | undefined;

  /** @param work Handles a batch; its results are in the order of the items, an Error rejects that item alone. */
  constructor(work: (items: readonly In[]) => Promise<readonly (Out | Error)[]>, largest = 128) {
    this.#work = work;
    this.#largest = largest;
  }

  /** Hands in one item and waits for its result. */
  submit(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting.splice(0, this.#largest);
      try {
        const results = await this.#work(batch.map(({ item }) => item));
        batch.forEach(({ resolve, reject }, index) => {
          const result = results[index];
          if (result instanceof Error || result === undefined) reject(result ?? new Error("no result"));
          else resolve(result);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = undefined;
  }

  /** Until a turn brought nothing, or the batch is full. */
  async #gather(): Promise<void> {
    for (let turn = 1; turn <= TURNS.most && this.#waiting.length < this.#largest; turn += 1) {
      const before = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (turn >= TURNS.least && this.#waiting.length === before) return;
    }
  }
}
