import { createHash, randomBytes } from "node:crypto";
import { BUDGET_KEY_FORM, BUDGET_KEY_PREFIX } from "@stelai/sdk/wire";
import type { Hex } from "viem";

/** How much of a key is kept to tell it by: too little to guess anything from. */
const SHOWN = BUDGET_KEY_PREFIX.length + 4;

/** A new key: 32 random bytes. */
export function newToken(): string {
  return BUDGET_KEY_PREFIX + randomBytes(32).toString("base64url");
}

/** What is kept of a key. It is random, so that its plain hash can be searched for and not guessed. */
export function hashOfToken(token: string): Hex {
  return `0x${createHash("sha256").update(token).digest("hex")}`;
}

/** The first characters, by which its owner tells it from others. */
export function prefixOf(token: string): string {
  return token.slice(0, SHOWN);
}

/**
 * What an `Authorization` header has in the place of a budget key: whatever bearer token begins as one, whole or not, for
 * a key that was cut when it was copied must not be taken for none. Undefined for every other header.
 */
export function tokenOf(authorization: string | undefined): string | undefined {
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  return token?.startsWith(BUDGET_KEY_PREFIX) ? token : undefined;
}

/** Whether it can be a key of anybody's. */
export function isWhole(token: string): boolean {
  return BUDGET_KEY_FORM.test(token);
}
