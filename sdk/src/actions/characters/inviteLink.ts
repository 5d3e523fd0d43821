import {
  type Address,
  bytesToHex,
  concatHex,
  getAddress,
  type Hex,
  hexToBigInt,
  hexToBytes,
  keccak256,
  numberToHex,
  size,
  slice,
  zeroAddress,
} from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { InvalidInviteLinkError } from "../../errors/client.ts";
import type { SignedInvite } from "../../internal/redemption.ts";

/** The first byte: which layout, and what the 20 or 32 bytes are. */
const FOR_ACCOUNT = 1;
const FOR_BEARER = 2;
/** Bytes of characterId, generation, expiry, salt and checksum. */
const SIZES = { characterId: 6, generation: 4, expiry: 5, salt: 32, checksum: 4 } as const;
/** A contract wallet's signature can be long; a link cannot. */
const MAX_SIGNATURE = 2_048;

const checksumOf = (bytes: Hex): Hex => slice(keccak256(bytes), 0, SIZES.checksum);

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

/**
 * Reads an invite out of a link's fragment (without `#`). Whether it can still be redeemed is the chain's to say:
 * `checkInvite`.
 * @throws InvalidInviteLinkError when it is no invite, or not a whole one.
 *
 * @example
 * ```ts
 * const invite = decodeInvite(location.hash.slice(1));
 * ```
 */
export function decodeInvite(text: string): SignedInvite {
  const whole = bytesOf(text.trim());
  const length = size(whole);
  if (length < 1 + SIZES.checksum) throw new InvalidInviteLinkError("it is too short");
  const bytes = slice(whole, 0, length - SIZES.checksum);
  if (checksumOf(bytes) !== slice(whole, length - SIZES.checksum)) {
    throw new InvalidInviteLinkError("a part of it is missing or was changed");
  }
  let at = 0;
  const take = (count: number): Hex => {
    if (at + count > size(bytes)) throw new InvalidInviteLinkError("it is too short");
    at += count;
    return slice(bytes, at - count, at);
  };
  const form = Number(take(1));
  if (form !== FOR_ACCOUNT && form !== FOR_BEARER) throw new InvalidInviteLinkError("it is of a newer kind");
  const characterId = hexToBigInt(take(SIZES.characterId));
  const generation = hexToBigInt(take(SIZES.generation));
  const expiry = hexToBigInt(take(SIZES.expiry));
  const salt = take(SIZES.salt);
  const isBearer = form === FOR_BEARER;
  const holder = take(isBearer ? 32 : 20);
  const left = size(bytes) - at;
  if (left < 64 || left > MAX_SIGNATURE) throw new InvalidInviteLinkError("its signature is not one");
  const signature = take(left);
  const fields = { characterId, generation, expiry, salt };
  if (!isBearer) return { invite: { ...fields, account: getAddress(holder), key: zeroAddress }, signature };
  let key: Address;
  try {
    key = privateKeyToAddress(holder);
  } catch {
    throw new InvalidInviteLinkError("its key is not one");
  }
  return { invite: { ...fields, account: zeroAddress, key }, signature, key: holder };
}

function bytesOf(text: string): Hex {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new InvalidInviteLinkError("it holds other characters than a link's");
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return bytesToHex(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  } catch {
    throw new InvalidInviteLinkError("it is cut off");
  }
}
