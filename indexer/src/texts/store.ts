import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CID } from "multiformats/cid";
import { cidOf } from "./cid.ts";
import { fileFrom, UnfitFileError } from "./gateway.ts";

/**
 * Where the text behind an address stands: `waiting` for its turn or its next try, `fetched`, `unreachable` (no gateway
 * has it; asked again now and then), or `unreadable` (it is there, and is not what it should be).
 */
export type TextState = "waiting" | "fetched" | "unreachable" | "unreadable";

/** What is known of one address. */
export type Text<Content> = { content: Content | null; state: TextState };

export type TextStoreOptions<Content> = {
  /** Where files are kept, named by their CID. */
  directory: string;
  /** Asked in this order, such as `http://127.0.0.1:8787/ipfs`. */
  gateways: readonly string[];
  /** What the bytes say; null when they are unfit. */
  read: (bytes: Uint8Array) => Content | null;
  /** Called when the text of an address, or its state, is another. */
  changed: (uri: string) => void;
  /** Milliseconds before the next try after so many failures. */
  pause?: (failures: number) => number;
  /** Files asked of gateways at once. */
  atOnce?: number;
};

/** After so many rounds of all gateways a text is called unreachable; it is asked for still. */
const PATIENCE = 4;
const DISK_READS_AT_ONCE = 16;

type Entry<Content> = Text<Content> & { failures: number };

/**
 * Texts by their address, fetched once each: from the disk, or from the first gateway that has the very bytes that the
 * CID names. It never blocks and never throws; what cannot be had is null.
 */
export class TextStore<Content> {
  readonly #options: Required<TextStoreOptions<Content>>;
  readonly #entries = new Map<string, Entry<Content>>();
  readonly #onDisk: Lane;
  readonly #onGateways: Lane;
  readonly #ended = new AbortController();

  constructor(options: TextStoreOptions<Content>) {
    this.#options = { pause: growing, atOnce: 4, ...options };
    this.#onDisk = new Lane(DISK_READS_AT_ONCE);
    this.#onGateways = new Lane(this.#options.atOnce);
  }

  /** What is known now. Asking for an address that is new has it fetched. */
  get(uri: string): Text<Content> {
    const known = this.#entries.get(uri);
    if (known) return known;
    const cid = cidOf(uri);
    const entry: Entry<Content> = { content: null, state: cid ? "waiting" : "unreadable", failures: 0 };
    this.#entries.set(uri, entry);
    if (cid) this.#onDisk.run(() => this.#load(uri, cid, entry));
    return entry;
  }

  /** Gives up whatever is under way. */
  close(): void {
    this.#ended.abort();
  }

  async #load(uri: string, cid: CID, entry: Entry<Content>): Promise<void> {
    const bytes = await readFile(this.#pathOf(cid)).catch(() => undefined);
    if (bytes) this.#settle(uri, entry, bytes);
    else this.#onGateways.run(() => this.#fetch(uri, cid, entry));
  }

  async #fetch(uri: string, cid: CID, entry: Entry<Content>): Promise<void> {
    for (const gateway of this.#options.gateways) {
      if (this.#ended.signal.aborted) return;
      try {
        const bytes = await fileFrom(gateway, cid, this.#ended.signal);
        this.#settle(uri, entry, bytes);
        await this.#keep(cid, bytes);
        return;
      } catch (error) {
        if (error instanceof UnfitFileError) return this.#settle(uri, entry, undefined);
      }
    }
    entry.failures += 1;
    if (entry.failures === PATIENCE) {
      entry.state = "unreachable";
      this.#options.changed(uri);
    }
    const again = () => this.#onGateways.run(() => this.#fetch(uri, cid, entry), { isRetry: true });
    if (!this.#ended.signal.aborted) setTimeout(again, this.#options.pause(entry.failures)).unref();
  }

  #settle(uri: string, entry: Entry<Content>, bytes: Uint8Array | undefined): void {
    entry.content = bytes ? this.#options.read(bytes) : null;
    entry.state = entry.content === null ? "unreadable" : "fetched";
    this.#options.changed(uri);
  }

  /** Under another name first: what ends in between leaves no half of a file. */
  async #keep(cid: CID, bytes: Uint8Array): Promise<void> {
    const draft = join(this.#options.directory, `.${randomUUID()}`);
    try {
      await mkdir(this.#options.directory, { recursive: true });
      await writeFile(draft, bytes);
      await rename(draft, this.#pathOf(cid));
    } catch {
      // A disk that takes nothing costs another fetch after the next start, no more.
    }
  }

  #pathOf(cid: CID): string {
    return join(this.#options.directory, cid.toV1().toString());
  }
}

/** 1 s, 2 s, 4 s … five minutes, each up to a quarter more so that not all come back at once. */
function growing(failures: number): number {
  return Math.min(300_000, 500 * 2 ** Math.min(failures, 20)) * (1 + Math.random() / 4);
}

/** Runs so many tasks at once, the rest in their order; retries when nothing else waits, so that they hold up nobody. */
class Lane {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #retries: (() => Promise<void>)[] = [];
  #free: number;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  run(task: () => Promise<void>, { isRetry = false } = {}): void {
    (isRetry ? this.#retries : this.#waiting).push(task);
    this.#next();
  }

  #next(): void {
    if (this.#free === 0) return;
    const task = this.#waiting.shift() ?? this.#retries.shift();
    if (!task) return;
    this.#free -= 1;
    void task().finally(() => {
      this.#free += 1;
      this.#next();
    });
  }
}
