import { zeroHash } from "viem";
import type { Character } from "../chain/characters.ts";
import { UnavailableError } from "../errors.ts";
import type { Personas } from "../people/personas.ts";
import type { Persona } from "../providers/persona.ts";

const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;

/** Personas at hand, so that a request does not wait for storage; what the chain changes has another key. */
export class Minds {
  readonly #personas: Pick<Personas, "personaOf">;
  readonly #kept = new Map<string, { persona: Persona | undefined; at: number }>();

  constructor(personas: Pick<Personas, "personaOf">) {
    this.#personas = personas;
  }

  /**
   * What answers for a character; undefined for one that has no persona.
   * @throws UnavailableError when the chain names a persona that this operator was not given.
   */
  async of(character: Character): Promise<Persona | undefined> {
    const key = `${character.id}:${character.personaHash}:${character.metadataURI}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && Date.now() - kept.at < KEPT_MS) return kept.persona;
    const persona = await this.#personas.personaOf(character.id, character.personaHash);
    if (persona === undefined && character.personaHash !== zeroHash) {
      throw new UnavailableError(
        "This character's creator has not given its persona to this operator yet. Nothing was charged.",
      );
    }
    this.#kept.delete(key);
    this.#kept.set(key, { persona, at: Date.now() });
    if (this.#kept.size > MAX_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return persona;
  }
}
