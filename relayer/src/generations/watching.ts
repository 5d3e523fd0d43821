import { inArray } from "drizzle-orm";
import { type Database, tables } from "../store/index.ts";
import type { Changes } from "./changes.ts";
import type { GenerationRow, Generations } from "./types.ts";

const { generations } = tables;

/** How often it is looked after all that are waited for, where another process may have changed them. */
const LOOK_MS = 500;

/** What a look sees of one. */
export type Sight = Pick<GenerationRow, "status" | "progress" | "waitsFor">;

/** @returns whether what is seen, or that it is gone, is what was waited for. */
type Waiter = (sight: Sight | undefined) => void;

export type WatchingOptions = {
  db: Database;
  changes: Changes;
  find: Generations["find"];
};

/** Those in this process who wait for generations. One query looks after all of them, at once when one is told of. */
export class Watching {
  readonly #options: WatchingOptions;
  readonly #waiters = new Map<string, Set<Waiter>>();
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> | undefined;
  #isStale = false;

  constructor(options: WatchingOptions) {
    this.#options = options;
    options.changes.onAny((id) => {
      if (this.#waiters.has(id)) this.#lookNow();
    });
  }

  /** As {@link Generations.wait}. */
  wait: Generations["wait"] = async (id, milliseconds, signal, seen) => {
    if (!signal.aborted && milliseconds > 0) {
      const news = Promise.withResolvers<void>();
      const waiter: Waiter = (sight) => {
        if (sight === undefined || hasEnded(sight) || (seen !== undefined && differs(sight, seen))) news.resolve();
      };
      const timer = setTimeout(news.resolve, Math.ceil(milliseconds));
      signal.addEventListener("abort", () => news.resolve(), { once: true });
      // Listening begins before looking, so that nothing is missed in between.
      this.#add(id, waiter);
      this.#lookNow();
      await news.promise;
      clearTimeout(timer);
      this.#remove(id, waiter);
    }
    return this.#options.find(id);
  };

  #add(id: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(id) ?? new Set();
    this.#waiters.set(id, waiters.add(waiter));
  }

  #remove(id: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(id);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(id);
  }

  /** Looks after all, one look at a time; what is told of meanwhile is looked after next. */
  #lookNow(): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#look ??= this.#lookUntilFresh().finally(() => {
      this.#look = undefined;
      clearTimeout(this.#timer);
      if (this.#waiters.size > 0) this.#timer = setTimeout(() => this.#lookNow(), LOOK_MS).unref();
    });
  }

  async #lookUntilFresh(): Promise<void> {
    while (this.#isStale && this.#waiters.size > 0) {
      this.#isStale = false;
      const ids = [...this.#waiters.keys()];
      const { id, status, progress, waitsFor } = generations;
      // Out of reach for a moment, it is looked again; who waits asks once more in the end, and is told.
      const rows = await this.#options.db
        .select({ id, status, progress, waitsFor })
        .from(generations)
        .where(inArray(id, ids))
        .catch(() => undefined);
      if (rows === undefined) return;
      const sights = new Map(rows.map((row) => [row.id, row]));
      for (const one of ids) for (const waiter of this.#waiters.get(one) ?? []) waiter(sights.get(one));
    }
  }
}

function hasEnded({ status }: Pick<Sight, "status">): boolean {
  return status !== "queued" && status !== "in_progress";
}

function differs(sight: Sight, seen: Partial<Sight>): boolean {
  return (
    sight.status !== seen.status ||
    sight.waitsFor !== seen.waitsFor ||
    (seen.progress !== undefined && sight.progress !== seen.progress)
  );
}
