import { createHash } from "node:crypto";
import { type Card, cardSchema } from "@stelai/sdk/wire";
import { and, eq } from "drizzle-orm";
import type { Address } from "viem";
import { available, validate } from "../http.ts";
import { canonicalJson } from "../providers/persona.ts";
import { type Database, tables } from "../store/index.ts";
import type { CharacterSource } from "./characterSource.ts";
import type { Vault } from "./vault.ts";

const { cards, cardBindings } = tables;

/** How the metadata URI of a character whose card is kept here begins; the SHA-256 of its canonical JSON follows. */
export const CARD_URI = "stelai:card:";

const CARD_URI_FORM = /^stelai:card:[0-9a-f]{64}$/;

type Upload = typeof cards.$inferSelect;

export type PrivateCardsOptions = { db: Database; vault: Vault; characters: CharacterSource };

/**
 * Cards of private characters, encrypted at rest. A card belongs to a character when the chain names its URI and who
 * uploaded it is who set it: the URI is public, so that naming it proves nothing.
 */
export class PrivateCards {
  readonly #options: PrivateCardsOptions;

  constructor(options: PrivateCardsOptions) {
    this.#options = options;
  }

  /**
   * Keeps a card for the account that may name its URI. What is hashed is the JSON as sent.
   * @throws InvalidRequestError when it is no card.
   */
  async upload(uploader: Address, card: unknown): Promise<string> {
    validate(card, cardSchema);
    const text = canonicalJson(card);
    const uri = CARD_URI + createHash("sha256").update(text, "utf8").digest("hex");
    const sealed = this.#options.vault.seal(text, contextOfCard(uri, uploader));
    const row = { ...sealed, uri, uploader, uploadedAt: new Date() };
    await this.#options.db
      .insert(cards)
      .values(row)
      .onConflictDoUpdate({ target: [cards.uri, cards.uploader], set: { ...sealed, uploadedAt: row.uploadedAt } });
    return uri;
  }

  /**
   * The card of a character whose metadata URI is this one; null when the URI is none of these, or the card was not
   * uploaded here by who set it. Whether it may be shown is for the caller to say.
   * @throws UnavailableError when the chain cannot be asked.
   */
  async of(uri: string, characterId: bigint): Promise<Card | null> {
    if (!CARD_URI_FORM.test(uri)) return null;
    const upload = await this.#uploadOf(uri, characterId);
    if (upload === undefined) return null;
    return cardSchema.parse(JSON.parse(this.#options.vault.open(upload, contextOfCard(uri, upload.uploader))));
  }

  async #uploadOf(uri: string, characterId: bigint): Promise<Upload | undefined> {
    const { db, characters } = this.#options;
    const uploads = await db.select().from(cards).where(eq(cards.uri, uri));
    if (uploads.length === 0) return undefined;
    const mine = and(eq(cardBindings.characterId, characterId), eq(cardBindings.uri, uri));
    const bound = (await db.select().from(cardBindings).where(mine))[0]?.uploader;
    if (bound !== undefined) return uploads.find(({ uploader }) => uploader === bound);
    // Owning the character is not enough: it may have been a present, with a URI copied from another one. Kept, so
    // that this is asked once.
    const setters = await available("The chain", characters.cardSettersOf(characterId, uri));
    const upload = uploads.find(({ uploader }) => setters.includes(uploader));
    if (upload === undefined) return undefined;
    await db.insert(cardBindings).values({ characterId, uri, uploader: upload.uploader }).onConflictDoNothing();
    return upload;
  }
}

/** What a card is sealed for. */
export function contextOfCard(uri: string, uploader: Address): string {
  return `${uri} ${uploader.toLowerCase()}`;
}
