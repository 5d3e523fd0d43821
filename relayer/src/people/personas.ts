import { cardSchema, type Style, styleSchema } from "@stelai/sdk/wire";
import { and, eq } from "drizzle-orm";
import type { Address, Hex } from "viem";
import { type ContentStore, cidOfUri } from "../content/index.ts";
import { MAX_CARD_BYTES } from "../content/limits.ts";
import { UnavailableError } from "../errors.ts";
import { available, validate } from "../http.ts";
import { personaHash as hashOf, type Persona, personaSchema } from "../providers/persona.ts";
import { type Database, tables } from "../store/index.ts";
import type { PrivateCards } from "./cards.ts";
import { type CharacterSource, NO_PERSONA } from "./characterSource.ts";
import { personaFromCard } from "./personaFromCard.ts";
import type { Vault } from "./vault.ts";

const { personas, personaBindings } = tables;

/** A persona, or a tool's style, as its owner uploaded it. */
export type UploadedPersona = { persona: Record<string, unknown>; salt: Hex };

type Upload = typeof personas.$inferSelect;

export type PersonasOptions = {
  db: Database;
  vault: Vault;
  characters: CharacterSource;
  content: ContentStore;
  cards: PrivateCards;
};

/** As much of a persona's prompt as a style has room for. */
const MAX_INSTRUCTIONS = 4_000;

/**
 * The minds of characters and the styles of tools, encrypted at rest. An upload belongs to a character when the chain names its hash and the
 * uploader is who set it: the hash is public, so that naming it proves nothing.
 */
export class Personas {
  readonly #options: PersonasOptions;

  constructor(options: PersonasOptions) {
    this.#options = options;
  }

  /**
   * Keeps a persona, or a style, for the account that may use its hash. What is hashed is the JSON as sent, so that a
   * client needs no more than canonical JSON to compute the same.
   * @throws InvalidRequestError when it is neither.
   */
  async upload(uploader: Address, { persona, salt }: UploadedPersona): Promise<Hex> {
    if (isStyle(persona)) validate(persona, styleSchema, "persona");
    else validate(persona, personaSchema, "persona");
    const personaHash = hashOf(persona as Persona | Style, salt);
    const sealed = this.#options.vault.seal(JSON.stringify({ persona, salt }), contextOfPersona(personaHash, uploader));
    const row = { ...sealed, personaHash, uploader, uploadedAt: new Date() };
    await this.#options.db
      .insert(personas)
      .values(row)
      .onConflictDoUpdate({
        target: [personas.personaHash, personas.uploader],
        set: { ...sealed, uploadedAt: row.uploadedAt },
      });
    return personaHash;
  }

  /**
   * What answers for a character: its uploaded persona; or, when the chain names none, one made of its card.
   * @returns undefined when the chain names one that was not uploaded here by who set it.
   * @throws UnavailableError when chain or storage cannot be asked, or what was uploaded is a tool's style.
   */
  async personaOf(characterId: bigint, personaHash: Hex): Promise<Persona | undefined> {
    if (personaHash === NO_PERSONA) return this.#fromCard(characterId);
    const upload = await this.#uploadOf(characterId, personaHash);
    if (upload === undefined) return undefined;
    const { persona } = this.#open(upload);
    if (isStyle(persona)) {
      throw new UnavailableError(
        "What this character's creator uploaded is the style of a tool: nothing can answer by it. Nothing was charged.",
      );
    }
    return personaSchema.parse(persona);
  }

  /**
   * How a tool's maker wants things made: its uploaded style. A persona that was uploaded instead is a style that says
   * only what its prompt says.
   * @returns undefined when the chain names none, or one that was not uploaded here by who set it.
   * @throws UnavailableError when the chain cannot be asked.
   */
  async styleOf(characterId: bigint, personaHash: Hex): Promise<Style | undefined> {
    if (personaHash === NO_PERSONA) return undefined;
    const upload = await this.#uploadOf(characterId, personaHash);
    if (upload === undefined) return undefined;
    const { persona } = this.#open(upload);
    if (isStyle(persona)) return styleSchema.parse(persona);
    const { name, systemPrompt } = personaSchema.parse(persona);
    return styleSchema.parse({ kind: "style", name, instructions: systemPrompt.slice(0, MAX_INSTRUCTIONS) });
  }

  /**
   * The persona or style of a character as uploaded, for its owner.
   * @returns undefined when there is none here.
   */
  async exportOf(characterId: bigint, personaHash: Hex): Promise<UploadedPersona | undefined> {
    const upload = await this.#uploadOf(characterId, personaHash);
    return upload === undefined ? undefined : this.#open(upload);
  }

  async #uploadOf(characterId: bigint, personaHash: Hex): Promise<Upload | undefined> {
    const { db, characters } = this.#options;
    const uploads = await db.select().from(personas).where(eq(personas.personaHash, personaHash));
    if (uploads.length === 0) return undefined;
    const mine = and(eq(personaBindings.characterId, characterId), eq(personaBindings.personaHash, personaHash));
    const bound = (await db.select().from(personaBindings).where(mine))[0]?.uploader;
    if (bound !== undefined) return uploads.find(({ uploader }) => uploader === bound);
    // Owning the character is not enough: it may have been a present, with a hash copied from another one. Kept, so
    // that this is asked once.
    const setters = await available("The chain", characters.settersOf(characterId, personaHash));
    const upload = uploads.find(({ uploader }) => setters.includes(uploader));
    if (upload === undefined) return undefined;
    await db
      .insert(personaBindings)
      .values({ characterId, personaHash, uploader: upload.uploader })
      .onConflictDoNothing();
    return upload;
  }

  #open(upload: Upload): UploadedPersona {
    return JSON.parse(
      this.#options.vault.open(upload, contextOfPersona(upload.personaHash, upload.uploader)),
    ) as UploadedPersona;
  }

  async #fromCard(characterId: bigint): Promise<Persona | undefined> {
    const { metadataURI } = await available("The chain", this.#options.characters.read(characterId));
    const own = await this.#options.cards.of(metadataURI, characterId);
    if (own !== null) return personaFromCard(own);
    const cid = cidOfUri(metadataURI);
    const bytes =
      cid === undefined ? undefined : await available("The storage", this.#options.content.get(cid, MAX_CARD_BYTES));
    if (bytes === undefined) return undefined;
    const card = cardSchema.safeParse(parse(bytes));
    return card.success ? personaFromCard(card.data) : undefined;
  }
}

/** A persona has no kind: its schema knows no such member. */
function isStyle(persona: Record<string, unknown>): boolean {
  return "kind" in persona;
}

/** What a persona is sealed for. */
export function contextOfPersona(personaHash: Hex, uploader: Address): string {
  return `${personaHash} ${uploader.toLowerCase()}`;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
