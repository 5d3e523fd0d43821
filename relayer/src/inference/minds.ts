import type { Style } from "@stelai/sdk/wire";
import { zeroHash } from "viem";
import type { Character } from "../chain/characters.ts";
import { UnavailableError } from "../errors.ts";
import type { Personas } from "../people/personas.ts";
import type { Persona } from "../providers/persona.ts";

const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;

type Source = Pick<Personas, "personaOf" | "styleOf">;

/** Personas and styles at hand, so that a request does not wait for storage; what the chain changes has another key. */
export class Minds {
  readonly #source: Source;
  readonly #personas = new Kept<Persona>("persona");
  readonly #styles = new Kept<Style>("style");

  constructor(source: Source) {
    this.#source = source;
  }

  /**
   * What answers for a character; undefined for one that has no persona.
   * @throws UnavailableError when the chain names a persona that this operator was not given, or that is a style.
   */
  of(character: Character): Promise<Persona | undefined> {
    return this.#personas.of(character, () => this.#source.personaOf(character.id, character.personaHash));
  }

  /**
   * How a tool's maker wants things made; undefined for a tool without a style.
   * @throws UnavailableError when the chain names a style that this operator was not given.
   */
  styleOf(character: Character): Promise<Style | undefined> {
    return this.#styles.of(character, () => this.#source.styleOf(character.id, character.personaHash));
  }
}

class Kept<T> {
  readonly #what: string;
  readonly #kept = new Map<string, { value: T | undefined; at: number }>();

  constructor(what: string) {
    this.#what = what;
  }

  async of(character: Character, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const key = `${character.id}:${character.personaHash}:${character.metadataURI}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && Date.now() - kept.at < KEPT_MS) return kept.value;
    const value = await read();
    if (value === undefined && character.personaHash !== zeroHash) {
      throw new UnavailableError(
        `This character's creator has not given its ${this.#what} to this operator yet. Nothing was charged.`,
      );
    }
    this.#kept.delete(key);
    this.#kept.set(key, { value, at: Date.now() });
    if (this.#kept.size > MAX_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return value;
  }
}
