import { type Address, bytesToHex, getAddress, type Hex, hexToBigInt, size, slice, zeroAddress } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { InvalidInviteLinkError } from "../../errors/client.ts";
import type { SignedInvite } from "../../internal/invite.ts";
import { checksumOf, FOR_ACCOUNT, FOR_BEARER, SIZES } from "./inviteLayout.ts";

/** A contract wallet's signature can be long; a link cannot. */
const MAX_SIGNATURE = 2_048;

/**
 * Reads an invite out of a link's fragment (without `#`). It is no member of `createStelai`, so that only who reads
 * links carries the code of keys. Whether it can still be redeemed is the chain's to say:
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
