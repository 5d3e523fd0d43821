import type { Persona, Style } from "@stelai/sdk/wire";
import { concat, type Hex, isHex, keccak256, size, stringToHex } from "viem";

export { type Feeling, MAX_PERSONA_BYTES, type Persona, personaSchema } from "@stelai/sdk/wire";

/**
 * The one spelling of a persona as text: JSON with its keys sorted by UTF-16 code units at every depth, no white space
 * and nothing undefined (RFC 8785 for the values a persona can hold). The salted keccak256 of its UTF-8 bytes is the
 * character's `personaHash`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/**
 * The character's `personaHash`: keccak256 of the 32 salt bytes and the UTF-8 bytes of the persona, or style, as canonical JSON.
 * Hash what was uploaded, not what the schema made of it. The salt keeps a short persona from being guessed.
 * @throws RangeError when the salt is not 32 bytes.
 */
export function personaHash(persona: Persona | Style, salt: Hex): Hex {
  if (!isHex(salt) || size(salt) !== 32) throw new RangeError("the salt of a persona hash is 32 bytes of hex");
  return keccak256(concat([salt, stringToHex(canonicalJson(persona))]));
}
