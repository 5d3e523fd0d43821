import { type Card, cardSchema } from "@stelai/sdk/wire";
import type { Character } from "../chain/characters.ts";
import { type ContentStore, cidOfUri } from "../content/index.ts";
import { CARD_URI, type PrivateCards } from "../people/cards.ts";

/** How long a card that is not there is not looked for again. */
const MISSING_MS = 5_000;
const MAX_KEPT = 5_000;

/** Cards behind metadata URIs, public and private ones. What is at a CID never changes, so it is read once. */
export class Cards {
  readonly #content: Pick<ContentStore, "get">;
  readonly #own: Pick<PrivateCards, "of">;
  readonly #kept = new Map<string, { card: Card | null; until: number }>();

  constructor(content: Pick<ContentStore, "get">, own: Pick<PrivateCards, "of">) {
    this.#content = content;
    this.#own = own;
  }

  /**
   * A character's card; null when its URI is none of ours, nothing is stored there, or what is there is no card. A
   * private one is only for who may use the character: that is for the caller to see to.
   */
  async of({ id, metadataURI: uri }: Pick<Character, "id" | "metadataURI">): Promise<Card | null> {
    if (uri.startsWith(CARD_URI)) return this.#own.of(uri, id);
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
