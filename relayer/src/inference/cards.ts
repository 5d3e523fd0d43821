import { type Card, cardSchema } from "@stelai/sdk/wire";
import type { Character } from "../chain/characters.ts";
import { Documents } from "../content/documents.ts";
import type { ContentStore } from "../content/index.ts";
import { CARD_URI, type PrivateCards } from "../people/cards.ts";

/** Cards behind metadata URIs, public and private ones. */
export class Cards {
  readonly #public: Documents<Card>;
  readonly #own: Pick<PrivateCards, "of">;

  constructor(content: Pick<ContentStore, "get">, own: Pick<PrivateCards, "of">) {
    this.#public = new Documents(content, cardSchema);
    this.#own = own;
  }

  /**
   * A character's card; null when its URI is none of ours, nothing is stored there, or what is there is no card. A
   * private one is only for who may use the character: that is for the caller to see to.
   */
  async of({ id, metadataURI: uri }: Pick<Character, "id" | "metadataURI">): Promise<Card | null> {
    return uri.startsWith(CARD_URI) ? this.#own.of(uri, id) : this.#public.of(uri);
  }
}
