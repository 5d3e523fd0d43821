/** Promotion codes and deeds: texts, and what of them the chain sees. */
import { type Address, type Hex, keccak256, stringToHex } from "viem";
import type { DeedKind } from "./wireRewards.ts";

/** Crockford's base 32: no letter that is read as another. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * A code as its key is made of it: in capitals, without blanks and hyphens.
 *
 * @example
 * ```ts
 * normalCode("spring-2027 "); // "SPRING2027"
 * ```
 */
export function normalCode(code: string): string {
  return code.replace(/[\s\p{Pd}]/gu, "").toUpperCase();
}

/**
 * The private key that a code stands for: keccak256 of the UTF-8 text `stelai:code:` and {@link normalCode}. Who knows the
 * code can redeem it. Its address is public on the chain, so a short code can be guessed there by whoever tries: give
 * away little by one, or use {@link newCode}.
 */
export function codeKey(code: string): Hex {
  return keccak256(stringToHex(`stelai:code:${normalCode(code)}`));
}

/** A code of 80 random bits, `XXXX-XXXX-XXXX-XXXX` in Crockford's base 32. */
export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const letters = Array.from(bytes, (byte) => LETTERS[byte % 32]).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/**
 * What was done, as a contribution's grant names it: keccak256 of the UTF-8 text `stelai:deed:<kind>:<subject>`.
 * @param subject Of a review {@link reviewSubject}, of a share the content hash, of feedback its id.
 */
export function deedOf(kind: DeedKind, subject: string): Hex {
  return keccak256(stringToHex(`stelai:deed:${kind}:${subject}`));
}

/** The subject of a review: where it stands (Reviews or WorkReviews), of what, and by whom; addresses in small letters. */
export function reviewSubject(contract: Address, id: bigint, account: Address): string {
  return `${contract.toLowerCase()}:${id}:${account.toLowerCase()}`;
}
