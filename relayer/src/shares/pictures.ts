import { createHash } from "node:crypto";
import { UnavailableError } from "../errors.ts";
import { Workshop } from "../generations/workshop/index.ts";
import type { ShareCard } from "../media/shareCard.ts";
import type { Shown } from "./showcase.ts";

/** Of drawn pictures so much is kept at hand: whoever looks at links asks for one many times. */
const KEPT_BYTES = 67_108_864;
/** How many may wait to be drawn. */
const MOST_WAITING = 32;
const DRAWING_MS = 15_000;

/** A PNG, and whether everything that it shows was there to be drawn: without, it is good for this once only. */
export type Drawn = { bytes: Uint8Array; isWhole: boolean };

/**
 * Pictures of shared pages, drawn in a process of their own, one at a time: what is drawn are the bytes of strangers. What
 * shows the same is drawn once.
 */
export class SharePictures {
  readonly #workshop: Workshop;
  readonly #keptBytes: number;
  readonly #kept = new Map<string, Uint8Array>();
  readonly #drawing = new Map<string, Promise<Drawn>>();
  #size = 0;

  constructor(workshop = new Workshop(1), keptBytes = KEPT_BYTES) {
    this.#workshop = workshop;
    this.#keptBytes = keptBytes;
  }

  /** What a picture would be named, without drawing it. */
  etagOf({ title, byline, label, peaks, pictureId }: Omit<Shown, "picture" | "path">): string {
    const facts = JSON.stringify([title, byline, label, peaks ?? [], pictureId]);
    return `"${createHash("sha256").update(facts).digest("base64url").slice(0, 32)}"`;
  }

  /**
   * The picture, one at hand if there is.
   * @param mayDraw Called before one is drawn that nobody asked for yet; throws when it may not be.
   * @throws UnavailableError when too many wait, or nothing can be drawn now; what `mayDraw` throws.
   */
  async of(shown: Omit<Shown, "path">, mayDraw: () => void): Promise<Drawn> {
    const etag = this.etagOf(shown);
    const kept = this.#kept.get(etag);
    if (kept !== undefined) {
      // In order of use, so that the oldest can go.
      this.#kept.delete(etag);
      this.#kept.set(etag, kept);
      return { bytes: kept, isWhole: true };
    }
    let drawing = this.#drawing.get(etag);
    if (drawing === undefined) {
      mayDraw();
      if (this.#drawing.size >= MOST_WAITING) throw new UnavailableError(BUSY);
      drawing = this.#draw(shown).finally(() => this.#drawing.delete(etag));
      this.#drawing.set(etag, drawing);
      drawing.then(
        ({ bytes, isWhole }) => isWhole && this.#keep(etag, bytes),
        () => {},
      );
    }
    return drawing;
  }

  /** How many are kept, and how many bytes those are. */
  get kept(): { count: number; bytes: number } {
    return { count: this.#kept.size, bytes: this.#size };
  }

  close(): Promise<void> {
    return this.#workshop.close();
  }

  async #draw({ title, byline, label, peaks, picture, pictureId }: Omit<Shown, "path">): Promise<Drawn> {
    const words = { title, byline, label, ...(peaks === undefined ? {} : { peaks }) };
    const bytes = await picture();
    const cards: ShareCard[] = bytes === undefined ? [words] : [{ ...words, picture: bytes }, words];
    let failure: unknown;
    // A picture that breaks what draws it is left out.
    for (const card of cards) {
      try {
        const drawn = await this.#workshop.draw(card, DRAWING_MS);
        return { bytes: drawn, isWhole: pictureId === null || card.picture !== undefined };
      } catch (error) {
        failure = error;
      }
    }
    throw new UnavailableError(BUSY, { cause: failure });
  }

  #keep(etag: string, bytes: Uint8Array): void {
    this.#kept.set(etag, bytes);
    this.#size += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.#keptBytes) break;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}

const BUSY = "The picture cannot be drawn right now. Try again in a moment.";
