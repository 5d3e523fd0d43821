import { EventEmitter } from "node:events";

/** Tells those in this process who wait for generations which of them changed. */
export class Changes {
  readonly #emitter = new EventEmitter<{ change: [id: string] }>();

  tell(id: string): void {
    this.#emitter.emit("change", id);
  }

  /** Calls back with the id of each that changed. */
  onAny(callback: (id: string) => void): void {
    this.#emitter.on("change", callback);
  }
}
