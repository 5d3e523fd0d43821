import { concatHex, hexToBytes, numberToHex } from "viem";
import type { SignedInvite } from "../../internal/invite.ts";
import { checksumOf, FOR_ACCOUNT, FOR_BEARER, SIZES } from "./inviteLayout.ts";

/**
 * An invite as text for a link's fragment, which no server sees: base64url of its fields, its signature and, for a
 * bearer invite, its private key. Whoever reads it can redeem it.
 * @throws RangeError when a field does not fit, which no invite of `createInvite` does.
 *
 * @example
 * ```ts
 * const link = `https://stelai.example/invite#${encodeInvite(invite)}`;
 * ```
 */
export function encodeInvite({ invite, signature, key }: SignedInvite): string {
  const field = (name: "characterId" | "generation" | "expiry") => {
    if (invite[name] >> BigInt(8 * SIZES[name])) throw new RangeError(`The invite's ${name} is too large for a link.`);
    return numberToHex(invite[name], { size: SIZES[name] });
  };
  const bytes = concatHex([
    numberToHex(key ? FOR_BEARER : FOR_ACCOUNT, { size: 1 }),
    field("characterId"),
    field("generation"),
    field("expiry"),
    invite.salt,
    key ?? invite.account,
    signature,
  ]);
  const whole = hexToBytes(concatHex([bytes, checksumOf(bytes)]));
  return btoa(String.fromCharCode(...whole))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
