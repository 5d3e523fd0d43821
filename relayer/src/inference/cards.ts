import { type Card, cardSchema } from "@stelai/sdk/wire";
import { type ContentStore, cidOfUri } from "../content/index.ts";

/** How long a card that is not there is not looked for again. */
const MISSING_MS = 5_000;
const MAX_KEPT = 5_000;

/** Public cards behind metadata URIs. What is at a CID never changes, so it is read once. */
export class Cards {
  readonly #content: Pick<ContentStore, "get">;
  readonly #kept = new Map<string, { card: Card | null; until: number }>();

  constructor(content: Pick<ContentStore, "get">) {
    this.#content = content;
  }

  /** The card; null when the URI is none of ours, nothing is stored there, or what is there is no card. */
  async of(uri: string): Promise<Card | null> {
    const kept = this.#kept.get(uri);
    if (kept !== undefined && kept.until > Date.now()) return kept.card;
    const card = await this.#read(uri);
    this.#kept.delete(uri);
    this.#kept.set(uri, { card, until: card === null ? Date.now() + MISSING_MS : Number.POSITIVE_INFINITY });
    if (this.#kept.size > MAX_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return card;
  }

  async #read(uri: string): Promise<Card | null> {
    const cid = cidOfUri(uri);
    if (cid === undefined) return null;
    try {
      const bytes = await this.#content.get(cid);
      if (bytes === undefined) return null;
      const parsed = cardSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
      return parsed.success ? parsed.data : null;
    } catch {
      // Storage out of reach, or no JSON: the model is listed without its card.
      return null;
    }
  }
}
