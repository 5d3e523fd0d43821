import type * as z from "zod";
import { MAX_CARD_BYTES } from "./limits.ts";
import { type ContentStore, cidOfUri } from "./store.ts";

/** How long a document that is not there is not looked for again. */
const MISSING_MS = 5_000;
const MAX_KEPT = 5_000;

/**
 * JSON documents of one kind behind `ipfs://` URIs, of {@link MAX_CARD_BYTES} at most. What is at a CID never changes: it
 * is read once, however many ask for it at a time.
 */
export class Documents<T> {
  readonly #content: Pick<ContentStore, "get">;
  readonly #schema: z.ZodType<T>;
  readonly #kept = new Map<string, { document: Promise<T | null>; until: number }>();

  constructor(content: Pick<ContentStore, "get">, schema: z.ZodType<T>) {
    this.#content = content;
    this.#schema = schema;
  }

  /** Null when the URI is none of ours, storage is out of reach, or what is there is no such document. */
  of(uri: string): Promise<T | null> {
    const before = this.#kept.get(uri);
    if (before !== undefined && before.until > Date.now()) return before.document;
    const entry = { document: this.#read(uri), until: Number.POSITIVE_INFINITY };
    entry.document.then((document) => {
      if (document === null) entry.until = Date.now() + MISSING_MS;
    });
    this.#kept.delete(uri);
    this.#kept.set(uri, entry);
    if (this.#kept.size > MAX_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return entry.document;
  }

  async #read(uri: string): Promise<T | null> {
    const cid = cidOfUri(uri);
    if (cid === undefined) return null;
    try {
      const bytes = await this.#content.get(cid, MAX_CARD_BYTES);
      if (bytes === undefined) return null;
      return this.#schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
    } catch {
      // Storage out of reach, or no JSON: what is shown is shown without it.
      return null;
    }
  }
}
