/** Files that were opened a moment ago: the last used ones, within so many bytes in all. */
export class OpenedFiles {
  readonly #limit: number;
  /** In the order in which they were last used. */
  readonly #kept = new Map<string, Uint8Array>();
  readonly #opening = new Map<string, Promise<Uint8Array>>();
  #bytes = 0;

  /** @param limit Bytes that are kept. What is larger is opened anew each time. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are kept at present. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A file; those who want the same one at the same time open it once. */
  get(cid: string, open: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const kept = this.#kept.get(cid);
    if (kept !== undefined) {
      this.#kept.delete(cid);
      this.#kept.set(cid, kept);
      return Promise.resolve(kept);
    }
    const under = this.#opening.get(cid);
    if (under !== undefined) return under;
    const opening: Promise<Uint8Array> = open().then(
      (bytes) => {
        // One that was forgotten meanwhile is not kept.
        if (this.#opening.get(cid) === opening) this.#keep(cid, bytes);
        return bytes;
      },
      (error: unknown) => {
        if (this.#opening.get(cid) === opening) this.#opening.delete(cid);
        throw error;
      },
    );
    this.#opening.set(cid, opening);
    return opening;
  }

  /** Keeps nothing of a file that is to be forgotten. */
  forget(cid: string): void {
    this.#opening.delete(cid);
    this.#bytes -= this.#kept.get(cid)?.length ?? 0;
    this.#kept.delete(cid);
  }

  #keep(cid: string, bytes: Uint8Array): void {
    this.#opening.delete(cid);
    if (bytes.length > this.#limit) return;
    this.#kept.set(cid, bytes);
    this.#bytes += bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.forget(oldest);
    }
  }
}
