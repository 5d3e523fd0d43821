import { EventEmitter, once } from "node:events";

/** Tells those in this process who wait for a generation that something of it changed. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  tell(id: string): void {
    this.#emitter.emit(id);
  }

  /** Resolves with the next change, after so many milliseconds, or when the signal aborts. */
  async next(id: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    // A timeout is of whole milliseconds: it throws for any other.
    const ended = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(milliseconds))]);
    await once(this.#emitter, id, { signal: ended }).catch(() => {});
  }
}
