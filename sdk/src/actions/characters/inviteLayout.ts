import { type Hex, keccak256, slice } from "viem";

/** How an invite is laid out in a link: shared by the two that write and read it. */

/** The first byte: which layout, and what the 20 or 32 bytes are. */
export const FOR_ACCOUNT = 1;
export const FOR_BEARER = 2;
/** Bytes of characterId, generation, expiry, salt and checksum. */
export const SIZES = { characterId: 6, generation: 4, expiry: 5, salt: 32, checksum: 4 } as const;
export const checksumOf = (bytes: Hex): Hex => slice(keccak256(bytes), 0, SIZES.checksum);
