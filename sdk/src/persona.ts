import { concatHex, type Hex, keccak256, stringToHex } from "viem";

/**
 * JSON with its keys sorted by UTF-16 code units at every depth and no white space, as in RFC 8785: the same
 * persona is the same text everywhere. Fields that are undefined are left out, as JSON does.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/**
 * The `personaHash` that ties an upload to its character: keccak256 of the 32 salt bytes followed by the UTF-8
 * bytes of the persona as canonical JSON (docs/PROTOCOL.md). The salt keeps a short persona from being guessed.
 *
 * @example
 * ```ts
 * const salt = generatePrivateKey();
 * const hash = personaHash(salt, { instructions: "You are a lighthouse keeper." });
 * ```
 */
export function personaHash(salt: Hex, persona: Record<string, unknown>): Hex {
  return keccak256(concatHex([salt, stringToHex(canonicalJson(persona))]));
}
